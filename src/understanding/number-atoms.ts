import type { Token } from './tokens';

/** The single words that numbers are said with, as typed with marks and without. */

type Unit = 'ten' | 'tens' | 'hundred' | 'thousand' | 'odd' | 'half' | 'zero';
export type Atom =
  | {
      readonly kind: 'digit';
      readonly value: number;
      readonly tail: boolean;
      readonly loose: boolean;
      readonly bare: boolean;
    }
  | {
      readonly kind: 'whole';
      readonly value: number;
      readonly how: 'plain' | 'comma' | 'spaced' | 'thousand';
    }
  | { readonly kind: 'decimal'; readonly value: number }
  | { readonly kind: Unit }
  | { readonly kind: 'score'; readonly value: number };

/** Accented form → digit; `tail` forms are heard only behind a ten; `loose` ones mean something else without marks. */
const DIGITS: readonly (readonly [string, number, boolean, boolean])[] = [
  ['một', 1, false, false],
  ['hai', 2, false, false],
  ['ba', 3, false, false],
  ['bốn', 4, false, false],
  ['năm', 5, false, true],
  ['sáu', 6, false, true],
  ['bảy', 7, false, true],
  ['bẩy', 7, false, true],
  ['tám', 8, false, true],
  ['chín', 9, false, false],
  ['mốt', 1, true, false],
  ['tư', 4, true, true],
  ['lăm', 5, true, true],
  ['nhăm', 5, true, false],
];
const UNITS: readonly (readonly [string, Unit])[] = [
  ['mười', 'ten'],
  ['mươi', 'ten'],
  ['chục', 'tens'],
  ['trăm', 'hundred'],
  ['nghìn', 'thousand'],
  ['ngàn', 'thousand'],
  ['linh', 'odd'],
  ['lẻ', 'odd'],
  ['rưỡi', 'half'],
  ['rưởi', 'half'],
];
const SCORES: readonly (readonly [string, number])[] = [
  ['hăm', 20],
  ['băm', 30],
];

const BY_RAW = new Map<string, Atom>();
const BY_FOLD = new Map<string, Atom>();
function learn(word: string, atom: Atom): void {
  BY_RAW.set(word, atom);
  const fold = word.normalize('NFD').replace(/\p{M}/gu, '').replace(/đ/g, 'd');
  if (!BY_FOLD.has(fold)) BY_FOLD.set(fold, atom);
}
for (const [word, value, tail, loose] of DIGITS)
  learn(word.normalize('NFC'), { kind: 'digit', value, tail, loose, bare: false });
for (const [word, kind] of UNITS) learn(word.normalize('NFC'), { kind });
/** As it is said where «tr» and «ch» are one. */
BY_RAW.set('chăm', { kind: 'hundred' });
for (const [word, value] of SCORES) learn(word.normalize('NFC'), { kind: 'score', value });

/** With a wrong mark or without one of two; each is asked about before it is believed. */
const MISMARKED = new Map<string, Atom>(
  (
    [
      ['bôn', 4],
      ['bón', 4],
      ['bồn', 4],
      ['môt', 1],
      ['mọt', 1],
      ['chìn', 9],
      ['nằm', 5],
      ['sàu', 6],
      ['bãy', 7],
    ] as const
  ).map(([word, value]) => [
    word.normalize('NFC'),
    { kind: 'digit', value, tail: false, loose: true, bare: false },
  ]),
);

export function atomOf(token: Token): Atom | null {
  if (token.kind === 'number') {
    const literal = token.literal;
    if (literal?.kind === 'whole') return { kind: 'whole', value: literal.value, how: literal.how };
    return literal?.kind === 'decimal' ? literal : null;
  }
  if (token.kind !== 'word') return null;
  const exact = BY_RAW.get(token.raw);
  if (exact) return exact.kind === 'digit' ? { ...exact, loose: false } : exact;
  if (token.raw !== token.fold) return MISMARKED.get(token.raw) ?? null;
  // «mot» may be một or mốt, «tu» only tư: unmarked forms keep their doubt.
  const bare = BY_FOLD.get(token.fold) ?? null;
  return bare?.kind === 'digit' ? { ...bare, bare: true } : bare;
}
