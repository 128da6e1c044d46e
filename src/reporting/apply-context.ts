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
export function contextOf({
  form,
  asked,
  times,
  calendars,
  chairConfirms,
  ...rest
}: ContextParts): ApplyContext {
  const { opensAt, deadline, lockAt, period } = times;
  return {
    ...rest,
    confirms: chairConfirms === true && form.confirmedBy !== undefined,
    form,
    asked: asked.map((figure) => figure.id),
    ...{ opensAt, deadline, lockAt },
    ...timesAbove(form, calendars, period),
    receiptFor,
  };
}
