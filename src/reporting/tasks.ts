import { vnInstant } from '../kernel/vn-time';
import type { Role } from '../org/roles';
import type { Unit } from '../org/unit';
import { monthTimes, type Calendars } from './deadlines';
import type { DutyStatus } from './duties';
import { monthOf, previousPeriod } from './periods';

/**
 * Duties of the plan that are no figures, as data: who owes what by when. Words are locale keys, `tasks:titles.<id>`. «Trước
 * ngày 30/4» ends at 17:00 of the day before; where the plan names no day there is no deadline.
 */
export interface PlanTask {
  readonly id: string;
  /** Units that owe it, or the level of which every unit does. */
  readonly owner: { readonly units: readonly string[] } | { readonly level: 'commune' };
  /** `month`: done anew each month; a confirmed release of the month is what does it. */
  readonly cadence: 'once' | 'month';
  /** Null: it is to be kept up, or the plan names no day; of a month the calendar has it. */
  readonly deadline: Date | null;
  /** The document that asks for it; what it is called is `tasks:sources.<source>`. */
  readonly source: string;
}

/** From then on the tasks are known to those who owe them. */
export const PLAN_SINCE = vnInstant(2026, 3, 3, 8);

const KHCN = { units: ['24-KHCN'] };
const COMMUNES = { level: 'commune' } as const;

/** The plan, and what was reported of it on 3/3/2026. */
const PLAN = {
  cadence: 'once',
  source: 'plan-2026',
} as const;

export const PLAN_TASKS: readonly PlanTask[] = [
  { id: 'khcn-action-plan', owner: KHCN, deadline: vnInstant(2026, 3, 30, 17), ...PLAN },
  { id: 'khcn-good-models', owner: KHCN, deadline: vnInstant(2026, 4, 29, 17), ...PLAN },
  { id: 'gddt-extra-lessons', owner: { units: ['24-GDDT'] }, deadline: vnInstant(2026, 4, 29, 17), ...PLAN },
  { id: 'khcn-awards-shortlist', owner: KHCN, deadline: vnInstant(2026, 9, 30, 17), ...PLAN },
  { id: 'team-support-resolution', owner: { units: ['24-KHCN', '24-TC'] }, deadline: null, ...PLAN },
  { id: 'khcn-cheap-packages', owner: KHCN, deadline: null, ...PLAN },
  { id: 'ca-learning-site', owner: { units: ['24-CA'] }, deadline: null, ...PLAN },
  { id: 'nv-state-training', owner: { units: ['24-NV'] }, deadline: null, ...PLAN },
  { id: 'td-summer-teams', owner: { units: ['24-TD'] }, deadline: null, ...PLAN },
  { id: 'commune-portal', owner: COMMUNES, deadline: null, ...PLAN },
  { id: 'commune-teams', owner: COMMUNES, deadline: null, ...PLAN },
  { id: 'commune-equipment', owner: COMMUNES, deadline: null, ...PLAN },
];

/** What is owed anew each month: the summary of the department, before the 25th. */
export const MONTHLY_TASKS: readonly PlanTask[] = [
  { ...PLAN, id: 'khcn-month-summary', owner: KHCN, cadence: 'month', deadline: null },
];

/** A month of a task that is done each month. */
export interface MonthOwed {
  readonly period: string;
  readonly deadline: Date;
  /** Since when it can be done: what it sums up was due then. */
  readonly since: Date;
}

/** The month of which a summary is owed by now: the present one from its opening on, the one before until then. */
export function monthOwed(calendars: Calendars, at: Date): MonthOwed {
  const now = monthOf(at);
  const period = at < monthTimes(calendars, now).commune.opensAt ? previousPeriod(now) : now;
  const { deadline, lockAt } = monthTimes(calendars, period).commune;
  return { period, deadline: lockAt, since: deadline };
}

export function owesTask({ owner }: PlanTask, unit: Pick<Unit, 'code' | 'level'>): boolean {
  return 'units' in owner ? owner.units.includes(unit.code) : unit.level === owner.level;
}

/** Posts that see to it, the first to be asked first; those of the province where they act for the agency. */
export function doersOf({ owner }: PlanTask): readonly Role[] {
  return 'units' in owner ? ['department', 'agency_officer', 'police'] : ['commune_officer', 'commune_chair'];
}

/** What shows that a task is done: a link, or a picture or paper that is kept under that id. */
export type TaskEvidence =
  | { readonly kind: 'link'; readonly link: string }
  | { readonly kind: 'image' | 'audio' | 'video' | 'file'; readonly piece: string };

/** When a unit said that it was done, and what shows it. */
export interface TaskDone {
  readonly task: string;
  readonly unit: string;
  readonly doneAt: Date;
  readonly by: string;
  readonly evidence: readonly TaskEvidence[];
}

/** What is without a deadline is never overdue or late. */
export function taskStatus(
  { deadline }: PlanTask,
  done: Pick<TaskDone, 'doneAt'> | null,
  now: Date,
): DutyStatus {
  if (done) return deadline !== null && done.doneAt > deadline ? 'late' : 'done';
  return deadline !== null && now > deadline ? 'overdue' : 'open';
}
