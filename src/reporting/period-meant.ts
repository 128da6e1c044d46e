import { foldText } from '../kernel/vn-text';
import { inVietnam } from '../kernel/vn-time';
import { isPeriodOf } from './deadlines';
import type { Form } from './form';
import { monthOf, shiftPeriod, weekOf } from './periods';
import { openRuns, type FormRuns } from './runs';

/** Which period of a form is meant, where nobody or only a file's name says it. Pure. */

/**
 * The period that is meant today; null when a one-off is not open. Of one with a chosen audience: the run that was started last
 * of those that are open, and of those only that ask `unit`, where it is given.
 */
export function periodNow(form: Form, at: Date, runs?: FormRuns, unit?: string): string | null {
  if (form.chosen)
    return (
      openRuns(runs, form.id, at).find(({ audience }) => unit === undefined || audience.has(unit))?.period ??
      null
    );
  if (form.cadence === 'month') return monthOf(at);
  if (form.cadence === 'week') {
    const week = weekOf(at);
    // Until Friday one speaks of the week that is over.
    return inVietnam(at).weekday < 5 ? shiftPeriod(week, -1) : week;
  }
  return form.once && at >= form.once.opensAt && at < form.once.lockAt ? form.id : null;
}

/** The month a number names: without a year that of this one, or of the last when it is still to come. No number: the month it is. */
export function monthNamed(
  at: Date,
  month: string | number | null | undefined,
  year?: string | number | null,
): string {
  const now = monthOf(at);
  if (month == null) return now;
  const number = String(month).padStart(2, '0');
  const thisYear = Number(now.slice(0, 4));
  const of = year ?? (`${thisYear}-${number}` > now ? thisYear - 1 : thisYear);
  return `${of}-${number}`;
}

/**
 * The period that a text such as a file's name speaks of: «so-lieu-2026-03.xlsx», «tháng 3», «T3»; otherwise the one meant
 * today. A month without a year is the last that has begun.
 */
export function periodNamed(form: Form, text: string, at: Date, runs?: FormRuns): string {
  const today = periodNow(form, at, runs) ?? form.id;
  if (form.cadence === 'once') return today;
  const typed = foldText(text.replaceAll('_', ' '));
  const whole = /(?<!\d)(20\d\d)-?(w\d\d|\d\d)(?!\d)/.exec(typed);
  const key = whole ? `${whole[1]}-${(whole[2] ?? '').toUpperCase()}` : '';
  if (isPeriodOf(form, key)) return key;
  if (form.cadence !== 'month') return today;
  const said = /(?<![a-z])(?:thang|t)[ .-]?(\d{1,2})(?!\d)(?:[ ./-]?(?:nam )?(20\d\d))?/.exec(typed);
  const month = Number(said?.[1]);
  if (!said || month < 1 || month > 12) return today;
  return monthNamed(at, month, said[2]);
}
