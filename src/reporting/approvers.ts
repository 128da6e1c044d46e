import type { Office } from '../org/office';
import { holdsAbove } from '../org/rights';
import type { Role } from '../org/roles';
import type { UnitTree } from '../org/units';
import type { Approver, Form } from './form';

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
