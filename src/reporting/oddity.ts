import { countedValues } from './earlier';
import type { FigureDef } from './form';
import { judgeAgainstHistory, type Oddity } from './plausibility';
import { isCounted, type FigureVersion, type Report } from './report';
import { quotient } from './values';

/**
 * A value of any kind against what the unit itself said in earlier periods. Counts are judged as they are; of a share its
 * part, the share itself and the whole it is of. Words, links, rows, yes and no have nothing to compare.
 */
export function judgeAnswer(
  figure: FigureDef,
  { value, detail }: Pick<FigureVersion, 'value' | 'detail'>,
  earlier: readonly Report[],
): Oddity | null {
  if (value === null) return null;
  if (figure.kind === 'count') return judgeAgainstHistory(figure, value, countedValues(earlier, figure.id));
  if (detail?.kind !== 'ratio' || detail.numerator === null || detail.denominator === null) return null;
  return judgeShare(
    figure,
    { part: detail.numerator, whole: detail.denominator },
    sharesOf(earlier, figure.id),
  );
}

interface Share {
  readonly part: number;
  readonly whole: number;
}

/** Shares that counted and say something of the next, the latest first. */
function sharesOf(earlier: readonly Report[], figure: string): Share[] {
  return earlier.flatMap((report) => {
    const version = report.figures[figure];
    const detail = version && isCounted(version) ? version.detail : undefined;
    if (detail?.kind !== 'ratio' || !detail.numerator || !detail.denominator) return [];
    return [{ part: detail.numerator, whole: detail.denominator }];
  });
}

/** So much less of the share before is a fall, whatever became of its parts. */
const MUCH_LESS = 0.9;

/** A smaller part of a smaller whole may be the same share: that is no fall. A whole half or twice as large is asked about. */
function judgeShare(figure: FigureDef, { part, whole }: Share, before: readonly Share[]): Oddity | null {
  const [last] = before;
  if (!last) return null;
  const parts = before.map((share) => share.part);
  const byPart = judgeAgainstHistory(figure, part, parts);
  const now = quotient(part, whole) ?? 0;
  const then = quotient(last.part, last.whole) ?? 0;
  if (byPart && !(byPart.fell && now >= then)) return byPart;
  const shrunk = now < then * MUCH_LESS;
  const otherWhole = whole > last.whole * 2 || whole * 2 < last.whole;
  if (!shrunk && !otherWhole) return null;
  return {
    kind: shrunk ? 'fell' : 'outside',
    tier: 'reason',
    value: part,
    suggestion: null,
    usual: { low: Math.min(...parts), high: Math.max(...parts) },
    months: parts.length,
    last: last.part,
    fell: shrunk,
  };
}
