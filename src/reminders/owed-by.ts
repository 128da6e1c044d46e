import type { Office } from '../org/office';
import { unitsActedFor } from '../org/roles';
import type { UnitTree } from '../org/units';
import { vnDay } from '../kernel/vn-time';
import type { ReportKey } from '../reporting/report';
import { periodsBetween, type DutyKind } from './duty-kinds';

/** What the person's posts let them do and is open at the moment, in order of the deadlines. Pure. */
export function openFor(
  offices: readonly Office[],
  tree: Pick<UnitTree, 'get'>,
  kinds: readonly DutyKind[],
  at: Date,
): ReportKey[] {
  const day = vnDay(at);
  const open = periodsBetween(kinds, at, at)
    .filter(({ times }) => at >= times.opensAt && at < times.lockAt)
    .sort((a, b) => a.times.deadline.getTime() - b.times.deadline.getTime());
  const units = [...new Set(offices.flatMap(unitsActedFor))];
  return open.flatMap(({ kind, period }) =>
    units.flatMap((code) => {
      const unit = tree.get(code, day);
      const mine = offices.some(
        (office) => kind.roles.includes(office.role) && unitsActedFor(office).includes(code),
      );
      return unit && mine && kind.owes(unit, period) ? [{ form: kind.id, period, unit: code }] : [];
    }),
  );
}
