import { DateTime, FixedOffsetZone } from 'luxon';

/** The zone of every day, month and deadline in this program. No daylight saving, UTC+7. */
export const ZONE = 'Asia/Ho_Chi_Minh';

/** The same as a fixed offset, which holds since 1975: looking a named zone up costs more than all else in a turn. */
export const UTC_7 = FixedOffsetZone.instance(7 * 60);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** The instant seen on a clock in Viet Nam. */
export function inVietnam(instant: Date): DateTime<true> {
  const seen = DateTime.fromJSDate(instant, { zone: UTC_7 });
  if (!seen.isValid) throw new RangeError(`not an instant: ${String(instant)}`);
  return seen;
}

/** The instant at which clocks in Viet Nam show this. `month` is 1-12. */
export function vnInstant(year: number, month: number, day: number, hour = 0, minute = 0): Date {
  const at = DateTime.fromObject({ year, month, day, hour, minute }, { zone: UTC_7 });
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
