/** A text as the search for secrets sees it: plain small letters and digits, one for each visible character. */

export interface View {
  /** Folded text: one character for each visible one of the original. */
  readonly text: string;
  /** Where in the original each character of the view begins; one entry more than the view is long. */
  readonly at: readonly number[];
}

/** Folded characters seen before: every text is folded before it is stored, and people use few different ones. */
const folded = new Map<string, string>();
const FOLDED_KEPT = 4_096;

/** What stands in the view for one character: nothing for a mark, plain digits and spaces, letters without marks. */
function foldChar(char: string): string {
  const known = folded.get(char);
  if (known !== undefined) return known;
  let out = '';
  for (const piece of char.normalize('NFKD').toLowerCase()) {
    if (/[\p{M}\p{Cf}\u115f\u1160\u3164\uffa0]/u.test(piece)) continue;
    out +=
      piece === '\u0111'
        ? 'd'
        : /\p{Nd}/u.test(piece)
          ? digitOf(piece)
          : /\s/.test(piece) && piece !== '\n'
            ? ' '
            : piece;
  }
  out = out.replace(/[\u2010-\u2015\u2212]/g, '-');
  if (folded.size >= FOLDED_KEPT) folded.clear();
  folded.set(char, out);
  return out;
}

/** Letters, digits and signs that stand for themselves in the view; most of what people send quickly is only that. */
const PLAIN = /^[\n\x20-\x7e]*$/;

const places: number[] = [];

/** 0, 1, 2 … at least up to `last`: one list that all plain texts share. */
function placesUpTo(last: number): readonly number[] {
  while (places.length <= last) places.push(places.length);
  return places;
}

/** The folded text and where each of its characters stands in the original. */
export function viewOf(original: string): View {
  if (PLAIN.test(original)) return { text: original.toLowerCase(), at: placesUpTo(original.length) };
  let text = '';
  const at: number[] = [];
  let i = 0;
  for (const char of original) {
    const plain = foldChar(char);
    for (let unit = 0; unit < plain.length; unit += 1) at.push(i);
    text += plain;
    i += char.length;
  }
  at.push(original.length);
  return { text, at };
}

/** The value of a decimal digit of any script: they stand in blocks of ten from zero. */
function digitOf(char: string): string {
  if (/[0-9]/.test(char)) return char;
  const code = char.codePointAt(0) ?? 0;
  let steps = 0;
  while (steps < 9 && /\p{Nd}/u.test(String.fromCodePoint(code - steps - 1))) steps += 1;
  return String(steps);
}
