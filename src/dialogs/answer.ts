import type { Choice, Say, StepResult, Turn } from '../conversation/dialog';
import { personOf } from '../org/chat/people';
import type { DialogDeps } from './deps';

/** Short ways to say one thing and stay where the person is. */

export function answer(say: Say): StepResult {
  return { move: { to: 'here', say } };
}

/** The same for a dialog that is over with it: an answer that would stay ends the dialog, any other move is left as it is. */
export function ending({ move, ...rest }: StepResult): StepResult {
  return {
    ...rest,
    move: move.to === 'here' ? { to: 'end', ...(move.say ? { say: move.say } : {}) } : move,
  };
}

/** The words of a key for whoever is talking, with their form of address filled in. */
export function say(
  turn: Turn<DialogDeps>,
  key: string,
  vars: Readonly<Record<string, string | number>> = {},
): string {
  return turn.words.t(key, { ...personOf(turn).vars, ...vars });
}

/** They are said, and the person stays where they are. */
export function sentence(
  turn: Turn<DialogDeps>,
  key: string,
  vars: Readonly<Record<string, string | number>> = {},
  choices?: readonly Choice[],
): StepResult {
  const text = say(turn, key, vars);
  return answer(choices ? { text, choices } : { text });
}

/** A list too long for one bubble, page by page. */
export interface Listing {
  readonly head: string;
  readonly names: readonly string[];
}

/** A list, or the sentence that stands in for one. */
export function listed(found: Listing | Say): StepResult {
  if ('text' in found) return answer(found);
  return { move: { to: 'dialog', dialog: 'listing', slots: { head: found.head, names: [...found.names] } } };
}
