import type { Office } from '../org/office';
import { unitsActedFor } from '../org/roles';
import type { UnitTree } from '../org/units';
import { vnDay } from '../kernel/vn-time';
import type { PeriodTimes } from '../reporting/deadlines';
import { owes, type Form } from '../reporting/form';
import type { ReportKey } from '../reporting/report';
import type { FormRuns } from '../reporting/runs';
import { periodsBetween } from './periods';

/** The reports that the person's posts let them enter and that are open at the moment, in order of their deadlines. Pure. */
export function openFor(
  offices: readonly Office[],
  tree: Pick<UnitTree, 'get'>,
  forms: readonly Form[],
  timesOf: (form: string, period: string) => PeriodTimes,
  at: Date,
  runs?: FormRuns,
): ReportKey[] {
  const day = vnDay(at);
  const open = periodsBetween(forms, timesOf, at, at, runs)
    .filter(({ times }) => at >= times.opensAt && at < times.lockAt)
    .sort((a, b) => a.times.deadline.getTime() - b.times.deadline.getTime());
  const units = [...new Set(offices.flatMap(unitsActedFor))];
  return open.flatMap(({ form, period, times }) =>
    units.flatMap((code) => {
      const unit = tree.get(code, day);
      const mine = offices.some(
        (office) => form.reporters.includes(office.role) && unitsActedFor(office).includes(code),
      );
      return unit && mine && owes(form, unit, times.audience) ? [{ form: form.id, period, unit: code }] : [];
    }),
  );
}
