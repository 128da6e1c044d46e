import type { AnyEffect, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Button } from '../../channels/channel';
import { sha256Hex, type UserKey } from '../../kernel/ids';
import { hexAsLetters } from '../../kernel/letters';
import type { SendNotice } from '../../outbox/enqueue';
import type { HandOver } from '../hand-over';
import type { Office } from '../office';
import { can, rolesThat } from '../roles';
import { vnDay } from '../../kernel/vn-time';
import { dayIn } from '../../kernel/moment';
import { addressVars, fullPlaceName, givenName, personOf, type Person } from './people';
import { roleName } from './post-names';

/** Words and notices about posts that change hands, and which of them a person may decide on. */

/** `#DONGY_BACDEFGHKL`: what a button says of a post. */
export function refOf(office: Pick<Office, 'id'>): string {
  return hexAsLetters(sha256Hex(office.id).slice(0, 10));
}

/** A post on its way to somebody else. */
export type Leaving = Office & { readonly handover: HandOver };

/** Whether the person says at the commune who holds its villages' posts. */
export const agrees = ({ offices }: Pick<Person, 'offices'>): boolean =>
  offices.some(({ role }) => can(role, 'agrees_to_posts'));

/** The posts of the person's communes and of their villages, claimed or not, in order of units. */
export function postsBelow(turn: Turn<DialogDeps>): Office[] {
  const { directory } = turn.deps;
  const day = vnDay(turn.at);
  return personOf(turn)
    .offices.filter(({ role }) => can(role, 'agrees_to_posts'))
    .flatMap(({ unit }) => directory.tree.within(unit, day))
    .flatMap(({ code }) => directory.officesIn(code));
}

/** The post below the person that a button names; absent: none any more. */
export function postTapped(turn: Turn<DialogDeps>, tap: string | null): Office | undefined {
  return postsBelow(turn).find((office) => refOf(office) === tap);
}

/** Posts below the person that wait for their yes, in order of units. */
export function waitingForYes(turn: Turn<DialogDeps>): Leaving[] {
  return postsBelow(turn).flatMap((office) =>
    office.handover && !office.handover.agreed ? [{ ...office, handover: office.handover }] : [],
  );
}

/** Whoever at the commune of a village's post says who its holder is; null: nobody has claimed a post there. */
export function agreeingAt({ deps, at }: Turn<DialogDeps>, { unit }: Pick<Office, 'unit'>) {
  const parent = deps.directory.tree.getNearest(unit, vnDay(at))?.parent;
  return (
    (parent
      ? rolesThat('agrees_to_posts').flatMap((role) => [...deps.directory.holdersOf(parent, [role])])
      : [])[0] ?? null
  );
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
  const named = (full: string, address: string): string =>
    words.locale === 'vi' ? `${address} ${givenName(full)}`.trim() : givenName(full);
  return {
    person: named(to.fullName, to.address),
    fullName: to.fullName,
    old: named(office.fullName, office.address),
    role: roleName(turn, office),
    unit: fullPlaceName(turn.deps, office.unit, turn.at),
    day: dayIn(to.day),
    until: to.until ? dayIn(to.until) : '',
  };
}

/** Whoever of the commune agrees, with the two buttons. */
export function askCommune(
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
