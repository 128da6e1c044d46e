import { isoWithOffset } from '../kernel/vn-time';
import type { Unit } from '../org/unit';
import { MONTHLY_TASKS, owesTask, PLAN_TASKS, taskStatus, type TaskDone } from '../reporting/tasks';

/** The tasks of the plan that these units owe, in the order of the plan; a deadline the plan does not name is null. */
export function presentTasks(
  units: readonly Unit[],
  done: readonly TaskDone[],
  now: Date,
  titleOf: (task: string) => string,
) {
  const known = new Map(done.map((one) => [`${one.task}:${one.unit}`, one]));
  return PLAN_TASKS.flatMap((task) =>
    units
      .filter((unit) => owesTask(task, unit))
      .map(({ code }) => {
        const finished = known.get(`${task.id}:${code}`) ?? null;
        return {
          ...{ id: task.id, title: titleOf(task.id), unit: code },
          deadline: task.deadline && isoWithOffset(task.deadline),
          status: taskStatus(task, finished, now),
          doneAt: finished && isoWithOffset(finished.doneAt),
          by: finished?.by ?? null,
          evidence: finished?.evidence ?? [],
          link: null,
        };
      }),
  );
}

/** What is owed anew each month, of one month: done by its confirmed release, whoever confirmed it. */
export function presentMonthTasks(
  units: readonly Unit[],
  month: {
    readonly period: string;
    readonly deadline: Date;
    readonly confirmed: { readonly confirmedAt: Date | null; readonly confirmedBy: string | null } | null;
  },
  now: Date,
  titleOf: (task: string, period: string) => string,
) {
  const { period, deadline, confirmed } = month;
  const doneAt = confirmed?.confirmedAt ?? null;
  return MONTHLY_TASKS.flatMap((task) =>
    units
      .filter((unit) => owesTask(task, unit))
      .map(({ code }) => ({
        ...{ id: task.id, title: titleOf(task.id, period), unit: code, period },
        deadline: isoWithOffset(deadline),
        status: taskStatus({ ...task, deadline }, doneAt && { doneAt }, now),
        doneAt: doneAt && isoWithOffset(doneAt),
        ...{ by: confirmed?.confirmedBy ?? null, evidence: [], link: null },
      })),
  );
}
