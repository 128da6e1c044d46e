import { owes, type Form } from './form';
import type { PeriodTimes } from './deadlines';
import { dayOfPeriod } from './periods';
import type { UnitsView } from './units-view';

/** Who owes what for which period. Pure: the facts are handed in. */

/** `open`: not due yet. `overdue`: due and not submitted. `done`: submitted in time. `late`: submitted after the deadline. */
export const DUTY_STATUSES = ['open', 'overdue', 'done', 'late'] as const;
export type DutyStatus = (typeof DUTY_STATUSES)[number];

export interface Duty {
  readonly form: string;
  readonly period: string;
  readonly unit: string;
  readonly opensAt: Date;
  readonly deadline: Date;
  readonly lockAt: Date;
  readonly status: DutyStatus;
  /** Arrival of the message that submitted it; null while nothing that stands was submitted. */
  readonly submittedAt: Date | null;
}

/** What came in when counts, not when it was looked at: a message that arrived at the deadline itself is in time. */
export function dutyStatus(times: PeriodTimes, submittedAt: Date | null, now: Date): DutyStatus {
  if (submittedAt) return submittedAt > times.deadline ? 'late' : 'done';
  return now > times.deadline ? 'overdue' : 'open';
}

/** Codes of the units at or below `top` that owe the form for the period: those of its level, or of its chosen audience, valid on the period's last day. */
export function unitsOwing(form: Form, times: PeriodTimes, units: UnitsView, top: string): readonly string[] {
  const within = units.within(top, dayOfPeriod(times));
  const known = owing.get(within) ?? new Map<Form, readonly string[]>();
  owing.set(within, known);
  const found = known.get(form) ?? within.filter((unit) => owes(form, unit)).map((unit) => unit.code);
  known.set(form, found);
  const { audience } = times;
  return audience ? found.filter((code) => audience.has(code)) : found;
}

/** By the list of units that the tree keeps for a stretch of days: thousands are looked through once for each form. */
const owing = new WeakMap<object, Map<Form, readonly string[]>>();

/** One duty for each unit, in the order given. Of each is known when it was submitted, null while it was not, and its own lock. */
export function dutiesFor(
  form: Form,
  times: PeriodTimes,
  unitCodes: readonly string[],
  known: (unit: string) => { readonly submittedAt: Date | null; readonly lockAt: Date },
  now: Date,
): Duty[] {
  return unitCodes.map((unit) => {
    const { submittedAt, lockAt } = known(unit);
    return {
      form: form.id,
      period: times.period,
      unit,
      opensAt: times.opensAt,
      deadline: times.deadline,
      lockAt,
      status: dutyStatus(times, submittedAt, now),
      submittedAt,
    };
  });
}
