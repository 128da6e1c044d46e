import type { WorkCalendar } from '../../kernel/work-calendar';
import { DAY } from '../../kernel/vn-time';
import { groupBy } from '../../kernel/lists';
import type { DutyKind, RemindedPeriod } from '../duty-kinds';
import { stepAt, type EscalationStep } from './steps';

/** One kind of duty of one period with which units may be late. */
export interface LateDuty {
  readonly kind: DutyKind;
  readonly period: string;
  readonly deadline: Date;
  readonly lockAt: Date;
}

/** What is told at one instant by one step: everything that fell due then, in one list for each who hears it. */
export interface DueStep {
  readonly step: EscalationStep;
  readonly at: Date;
  readonly duties: readonly LateDuty[];
}

/** Every step that falls due in (since, now], at most a day back; oldest first. Same facts, same steps. */
export function dueSteps(
  steps: readonly EscalationStep[],
  periods: readonly RemindedPeriod[],
  calendar: WorkCalendar,
  since: Date,
  now: Date,
): DueStep[] {
  const from = Math.max(since.getTime(), now.getTime() - DAY);
  return allSteps(steps, periods, calendar).filter(({ at }) => at.getTime() > from && at <= now);
}

/** The next instant after this one at which a step falls due; null when none of these periods has one. */
export function nextStep(
  steps: readonly EscalationStep[],
  periods: readonly RemindedPeriod[],
  calendar: WorkCalendar,
  after: Date,
): Date | null {
  return allSteps(steps, periods, calendar).find(({ at }) => at > after)?.at ?? null;
}

function allSteps(
  steps: readonly EscalationStep[],
  periods: readonly RemindedPeriod[],
  calendar: WorkCalendar,
): DueStep[] {
  const all = steps.flatMap((step) =>
    periods
      .filter(({ kind }) => kind.levels.includes(step.level))
      .map(({ kind, period, times: { deadline, lockAt } }) => ({
        step,
        at: stepAt(step, { deadline, lockAt }, calendar),
        late: { kind, period, deadline, lockAt },
      })),
  );
  const groups = groupBy(all, ({ step, at }) => `${step.id} ${at.getTime()}`);
  return [...groups.values()]
    .flatMap((group) => {
      const [first] = group;
      return first ? [{ step: first.step, at: first.at, duties: group.map(({ late }) => late) }] : [];
    })
    .sort((a, b) => a.at.getTime() - b.at.getTime());
}
