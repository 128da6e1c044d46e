import { foldText, normalText, unifyTones } from '../kernel/vn-text';

/** Why a figure in the text is not a plain count by its very shape. */
export type ShapeWhy =
  | 'date'
  | 'time'
  | 'money'
  | 'percent'
  | 'range'
  | 'fraction'
  | 'decimal'
  | 'negative'
  | 'name'
  | 'phone';

export type Literal =
  /** `how`: «1.250» and «1250» are plain, «1,250» comma, «1 250» spaced, «1k2» thousand. */
  | {
      readonly kind: 'whole';
      readonly value: number;
      readonly how: 'plain' | 'comma' | 'spaced' | 'thousand';
    }
  | { readonly kind: 'decimal'; readonly value: number }
  | { readonly kind: 'shape'; readonly why: ShapeWhy; readonly numbers: readonly number[] }
  | { readonly kind: 'weekday'; readonly day: number }
  | { readonly kind: 'month'; readonly month: number }
  | { readonly kind: 'year' };

export interface Token {
  readonly kind: 'word' | 'number' | 'mark';
  /** Lower case, marks in one place. */
  readonly raw: string;
  /** Without marks. */
  readonly fold: string;
  /** Stands directly behind the token before it: the b of «5b». */
  readonly glued: boolean;
  readonly literal?: Literal;
}

const END = '(?![\\p{L}\\d])';

const SHAPES: readonly (readonly [RegExp, (found: RegExpMatchArray) => Literal | null])[] = [
  [/\d{1,4}\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{1,4}(?!\d)/y, (m) => ofGroups(m[0]) ?? shape('date', m[0])],
  [
    new RegExp(`\\d{1,2}\\s?(?:h|giờ|gio)\\s?\\d{0,2}(?:\\s?(?:phút|phut|p))?${END}`, 'yu'),
    (m) => shape('time', m[0]),
  ],
  [/\d{1,2}:\d{2}(?!\d)/y, (m) => shape('time', m[0])],
  [new RegExp(`(\\d+)(?:[.,](\\d{1,3}))?k(\\d{0,3})${END}`, 'yu'), thousand],
  [
    new RegExp(
      `\\d+(?:[.,]\\d+)*(?:\\s?(?:triệu|trieu|tr|tỷ|tỉ|ty|đồng(?! chí)|dong(?! chi)|vnđ|vnd|củ)\\s?\\d*|đ|d)${END}`,
      'yu',
    ),
    (m) => shape('money', m[0]),
  ],
  [/\d+(?:[.,]\d+)*\s?%/y, (m) => shape('percent', m[0])],
  [/\d+(?:\.\d{3})*\s?\/\s?\d+(?:\.\d{3})*/y, slash],
  [/\d+(?:[.,]\d+)*\s?(?:-|~|\.\.+|->)\s?\d+(?:[.,]\d+)*/y, (m) => shape('range', m[0])],
  [/[1-9]\d{0,2}(?:\.\d{3})+(?![.,]?\d)/y, (m) => ({ kind: 'whole', value: digits(m[0]), how: 'plain' })],
  [/[1-9]\d{0,2}(?:,\d{3})+(?![.,]?\d)/y, (m) => ({ kind: 'whole', value: digits(m[0]), how: 'comma' })],
  [/[1-9]\d{0,2}(?: \d{3})+(?![.,]?\d)/y, (m) => ({ kind: 'whole', value: digits(m[0]), how: 'spaced' })],
  [/\d+[.,]\d{1,2}(?![.,]?\d)/y, (m) => ({ kind: 'decimal', value: Number(m[0].replace(',', '.')) })],
  [/\d+(?:[.,]\d+)+/y, (m) => shape('decimal', m[0])],
  [/\d+/y, (m) => whole(m[0])],
];

const WHEN: readonly (readonly [RegExp, (found: RegExpMatchArray) => Literal | null])[] = [
  [
    new RegExp(`(?:(?:thứ|thu)\\s?|t)([2-7])${END}(?!\\s?(?:buổi|buoi|người|nguoi|hộ|ho|lượt|luot))`, 'yu'),
    (m) => ({ kind: 'weekday', day: Number(m[1]) - 1 }),
  ],
  [
    new RegExp(
      `(?:(?:tháng|thang|thg)\\s?|t(?![2-7]))(1[0-2]|0?[1-9])(?:(?:\\s?[/-]\\s?|\\s(?:năm|nam)\\s)20\\d\\d|\\s20[2-4]\\d)?${END}(?!\\s?(?:buổi|buoi|người|nguoi|hộ|ho|lượt|luot)(?!\\p{L}))`,
      'yu',
    ),
    (m) => ({ kind: 'month', month: Number(m[1]) }),
  ],
  [new RegExp(`(?:năm|nam)\\s20[2-4]\\d${END}`, 'yu'), () => ({ kind: 'year' })],
];

/** The text cut into words, numbers and marks. `spaced: false` reads «418 121» as two numbers, for lines of several figures. */
export function tokens(text: string, options: { readonly spaced?: boolean } = {}): Token[] {
  const line = unifyTones(normalText(text).toLowerCase()).replace(
    /\p{Extended_Pictographic}|\p{Emoji_Modifier}/gu,
    ' ',
  );
  const out: Token[] = [];
  let at = 0;
  while (at < line.length) {
    const char = line[at] ?? '';
    if (/\s/.test(char) && char !== '\n') {
      at += 1;
      continue;
    }
    const glued = at > 0 && /[\p{L}\d]/u.test(line[at - 1] ?? '');
    const found = numberAt(line, at, options.spaced ?? true, glued);
    const length = found?.length ?? (/[\p{L}\p{M}]+/uy.exec(line.slice(at))?.[0].length || 1);
    const raw = line.slice(at, at + length);
    const kind = found ? 'number' : /\p{L}/u.test(raw) ? 'word' : 'mark';
    const base = { kind, raw, fold: kind === 'mark' ? raw : foldText(raw), glued } as const;
    out.push(found ? { ...base, literal: found.literal } : base);
    at += length;
  }
  return out;
}

function numberAt(
  line: string,
  at: number,
  spaced: boolean,
  glued: boolean,
): { literal: Literal; length: number } | null {
  const tables = /\d/.test(line[at] ?? '') ? SHAPES : glued ? [] : WHEN;
  for (const [pattern, make] of tables) {
    pattern.lastIndex = at;
    const found = pattern.exec(line);
    if (!found) continue;
    const literal = make(found);
    if (!literal || (!spaced && literal.kind === 'whole' && literal.how === 'spaced')) continue;
    const minus =
      tables === SHAPES && line[at - 1] === '-' && (at === 1 || /[\s=:]/.test(line[at - 2] ?? ''));
    if (minus && literal.kind === 'whole')
      return {
        literal: { kind: 'shape', why: 'negative', numbers: [-literal.value] },
        length: found[0].length,
      };
    return { literal, length: found[0].length };
  }
  return null;
}

function digits(text: string): number {
  return Number(text.replace(/\D/g, ''));
}

function shape(why: ShapeWhy, text: string): Literal {
  const numbers = (text.match(/\d+(?:\.\d{3}(?!\d))*(?:[.,]\d+)?/g) ?? []).map((n) =>
    /^\d{1,3}(?:\.\d{3})+$/.test(n) ? digits(n) : Number(n.replace(',', '.')),
  );
  return { kind: 'shape', why, numbers };
}

function whole(text: string): Literal {
  if (text.length >= 9 || (text.startsWith('0') && text.length > 3)) return shape('phone', text);
  return { kind: 'whole', value: Number(text), how: 'plain' };
}

/** «1.250.000» is no date. */
function ofGroups(text: string): Literal | null {
  return /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(text)
    ? { kind: 'whole', value: digits(text), how: 'plain' }
    : null;
}

/** «1k2» is 1200, «1k25» 1250, «1,5k» 1500. From 20k on it is nearly always money. */
function thousand(found: RegExpMatchArray): Literal | null {
  const [all, left = '', part = '', right = ''] = found;
  if (part && right) return null;
  if (Number(left) >= 20 || left.startsWith('0')) return shape('money', all);
  return {
    kind: 'whole',
    value: Number(left) * 1000 + Number((part || right || '0').padEnd(3, '0')),
    how: 'thousand',
  };
}

/** A day or a part of a whole: a second part above 12 that is no year is a fraction, the rest could be either. */
function slash(found: RegExpMatchArray): Literal {
  const [left = 0, right = 0] = found[0].split('/').map(digits);
  const day = left >= 1 && left <= 31 && ((right >= 1 && right <= 12) || (right >= 2020 && right <= 2040));
  return { kind: 'shape', why: day ? 'date' : 'fraction', numbers: [left, right] };
}
