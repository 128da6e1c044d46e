import { foldText, normalText } from '../kernel/vn-text';
import { inVietnam } from '../kernel/vn-time';

/**
 * A share as people say it: «45 trên 52», «1.790.000 / 2.507.000», «71,4 % của 2,5 triệu, số đến 15/3, nguồn Công an tỉnh».
 * Nothing is guessed: a part that was not said is null, and so is a share that contradicts its own parts. Pure.
 */
export interface SaidRatio {
  readonly numerator: number | null;
  readonly denominator: number | null;
  /** As said, 71.4 for «71,4 %»; null when no per cent was said. */
  readonly percent: number | null;
  /** The numerator was worked out of the per cent and must be read back. */
  readonly computed: boolean;
  /** `YYYY-MM-DD`, the nearest such day, up to `at`; null when none was said. */
  readonly asOf: string | null;
  /** The day that was said has not come yet: no figure can be of it. */
  readonly ahead: string | null;
  readonly source: string | null;
}

const NUMBER = /(\d{1,3}(?:[.\s]\d{3})+|\d+)(?:,(\d+))?(?:\s*(trieu ruoi|trieu|tr|nghin|ngan|k)(?![a-z]))?/;
const NUMBERS = new RegExp(NUMBER, 'g');
const PERCENT = /(\d{1,3})(?:[.,](\d+))?\s*(?:%|phan tram)/;
const AS_OF =
  /(?:(?:tinh |so (?:lieu )?)?den (?:het )?(?:ngay )?|ngay |as of )(\d{1,2})\s*[/-]\s*(\d{1,2})(?:\s*[/-]\s*(20\d\d))?/;
const SOURCE = /(?:nguồn|nguon|theo|source)\s*:?\s+(.{2,80})$/iu;
const BETWEEN =
  /^\s*(?:nguoi|em|truong|hoc sinh|tren|\/|cua|of|out of|tong so|tong|so|trong|trong so|la|:|,)*(?:\s|$)/;
/** A word that has no place in a share: the text speaks of something else. */
const STRANGE =
  /(?<![a-z])(?!(?:nguoi|em|truong|hoc|sinh|tren|cua|of|out|tong|cong|so|trong|la|co|da|thi|dat|duoc|khoang|hon|a|ah|nhe|toan|tinh|can|bo|lieu|people|den|het)(?![a-z]))[a-z]{2,}/;

const NO_DAY = { asOf: null, ahead: null };

function withoutNumbers(text: string): string {
  return text.replace(NUMBERS, ' ');
}

const SCALE: Readonly<Record<string, number>> = {
  trieu: 1_000_000,
  'trieu ruoi': 1_000_000,
  tr: 1_000_000,
  nghin: 1_000,
  ngan: 1_000,
  k: 1_000,
};

/** Null when the text holds no number of a share. `at`: the day it was said, for a day without a year. */
export function readRatio(text: string, at: Date): SaidRatio | null {
  const typed = normalText(text).trim();
  const source = SOURCE.exec(typed);
  const rest = foldText(source ? typed.slice(0, source.index) : typed);
  const day = AS_OF.exec(rest);
  const plain = day ? `${rest.slice(0, day.index)} ${rest.slice(day.index + day[0].length)}` : rest;
  const share = PERCENT.exec(plain);
  const percent = share ? Number(`${share[1]}.${share[2] ?? '0'}`) : null;
  const shown = share ? plain.replace(share[0], ' ') : plain;
  const numbers = STRANGE.test(withoutNumbers(shown)) ? null : readNumbers(shown);
  if (numbers === null || numbers.length > 2 || (numbers.length === 0 && percent === null)) return null;
  const said = day ? dayOf(day, at) : NO_DAY;
  if (said === null) return null;
  const common = { percent, ...said, source: source?.[1]?.trim() ?? null };
  const [first = null, second = null] = numbers;
  if (numbers.length === 2) {
    const agrees =
      percent === null || second === 0 || Math.abs(((first ?? 0) / (second ?? 1)) * 100 - percent) < 0.1;
    return agrees ? { numerator: first, denominator: second, computed: false, ...common } : null;
  }
  if (percent !== null && percent <= 100 && first !== null)
    return { numerator: Math.round((first * percent) / 100), denominator: first, computed: true, ...common };
  return { numerator: percent === null ? first : null, denominator: null, computed: false, ...common };
}

/** The numbers of the text, in order; null when one is no whole number or other words stand between them. */
function readNumbers(plain: string): number[] | null {
  const found: number[] = [];
  let left = plain;
  for (let match = NUMBER.exec(left); match; match = NUMBER.exec(left)) {
    const before = left.slice(0, match.index);
    if (found.length > 0 && !BETWEEN.test(`${before.trim()} `)) return null;
    const scale = SCALE[match[3] ?? ''] ?? 1;
    const half = match[3] === 'trieu ruoi' ? 500_000 : 0;
    const value = Number(`${(match[1] ?? '').replace(/[.\s]/g, '')}.${match[2] ?? '0'}`) * scale + half;
    const whole = Math.round(value);
    if (Math.abs(value - whole) > 1e-6) return null;
    found.push(whole);
    left = left.slice(match.index + match[0].length);
  }
  return found;
}

/** Null: there is no such day. Without a year the nearest one is meant, half a year either way. */
function dayOf(match: RegExpExecArray, at: Date): Pick<SaidRatio, 'asOf' | 'ahead'> | null {
  const today = inVietnam(at);
  const given = match[3] === undefined ? null : Number(match[3]);
  const seen = today.set({ year: given ?? today.year, month: Number(match[2]), day: Number(match[1]) });
  if (!seen.isValid || seen.month !== Number(match[2]) || seen.day !== Number(match[1])) return null;
  const far = given === null && seen.diff(today, 'days').days > 183;
  const day = far ? seen.minus({ years: 1 }) : seen;
  return day > today.endOf('day')
    ? { asOf: null, ahead: day.toISODate() }
    : { asOf: day.toISODate(), ahead: null };
}
