import type { Office } from '../org/office';
import { vnDay } from '../kernel/vn-time';
import { holdsAbove, holdsOffice, mayActFor, mayActOnBehalf } from '../org/rights';
import { rolesThat, unitsActedFor, type Power, type Role } from '../org/roles';
import type { UnitTree } from '../org/units';
import type { Calendars } from './deadlines';
import { timesAbove } from './extension';
import type { Approver, Form } from './form';
import { monthOf, previousPeriod, weekOf } from './periods';

/** Who looks at a form's figures: village figures the commune's officer or chair, all others the department (contract 5.1). */

const APPROVES = { commune: 'approves_villages', department: 'approves_above' } as const satisfies Readonly<
  Record<Approver, Power>
>;

/** Grants more time where the commune has used up its own. */
export const beyondQuota = (): readonly Role[] => rolesThat('approves_above');

/** Say why the villages' and the police's figures differ. */
export const explainsGaps = (): readonly Role[] => [
  ...rolesThat('approves_villages'),
  ...rolesThat('approves_above'),
  'police',
];

export function approverRoles(form: Pick<Form, 'approvedBy'>): readonly Role[] {
  return form.approvedBy === null ? [] : rolesThat(APPROVES[form.approvedBy]);
}

/** The periods of a form of which something may wait for approval at that moment, the older first. */
export function periodsToApprove(form: Form, calendars: Calendars, at: Date): string[] {
  if (form.chosen) return (calendars.runs?.of(form.id) ?? []).map(({ period }) => period);
  if (form.cadence === 'once') return [form.id];
  const now = form.cadence === 'week' ? weekOf(at) : monthOf(at);
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

/** Whether one of the posts may bring the unit's figures in a sheet: a form that one body owns is that body's alone. */
export function mayImport(
  posts: readonly Office[],
  tree: UnitTree,
  form: Pick<Form, 'owner' | 'reporters'>,
  unit: string,
  at: Date,
): boolean {
  const owner = form.owner.unit;
  if (owner === null) return mayActFor(posts, tree, unit, at) || mayActOnBehalf(posts, tree, unit, at);
  const day = vnDay(at);
  return posts.some(
    (post) =>
      holdsOffice(post, day) && form.reporters.includes(post.role) && unitsActedFor(post).includes(owner),
  );
}
