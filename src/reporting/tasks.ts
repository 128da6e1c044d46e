import { vnInstant } from '../kernel/vn-time';
import type { Unit } from '../org/unit';
import type { DutyStatus } from './duties';

/**
 * Duties of the plan that are no figures, as data: who owes what by when. Words are locale keys, `tasks:titles.<id>`. «Trước
 * ngày 30/4» ends at 17:00 of the day before; where the plan names no day there is no deadline. Source of all: Kế hoạch đẩy mạnh
 * phong trào «Bình dân học vụ số» năm 2026 and the reporting about it of 3/3/2026.
 */
export interface PlanTask {
  readonly id: string;
  /** Units that owe it, or the level of which every unit does. */
  readonly owner: { readonly units: readonly string[] } | { readonly level: 'commune' };
  /** Null: it is to be kept up, or the plan names no day. */
  readonly deadline: Date | null;
}

/** From then on the tasks are known to those who owe them. */
export const PLAN_SINCE = vnInstant(2026, 3, 3, 8);

const KHCN = { units: ['24-KHCN'] };
const COMMUNES = { level: 'commune' } as const;

export const PLAN_TASKS: readonly PlanTask[] = [
  { id: 'khcn-action-plan', owner: KHCN, deadline: vnInstant(2026, 3, 30, 17) },
  { id: 'khcn-good-models', owner: KHCN, deadline: vnInstant(2026, 4, 29, 17) },
  { id: 'gddt-extra-lessons', owner: { units: ['24-GDDT'] }, deadline: vnInstant(2026, 4, 29, 17) },
  { id: 'khcn-awards-shortlist', owner: KHCN, deadline: vnInstant(2026, 9, 30, 17) },
  { id: 'team-support-resolution', owner: { units: ['24-KHCN', '24-TC'] }, deadline: null },
  { id: 'khcn-cheap-packages', owner: KHCN, deadline: null },
  { id: 'ca-learning-site', owner: { units: ['24-CA'] }, deadline: null },
  { id: 'nv-state-training', owner: { units: ['24-NV'] }, deadline: null },
  { id: 'td-summer-teams', owner: { units: ['24-TD'] }, deadline: null },
  { id: 'commune-portal', owner: COMMUNES, deadline: null },
  { id: 'commune-teams', owner: COMMUNES, deadline: null },
  { id: 'commune-equipment', owner: COMMUNES, deadline: null },
];

export function owesTask({ owner }: PlanTask, unit: Pick<Unit, 'code' | 'level'>): boolean {
  return 'units' in owner ? owner.units.includes(unit.code) : unit.level === owner.level;
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
