import { DateTime } from 'luxon';
import { AppError } from '../kernel/errors';
import { inVietnam, UTC_7, vnDay } from '../kernel/vn-time';
import { dayOfPeriod as lastDayOf } from '../org/units';

/**
 * Keys of periods, days in Asia/Ho_Chi_Minh: `2026-03` (month), `2026-W12` (week, Monday to Sunday), `2026` (year), or
 * the id of a one-off. When one opens, is due and is locked stands in `deadlines.ts`. Pure.
 */
export type Cadence = 'month' | 'week' | 'year';

const SHAPES: Readonly<Record<Cadence, RegExp>> = {
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  week: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/,
  year: /^\d{4}$/,
};
const FORMATS: Readonly<Record<Cadence, string>> = { month: 'yyyy-MM', week: "kkkk-'W'WW", year: 'yyyy' };

interface Reading {
  readonly cadence: Cadence;
  readonly start: DateTime;
  readonly bounds: { readonly first: string; readonly last: string };
  /** By steps, those asked for before. */
  readonly shifted: Map<number, string>;
}

/** Keys read before: every turn names the same few periods, and reading one costs more than the rest of the turn's sums. */
const readings = new Map<string, Reading | null>();
const READINGS_KEPT = 256;

function look(period: string): Reading | null {
  const known = readings.get(period);
  if (known !== undefined) return known;
  const found = parse(period);
  if (readings.size >= READINGS_KEPT) readings.clear();
  readings.set(period, found);
  return found;
}

function parse(period: string): Reading | null {
  for (const cadence of ['month', 'week', 'year'] as const) {
    if (!SHAPES[cadence].test(period)) continue;
    const day = DateTime.fromFormat(period, FORMATS[cadence], { zone: UTC_7 });
    return day.isValid ? reading(cadence, day.startOf(cadence)) : null;
  }
  return null;
}

function reading(cadence: Cadence, start: DateTime): Reading {
  const bounds = {
    first: start.toISODate() as string,
    last: start.endOf(cadence).toISODate() as string,
  };
  return { cadence, start, bounds, shifted: new Map() };
}

/** What kind of period a key names; null for a key that names none (such as the id of a one-off, or week 53 of a year that has 52). */
export function cadenceOf(period: string): Cadence | null {
  return look(period)?.cadence ?? null;
}

function read(period: string): Reading {
  const found = look(period);
  if (!found) throw new AppError('bad_request', { period });
  return found;
}

/** First and last day of the period, `YYYY-MM-DD`. */
export function periodBounds(period: string): { readonly first: string; readonly last: string } {
  return read(period).bounds;
}

/** The period `steps` after this one (negative: before), of the same kind. */
export function shiftPeriod(period: string, steps: number): string {
  const { cadence, start, shifted } = read(period);
  const known = shifted.get(steps);
  if (known !== undefined) return known;
  const found = start.plus({ [`${cadence}s`]: steps }).toFormat(FORMATS[cadence]);
  shifted.set(steps, found);
  return found;
}

export function previousPeriod(period: string): string {
  return shiftPeriod(period, -1);
}

export function nextPeriod(period: string): string {
  return shiftPeriod(period, 1);
}

/** The month in which an instant lies, in Viet Nam. */
export function monthOf(at: Date): string {
  return vnDay(at).slice(0, 'YYYY-MM'.length);
}

/** The week in which an instant lies, in Viet Nam: Monday to Sunday. */
export function weekOf(at: Date): string {
  return inVietnam(at).toFormat(FORMATS.week);
}

/**
 * The day whose tree of units answers for a period: its last, or for a one-off that of its deadline. Throws `bad_request`
 * for a key that names no period.
 */
export function dayOfPeriod({
  period,
  deadline,
}: {
  readonly period: string;
  readonly deadline?: Date;
}): string {
  const day = lastDayOf(period) ?? (deadline ? vnDay(deadline) : null);
  if (day === null) throw new AppError('bad_request', { period });
  return day;
}
