import type { UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { instantOf, type WorkCalendar } from '../kernel/work-calendar';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { Words } from '../kernel/i18n';
import { countBuckets } from './buckets';
import type { Directive, Recipient } from './directive';
import { endAt } from './ladder';
import { countsText, withActs } from './directive-words';

/** How far a directive is, told to whoever gave it on each working day, and how it ended where it closed by itself. */

/** 16:30 in Viet Nam. */
const SUMMARY = 16 * 60 + 30;

/** The next time of the summary after this instant. */
export function nextSummary(calendar: WorkCalendar, now: Date): Date {
  const day = vnDay(now);
  const today = instantOf(day, SUMMARY);
  if (today > now && calendar.isWorkingDay(day)) return today;
  return instantOf(calendar.addWorkingDays(day, 1), SUMMARY);
}

/** When a directive that is out is to be looked at as a whole: the day's summary, or its end. */
export function nextLook(calendar: WorkCalendar, directive: Directive, now: Date): Date {
  const end = endAt(calendar, directive);
  const summary = nextSummary(calendar, now);
  return summary < end ? summary : end;
}

/**
 * Where everybody stands, for one person: the summary of the day, one id for each day, or how it ended when it closed by itself
 * and nobody is asked any more.
 */
export function standRow(
  what: 'summary' | 'closed_itself',
  directive: Directive,
  recipients: readonly Recipient[],
  to: UserKey,
  words: Words,
  now: Date,
): NewOutboxMessage {
  const text = words.t(`directives:${what}`, {
    number: directive.number,
    counts: countsText(words, countBuckets(recipients, what === 'summary' ? directive.state : 'closed')),
    all: recipients.length,
  });
  return {
    id: `directive:${directive.id}:${what === 'summary' ? `summary-${vnDay(now)}` : 'closed'}`,
    to,
    purpose: 'notice',
    message: withActs(words, text, ['XEM'], directive.id),
    cause: 'directives.run',
    createdAt: now,
  };
}
