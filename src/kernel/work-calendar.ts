import { inVietnam, MINUTE, vnDay, vnInstant } from './vn-time';

/**
 * Working days and working hours in Viet Nam: Saturdays, Sundays and public holidays are off, some Saturdays are worked
 * instead. Days off are data with year and source (`src/org/seed/days-off.json`); nothing here knows a holiday. Pure.
 */
export interface DaysOff {
  /** `2026-02-17`; every day off besides Saturdays and Sundays. */
  readonly off: ReadonlySet<string>;
  /** Saturdays and Sundays that are worked. */
  readonly worked: ReadonlySet<string>;
}

/** A stretch of the working day, minutes after midnight in Viet Nam; the end does not belong to it. */
export interface WorkSpan {
  readonly from: number;
  readonly to: number;
}

/** 7:30-11:30 and 13:30-17:00 (network: split working day). */
export const OFFICE_HOURS: readonly WorkSpan[] = [
  { from: 7 * 60 + 30, to: 11 * 60 + 30 },
  { from: 13 * 60 + 30, to: 17 * 60 },
];

/** No calendar has this many days off in a row: beyond it the data is wrong. */
const MOST_DAYS = 400;

export class WorkCalendar {
  constructor(
    private readonly days: DaysOff,
    private readonly spans: readonly WorkSpan[] = OFFICE_HOURS,
  ) {}

  /** Whether offices work on the day, `YYYY-MM-DD`. */
  isWorkingDay(day: string): boolean {
    if (this.days.worked.has(day)) return true;
    if (this.days.off.has(day)) return false;
    const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
    const weekday = new Date(Date.UTC(year, month - 1, date)).getUTCDay();
    return weekday !== 0 && weekday !== 6;
  }

  /** Whether it is a public holiday (not a mere weekend). */
  isHoliday(day: string): boolean {
    return this.days.off.has(day);
  }

  /** The day itself when it is worked, otherwise the nearest worked one before (`-1`) or after (`1`) it. */
  workingDay(day: string, direction: -1 | 1): string {
    return this.shift(day, 0, direction);
  }

  /** The `count`-th working day strictly before (negative) or after the day. 0 is `workingDay(day, 1)`. */
  addWorkingDays(day: string, count: number): string {
    return this.shift(day, Math.abs(count), count < 0 ? -1 : 1);
  }

  /** Working days from the first day to the last, both included; 0 when the last comes before the first. */
  workingDaysBetween(first: string, last: string): number {
    let count = 0;
    for (let day = first; day <= last; day = nextDay(day, 1)) if (this.isWorkingDay(day)) count += 1;
    return count;
  }

  /** Whether offices are open at the instant. */
  isWorkingTime(at: Date): boolean {
    const minute = minuteOf(at);
    return this.isWorkingDay(vnDay(at)) && this.spans.some(({ from, to }) => minute >= from && minute < to);
  }

  /** The instant itself in working time, otherwise when offices open next. */
  nextWorkingTime(at: Date): Date {
    if (this.isWorkingTime(at)) return at;
    let day = vnDay(at);
    for (let tried = 0; tried < MOST_DAYS; tried += 1) {
      const later = tried > 0 ? this.spans[0] : this.spans.find(({ from }) => from > minuteOf(at));
      if (later && this.isWorkingDay(day)) return instantOf(day, later.from);
      day = nextDay(day, 1);
    }
    throw new RangeError(`no working time within ${MOST_DAYS} days of ${at.toISOString()}`);
  }

  /**
   * `ms` of working time after the instant; what falls outside office hours does not count. A Friday 16:50 and two
   * hours is Monday 9:20. 0 is the next working instant.
   */
  addWorkingTime(at: Date, ms: number): Date {
    let now = this.nextWorkingTime(at);
    let left = ms;
    for (;;) {
      const minute = minuteOf(now);
      const span = this.spans.find(({ from, to }) => minute >= from && minute < to) as WorkSpan;
      const end = instantOf(vnDay(now), span.to);
      const here = end.getTime() - now.getTime();
      if (left <= here) return new Date(now.getTime() + left);
      left -= here;
      now = this.nextWorkingTime(end);
    }
  }

  private shift(from: string, count: number, direction: -1 | 1): string {
    let day = from;
    let left = count;
    for (let tried = 0; tried < MOST_DAYS; tried += 1) {
      if (this.isWorkingDay(day) && (left === 0 || (day !== from && --left === 0))) return day;
      day = nextDay(day, direction);
    }
    throw new RangeError(`no working day within ${MOST_DAYS} days of ${from}`);
  }
}

/** The day `step` days later, or earlier when it is negative: `2026-09-20`, -1 → `2026-09-19`. */
export function nextDay(day: string, step: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1, date + step)).toISOString().slice(0, 10);
}

/** The instant of a minute of a day in Viet Nam. */
export function instantOf(day: string, minute: number): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(vnInstant(year, month, date).getTime() + minute * MINUTE);
}

function minuteOf(at: Date): number {
  const seen = inVietnam(at);
  return seen.hour * 60 + seen.minute;
}
