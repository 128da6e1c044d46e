import { inVietnam } from '../kernel/vn-time';
import type { Office } from '../org/office';
import { holdsAbove } from '../org/rights';
import type { Role } from '../org/roles';
import type { UnitTree } from '../org/units';
import type { Calendars } from './deadlines';
import { timesAbove } from './extension';
import type { Approver, Form } from './form';
import { monthOf, previousPeriod } from './periods';

/** Who looks at a form's figures: village figures the commune's officer or chair, all others the department (contract 5.1). */

const APPROVERS: Readonly<Record<Approver, readonly Role[]>> = {
  commune: ['commune_officer', 'commune_chair'],
  department: ['department', 'province'],
};

/** Grants more time where the commune has used up its own. */
export const BEYOND_QUOTA: readonly Role[] = APPROVERS.department;

export function approverRoles(form: Pick<Form, 'approvedBy'>): readonly Role[] {
  return form.approvedBy === null ? [] : APPROVERS[form.approvedBy];
}

/** The periods of a form of which something may wait for approval at that moment, the older first. */
export function periodsToApprove(form: Form, calendars: Calendars, at: Date): string[] {
  if (form.cadence === 'once') return [form.id];
  const now = form.cadence === 'week' ? inVietnam(at).toFormat("kkkk-'W'WW") : monthOf(at);
  return [previousPeriod(now), now].filter((period) => {
    const { approveUntil } = timesAbove(form, calendars, period);
    return approveUntil === null || at < approveUntil;
  });
}

/** Whether one of the posts approves the unit's figures of the form, sends them back and gives it more time. */
export function mayApprove(
  posts: readonly Office[],
  tree: UnitTree,
  form: Pick<Form, 'approvedBy'>,
  unit: string,
  at: Date,
): boolean {
  return holdsAbove(posts, tree, unit, approverRoles(form), at);
}
