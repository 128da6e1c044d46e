import { isoWithOffset } from '../kernel/vn-time';
import type { Unit } from '../org/unit';
import { owesTask, PLAN_TASKS, taskStatus, type TaskDone } from '../reporting/tasks';

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
