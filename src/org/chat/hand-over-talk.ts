import type { AnyEffect, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Button } from '../../channels/channel';
import { sha256Hex, type UserKey } from '../../kernel/ids';
import { hexAsLetters } from '../../kernel/letters';
import type { SendNotice } from '../../outbox/enqueue';
import type { HandOver } from '../hand-over';
import { thereFirst } from '../leave';
import type { Office } from '../office';
import { holdsOffice, saysWhoHolds } from '../rights';
import { agreeingRoles, agreesToSome, levelOf, unitsActedFor } from '../roles';
import { vnDay } from '../../kernel/vn-time';
import { dayIn } from '../../kernel/moment';
import { capital } from '../../kernel/vn-text';
import {
  addressVars,
  contactAt,
  contactName,
  fullPlaceName,
  personOf,
  spokenName,
  type Person,
} from './people';
import { roleName } from './post-names';

/** Words and notices about posts that change hands, and which of them a person may decide on. */

/** `#DONGY_BACDEFGHKL`: what a button says of a post. */
export function refOf(office: Pick<Office, 'id'>): string {
  return hexAsLetters(sha256Hex(office.id).slice(0, 10));
}

type Claimed = Office & { readonly user: UserKey };

/** A post on its way to somebody else. */
export type Leaving = Office & { readonly handover: HandOver };

/** Whether the person says of some posts who holds them. */
export const agrees = ({ offices }: Pick<Person, 'offices'>): boolean =>
  offices.some(({ role }) => agreesToSome(role));

/** The posts of which the person says who holds them, claimed or not, in order of units. */
export function postsBelow(turn: Turn<DialogDeps>): Office[] {
  const { directory } = turn.deps;
  const { tree } = directory;
  const { offices } = personOf(turn);
  const day = vnDay(turn.at);
  const units = new Set(
    offices
      .filter(({ role }) => agreesToSome(role))
      .flatMap(({ unit }) => tree.within(unit, day))
      .map(({ code }) => code),
  );
  return [...units]
    .flatMap((code) => directory.officesIn(code))
    .filter((office) => saysWhoHolds(offices, tree, office, turn.at));
}

/** The post below the person that a button names; absent: none any more. */
export function postTapped(turn: Turn<DialogDeps>, tap: string | null): Office | undefined {
  return postsBelow(turn).find((office) => refOf(office) === tap);
}

/** Posts below the person that wait for their yes, in order of units. */
export function waitingForYes(turn: Turn<DialogDeps>): Leaving[] {
  const day = vnDay(turn.at);
  return postsBelow(turn).flatMap(({ handover, ...office }) =>
    handover && !handover.agreed && (handover.until ?? day) >= day ? [{ ...office, handover }] : [],
  );
}

/** Whoever above says who holds the post, the first to be asked; null: nobody there has claimed a post. */
export function agreeingAt({ deps, at }: Turn<DialogDeps>, { unit, role, user }: Office): Claimed | null {
  const { directory } = deps;
  const day = vnDay(at);
  const places = [unit];
  for (let up = directory.tree.getNearest(unit, day)?.parent ?? null; up !== null;) {
    places.push(up);
    up = directory.tree.getNearest(up, day)?.parent ?? null;
  }
  const asked = agreeingRoles(role)
    .flatMap((above) => places.flatMap((place) => [...directory.holdersOf(place, [above])]))
    .filter((post) => post.user !== user && holdsOffice(post, day));
  return thereFirst(asked, day)[0] ?? null;
}

/** «chị Hạnh (xã Tân Hòa)»: who is asked about the post, or the place where nobody has claimed one. */
export function agreeingName(turn: Turn<DialogDeps>, office: Office): string {
  const { words, deps, at } = turn;
  if (levelOf(office.role) === 'village') return contactName(words, deps, office.unit, at);
  const asked = agreeingAt(turn, office);
  const above = deps.directory.tree.getNearest(office.unit, vnDay(at))?.parent ?? office.unit;
  const place = asked ? (unitsActedFor(asked).at(-1) ?? asked.unit) : above;
  return contactAt(words, deps, asked, place, at);
}

/** Posts that the person may take without a code: handed to them and agreed, or vouched for by the commune. */
export function offeredTo(turn: Turn<DialogDeps>): Office[] {
  const { directory } = turn.deps;
  return directory
    .offeredTo(turn.user)
    .filter(({ unit }) => directory.tree.endOf(unit, vnDay(turn.at)) === null);
}

/** `person`: «anh Hùng»; `role` and `unit`: «Trưởng thôn», «thôn Đông Lâm, xã Tân Hòa»; `day`: «18/3/2026». */
export function handOverVars(
  turn: Turn<DialogDeps>,
  office: Office,
  to: {
    readonly fullName: string;
    readonly address: string;
    readonly day: string;
    readonly until?: string | null;
  },
) {
  const { words } = turn;
  return {
    person: spokenName(words, to),
    fullName: to.fullName,
    old: spokenName(words, office),
    role: roleName(turn, office),
    unit: fullPlaceName(turn.deps, office.unit, turn.at),
    day: dayIn(to.day),
    until: to.until ? dayIn(to.until) : '',
    ...aboveVars(turn, office),
  };
}

/** `above`, `Above`: who agrees to changes of the post, «xã» for a village. */
export function aboveVars({ words }: Turn<DialogDeps>, { role }: Pick<Office, 'role'>) {
  const above = words.t(`posts:above.${levelOf(role) === 'village' ? 'village' : 'office'}`);
  return { above, Above: capital(above) };
}

/** The sentence about somebody who stands in: a deputy of a village is called so. */
export function whileKey({ role }: Pick<Office, 'role'>): string {
  return levelOf(role) === 'village' ? 'agreed_while' : 'agreed_while_office';
}

/** Whoever above agrees, with the two buttons. */
export function askAbove(
  turn: Turn<DialogDeps>,
  office: Office,
  vars: ReturnType<typeof handOverVars>,
): SendNotice[] {
  const first = agreeingAt(turn, office);
  if (!first) return [];
  const text = turn.words.t(`posts:commune.${vars.until === '' ? 'asked' : 'asked_while'}`, {
    ...addressVars(turn.words, first),
    ...vars,
  });
  const ref = refOf(office);
  const buttons = [reply(turn, 'agree', `#DONGY_${ref}`), reply(turn, 'refuse', `#KHONGDONGY_${ref}`)];
  return [notice(turn, first.user, text, buttons)];
}

export function reply(turn: Turn<DialogDeps>, key: string, payload: string): Button {
  return { kind: 'reply', label: turn.words.t(`posts:buttons.${key}`), payload };
}

export function notice(
  turn: Turn<DialogDeps>,
  to: UserKey,
  text: string,
  buttons: readonly Button[] = [],
): SendNotice {
  return { kind: 'notice.send', id: turn.effectId(), to, text, at: turn.at, buttons };
}

/** Old and new holder hear what was agreed: until when the one goes on, and from when the other begins. */
export function tellBoth(turn: Turn<DialogDeps>, office: Leaving): AnyEffect[] {
  const { words } = turn;
  const { handover } = office;
  const vars = handOverVars(turn, office, handover);
  const told: AnyEffect[] = [];
  if (office.user !== null)
    told.push(
      notice(
        turn,
        office.user,
        words.t(`posts:old.${handover.until === null ? 'agreed' : 'agreed_while'}`, {
          ...addressVars(words, office),
          ...vars,
        }),
      ),
    );
  if (handover.user !== null) {
    const person = { ...office, address: handover.address };
    const text = words.t(`posts:new.${handover.until === null ? 'agreed' : 'agreed_while'}`, {
      ...addressVars(words, person),
      ...vars,
    });
    told.push(notice(turn, handover.user, text, [reply(turn, 'take', '#NHANVIEC')]));
  }
  return told;
}
