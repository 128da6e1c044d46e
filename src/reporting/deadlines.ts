import { AppError } from '../kernel/errors';
import { inVietnam, vnDay, vnInstant } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import type { Form } from './form';
import { cadenceOf, dayOfPeriod, periodBounds } from './periods';
import type { FormRun, FormRuns } from './runs';

/**
 * When a period opens, is due and is locked, in Asia/Ho_Chi_Minh. «Trước ngày 20» is a line of configuration (17:00 on
 * the 19th), not a rule of this file. A deadline of the calendar that falls on a day off moves to the working day before,
 * that of a week to the one after; what a person typed is never moved. Pure: nothing here asks for the time.
 */

/** A day of the month, 1-28, and a time of day in Viet Nam. */
export interface MonthMoment {
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** The part of the configuration that makes the calendars. */
export interface MonthSettings {
  readonly MONTH_OPENS: MonthMoment;
  readonly MONTH_VILLAGE_DUE: MonthMoment;
  readonly MONTH_VILLAGE_LOCK: MonthMoment;
  readonly MONTH_COMMUNE_DUE: MonthMoment;
  readonly MONTH_COMMUNE_LOCK: MonthMoment;
  /** Day of the month before on which a month's data begin; they end the day before it in the month itself. */
  readonly MONTH_DATA_FROM: number;
}

/** Everything that fixes the instants of a period: the days of the month and the days off. */
export interface Calendars {
  readonly month: MonthSettings;
  readonly work: WorkCalendar;
  /** What was put to a chosen audience. Absent: nothing. */
  readonly runs?: FormRuns;
}

/** The instants of one period. A message is in time up to and including `deadline`, and locked out from `lockAt` on. */
export interface PeriodTimes {
  readonly period: string;
  readonly opensAt: Date;
  readonly deadline: Date;
  readonly lockAt: Date;
  /** The deadline of the rule, when a day off has moved it; null when it stands where it always does. */
  readonly movedFrom: Date | null;
  /** The days whose facts the figures speak of; null for a one-off, which says so itself. */
  readonly data: DataSpan | null;
  /** The units that owe it, where they were chosen. Absent: all of its level. */
  readonly audience?: ReadonlySet<string>;
}

/** Nobody owes what was put to nobody. */
const NOBODY: ReadonlySet<string> = new Set();

/** The first and the last day, `YYYY-MM-DD`. */
export interface DataSpan {
  readonly from: string;
  readonly to: string;
}

/** Working days between the opening of a month and the villages' deadline, at the least. */
const TO_REPORT = 3;
/** A week's figures are due Monday 12:00 after it and may be given from Friday 8:00 of it until Friday 17:00 after it. */
const WEEK = { opens: 8 * 60, due: 12 * 60, locks: 17 * 60 } as const;

/** The instants of a period of a form. Throws `bad_request` when the period is not of the form's kind. */
export function timesOf(form: Form, calendars: Calendars, period: string): PeriodTimes {
  const once = form.once;
  if (form.cadence === 'once' && once && isRunOf(form.id, period)) {
    const run = form.chosen ? calendars.runs?.get(period) : null;
    const { opensAt, deadline, lockAt } = run ?? once;
    const audience = audienceOf(form, run);
    return {
      period,
      opensAt,
      deadline,
      lockAt,
      movedFrom: null,
      data: null,
      ...(audience ? { audience } : {}),
    };
  }
  if (cadenceOf(period) !== form.cadence) throw new AppError('bad_request', { form: form.id, period });
  if (form.cadence === 'week') return weekTimes(calendars.work, period);
  if (form.cadence !== 'month') throw new AppError('bad_request', { form: form.id, period });
  const times = monthTimes(calendars, period);
  return form.calendar === 'month_village' ? times.village : times.commune;
}

/** `equipment-survey`, `equipment-survey-2`: the runs of a one-off. */
export function isRunOf(form: string, period: string): boolean {
  return (
    period === form || (period.startsWith(`${form}-`) && /^[2-9]\d?$/.test(period.slice(form.length + 1)))
  );
}

/** Whether the key names a period of the form. */
export function isPeriodOf(form: Pick<Form, 'id' | 'cadence'>, period: string): boolean {
  return form.cadence === 'once' ? isRunOf(form.id, period) : cadenceOf(period) === form.cadence;
}

/** Which units a run of the form asks. Undefined: every one of its level. */
export function audienceOf(
  { chosen }: Pick<Form, 'chosen'>,
  run: FormRun | null | undefined,
): ReadonlySet<string> | undefined {
  return chosen ? (run?.audience ?? NOBODY) : undefined;
}

/**
 * The day whose tree of units answers for a period of the form; `run`: the run it is, where it has one. Throws `bad_request`
 * for a period that is not of its kind.
 */
export function treeDay(form: Form, period: string, run?: FormRun | null): string {
  if (!isPeriodOf(form, period)) throw new AppError('bad_request', { form: form.id, period });
  return dayOfPeriod({ period, ...(run ?? form.once) });
}

interface MonthTimes {
  readonly village: PeriodTimes;
  readonly commune: PeriodTimes;
}

/** By calendars, the months worked out before. */
const months = new WeakMap<Calendars, Map<string, MonthTimes>>();
const MONTHS_KEPT = 256;

/**
 * A month's instants for villages and for communes. Each deadline moves to the working day before; then the order village
 * due, village lock, commune due is restored from the last backwards, each at least one working day before the next, and
 * the opening moves so that three working days remain. They are shared: not to be written to.
 */
export function monthTimes(calendars: Calendars, period: string): MonthTimes {
  const held = months.get(calendars);
  const known = held && held.size < MONTHS_KEPT ? held : new Map<string, MonthTimes>();
  if (known !== held) months.set(calendars, known);
  const before = known.get(period);
  if (before) return before;
  const found = workOut(calendars, period);
  known.set(period, found);
  return found;
}

function workOut({ month, work }: Calendars, period: string): MonthTimes {
  const [year = 0, number = 1] = period.split('-').map(Number);
  const by = (m: MonthMoment): Date => vnInstant(year, number, m.day, m.hour, m.minute);
  const worked = (m: MonthMoment): string => work.workingDay(vnDay(by(m)), -1);
  const earlier = (day: string, next: string): string => {
    const before = work.addWorkingDays(next, -1);
    return day < before ? day : before;
  };
  const communeLock = worked(month.MONTH_COMMUNE_LOCK);
  const communeDue = earlier(worked(month.MONTH_COMMUNE_DUE), communeLock);
  const villageLock = earlier(worked(month.MONTH_VILLAGE_LOCK), communeDue);
  const villageDue = earlier(worked(month.MONTH_VILLAGE_DUE), villageLock);
  const usual = vnDay(by(month.MONTH_OPENS));
  const latest = work.addWorkingDays(villageDue, -TO_REPORT);
  const at = (day: string, m: MonthMoment): Date => instantOf(day, m.hour * 60 + m.minute);
  const opensAt = at(usual < latest ? usual : latest, month.MONTH_OPENS);
  const times = (due: string, dueBy: MonthMoment, lock: string, lockBy: MonthMoment): PeriodTimes => ({
    period,
    opensAt,
    deadline: at(due, dueBy),
    lockAt: at(lock, lockBy),
    movedFrom: due === vnDay(by(dueBy)) ? null : by(dueBy),
    data: windowOf({ month }, period),
  });
  return {
    village: times(villageDue, month.MONTH_VILLAGE_DUE, villageLock, month.MONTH_VILLAGE_LOCK),
    commune: times(communeDue, month.MONTH_COMMUNE_DUE, communeLock, month.MONTH_COMMUNE_LOCK),
  };
}

function weekTimes(work: WorkCalendar, period: string): PeriodTimes {
  const { first, last } = periodBounds(period);
  const monday = nextDay(last, 1);
  const due = work.workingDay(monday, 1);
  const friday = nextDay(last, 5);
  return {
    period,
    opensAt: instantOf(nextDay(last, -2), WEEK.opens),
    deadline: instantOf(due, WEEK.due),
    lockAt: instantOf(friday > due ? friday : nextDay(due, 1), WEEK.locks),
    movedFrom: due === monday ? null : instantOf(monday, WEEK.due),
    data: { from: first, to: last },
  };
}

export function isOpen(times: PeriodTimes, at: Date): boolean {
  return at >= times.opensAt && at < times.lockAt;
}

/** The first and the last day whose facts a month's figures speak of, and the day from which what is cumulative counts. */
export interface DataWindow extends DataSpan {
  readonly cumulativeFrom: string;
}

/**
 * The window of a month's data, by the setting: with 15, `2026-03` is 15/02 to 14/03, cumulative from 15/12 of the year
 * before. Null for a period that is no month: its own days are its window.
 */
export function windowOf(calendars: Pick<Calendars, 'month'>, period: string): DataWindow | null {
  const day = calendars.month.MONTH_DATA_FROM;
  if (cadenceOf(period) !== 'month') return null;
  const { first } = periodBounds(period);
  const start = inVietnam(instantOf(first, 0));
  const to = start.plus({ days: day - 2 });
  const from = start.minus({ months: 1 }).plus({ days: day - 1 });
  const year = to.month === 12 && to.day >= day ? to.year : to.year - 1;
  const cumulative = vnInstant(year, 12, day);
  return {
    from: from.toISODate() ?? '',
    to: to.toISODate() ?? '',
    cumulativeFrom: vnDay(cumulative),
  };
}
