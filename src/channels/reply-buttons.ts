import type { Button } from './channel';

/** Buttons of words of command, numbered as they stand, so that each is answered by a tap or by its number. */
export function replyButtons(all: readonly { readonly label: string; readonly payload: string }[]): Button[] {
  return all.map(({ label, payload }, i) => ({ kind: 'reply', label, payload, digit: i + 1 }));
}
