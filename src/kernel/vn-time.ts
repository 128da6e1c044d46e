import { DateTime, FixedOffsetZone } from 'luxon';

/** The zone of every day, month and deadline in this program. No daylight saving, UTC+7. */
export const ZONE = 'Asia/Ho_Chi_Minh';

/** The same as a fixed offset, which holds since 1975: looking a named zone up costs more than all else in a turn. */
export const UTC_7 = FixedOffsetZone.instance(7 * 60);

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;
const OFFSET = 7 * HOUR;

/** The instant seen on a clock in Viet Nam. */
export function inVietnam(instant: Date): DateTime<true> {
  const seen = DateTime.fromJSDate(instant, { zone: UTC_7 });
  if (!seen.isValid) throw new RangeError(`not an instant: ${String(instant)}`);
  return seen;
}

/** What a clock and a calendar in Viet Nam show. */
export interface Shown {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
  readonly day: number;
  /** 1, a Monday, to 7. */
  readonly weekday: number;
  readonly hour: number;
  readonly minute: number;
}

/** The same without the means to reckon with it, at a tenth of the price: for what is only said or compared. */
export function shownInVietnam(instant: Date): Shown {
  const there = thereAsUtc(instant);
  return {
    year: there.getUTCFullYear(),
    month: there.getUTCMonth() + 1,
    day: there.getUTCDate(),
    weekday: there.getUTCDay() || 7,
    hour: there.getUTCHours(),
    minute: there.getUTCMinutes(),
  };
}

/** A moment of which UTC says what clocks in Viet Nam say of the instant. */
function thereAsUtc(instant: Date): Date {
  const there = new Date(instant.getTime() + OFFSET);
  if (Number.isNaN(there.getTime())) throw new RangeError(`not an instant: ${String(instant)}`);
  return there;
}

/** The instant at which clocks in Viet Nam show this. `month` is 1-12. */
export function vnInstant(year: number, month: number, day: number, hour = 0, minute = 0): Date {
  const there = new Date(Date.UTC(year, month - 1, day, hour, minute));
  const exists =
    there.getUTCFullYear() === year &&
    there.getUTCMonth() === month - 1 &&
    there.getUTCDate() === day &&
    there.getUTCHours() === hour &&
    there.getUTCMinutes() === minute;
  if (!exists) throw new RangeError(`no such time: ${year}-${month}-${day} ${hour}:${minute}`);
  return new Date(there.getTime() - OFFSET);
}

/** `2026-03-17T17:00:00+07:00`: how instants leave the program. */
export function isoWithOffset(instant: Date): string {
  return inVietnam(instant).toISO({ suppressMilliseconds: true });
}

/** Days that were asked about lately, by how many days after the first of 1970 they are. */
const days = new Map<number, string>();
const DAYS_KEPT = 1_000;

/** `2026-03-17`, the day in Viet Nam. */
export function vnDay(instant: Date): string {
  const there = thereAsUtc(instant);
  const number = Math.floor(there.getTime() / DAY);
  const known = days.get(number);
  if (known !== undefined) return known;
  if (days.size >= DAYS_KEPT) days.clear();
  const day = there.toISOString().slice(0, 10);
  days.set(number, day);
  return day;
}
