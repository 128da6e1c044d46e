/**
 * Figures given as a numbered list in other ways than «1. 418»: «1/418 2/5 3/121 4/14», «a) 418 b) 5 …». Only when just
 * as many are given as are asked for, in order; anything else stays as typed.
 */
const SLASHED = /(?<![\d/.,])([1-9])\s?[/\\]\s?(?=\d)/g;
const LETTERED = /(?<![\p{L}\d])([a-h])\s?[).:/]\s?(?=[\p{L}\d])/giu;

/** The line with «1) 418 2) 5 …» where it was such a list. */
export function listed(line: string, places: number): string {
  const numbers = [...line.matchAll(SLASHED)].map(([, number]) => Number(number));
  if (inOrder(numbers, places)) return line.replace(SLASHED, (_all, number: string) => ` ${number}) `);
  const letters = [...line.matchAll(LETTERED)].map(([, letter = '']) => placeOf(letter));
  return inOrder(letters, places)
    ? line.replace(LETTERED, (_all, letter: string) => `${placeOf(letter)}) `)
    : line;
}

function placeOf(letter: string): number {
  return letter.toLowerCase().charCodeAt(0) - 'a'.charCodeAt(0) + 1;
}

function inOrder(numbers: readonly number[], places: number): boolean {
  return places > 2 && numbers.length === places && numbers.every((number, i) => number === i + 1);
}
