import type { Conversation, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { vnDay } from '../../kernel/vn-time';
import { moment } from '../../kernel/moment';
import { placeName, type Person } from '../../org/chat/people';
import { unitsActedFor } from '../../org/roles';
import type { FinishTask } from '../ledger';
import { owesTask, PLAN_TASKS, taskStatus, type PlanTask } from '../tasks';

/** The tasks of the plan in a person's list of work, and «xong việc 2». */

export interface OwedTask {
  readonly task: PlanTask;
  readonly unit: string;
}

const ID = /^TASK_([A-Z0-9-]+)_([A-Z0-9-]+)$/;

export function taskListId({ task, unit }: OwedTask): string {
  return `TASK_${task.id}_${unit}`.toUpperCase();
}

/** What is still to be done by the units that the person acts for; what has a day first. */
export async function tasksOf(turn: Turn<DialogDeps>, person: Person): Promise<OwedTask[]> {
  const { tree } = turn.deps.directory;
  const owed = person.offices.flatMap((office) =>
    unitsActedFor(office).flatMap((code) => {
      const unit = tree.get(code, vnDay(turn.at));
      return unit
        ? PLAN_TASKS.filter((task) => owesTask(task, unit)).map((task) => ({ task, unit: code }))
        : [];
    }),
  );
  if (owed.length === 0) return [];
  const done = new Set((await turn.deps.ledger.done()).map(({ task, unit }) => `${task}:${unit}`));
  const due = ({ task }: OwedTask): number => task.deadline?.getTime() ?? Number.MAX_SAFE_INTEGER;
  const open = owed.filter(({ task, unit }) => !done.has(`${task.id}:${unit}`));
  const once = new Map(open.map((one) => [taskListId(one), one]));
  return [...once.values()].sort((a, b) => due(a) - due(b));
}

/** «3. Kế hoạch hành động năm 2026: hạn 17:00 thứ Hai 30/3» */
export function taskLine(turn: Turn<DialogDeps>, { task }: OwedTask, number: number): string {
  const { words } = turn;
  const vars = { number, title: words.t(`tasks:titles.${task.id}`) };
  if (task.deadline === null) return words.t('tasks:line_open', vars);
  const key = taskStatus(task, null, turn.at) === 'overdue' ? 'line_overdue' : 'line_due';
  return words.t(`tasks:${key}`, { ...vars, deadline: moment(words, task.deadline) });
}

/** By its number in the list of work, or by its button. */
type Said = { readonly links: readonly string[] } & ({ readonly number: number } | { readonly id: string });

const DONE = /^(?:(?:em|toi|da|bao|da lam) )*xong viec (?:so )?(\d{1,2})(?!\d)/;

/** One task of the list, with the button that ends it. */
export const taskShown: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'task-shown',
  button: '#XEMVIEC',
  says: [],
  for: ({ offices }) => offices.length > 0,
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, { person, conversation }, id) {
    const owed = (await tasksOf(turn, person)).find((one) => taskListId(one) === id);
    const number = numberIn(conversation, id);
    if (!owed || number === null) return sentence(turn, 'tasks:which', person.vars);
    const line = taskLine(turn, owed, number);
    const done = { id: 'DONE', label: turn.words.t('tasks:buttons.done'), command: `#XONGVIEC_${id}` };
    return sentence(turn, 'tasks:shown', { ...person.vars, line, number }, [done]);
  },
});

function numberIn({ listed }: Conversation, id: string): number | null {
  const at = listed?.kind === 'work' ? listed.ids.indexOf(id) : -1;
  return at < 0 ? null : at + 1;
}

export const taskDone: Command<DialogDeps> = command<DialogDeps, Said>({
  id: 'task-done',
  button: '#XONGVIEC',
  says: [
    'xong việc 2',
    'đã xong việc 2',
    'em xong việc số 2',
    'xong việc 2 https://bacninh.gov.vn/ke-hoach',
    'đã làm xong việc 2',
  ],
  help: 16,
  for: ({ offices }) => offices.length > 0,
  list: 'work',
  read({ fold, text }) {
    const found = DONE.exec(fold);
    return found ? { number: Number(found[1]), links: text.match(/https?:\/\/\S{3,500}/g) ?? [] } : null;
  },
  tapped: (id) => ({ id, links: [] }),
  async run(turn, { person, conversation }, said) {
    const { listed } = conversation;
    const { links } = said;
    const id = 'id' in said ? said.id : listed?.kind === 'work' ? listed.ids[said.number - 1] : undefined;
    if (id === undefined) return sentence(turn, 'tasks:which');
    const number = numberIn(conversation, id) ?? '';
    if (!ID.test(id)) return sentence(turn, 'tasks:is_report', { number });
    const owed = (await tasksOf(turn, person)).find((one) => taskListId(one) === id);
    if (!owed) return sentence(turn, 'tasks:done_before');
    const effect: FinishTask = {
      ...{ kind: 'task.done', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
      ...{ task: owed.task.id, unit: owed.unit },
      evidence: links.map((link) => ({ kind: 'link', link })),
    };
    const vars = {
      title: turn.words.t(`tasks:titles.${owed.task.id}`),
      unit: placeName(turn.deps, owed.unit, turn.at),
    };
    return {
      ...sentence(turn, links.length > 0 ? 'tasks:done_with' : 'tasks:done', vars),
      effects: [effect],
    };
  },
});
