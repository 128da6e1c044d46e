/** Slips of a finger, by which one word becomes another. Asked of thousands of pairs, so nothing is cut out of them. Pure. */

/** At most one letter added, lost, changed or swapped with its neighbour. */
export function near(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  const i = sameBeginning(a, b);
  return (
    sameFrom(a, i + 1, b, i + 1) || sameFrom(a, i + 1, b, i) || sameFrom(a, i, b, i + 1) || swapped(a, b, i)
  );
}

/** Beginnings of words that sound alike in the province: «nàm» is «làm», «trước» and «chước», «sem» is «xem». */
const ALIKE: readonly (readonly [string, string])[] = [
  ['n', 'l'],
  ['ch', 'tr'],
  ['s', 'x'],
  ['r', 'd'],
  ['gi', 'd'],
  ['r', 'gi'],
];

/** The words that sound like this one where two beginnings are one. */
export function asSpoken(word: string): string[] {
  return ALIKE.flatMap(([a, b]) => [swap(word, a, b), swap(word, b, a)]).filter((other) => other !== null);
}

function swap(word: string, from: string, to: string): string | null {
  const after = word.slice(from.length);
  // «ng», «nh» and «th» are other sounds.
  return word.startsWith(from) && /^[aeiouy]/.test(after) ? to + after : null;
}

/** Two neighbours swapped and no more. */
export function isSwap(a: string, b: string): boolean {
  return swapped(a, b, sameBeginning(a, b));
}

function sameBeginning(a: string, b: string): number {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i += 1;
  return i;
}

function swapped(a: string, b: string, at: number): boolean {
  return a[at] === b[at + 1] && a[at + 1] === b[at] && sameFrom(a, at + 2, b, at + 2);
}

/** Whether what is left of both is the same. */
function sameFrom(a: string, from: number, b: string, other: number): boolean {
  const left = Math.max(0, a.length - from);
  if (left !== Math.max(0, b.length - other)) return false;
  for (let i = left; i > 0; i -= 1) if (a[a.length - i] !== b[b.length - i]) return false;
  return true;
}
