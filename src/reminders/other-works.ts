import type { Mine } from '../directives/view';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { moment } from '../kernel/moment';
import { DAY } from '../kernel/vn-time';
import type { Unit } from '../org/unit';
import { owesTask, PLAN_TASKS, type TaskDone } from '../reporting/tasks';

/** So long before its day a task of the plan is named. */
const NEAR = 5 * DAY;

/** Tasks of the plan that these units owe, from five days before their day on and while they are late; the nearest first. */
export function nearTasks(
  units: readonly Pick<Unit, 'code' | 'level'>[],
  done: readonly Pick<TaskDone, 'task' | 'unit'>[],
  at: Date,
  words: Words,
): string[] {
  const known = new Set(done.map(({ task, unit }) => `${task}:${unit}`));
  return PLAN_TASKS.flatMap((task) => {
    const { id, deadline } = task;
    const owed = units.some((unit) => owesTask(task, unit) && !known.has(`${id}:${unit.code}`));
    return owed && deadline !== null && at.getTime() >= deadline.getTime() - NEAR ? [{ id, deadline }] : [];
  })
    .sort((a, b) => a.deadline.getTime() - b.deadline.getTime())
    .map(({ id, deadline }) =>
      words.t('reminders:task', { title: words.t(`tasks:titles.${id}`), deadline: moment(words, deadline) }),
    );
}

/** What else a reminder names: directives the person was told of, still out, and not answered. The newest deadline last. */
export function unansweredDirectives(mine: readonly Mine[], user: UserKey, words: Words): string[] {
  return mine
    .filter(
      ({ directive, recipients }) =>
        directive.state === 'issued' &&
        recipients.some(({ answer, told }) => answer === 'none' && told.includes(user)),
    )
    .sort((a, b) => a.directive.deadline.getTime() - b.directive.deadline.getTime())
    .map(({ directive }) => words.t('reminders:directive', { number: directive.number }));
}
