import { textIn, type Slots, type Turn } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { isSaid } from '../../dialogs/feature';
import { sha256Hex } from '../../kernel/ids';
import { hexAsLetters } from '../../kernel/letters';
import { vnDay } from '../../kernel/vn-time';
import { fullPlaceName } from '../../org/chat/people';
import { readIntent } from '../../understanding/intent';
import type { AudienceReading } from '../audience';
import { shortOf, URGENCIES, type Audience, type Directive } from '../directive';
import type { DeadlineReading, SaidOrder } from './read-order';

/** What the talk about an order has gathered, as a directive. */

/** Letters only: it stands in the payload of buttons, where digits could look like the number of an identity card. */
export function directiveId(cause: string): string {
  return `D${hexAsLetters(sha256Hex(cause).slice(0, 12))}`;
}

/** Where the talk begins: what one line said, under an id made from the message that said it. */
export function orderSlots(turn: Turn<DialogDeps>, said: Partial<SaidOrder>, more: Slots = {}): Slots {
  return {
    id: directiveId(turn.event.id),
    number: said.number ?? '',
    text: said.text ?? '',
    audience: [...(said.audience ?? [])],
    deadline: said.deadline?.kind === 'at' ? said.deadline.at.toISOString() : '',
    sendAt: sendingSlot(said.sending ?? null),
    urgency: said.urgency ?? 'normal',
    evidence: said.evidence ?? false,
    practice: said.practice ?? false,
    checkEvery: said.checkEvery ?? null,
    ...more,
  };
}

/** What was said of when it leaves; a time that could not be read is asked for, never left out. */
export function sendingSlot(sending: DeadlineReading | null): string {
  if (sending === null) return '';
  return sending.kind === 'at' ? sending.at.toISOString() : UNREAD;
}

/** In place of the time of leaving: one was said that could not be read. */
export const UNREAD = '?';

/** When it is to leave; null: at once. */
export function sendAtOf(slots: Slots): Date | null {
  const at = textIn(slots, 'sendAt');
  return at === '' || at === UNREAD ? null : new Date(at);
}

/** Null: nobody was named yet. With `audienceFrom` it is that directive's own, whoever has come or gone since. */
export async function audienceOf(turn: Turn<DialogDeps>, slots: Slots): Promise<AudienceReading | null> {
  const from = textIn(slots, 'audienceFrom');
  const old = from === '' ? null : await turn.deps.directives.get(from);
  if (old) return { kind: 'audience', audience: old.audience };
  const parts = slots['audience'];
  const issuer = turn.deps.directives.issuer(turn.user, turn.at);
  if (!Array.isArray(parts) || parts.length === 0 || !issuer) return null;
  return turn.deps.directives.audience(parts.map(String), issuer.from, turn.at);
}

/** Where it is asked who it is for: a command that names no such place is a command. */
export function isOtherCommand(turn: Turn<DialogDeps>, typed: string): boolean {
  const issuer = turn.deps.directives.issuer(turn.user, turn.at);
  // «Gửi» where it is asked to whom would send nothing yet, and nothing else is meant to be sent.
  if (!issuer || !isSaid(turn) || readIntent(typed)?.kind === 'send') return false;
  return turn.deps.directives.audience(partsOf(typed), issuer.from, turn.at).kind !== 'audience';
}

/** «xã Tân Hòa, các xã miền núi» in its pieces. */
export function partsOf(typed: string): string[] {
  return typed
    .split(/[,;]/)
    .map((part) => part.trim())
    .filter(Boolean);
}

/** What is said back when nobody, or no single place, is named by what was typed. */
export function audienceFault(
  turn: Turn<DialogDeps>,
  fault: Exclude<AudienceReading, { kind: 'audience' }>,
): string {
  const names =
    fault.kind === 'several' ? fault.units.map(({ code }) => fullPlaceName(turn.deps, code, turn.at)) : [];
  const vars = { typed: fault.typed, names: names.slice(0, 4).join('; ') };
  return say(turn, `directives:order.audience_${fault.kind}`, vars);
}

export async function draftOf(turn: Turn<DialogDeps>, slots: Slots, audience: Audience): Promise<Directive> {
  const issuer = turn.deps.directives.issuer(turn.user, turn.at);
  if (!issuer) throw new RangeError('only who may give orders drafts one');
  const id = textIn(slots, 'id');
  const known = await turn.deps.directives.get(id);
  const number = textIn(slots, 'number');
  const practice = slots['practice'] === true;
  return {
    ...{ id, number: practice ? turn.words.t('directives:practice.number', { number }) : number, practice },
    ...{ short: shortOf(number), text: textIn(slots, 'text'), audience },
    urgency: URGENCIES.find((urgency) => urgency === slots['urgency']) ?? 'normal',
    deadline: new Date(textIn(slots, 'deadline')),
    evidence: slots['evidence'] === true,
    checkEvery: typeof slots['checkEvery'] === 'number' ? slots['checkEvery'] : null,
    ...{ from: issuer.from, by: issuer.actor, state: 'draft' as const },
    createdAt: known?.createdAt ?? turn.at,
    ...{
      deadlineBefore: null,
      sendAt: sendAtOf(slots),
      issuedAt: null,
      confirmedBy: null,
      supersededBy: null,
      endedAt: null,
      reason: null,
    },
    supersedes: textIn(slots, 'supersedes') === '' ? null : textIn(slots, 'supersedes'),
  };
}

/**
 * What an order without a paper is called by: its day, «1203/GV» of 12 March, and a digit more for each that is called so
 * already, so that people can answer «xong 1203» as they answer any other.
 */
export async function ownNumber(turn: Turn<DialogDeps>): Promise<string> {
  const [, month = '', day = ''] = vnDay(turn.at).split('-');
  for (let more = 1; ; more += 1) {
    const short = shortOf(`${day}${month}${more === 1 ? '' : String(more)}`);
    if ((await turn.deps.directives.called(short, turn.user)).length === 0) return `${short}/GV`;
  }
}

/**
 * Another one of the same office that people would call by the same number: one that is out or about to be, otherwise the
 * last that was, whatever ended it. Null: none.
 */
export async function sameNumber(turn: Turn<DialogDeps>, slots: Slots): Promise<Directive | null> {
  const others = await turn.deps.directives.called(shortOf(textIn(slots, 'number')), turn.user);
  const id = textIn(slots, 'id');
  const supersedes = textIn(slots, 'supersedes');
  const from = turn.deps.directives.issuer(turn.user, turn.at)?.from;
  const same = others.filter(
    (one) => one.from === from && one.id !== id && one.id !== supersedes && one.state !== 'draft',
  );
  return same.find(isReplaceable) ?? same.findLast(({ practice }) => !practice) ?? null;
}

/** Whether another may take its place: it is out or about to be. */
export function isReplaceable({ state }: Directive): boolean {
  return state === 'issued' || state === 'waiting' || state === 'scheduled';
}
