import type { Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { UserKey } from '../../kernel/ids';
import { addressVars } from '../../org/chat/people';
import type { Thread, ThreadKind, ThreadLine } from '../thread';
import type { Tell } from './tell';
import type { OpenThreadEffect, SaveThreadEffect } from './thread-effects';

/** Small things that every act of a talk about threads needs. */

export type HandoverTurn = Turn<DialogDeps>;

/** The same for somebody else: in their language, and the form of address of their first post or the one they asked for. */
export function sayTo(
  turn: HandoverTurn,
  to: UserKey,
  key: string,
  vars: Readonly<Record<string, string | number>> = {},
): string {
  const office = turn.deps.directory.officesOf(to, turn.at)[0] ?? null;
  const words = turn.deps.wordsFor?.(to) ?? turn.words;
  return words.t(key, { ...addressVars(words, office), ...vars });
}

export function openEffect(
  turn: HandoverTurn,
  id: string,
  given: { readonly kind: ThreadKind; readonly unit: string; readonly topic: string },
): OpenThreadEffect {
  const { user, at } = turn;
  return { kind: 'thread.open', id, thread: { ...given, by: user, at } };
}

/** `officer`: the person acts as one, so that their right is looked at once more when it is written. */
export function saveEffect(
  turn: HandoverTurn,
  before: Thread,
  after: Thread,
  how: { readonly officer?: boolean; readonly tell?: readonly Tell[] } = {},
): SaveThreadEffect {
  const officer = how.officer === true ? turn.user : null;
  const write = { before, after, officer, tell: how.tell ?? [], at: turn.at };
  return { kind: 'thread.save', id: turn.effectId(), write };
}

export function lineOf(turn: HandoverTurn, from: ThreadLine['from'], text: string): ThreadLine {
  return { id: `${turn.event.id}:${from}`, from, text, at: turn.at };
}
