import { remembered } from '../kernel/remembered';
import { inVietnam, vnDay, vnInstant } from '../kernel/vn-time';
import { nextDay } from '../kernel/work-calendar';

/** Days of Viet Nam as text, `YYYY-MM-DD`, and stretches of them. Pure. */

/** From a day to a day, both included; null while it lasts. */
export interface Days {
  readonly validFrom: string;
  readonly validTo: string | null;
}

/** Whether the span holds on the day, both ends included. */
export function holdsOn(span: Days, day: string): boolean {
  return span.validFrom <= day && (span.validTo === null || day <= span.validTo);
}

/**
 * The day whose tree answers for a period: its last one (`2026-03` → `2026-03-31`, `2026-W12` → that Sunday,
 * `2026` → `2026-12-31`). Not the deadline's day, which the province may move and which differs from form to form,
 * so that two totals of one month could count different units; and a village that was merged away during the month
 * no longer owes it, while its successor answers for the whole of it. Null for a one-off, which has no days of its own.
 */
export const dayOfPeriod = remembered(lastDayOf, 400);

function lastDayOf(period: string): string | null {
  const month = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(period);
  if (month) return nextDay(vnDay(nextMonth(Number(month[1]), Number(month[2]))), -1);
  const week = /^(\d{4})-W(0[1-9]|[1-4]\d|5[0-3])$/.exec(period);
  if (week) {
    const fourth = inVietnam(vnInstant(Number(week[1]), 1, 4));
    return fourth.plus({ weeks: Number(week[2]) - 1, days: 7 - fourth.weekday }).toISODate();
  }
  return /^\d{4}$/.test(period) ? `${period}-12-31` : null;
}

function nextMonth(year: number, month: number): Date {
  return month === 12 ? vnInstant(year + 1, 1, 1) : vnInstant(year, month + 1, 1);
}

/** Whether the two stretches of days share a day. */
export function meets(a: Days, b: Days): boolean {
  return (a.validTo === null || b.validFrom <= a.validTo) && (b.validTo === null || a.validFrom <= b.validTo);
}

/** The days that both stretches have; only for two that meet. */
export function shared(a: Days, b: Days): Days {
  const ends = [a.validTo, b.validTo].filter((day) => day !== null).sort();
  return { validFrom: a.validFrom > b.validFrom ? a.validFrom : b.validFrom, validTo: ends[0] ?? null };
}
