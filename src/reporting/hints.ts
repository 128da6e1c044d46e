import type { FigureDef } from './form';
import { lastCounted } from './earlier';
import { isCounted, type Report } from './report';

/**
 * What may have been copied or rounded: a hint for the commune's officer alone, who knows the village. It stands against
 * nothing: the report stays clean, nobody is asked, and the village never reads it. Pure.
 */
export type Hint =
  /** Every figure is that of the last period, though nobody said «as last month». */
  | { readonly kind: 'as_last' }
  /** Every figure is a round ten. */
  | { readonly kind: 'round' }
  /** The very figures of another unit beside it. */
  | { readonly kind: 'as_neighbour'; readonly unit: string };

/** Fewer figures above nothing may well be alike. */
const ENOUGH = 3;

/** The counts of a report in the order of the form; null where one that was asked has no value, or too few are above 0. */
function countsOf(report: Report, asked: readonly FigureDef[]): number[] | null {
  const counts = asked.filter(({ kind }) => kind === 'count').map(({ id }) => report.figures[id]);
  const values = counts.flatMap((one) => (one && isCounted(one) && one.value !== null ? [one.value] : []));
  if (values.length < counts.length || values.filter((value) => value > 0).length < ENOUGH) return null;
  return values;
}

/** `earlier`: the unit's own reports, the latest first. `beside`: those of the units beside it in the same period. */
export function hintsOf(
  report: Report,
  asked: readonly FigureDef[],
  earlier: readonly Report[],
  beside: readonly Report[],
): Hint[] {
  const values = countsOf(report, asked);
  if (values === null) return [];
  const counts = asked.filter(({ kind }) => kind === 'count');
  const found: Hint[] = [];
  const said = counts.every(({ id }) => report.figures[id]?.asBefore === true);
  if (!said && counts.every(({ id }, i) => lastCounted(earlier, id)?.value === values[i]))
    found.push({ kind: 'as_last' });
  if (values.every((value) => value > 0 && value % 10 === 0)) found.push({ kind: 'round' });
  const same = (other: Report): boolean => {
    const theirs = other.unit === report.unit ? null : countsOf(other, asked);
    return theirs !== null && theirs.every((value, i) => value === values[i]);
  };
  const twin = beside.find(same);
  if (twin) found.push({ kind: 'as_neighbour', unit: twin.unit });
  return found;
}
