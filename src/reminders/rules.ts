import { inVietnam, vnInstant } from '../kernel/vn-time';
import type { Purpose } from '../outbox/outbox-row';

/** When people are reminded, as data. A new rule is an entry here and its text in `reminders:rules.<id>`. */
export interface ReminderRule {
  readonly id: string;
  /** Decides by which template the message goes when the person has not written for days. */
  readonly purpose: Purpose;
  /** At the opening of the period, or so many calendar days before the day of the deadline, at the time reminders leave. */
  readonly due: { readonly at: 'opening' } | { readonly daysBefore: number };
}

export const REMINDER_RULES: readonly ReminderRule[] = [
  { id: 'opening', purpose: 'period_opening', due: { at: 'opening' } },
  { id: 'two-days-before', purpose: 'reminder', due: { daysBefore: 2 } },
  { id: 'last-morning', purpose: 'reminder', due: { daysBefore: 0 } },
];

export interface TimeOfDay {
  readonly hour: number;
  readonly minute: number;
}

/**
 * The instant at which the rule falls due for a period, quiet hours left aside. Null where it makes no sense: at or
 * after the deadline, or before the period has opened.
 */
export function dueAt(
  rule: ReminderRule,
  times: { readonly opensAt: Date; readonly deadline: Date },
  remindAt: TimeOfDay,
): Date | null {
  if ('at' in rule.due) return times.opensAt;
  const day = inVietnam(times.deadline).minus({ days: rule.due.daysBefore });
  const at = vnInstant(day.year, day.month, day.day, remindAt.hour, remindAt.minute);
  return at > times.opensAt && at < times.deadline ? at : null;
}
