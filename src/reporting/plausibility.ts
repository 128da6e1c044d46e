import type { FigureDef } from './form';

/**
 * «Are you sure?»: a value held against the unit's own months before. Wide on purpose. A village that doubles its
 * classes is not asked; one whose number has grown a digit is. Nothing here refuses: it says what is odd, how odd, and
 * what was probably meant.
 */

/** How many months back count. */
export const HISTORY_MONTHS = 6;

export interface Range {
  readonly low: number;
  readonly high: number;
}

/** `confirm`: one tap keeps it. `reason`: keeping it needs a reason. */
export type OddTier = 'confirm' | 'reason';

export interface Oddity {
  /**
   * `typo`: a digit too many or too few, `suggestion` is what it would be without.
   * `jump`: ten times the usual or more, up or down. `outside`: beyond the usual. `fell`: a stock that lost anything at all.
   */
  readonly kind: 'typo' | 'jump' | 'outside' | 'fell';
  readonly tier: OddTier;
  readonly value: number;
  /** What was probably meant; null when nothing near is believable. */
  readonly suggestion: number | null;
  /** Smallest and largest of the months looked at: «các tháng trước từ 5 đến 14». */
  readonly usual: Range;
  /** How many months stand behind `usual`. */
  readonly months: number;
  /** The last month in which something happened. */
  readonly last: number;
  /** Less than before: the reasons offered are those of a fall. */
  readonly fell: boolean;
}

/** Lowest and highest of up to six months in which something happened; null when there was none. A month of nothing says nothing about the size of the next. */
export function usualRange(history: readonly number[]): Range | null {
  const seen = history.slice(0, HISTORY_MONTHS).filter((value) => value > 0);
  return seen.length === 0 ? null : { low: Math.min(...seen), high: Math.max(...seen) };
}

/** What is taken without a question. A flow may well be small or nothing; a stock is carried on and grows slowly. */
function believable(nature: FigureDef['nature'], history: readonly number[], usual: Range): Range {
  if (nature === 'flow') return { low: 0, high: Math.max(usual.high * 2.5, usual.high + 8) };
  const last = history.find((value) => value > 0) ?? usual.high;
  return { low: last, high: Math.max(last * 1.5, last + 20) };
}

/** Where a value that was probably meant must lie: nearer to what was seen than what is merely believable. */
function near(nature: FigureDef['nature'], usual: Range, last: number): Range {
  return nature === 'flow'
    ? { low: Math.max(1, usual.low / 2), high: usual.high * 2 + 2 }
    : { low: last * 0.9, high: last * 1.2 + 10 };
}

const within = (value: number, range: Range): boolean => value >= range.low && value <= range.high;

/**
 * What the number would be without a zero or two too many, with the last digit or a doubled one once, with one zero
 * more, or with two neighbours changed round. Nobody types a whole digit in front of what is meant: 450 is no 50.
 */
function slips(value: number): number[] {
  const digits = String(value);
  const found: number[] = [];
  for (let i = digits.length - 1; i >= 0; i -= 1)
    if (i === digits.length - 1 || digits[i] === digits[i + 1])
      found.push(Number(digits.slice(0, i) + digits.slice(i + 1)));
  if (value % 100 === 0) found.push(value / 100);
  found.push(value * 10);
  for (let i = 0; i + 1 < digits.length; i += 1)
    found.push(Number(digits.slice(0, i) + digits[i + 1] + digits[i] + digits.slice(i + 2)));
  return found.filter((candidate) => candidate > 0 && candidate !== value);
}

/** The slip that explains the value best, or null. A zero too many is by far the commonest; otherwise what is nearest to last month. */
function likelyMeant(value: number, range: Range, last: number): number | null {
  if (value % 10 === 0 && within(value / 10, range)) return value / 10;
  return slips(value)
    .filter((candidate) => within(candidate, range))
    .reduce<number | null>(
      (best, c) => (best === null || Math.abs(c - last) < Math.abs(best - last) ? c : best),
      null,
    );
}

/** Judges a possible value. Null: nothing odd, or nothing to compare with. `history` is counted values, the last month first. */
export function judgeAgainstHistory(
  figure: FigureDef,
  value: number,
  history: readonly number[],
): Oddity | null {
  const recent = history.slice(0, HISTORY_MONTHS);
  const usual = usualRange(recent);
  if (!usual) return null;
  const months = recent.filter((seen) => seen > 0).length;
  const last = recent.find((seen) => seen > 0) ?? usual.high;
  const band = believable(figure.nature, recent, usual);
  const odd = (kind: Oddity['kind'], tier: OddTier, suggestion: number | null): Oddity => ({
    kind,
    tier,
    value,
    suggestion,
    usual,
    months,
    last,
    fell: value < (figure.nature === 'stock' ? last : usual.low),
  });

  const collapsed = value > 0 && value * 10 <= usual.low && usual.low >= 30;
  if (within(value, band) && !collapsed) return null;
  // A stock that lost a little is no slip of the finger.
  const slightly = value < band.low && value >= last * 0.9;
  const suggestion =
    value === 0 || slightly ? null : likelyMeant(value, near(figure.nature, usual, last), last);
  if (value >= usual.high * 10 || collapsed)
    return odd(suggestion === null ? 'jump' : 'typo', 'reason', suggestion);
  if (value < band.low) return odd('fell', 'reason', suggestion);
  return odd('outside', value > band.high * 2 ? 'reason' : 'confirm', suggestion);
}
