import { DateTime } from 'luxon';

/** The zone of every day, month and deadline in this program. No daylight saving, UTC+7. */
export const ZONE = 'Asia/Ho_Chi_Minh';

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant seen on a clock in Viet Nam. */
export function inVietnam(instant: Date): DateTime<true> {
  const seen = DateTime.fromJSDate(instant, { zone: ZONE });
  if (!seen.isValid) throw new RangeError(`not an instant: ${String(instant)}`);
  return seen;
}

/** The instant at which clocks in Viet Nam show this. `month` is 1-12. */
export function vnInstant(year: number, month: number, day: number, hour = 0, minute = 0): Date {
  const at = DateTime.fromObject({ year, month, day, hour, minute }, { zone: ZONE });
  if (!at.isValid) throw new RangeError(`no such time: ${year}-${month}-${day} ${hour}:${minute}`);
  return at.toJSDate();
}

/** `2026-03-17T17:00:00+07:00`: how instants leave the program. */
export function isoWithOffset(instant: Date): string {
  return inVietnam(instant).toISO({ suppressMilliseconds: true });
}

/** `2026-03-17`, the day in Viet Nam. */
export function vnDay(instant: Date): string {
  return inVietnam(instant).toISODate();
}
