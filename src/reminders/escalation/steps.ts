import { inVietnam, MINUTE, vnDay } from '../../kernel/vn-time';
import { instantOf, type WorkCalendar } from '../../kernel/work-calendar';
import { unitsActedFor, type Role } from '../../org/roles';
import type { UnitLevel } from '../../org/unit';

/**
 * Who hears of what is late, as data. A new step is an entry here and its texts in `reminders:late.<id>.<says>`, for each kind
 * of duty that its level owes. Each level has its own grace; what is asked of whoever hears is help, and one list speaks of all units below them.
 */
export interface EscalationStep {
  readonly id: string;
  /** Level of the units that are late. */
  readonly level: UnitLevel;
  /** Only those for which holders of that post act, or all but those: nobody is the one to whom their own delay is told. Absent: all. */
  readonly actedFor?: { readonly by: Role; readonly are: 'listed' | 'left_out' };
  /** So many minutes after the deadline or the lock; on the next working day at a time; or so many working days later at the hour of the deadline. */
  readonly due:
    | { readonly minutes: number }
    | { readonly minutesAfterLock: number }
    | { readonly nextWorkingDayAt: number }
    | { readonly workingDays: number };
  /** Posts at the unit above, in the order in which they are asked. */
  readonly to: readonly Role[];
  /** `list`: each late unit with whom to call; `rate`: how many are in, for somebody who does not call themselves; `ended`: how it ended for each that is missing, and what can still be done. */
  readonly says: 'list' | 'rate' | 'ended';
}

export const ESCALATION_STEPS: readonly EscalationStep[] = [
  {
    id: 'village-late',
    level: 'village',
    due: { minutes: 5 },
    to: ['commune_officer', 'commune_chair'],
    says: 'list',
  },
  {
    id: 'village-still-late',
    level: 'village',
    due: { nextWorkingDayAt: 10 * 60 },
    to: ['commune_chair'],
    says: 'rate',
  },
  {
    id: 'village-ended',
    level: 'village',
    due: { minutesAfterLock: 5 },
    to: ['commune_officer', 'commune_chair'],
    says: 'ended',
  },
  {
    id: 'commune-late',
    level: 'commune',
    due: { workingDays: 1 },
    to: ['department', 'province'],
    says: 'list',
  },
  {
    id: 'agency-late',
    level: 'agency',
    actedFor: { by: 'department', are: 'left_out' },
    due: { workingDays: 1 },
    to: ['department', 'province'],
    says: 'list',
  },
  {
    id: 'department-late',
    level: 'agency',
    actedFor: { by: 'department', are: 'listed' },
    due: { workingDays: 1 },
    to: ['province'],
    says: 'list',
  },
  {
    id: 'commune-ended',
    level: 'commune',
    due: { minutesAfterLock: 5 },
    to: ['department', 'province'],
    says: 'ended',
  },
  {
    id: 'agency-ended',
    level: 'agency',
    actedFor: { by: 'department', are: 'left_out' },
    due: { minutesAfterLock: 5 },
    to: ['department', 'province'],
    says: 'ended',
  },
  {
    id: 'department-ended',
    level: 'agency',
    actedFor: { by: 'department', are: 'listed' },
    due: { minutesAfterLock: 5 },
    to: ['province'],
    says: 'ended',
  },
];

/** Whether the step speaks of a unit below the other. */
export function speaksOf(
  { actedFor }: Pick<EscalationStep, 'actedFor'>,
  unit: string,
  above: string,
): boolean {
  if (!actedFor) return true;
  const theirs = unitsActedFor({ unit: above, role: actedFor.by }).includes(unit);
  return theirs === (actedFor.are === 'listed');
}

/** When the step falls due for a period; quiet hours are the outbox's. */
export function stepAt(
  step: EscalationStep,
  { deadline, lockAt }: { readonly deadline: Date; readonly lockAt: Date },
  calendar: WorkCalendar,
): Date {
  const { due } = step;
  if ('minutesAfterLock' in due) return new Date(lockAt.getTime() + due.minutesAfterLock * MINUTE);
  if ('minutes' in due) return new Date(deadline.getTime() + due.minutes * MINUTE);
  const day = vnDay(deadline);
  if ('nextWorkingDayAt' in due) return instantOf(calendar.addWorkingDays(day, 1), due.nextWorkingDayAt);
  const { hour, minute } = inVietnam(deadline);
  return instantOf(calendar.addWorkingDays(day, due.workingDays), hour * 60 + minute);
}
