import type { Conversation, TurnEvent } from '../conversation/dialog';
import { isFragment } from '../understanding/fragment';

/** What a person may still be typing, and what is one message though it came in pieces. */

/** Screens that keep no question open. */
const GIVES_WAY: ReadonlySet<string> = new Set([
  'menu',
  'lone-number',
  'listing',
  'article',
  'offer',
  'hand-over',
]);
/** Pictures of an album come one by one, a voice often in pieces: they are answered together. */
const ALBUM: ReadonlySet<TurnEvent['kind']> = new Set(['image', 'audio', 'video', 'file', 'not_shown']);

/**
 * A message that is visibly unfinished: the rest is waited for. So is a lone number with nothing open, unless the last
 * answer offered a choice under it: its question may be on the way.
 */
export function isUnfinished(conversation: Conversation, event: TurnEvent): boolean {
  if (ALBUM.has(event.kind)) return event.text === '';
  if (event.kind !== 'text' || event.text.startsWith('#')) return false;
  const open = conversation.stack.some(({ dialog }) => dialog === 'listing' || !GIVES_WAY.has(dialog));
  if (/^\s*\d{1,5}\s*$/.test(event.text) && conversation.stack.length === 0)
    return Number(event.text) < 1 || Number(event.text) > (conversation.offered ?? 0);
  return isFragment(event.text) && !(open && /\d/.test(event.text));
}

/** Two messages read as one; the later one gives the id and the time. Null: a tap or a picture does not go on with what was typed. */
export function joinEvents(firstPart: TurnEvent, second: TurnEvent): TurnEvent | null {
  if (firstPart.kind !== 'text' || second.kind !== 'text' || second.text.startsWith('#')) return null;
  return {
    ...second,
    text: `${firstPart.text} ${second.text}`.trim(),
    secrets: [...new Set([...firstPart.secrets, ...second.secrets])],
    codeHash: second.codeHash ?? firstPart.codeHash,
  };
}

/** A question is open, so that a number typed now is its answer. */
export function isAsked(conversation: Conversation): boolean {
  return conversation.stack.some(({ dialog }) => !GIVES_WAY.has(dialog));
}

/** The dialog whose question is open: on top, or under a list that gives way. */
export function dialogInFront(conversation: Conversation): string | undefined {
  return conversation.stack.findLast(({ dialog }) => !GIVES_WAY.has(dialog))?.dialog;
}
