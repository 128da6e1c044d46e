import { DateTime } from 'luxon';
import { AppError } from '../kernel/errors';
import { inVietnam, UTC_7, vnInstant } from '../kernel/vn-time';
import { dayOfPeriod as lastDayOf } from '../org/units';
import type { Form } from './form';

/**
 * Periods and their instants, in Asia/Ho_Chi_Minh. A period is a key: `2026-03` (month), `2026-W12` (week), `2026`
 * (year). When it opens, is due and is locked comes from a calendar handed in as a value: «trước ngày 20» is a line of
 * configuration (17:00 on the 19th), not a rule of this file. Pure: nothing here asks for the time.
 */
export type Cadence = 'month' | 'week' | 'year';

/** A day of the month, 1-28, and a time of day in Viet Nam. */
export interface MonthMoment {
  readonly day: number;
  readonly hour: number;
  readonly minute: number;
}

/** When a month opens, is due and is locked; all three in the month itself. */
export interface MonthCalendar {
  readonly opens: MonthMoment;
  readonly due: MonthMoment;
  readonly lock: MonthMoment;
}

/** Name of the calendar, as forms name it, → its moments. */
export type Calendars = Readonly<Record<string, MonthCalendar>>;

/** The part of the configuration that makes the calendars. */
export interface MonthSettings {
  readonly MONTH_OPENS: MonthMoment;
  readonly MONTH_VILLAGE_DUE: MonthMoment;
  readonly MONTH_VILLAGE_LOCK: MonthMoment;
  readonly MONTH_COMMUNE_DUE: MonthMoment;
  readonly MONTH_COMMUNE_LOCK: MonthMoment;
}

export function calendarsFrom(settings: MonthSettings): Calendars {
  const opens = settings.MONTH_OPENS;
  return {
    month_village: { opens, due: settings.MONTH_VILLAGE_DUE, lock: settings.MONTH_VILLAGE_LOCK },
    month_commune: { opens, due: settings.MONTH_COMMUNE_DUE, lock: settings.MONTH_COMMUNE_LOCK },
  };
}

/** The instants of one period. A message is in time up to and including `deadline`, and locked out from `lockAt` on. */
export interface PeriodTimes {
  readonly period: string;
  readonly opensAt: Date;
  readonly deadline: Date;
  readonly lockAt: Date;
}

const SHAPES: Readonly<Record<Cadence, RegExp>> = {
  month: /^\d{4}-(0[1-9]|1[0-2])$/,
  week: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/,
  year: /^\d{4}$/,
};
const FORMATS: Readonly<Record<Cadence, string>> = { month: 'yyyy-MM', week: "kkkk-'W'WW", year: 'yyyy' };

interface Reading {
  readonly cadence: Cadence;
  readonly start: DateTime;
  readonly bounds: { readonly first: string; readonly last: string };
  /** By steps, those asked for before. */
  readonly shifted: Map<number, string>;
}

/** Keys read before: every turn names the same few periods, and reading one costs more than the rest of the turn's sums. */
const readings = new Map<string, Reading | null>();
const READINGS_KEPT = 256;

function look(period: string): Reading | null {
  const known = readings.get(period);
  if (known !== undefined) return known;
  const found = parse(period);
  if (readings.size >= READINGS_KEPT) readings.clear();
  readings.set(period, found);
  return found;
}

function parse(period: string): Reading | null {
  for (const cadence of ['month', 'week', 'year'] as const) {
    if (!SHAPES[cadence].test(period)) continue;
    const day = DateTime.fromFormat(period, FORMATS[cadence], { zone: UTC_7 });
    return day.isValid ? reading(cadence, day.startOf(cadence)) : null;
  }
  return null;
}

function reading(cadence: Cadence, start: DateTime): Reading {
  const bounds = {
    first: start.toISODate() as string,
    last: start.endOf(cadence).toISODate() as string,
  };
  return { cadence, start, bounds, shifted: new Map() };
}

/** What kind of period a key names; null for a key that names none (such as the id of a one-off, or week 53 of a year that has 52). */
export function cadenceOf(period: string): Cadence | null {
  return look(period)?.cadence ?? null;
}

function read(period: string): Reading {
  const found = look(period);
  if (!found) throw new AppError('bad_request', { period });
  return found;
}

/** First and last day of the period, `YYYY-MM-DD`. */
export function periodBounds(period: string): { readonly first: string; readonly last: string } {
  return read(period).bounds;
}

/** The period `steps` after this one (negative: before), of the same kind. */
export function shiftPeriod(period: string, steps: number): string {
  const { cadence, start, shifted } = read(period);
  const known = shifted.get(steps);
  if (known !== undefined) return known;
  const found = start.plus({ [`${cadence}s`]: steps }).toFormat(FORMATS[cadence]);
  shifted.set(steps, found);
  return found;
}

export function previousPeriod(period: string): string {
  return shiftPeriod(period, -1);
}

export function nextPeriod(period: string): string {
  return shiftPeriod(period, 1);
}

/** The month in which an instant lies, in Viet Nam. */
export function monthOf(at: Date): string {
  return inVietnam(at).toFormat(FORMATS.month);
}

/** By calendar, the months read before. */
const times = new WeakMap<MonthCalendar, Map<string, PeriodTimes>>();

/** The instants of a month by a calendar. They are shared: not to be written to. */
export function periodTimes(calendar: MonthCalendar, period: string): PeriodTimes {
  const held = times.get(calendar);
  const known = held && held.size < READINGS_KEPT ? held : new Map<string, PeriodTimes>();
  if (known !== held) times.set(calendar, known);
  const before = known.get(period);
  if (before) return before;
  const found = timesIn(calendar, period);
  known.set(period, found);
  return found;
}

function timesIn(calendar: MonthCalendar, period: string): PeriodTimes {
  const { cadence, start } = read(period);
  if (cadence !== 'month') throw new AppError('bad_request', { period });
  const at = (m: MonthMoment): Date => vnInstant(start.year, start.month, m.day, m.hour, m.minute);
  return { period, opensAt: at(calendar.opens), deadline: at(calendar.due), lockAt: at(calendar.lock) };
}

/**
 * The period that a figure sent at this instant belongs to: the one that is not locked yet, open or the next to open.
 * Between a lock and the next opening that is the coming month, whose figures are kept as a draft until it opens.
 */
export function currentPeriod(calendar: MonthCalendar, at: Date): string {
  const month = monthOf(at);
  return at < periodTimes(calendar, month).lockAt ? month : nextPeriod(month);
}

/** The period that opened last, locked since or not: the one people mean by «the report» until the next one opens. */
export function lastOpened(calendar: MonthCalendar, at: Date): string {
  const month = monthOf(at);
  return at < periodTimes(calendar, month).opensAt ? previousPeriod(month) : month;
}

export function isOpen(times: PeriodTimes, at: Date): boolean {
  return at >= times.opensAt && at < times.lockAt;
}

/** The day whose tree of units answers for a period: its last. Throws `bad_request` for a key that names no period. */
export function dayOfPeriod({ period }: { readonly period: string }): string {
  const day = lastDayOf(period);
  if (day === null) throw new AppError('bad_request', { period });
  return day;
}

/** The calendar of a form; throws `config_invalid` when the configuration has none of that name. */
export function calendarOf(form: Form, calendars: Calendars): MonthCalendar {
  const calendar = calendars[form.calendar];
  if (!calendar) throw new AppError('config_invalid', { faults: [`no calendar named ${form.calendar}`] });
  return calendar;
}

/** The instants of a period of a form. Throws `bad_request` when the period is not of the form's kind. */
export function timesOf(form: Form, calendars: Calendars, period: string): PeriodTimes {
  if (cadenceOf(period) !== form.cadence) throw new AppError('bad_request', { form: form.id, period });
  return periodTimes(calendarOf(form, calendars), period);
}
