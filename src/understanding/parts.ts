import { normalText } from '../kernel/vn-text';
import { itemsOf } from './items';
import { tokens } from './tokens';

/** «121 lượt, trong đó 30 người cao tuổi»: a part of the number before it. It is no figure of its own. */

export interface Part {
  readonly whole: number;
  readonly part: number;
}

/** The words of a part, up to what ends it. */
const PART =
  /[\s,;(–-]*(?<!\p{L})(?:trong (?:số |so )?(?:đó|do|đấy|day)|of which|including)(?!\p{L})[^,;\n)]*\)?/giu;

/** The text without its parts, and each of them with the number it belongs to. Without a number before it nothing is taken out. */
export function readParts(text: string): { readonly text: string; readonly parts: readonly Part[] } {
  const parts: Part[] = [];
  const line = normalText(text);
  const rest = line.replace(PART, (found: string, at: number) => {
    const whole = numbersIn(line.slice(0, at)).at(-1);
    const inside = numbersIn(found);
    if (whole === undefined || inside.length === 0) return found;
    for (const part of inside) parts.push({ whole, part });
    return '';
  });
  return parts.length === 0 ? { text, parts } : { text: rest, parts };
}

function numbersIn(text: string): number[] {
  return itemsOf(tokens(text, { spaced: false })).flatMap((item) =>
    item.type === 'number' ? [item.number.value] : [],
  );
}
