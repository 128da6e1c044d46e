import { isCounted, type Report } from './report';

/** What a unit said in the periods before, and how far back one looks. */

/** So many periods back a value is still «the last one there is». */
export const PERIODS_BACK = 12;

export interface EarlierValue {
  readonly period: string;
  readonly value: number;
}

/** The last earlier period that has a value of the figure that counts, zeros included; `earlier` the latest first. Null: none has. */
export function lastCounted(earlier: readonly Report[], figure: string): EarlierValue | null {
  for (const report of earlier) {
    const said = report.figures[figure];
    if (said && isCounted(said) && said.value !== null) return { period: report.period, value: said.value };
  }
  return null;
}

/** The values of one figure that counted, in the order of the reports: what `review` compares with. */
export function countedValues(reports: readonly Report[], figure: string): number[] {
  return reports.flatMap((report) => {
    const version = report.figures[figure];
    return version && isCounted(version) && version.value !== null ? [version.value] : [];
  });
}
