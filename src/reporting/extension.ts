import { vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import { monthTimes, timesOf, type Calendars, type PeriodTimes } from './deadlines';
import type { Form } from './form';

/**
 * More time for one unit alone: until 12:00 of the working day after the villages' lock, whenever it is asked, and never
 * past the commune's own deadline (contract 5.1, «Locks»). What comes after the deadline stays late. Pure.
 */

/** Extensions a commune grants in a month by itself; the next is the department's. */
export const EXTENSIONS_A_MONTH = 10;
const NOON = 12 * 60;

/** What whoever is above a unit goes by. */
export interface TimesAbove {
  /** Until then figures are entered on behalf and sent back, and returned figures are open to the unit. */
  readonly aboveLockAt: Date;
  /** Until then what the commune approves can be approved; null: without an end. */
  readonly approveUntil: Date | null;
  /** Where the lock of one unit may be moved to; null: it cannot be moved. */
  readonly extendTo: Date | null;
}

export function timesAbove(form: Form, calendars: Calendars, period: string): TimesAbove {
  const times = timesOf(form, calendars, period);
  if (form.approvedBy !== 'commune' || form.cadence !== 'month')
    return { aboveLockAt: times.lockAt, approveUntil: null, extendTo: null };
  const known = worked.get(times);
  if (known) return known;
  const { commune } = monthTimes(calendars, period);
  const noon = instantOf(calendars.work.addWorkingDays(vnDay(times.lockAt), 1), NOON);
  const extendTo = noon < commune.deadline ? noon : commune.deadline;
  const found = { aboveLockAt: commune.lockAt, approveUntil: commune.lockAt, extendTo };
  worked.set(times, found);
  return found;
}

/** By the times of the month, which are worked out once and shared. */
const worked = new WeakMap<PeriodTimes, TimesAbove>();
