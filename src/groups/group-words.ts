import type { OutboundMessage } from '../channels/channel';
import { replyButtons } from '../channels/reply-buttons';
import type { Words } from '../kernel/i18n';
import { asLetters, fromLetters } from '../kernel/letters';
import type { UserKey } from '../kernel/ids';
import { inVietnam } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import { bareNameOn } from '../org/names';
import { asksForConsent, digestOf, type Difference } from './difference';
import type { Member } from './group';

/** What is said about groups, and the buttons under it, which never grow old. Pure. */

/** `XEM`: how the group stands; `LAP`: what would be made; `TAO`: make it; `DONGY`: all that was shown; `MOI`: without taking anybody out; `VAO`: ask me again. */
export type GroupAct = 'XEM' | 'LAP' | 'TAO' | 'DONGY' | 'MOI' | 'VAO';

export interface TappedGroup {
  readonly act: GroupAct;
  readonly commune: string;
  /** What the agreement is about; empty where there is none. */
  readonly digest: string;
}

export function groupPayload(act: GroupAct, commune: string, digest = ''): string {
  return `#NHOM_${[act, asLetters(commune), ...(digest === '' ? [] : [digest])].join('_')}`;
}

/** What stands behind `#NHOM_`; null when it is nothing of ours. */
export function readGroupTap(rest: string): TappedGroup | null {
  const found = /^(XEM|LAP|TAO|DONGY|MOI|VAO)_([A-Z]+)(?:_([A-Z]+))?$/.exec(rest.toUpperCase());
  return found
    ? {
        act: found[1] as GroupAct,
        commune: fromLetters(found[2] as string),
        digest: found[3] ?? '',
      }
    : null;
}

const NAMES_SHOWN = 8;

/** «Nguyễn Văn Tư (Đông Lâm), Trần Thị Hoa (Ngọc Trì) và 3 người nữa» */
export function some(
  words: Words,
  names: readonly string[],
  what: 'people' | 'places' = 'people',
  shown = NAMES_SHOWN,
): string {
  const first = names.slice(0, shown).join(', ');
  const rest = names.length - shown;
  return rest > 0 ? words.t(`groups:and_more.${what}`, { names: first, count: rest }) : first;
}

/** How people of the commune's group are named to its officer. */
export interface Names {
  readonly of: (user: UserKey) => string;
  readonly member: (member: Member) => string;
}

export function namesIn(
  words: Words,
  directory: Pick<OrgDirectory, 'tree' | 'everHeldBy'>,
  commune: string,
  day: string,
): Names {
  const place = (unit: string): string => bareNameOn(directory.tree, unit, day);
  const of = (user: UserKey): string | null => {
    const posts = directory.everHeldBy(user);
    const post = posts.find(({ unit }) => directory.tree.isWithinEver(unit, commune)) ?? posts[0];
    if (!post) return null;
    const own = post.user === user ? post.fullName : words.t('groups:former');
    return `${own} (${place(post.unit)})`;
  };
  return {
    of: (user) => of(user) ?? words.t('groups:admin'),
    member: ({ user, name }) => of(user) ?? (name === '' ? words.t('groups:nameless') : `«${name}»`),
  };
}

/** One line for each kind of difference that there is; empty when the group is as it should be. */
export function differenceLines(words: Words, difference: Difference, names: Names): string[] {
  const line = (key: string, list: readonly string[]): string[] =>
    list.length === 0
      ? []
      : [words.t(`groups:difference.${key}`, { count: list.length, names: some(words, list) })];
  const { add, accept, remove, notFollowing, left, strangers, waiting } = difference;
  return [
    ...line('add', add.map(names.of)),
    ...line('accept', accept.map(names.of)),
    ...line('remove', remove.map(names.of)),
    ...line('not_following', notFollowing.map(names.of)),
    ...line(
      'left',
      left.map(({ user, until }) =>
        words.t('groups:left_until', { name: names.of(user), day: dayOf(until) }),
      ),
    ),
    ...line('waiting', waiting.map(names.member)),
    ...line('strangers', strangers.map(names.member)),
  ];
}

/** What an officer may agree to, with what each would do. */
export function consentChoices(
  words: Words,
  commune: string,
  difference: Difference,
): { readonly label: string; readonly payload: string }[] {
  if (!asksForConsent(difference)) return [];
  const digest = digestOf(difference);
  const adds = difference.add.length + difference.accept.length > 0;
  return [
    { label: words.t('groups:buttons.agree'), payload: groupPayload('DONGY', commune, digest) },
    ...(adds && difference.remove.length > 0
      ? [{ label: words.t('groups:buttons.only_invite'), payload: groupPayload('MOI', commune, digest) }]
      : []),
  ];
}

/** A message with buttons that are answered by a tap or by their number. */
export function withButtons(
  text: string,
  choices: readonly { readonly label: string; readonly payload: string }[],
): OutboundMessage {
  return { kind: 'text', text, ...(choices.length > 0 ? { buttons: replyButtons(choices) } : {}) };
}

/** «17/3» */
export function dayOf(at: Date): string {
  const { day, month } = inVietnam(at);
  return `${day}/${month}`;
}
