import { inVietnam, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import type { Purpose } from '../outbox/outbox-row';

/**
 * When people are reminded, as data. A new rule is an entry here and its text in `reminders:rules.<id>`. No rule speaks on a
 * public holiday or in Tết; offices are left alone on days off as well, villages are not. What falls on such a day comes on
 * the last day before it, an opening and what follows a deadline on the first after it.
 */
export interface ReminderRule {
  readonly id: string;
  /** Decides by which template the message goes when the person has not written for days. */
  readonly purpose: Purpose;
  /** At the opening of the period, or so many calendar days before or after the day of the deadline, at the time reminders leave. */
  readonly due: { readonly at: 'opening' } | { readonly daysBefore: number } | { readonly daysAfter: number };
  /** Only while nothing of the report was begun. */
  readonly ifUntouched?: true;
  /** Waits for the hour at which the person usually writes, if that is later on the same day. */
  readonly atUsualHour?: true;
}

export const REMINDER_RULES: readonly ReminderRule[] = [
  { id: 'opening', purpose: 'period_opening', due: { at: 'opening' } },
  {
    id: 'five-days-before',
    purpose: 'reminder',
    due: { daysBefore: 5 },
    ifUntouched: true,
    atUsualHour: true,
  },
  { id: 'two-days-before', purpose: 'reminder', due: { daysBefore: 2 }, atUsualHour: true },
  { id: 'last-morning', purpose: 'reminder', due: { daysBefore: 0 } },
  { id: 'day-after', purpose: 'reminder', due: { daysAfter: 1 } },
];

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/** What a rule goes by: the instants of a duty and who is reminded of it. */
export interface RuleTimes {
  readonly opensAt: Date;
  readonly deadline: Date;
  readonly lockAt: Date;
  /** Whether the unit is written to on Saturdays and Sundays: villages are, offices are not. */
  readonly weekends: boolean;
  /** Nothing is said at its opening: what is put to a chosen audience opens with a question of its own (`campaigns`). */
  readonly opensUnsaid?: true;
}

/** Whether people of that kind may be reminded on the day at all. */
export function isRemindingDay(calendar: WorkCalendar, day: string, weekends: boolean): boolean {
  return weekends ? !calendar.isHoliday(day) : calendar.isWorkingDay(day);
}

/**
 * The instant at which the rule falls due for a period, quiet hours left aside. Null where it makes no sense: before the
 * period has opened, at or after the deadline or, for what follows it, after the lock.
 */
export function dueAt(
  rule: ReminderRule,
  times: RuleTimes,
  remindAt: TimeOfDay,
  calendar: WorkCalendar,
): Date | null {
  const late = 'daysAfter' in rule.due;
  const opening = 'at' in rule.due;
  if (opening && times.opensUnsaid) return null;
  const wanted = opening
    ? vnDay(times.opensAt)
    : nextDay(vnDay(times.deadline), 'daysAfter' in rule.due ? rule.due.daysAfter : -daysBefore(rule));
  const day = nearest(calendar, wanted, times.weekends, late || opening ? 1 : -1);
  if (opening && day === wanted) return times.opensAt;
  const time = opening ? inVietnam(times.opensAt) : remindAt;
  const at = instantOf(day, time.hour * 60 + time.minute);
  return at > times.opensAt && at < closes(rule, times) ? at : null;
}

/** From then on what the rule speaks of is too late. */
export function closes(rule: ReminderRule, times: Pick<RuleTimes, 'deadline' | 'lockAt'>): Date {
  return 'daysAfter' in rule.due ? times.lockAt : times.deadline;
}

function daysBefore({ due }: ReminderRule): number {
  return 'daysBefore' in due ? due.daysBefore : 0;
}

/** The day itself when people are reminded on it, otherwise the nearest such day in the direction. */
function nearest(calendar: WorkCalendar, from: string, weekends: boolean, direction: -1 | 1): string {
  if (!weekends) return calendar.workingDay(from, direction);
  let day = from;
  while (!isRemindingDay(calendar, day, weekends)) day = nextDay(day, direction);
  return day;
}
