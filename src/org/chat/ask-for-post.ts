import type { StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import type { Command } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { agencyNames } from '../agencies';
import { foldName } from '../fold';
import { mayReport, unitsActedFor } from '../roles';
import type { Office } from '../office';
import { sharePhone } from './share-phone';
import type { AskForPost, InviteToPost } from './hand-over-effects';
import {
  aboveVars,
  agreeingAt,
  agreeingName,
  agrees,
  handOverVars,
  notice,
  postTapped,
  refOf,
  reply,
} from './hand-over-talk';
import { addressVars, givenName, placeName } from './people';
import type { TellOfStranger } from './stranger-effects';

/**
 * Somebody without a code, or with a new phone, says who they are: only those above can say that it is so. One of them taps,
 * the person reads the notice and takes the post, and an older account loses it.
 */

/** «Tôi là Tư, trưởng thôn Đông Lâm», «tôi là Mai, cán bộ xã Tân Hòa»: asks those above the one post that is meant. Null: no such place, or nobody to ask. */
export function askForPost(turn: Turn<DialogDeps>, text: string): StepResult | null {
  const office = officeMeant(turn, text);
  if (!office) return null;
  const { handover } = office;
  // Whoever takes over on a later day: the post is still another's, and stays so.
  if (handover?.agreed === true && handover.until === null && isNamedIn(text, handover.fullName)) {
    const vars = handOverVars(turn, office, handover);
    return sentence(turn, 'posts:vouch.not_yet', { ...vars, contact: agreeingName(turn, office) });
  }
  return askCommuneFor(turn, office);
}

function isNamedIn(text: string, fullName: string): boolean {
  const [given, fold] = [foldName(givenName(fullName)), foldText(text).replace(/[^a-z0-9]+/g, ' ')];
  return given !== '' && ` ${fold} `.includes(` ${given} `);
}

/** Asks those above whether this account is the holder's. Null: there is nobody to ask. */
export function askCommuneFor(turn: Turn<DialogDeps>, office: Office): StepResult | null {
  const { words, deps, at, user } = turn;
  const officer = agreeingAt(turn, office);
  if (!officer) return null;
  const vars = handOverVars(turn, office, { ...office, day: '' });
  const contact = agreeingName(turn, office);
  const phone = mayReport(office.role) ? sharePhone(turn) : [];
  const said = sentence(turn, 'posts:vouch.waiting', { contact, ...aboveVars(turn, office) }, phone);
  // Asked for already: the officer is not written to twice.
  if (office.asking === user) return said;
  const effect: AskForPost = { kind: 'org.askForPost', id: turn.effectId(), officeId: office.id, user, at };
  const key = office.user === null ? 'posts:vouch.asked' : 'posts:vouch.asked_again';
  const asked = words.t(key, { ...addressVars(words, officer), ...vars });
  const told: TellOfStranger = {
    ...{ kind: 'stranger.notice', id: turn.effectId(), to: officer.user, from: user, text: asked, at },
    button: {
      label: words.t('posts:buttons.vouch'),
      payload: `#DUNGNGUOI_${refOf(office)}`,
      place: placeName(deps, office.unit, at),
    },
  };
  return { ...said, effects: [effect, told] };
}

/** The post of the one village, commune or body of the province whose name is in the text. */
function officeMeant(turn: Turn<DialogDeps>, text: string): Office | null {
  return villagePostMeant(turn, text) ?? officerPostMeant(turn, text);
}

/** «Cán bộ xã Tân Hòa», «chủ tịch phường Vân Hà», «cán bộ Tỉnh đoàn», «công an tỉnh»: where several hold such a post, the one of the name said. */
function officerPostMeant(turn: Turn<DialogDeps>, text: string): Office | null {
  const { directory } = turn.deps;
  const day = vnDay(turn.at);
  const fold = foldText(text)
    .replace(/[^a-z0-9 ]/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const commune = /(?:^| )((?:xa|phuong|thi tran) .+)$/.exec(fold)?.[1];
  const posts =
    commune === undefined
      ? bodyPosts(turn, fold)
      : directory.tree
          .find(commune, day, { level: 'commune' })
          .map(({ code }) => directory.officesIn(code))
          .flatMap((offices, _i, all) => (all.length === 1 ? [...offices] : []))
          .filter(({ role }) => (role === 'commune_chair') === / chu tich /.test(` ${fold} `));
  const named = posts.filter(({ fullName }) => isNamedIn(text, fullName));
  const [office, ...others] = named.length > 0 ? named : posts;
  return office && others.length === 0 ? office : null;
}

/** The posts that act for the one body of the province that is named. */
function bodyPosts(turn: Turn<DialogDeps>, fold: string): Office[] {
  const { directory } = turn.deps;
  const { tree } = directory;
  const day = vnDay(turn.at);
  const bodies = tree
    .roots(day)
    .flatMap(({ code }) => tree.children(code, day))
    .filter((unit) => unit.level === 'agency')
    .filter((unit) => agencyNames(unit).some((name) => ` ${fold} `.includes(` ${name} `)));
  const [body, ...others] = bodies;
  if (!body || others.length > 0) return [];
  const above = directory
    .officesIn(body.parent ?? '')
    .filter((post) => unitsActedFor(post).includes(body.code));
  return [...directory.officesIn(body.code), ...above];
}

/** The head's or deputy's post of the one village whose name, and where several bear it the commune's, is in the text. */
function villagePostMeant(turn: Turn<DialogDeps>, text: string): Office | null {
  const { directory } = turn.deps;
  const { tree } = directory;
  const day = vnDay(turn.at);
  const fold = ` ${foldText(text)
    .replace(/[^a-z0-9 ]/g, ' ')
    .replace(/\s+/g, ' ')} `;
  const place = /(?:thon|to dan pho|tdp|khu pho|khu|xom|lang|ban) (.+?)(?: (?:xa|phuong) .*)?$/.exec(
    fold.trim(),
  )?.[1];
  if (place === undefined) return null;
  const found = tree.find(place, day, { level: 'village' });
  const within = found.filter(({ parent }) => {
    const above = parent === null ? null : tree.getNearest(parent, day);
    return above !== null && fold.includes(` ${foldName(above.name)} `);
  });
  const [unit, ...others] = within.length > 0 ? within : found;
  if (!unit || others.length > 0) return null;
  const role = /(?<![a-z])pho(?![a-z])/.test(fold.replace(/(?:to dan|khu) pho/g, ''))
    ? 'village_deputy'
    : 'village_head';
  return directory.officesIn(unit.code).find((office) => office.role === role) ?? null;
}

/** The tap of whoever is above: this account is the holder's. */
export const vouch: Command<DialogDeps> = {
  id: 'vouch',
  button: '#DUNGNGUOI',
  says: [],
  for: agrees,
  async run(turn, { tap }) {
    const office = postTapped(turn, tap);
    if (!office?.asking) return sentence(turn, 'posts:vouch.none');
    const vars = handOverVars(turn, office, { ...office, day: '' });
    const { user: by, at } = turn;
    const effect: InviteToPost = {
      ...{ kind: 'org.inviteToPost', id: turn.effectId(), officeId: office.id },
      ...{ user: office.asking, by, at },
    };
    const text = turn.words.t('posts:vouch.vouched', { ...addressVars(turn.words, office), ...vars });
    const told = notice(turn, office.asking, text, [reply(turn, 'take', '#NHANVIEC')]);
    return { ...sentence(turn, 'posts:vouch.done', vars), effects: [effect, told] };
  },
};
