import type { Calendars, PeriodTimes } from './deadlines';
import { timesAbove } from './extension';
import type { FigureDef, Form } from './form';
import { receiptFor, type Report } from './report';
import type { ApplyContext } from './report-writing';

/** What a report's context is made of. `times`: of the calendar, before the unit's own lock was moved. */
export interface ContextParts extends Pick<ApplyContext, 'unit' | 'undoMs'> {
  readonly form: Form;
  readonly asked: readonly FigureDef[];
  /** The same unit's reports of earlier periods, the latest first. */
  readonly earlier: readonly Report[];
  readonly times: PeriodTimes;
  readonly calendars: Calendars;
  /** The setting asks the chairs to confirm. */
  readonly chairConfirms?: boolean;
}

/** Everything `applyToReport` needs for a report of the unit and period, in a talk as in the service. Pure. */
export function contextOf(parts: ContextParts): ApplyContext {
  const { form, asked, times, calendars, chairConfirms } = parts;
  const above = timesAbove(form, calendars, times.period);
  return {
    form,
    unit: parts.unit,
    earlier: parts.earlier,
    undoMs: parts.undoMs,
    confirms: chairConfirms === true && form.confirmedBy !== undefined,
    asked: asked.map((figure) => figure.id),
    opensAt: times.opensAt,
    deadline: times.deadline,
    lockAt: times.lockAt,
    aboveLockAt: above.aboveLockAt,
    approveUntil: above.approveUntil,
    extendTo: above.extendTo,
    receiptFor,
  };
}
