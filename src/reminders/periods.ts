import { DAY } from '../kernel/vn-time';
import type { PeriodTimes } from '../reporting/deadlines';
import type { Form } from '../reporting/form';
import { monthOf, shiftPeriod, weekOf } from '../reporting/periods';
import type { FormRuns } from '../reporting/runs';
import { isForVillages } from './recipients';
import type { RuleTimes } from './rules';

/** One period of a form that is reminded of, with its instants. */
export interface RemindedPeriod {
  readonly form: Form;
  readonly period: string;
  readonly times: RuleTimes;
}

/** The periods of these forms that may have a reminder between the two instants: one before, and all up to the last; of what is put to a chosen audience every run. */
export function periodsBetween(
  forms: readonly Form[],
  timesOf: (form: string, period: string) => PeriodTimes,
  from: Date,
  to: Date,
  runs?: FormRuns,
): RemindedPeriod[] {
  return forms.flatMap((form) =>
    keysBetween(form, from, to, runs).map((period) => ({
      form,
      period,
      times: { ...timesOf(form.id, period), weekends: isForVillages(form) },
    })),
  );
}

function keysBetween(form: Form, from: Date, to: Date, runs?: FormRuns): string[] {
  if (form.chosen) return (runs?.of(form.id) ?? []).map(({ period }) => period);
  if (form.cadence === 'once') return [form.id];
  if (form.cadence === 'year') return [];
  const keyOf = form.cadence === 'week' ? weekOf : monthOf;
  const last = keyOf(new Date(to.getTime() + DAY));
  const keys: string[] = [];
  for (let period = shiftPeriod(keyOf(from), -1); period <= last; period = shiftPeriod(period, 1))
    keys.push(period);
  return keys;
}
