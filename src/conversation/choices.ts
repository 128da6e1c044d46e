import { foldText } from '../kernel/vn-text';

/**
 * The choice a text means among those on the screen: its digit (when digits are choices there), or its label typed
 * whole, without accents or with. Null when it is none of them, or could be two.
 */
export function matchChoice(
  text: string,
  offered: readonly { readonly id: string; readonly label: string }[],
  digits: boolean,
): string | null {
  const typed = foldText(text).replace(/[.!?\s]+$/u, '');
  if (typed === '') return null;
  if (digits && /^\d{1,2}$/.test(typed)) return offered[Number(typed) - 1]?.id ?? null;
  const hits = offered.filter((offer) => foldText(offer.label) === typed);
  return hits.length === 1 ? (hits[0]?.id ?? null) : null;
}
