import { DAY } from '../kernel/vn-time';
import { isPeriodOf, type PeriodTimes } from '../reporting/deadlines';
import type { Duty } from '../reporting/duties';
import { owes, type FigureDef, type Form } from '../reporting/form';
import { monthOf, shiftPeriod, weekOf } from '../reporting/periods';
import type { Report } from '../reporting/report';
import { isOwed } from '../reporting/report-writing';
import type { FormRuns } from '../reporting/runs';
import { onWeekends, type DutyKind, type Progress } from './duty-kinds';

/** What reminders ask of the reports. */
export interface FormReports {
  times(form: string, period: string): PeriodTimes;
  asked(form: string, period: string): readonly FigureDef[];
  duties(form: string, period: string, unit: string, now?: Date): Promise<readonly Duty[]>;
  submissions(form: string, period: string, units: readonly string[]): Promise<readonly Report[]>;
}

/** The figures of each form as a duty. `runs`: what was put to a chosen audience; absent: nothing. */
export function formDuties(forms: readonly Form[], reports: FormReports, runs?: FormRuns): DutyKind[] {
  return forms.map((form) => formDuty(form, reports, runs));
}

function formDuty(form: Form, reports: FormReports, runs?: FormRuns): DutyKind {
  const progressOf = (period: string, report: Report | null): Progress => {
    // What follows from an answer is asked only once that answer is there.
    const asked = reports.asked(form.id, period).filter(({ id }) => isOwed(form, id, report));
    return {
      touchedAt: report?.touchedAt ?? null,
      submittedAt: report?.submittedAt ?? null,
      asked: asked.length,
      answered: report ? asked.filter(({ id }) => report.figures[id] !== undefined).length : 0,
      returned: report ? returnedCount(report) : 0,
    };
  };
  return {
    ...{ id: form.id, says: 'report', levels: form.levels, roles: form.reporters },
    isPeriod: (period) => isPeriodOf(form, period),
    periods: (from, to) => periodsOf(form, from, to, runs),
    times(period) {
      const { audience, opensAt, deadline, lockAt, movedFrom, data } = reports.times(form.id, period);
      const told = { weekends: onWeekends(form), ...(audience ? { opensUnsaid: true as const } : {}) };
      return { opensAt, deadline, lockAt, movedFrom, data, ...told };
    },
    owes: (unit, period) => owes(form, unit, reports.times(form.id, period).audience),
    duties: (period, top, now) => reports.duties(form.id, period, top, now),
    async begun(period, units) {
      const found = units.length === 0 ? [] : await reports.submissions(form.id, period, units);
      return new Map(found.map((report) => [report.unit, progressOf(period, report)]));
    },
    untouched: (period) => progressOf(period, null),
  };
}

/** One period before, and all up to the last; of what is put to a chosen audience every run. */
function periodsOf(form: Form, from: Date, to: Date, runs?: FormRuns): readonly string[] {
  if (form.chosen) return (runs?.of(form.id) ?? []).map(({ period }) => period);
  if (form.cadence === 'once') return [form.id];
  if (form.cadence === 'year') return [];
  return keysBetween(form.cadence === 'week' ? weekOf : monthOf, from, to);
}

/** The keys of the periods from the one before the first instant to that of the last. */
export function keysBetween(keyOf: (at: Date) => string, from: Date, to: Date): string[] {
  const last = keyOf(new Date(to.getTime() + DAY));
  const keys: string[] = [];
  for (let period = shiftPeriod(keyOf(from), -1); period <= last; period = shiftPeriod(period, 1))
    keys.push(period);
  return keys;
}

function returnedCount(report: Report): number {
  return Object.values(report.figures).filter(({ state }) => state === 'returned').length;
}
