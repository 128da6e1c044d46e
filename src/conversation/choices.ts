import { foldText } from '../kernel/vn-text';
import { choice, missed, type Shown } from '../understanding/choice';

/** The number that is all a text says, as the place of a choice: from 1. Null for anything else. */
export function typedDigit(text: string): number | null {
  const typed = foldText(text).replace(/[.!?)\s]+$/u, '');
  return /^[1-9]\d?$/.test(typed) ? Number(typed) : null;
}

/**
 * The choice a text means among those on the screen: its digit (when digits are choices there), or its label in words,
 * without accents or with, whole or, where nothing final follows, nearly so. Null when it is none of them, or could be two.
 */
export function matchChoice(text: string, offered: readonly Shown[], digits: boolean): string | null {
  const typed = foldText(text).replace(/[.!?\s]+$/u, '');
  if (digits && /^\d{1,2}$/.test(typed)) return offered[Number(typed) - 1]?.id ?? null;
  return choice(text, offered);
}

/** The label of the choice that cannot be taken back and that the text misses by one letter; null: none. */
export function doubtedLabel(text: string, offered: readonly Shown[]): string | null {
  return missed(text, offered)?.label ?? null;
}
