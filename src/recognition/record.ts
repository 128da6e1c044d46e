import { isCounted, type Report } from '../reporting/report';

/**
 * Recognition: what a unit has done month after month, gathered out of the reports for thanks and for the awards. Nobody is
 * shown beside others but to whoever proposes for the awards; what is missing is no zero and no fault. Imports kernel, jobs,
 * org, reporting and outbox. This file is the record of one unit, pure.
 */

/** How a month of a unit was reported. `on_behalf`: its figures were entered for it. */
export type MonthResult = 'on_time' | 'late' | 'on_behalf' | 'none';

export interface MonthRecord {
  readonly period: string;
  readonly result: MonthResult;
  /** Figure → what counts of it; one that is missing is absent. */
  readonly figures: ReadonlyMap<string, number>;
  readonly receipt: string | null;
}

/** The month of a unit out of its report; null: it has none. */
export function monthRecord(period: string, report: Report | null): MonthRecord {
  if (!report?.submittedAt) return { period, result: 'none', figures: new Map(), receipt: null };
  const counted = Object.values(report.figures).filter(isCounted);
  const figures = new Map(
    counted.flatMap(({ figure, value }) => (value === null ? [] : [[figure, value] as const])),
  );
  const entered = report.acts.some(({ kind, sent }) => (kind === 'enter' || kind === 'import') && sent);
  const result = entered ? 'on_behalf' : report.late ? 'late' : 'on_time';
  return { period, result, figures, receipt: report.receipt };
}

/** Months in a row, up to the last of them, that came in time. `months`: those the unit owed, oldest first. */
export function streakOf(months: readonly MonthRecord[]): number {
  const broken = months.findLastIndex(({ result }) => result !== 'on_time');
  return months.length - broken - 1;
}

export function onTimeCount(months: readonly MonthRecord[]): number {
  return months.filter(({ result }) => result === 'on_time').length;
}

/** The sum of a figure of what happened, over the months that have it; null: none has. */
export function sumOf(
  months: readonly MonthRecord[],
  figure: string,
): { readonly value: number; readonly months: number } | null {
  const values = months.flatMap(({ figures }) => figures.get(figure) ?? []);
  return values.length === 0
    ? null
    : { value: values.reduce((sum, value) => sum + value, 0), months: values.length };
}

/** How a standing number has grown from the first to the last month that has it; null: fewer than two have, or it has not grown. */
export function growthOf(
  months: readonly MonthRecord[],
  figure: string,
): { readonly from: number; readonly to: number; readonly since: string } | null {
  const known = months.flatMap(({ period, figures }) => {
    const value = figures.get(figure);
    return value === undefined ? [] : [{ period, value }];
  });
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last || first === last || last.value <= first.value) return null;
  return { from: first.value, to: last.value, since: first.period };
}
