import { vnDay } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import { cadenceOf, monthOf } from '../reporting/periods';
import { monthTimes, type Calendars } from '../reporting/deadlines';
import { dutyStatus } from '../reporting/duties';
import type { Ledger } from '../reporting/ledger';
import type { ReleasesService } from '../reporting/releases.service';
import { doersOf, owesTask, PLAN_SINCE, type PlanTask } from '../reporting/tasks';
import type { DutyKind, DutyTimes, Progress } from './duty-kinds';
import { keysBetween } from './form-duties';

/** Tasks of the plan, and what the department sums up each month, as duties. What has no day is nobody's reminder. */
export interface TaskDutyDeps {
  readonly directory: Pick<OrgDirectory, 'tree'>;
  readonly ledger: Pick<Ledger, 'done'>;
  readonly releases: Pick<ReleasesService, 'list'>;
  readonly calendars: Calendars;
}

/** It is spoken of from so many days before its day on. */
const SPOKEN_OF = 5;
/** So many working days after its day the asking for it ends; done later it is still late and nothing else. */
const ASKED_FOR = 5;

/** Done by the word of the unit that owes it: `xong việc`. */
export function taskDuties(tasks: readonly PlanTask[], deps: TaskDutyDeps): DutyKind[] {
  return tasks.flatMap((task) => {
    const { deadline } = task;
    if (deadline === null) return [];
    return [
      taskDuty(task, deps, {
        says: 'task',
        isPeriod: (period) => period === task.id,
        periods: () => [task.id],
        deadlineOf: () => deadline,
        doneAt: async () =>
          new Map(
            (await deps.ledger.done())
              .filter((done) => done.task === task.id)
              .map(({ unit, doneAt }) => [unit, { touchedAt: doneAt, submittedAt: doneAt }]),
          ),
      }),
    ];
  });
}

/** Done by the confirmed release of the month, whoever confirmed it; begun by one that waits for its second key. */
export function summaryDuties(tasks: readonly PlanTask[], deps: TaskDutyDeps): DutyKind[] {
  return tasks.map((task) =>
    taskDuty(task, deps, {
      says: 'summary',
      isPeriod: (period) => cadenceOf(period) === 'month',
      periods: (from, to) => keysBetween(monthOf, from, to),
      deadlineOf: (period) => monthTimes(deps.calendars, period).commune.lockAt,
      doneAt: async (period, units) => {
        const made = await deps.releases.list(period);
        const touchedAt = made.at(-1)?.at ?? null;
        const submittedAt = made.find(({ confirmedAt }) => confirmedAt !== null)?.confirmedAt ?? null;
        return new Map(touchedAt === null ? [] : units.map((unit) => [unit, { touchedAt, submittedAt }]));
      },
    }),
  );
}

type Done = ReadonlyMap<string, Pick<Progress, 'touchedAt' | 'submittedAt'>>;

interface TaskKind extends Pick<DutyKind, 'says'> {
  readonly isPeriod: (period: string) => boolean;
  readonly periods: (from: Date, to: Date) => readonly string[];
  readonly deadlineOf: (period: string) => Date;
  /** Of those units that have begun it, or done it. */
  readonly doneAt: (period: string, units: readonly string[]) => Promise<Done>;
}

function taskDuty(
  task: PlanTask,
  { directory, calendars }: TaskDutyDeps,
  { says, isPeriod, periods, deadlineOf, doneAt }: TaskKind,
): DutyKind {
  const owing = (top: string, day: string): string[] =>
    directory.tree
      .within(top, day)
      .filter((unit) => owesTask(task, unit))
      .map(({ code }) => code);
  return {
    ...{ id: task.id, says, isPeriod, periods, roles: doersOf(task) },
    levels: ['units' in task.owner ? 'agency' : task.owner.level],
    times: (period) => timesAround(deadlineOf(period), calendars.work),
    owes: (unit) => owesTask(task, unit),
    async duties(period, top, now) {
      const times = timesAround(deadlineOf(period), calendars.work);
      const { opensAt, deadline, lockAt } = times;
      const units = owing(top, vnDay(deadline));
      const done: Done = units.length === 0 ? new Map() : await doneAt(period, units);
      return units.map((unit) => {
        const submittedAt = done.get(unit)?.submittedAt ?? null;
        const status = dutyStatus({ period, ...times }, submittedAt, now);
        return { form: task.id, period, unit, opensAt, deadline, lockAt, status, submittedAt };
      });
    },
    async begun(period, units) {
      const done = await doneAt(period, units);
      return new Map(
        units.flatMap((unit) => {
          const known = done.get(unit);
          return known ? [[unit, { ...NO_FIGURES, ...known }]] : [];
        }),
      );
    },
    untouched: () => ({ ...NO_FIGURES, touchedAt: null, submittedAt: null }),
  };
}

const NO_FIGURES = { answered: 0, asked: 0, returned: 0 } as const;

/** From the morning on which it is first spoken of until the asking for it ends. Its day stands where the plan put it. */
export function timesAround(deadline: Date, work: WorkCalendar): DutyTimes {
  const day = vnDay(deadline);
  const first = instantOf(work.workingDay(nextDay(day, -SPOKEN_OF), -1), 0);
  return {
    opensAt: first > PLAN_SINCE ? first : PLAN_SINCE,
    deadline,
    lockAt: instantOf(work.addWorkingDays(day, ASKED_FOR), minuteOfDay(deadline)),
    ...{ movedFrom: null, data: null, weekends: false, opensUnsaid: true },
  };
}

function minuteOfDay(at: Date): number {
  return Math.round((at.getTime() - instantOf(vnDay(at), 0).getTime()) / 60_000);
}
