import {
  defineDialog,
  textIn,
  type Conversation,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command } from '../../dialogs/feature';
import { keptForTask } from '../../dialogs/media';
import { DAY, vnDay } from '../../kernel/vn-time';
import { moment, monthName } from '../../kernel/moment';
import { placeName, type Person } from '../../org/chat/people';
import { unitsActedFor } from '../../org/roles';
import type { FinishTask } from '../ledger';
import {
  MONTHLY_TASKS,
  monthOwed,
  owesTask,
  PLAN_TASKS,
  taskStatus,
  type MonthOwed,
  type PlanTask,
  type TaskEvidence,
} from '../tasks';

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

/** Whether a task, or the summary of the month, is near its day or late: what a reminder may have spoken of. */
export async function hasTaskDue(turn: Turn<DialogDeps>, person: Person): Promise<boolean> {
  const isNear = (deadline: Date | null): boolean =>
    deadline !== null && turn.at.getTime() >= deadline.getTime() - TASK_NEAR;
  if ((await tasksOf(turn, person)).some(({ task }) => isNear(task.deadline))) return true;
  for (const { period, deadline } of monthTasksOf(turn, person))
    if (isNear(deadline) && (await turn.deps.releases.confirmed(period)) === null) return true;
  return false;
}

/** So long before its day a task is spoken of as the next thing to do. */
export const TASK_NEAR = 5 * DAY;

/** What the units that the person acts for owe anew each month, with the month it is of. */
export function monthTasksOf(turn: Turn<DialogDeps>, person: Person): readonly MonthTask[] {
  const { deps, at, words } = turn;
  const units = person.offices
    .flatMap(unitsActedFor)
    .flatMap((code) => deps.directory.tree.get(code, vnDay(at)) ?? []);
  const month = monthOwed(deps.settings.calendars, at);
  const vars = { month: monthName(words, month.period, at), number: Number(month.period.slice(5)) };
  return MONTHLY_TASKS.filter((task) => units.some((unit) => owesTask(task, unit))).map(({ id }) => ({
    ...{ id, vars },
    ...month,
  }));
}

interface MonthTask extends MonthOwed {
  readonly id: string;
  /** For its words. */
  readonly vars: { readonly month: string; readonly number: number };
}

/** «3. Kế hoạch hành động năm 2026: hạn 17:00 thứ Hai 30/3»; without a number where no list was shown. */
export function taskLine(turn: Turn<DialogDeps>, { task }: OwedTask, number: number | null): string {
  const { words } = turn;
  const place = number === null ? '' : `${number}. `;
  const vars = { title: words.t(`tasks:titles.${task.id}`) };
  if (task.deadline === null) return `${place}${words.t('tasks:line_open', vars)}`;
  const key = taskStatus(task, null, turn.at) === 'overdue' ? 'line_overdue' : 'line_due';
  return `${place}${words.t(`tasks:${key}`, { ...vars, deadline: moment(words, task.deadline) })}`;
}

/** By its number in the list of work, or by its button. */
type Said = { readonly links: readonly string[] } & ({ readonly number: number } | { readonly id: string });

const linksIn = (text: string): string[] => text.match(/https?:\/\/\S{3,500}/g) ?? [];

const DONE = /^(?:(?:em|toi|da|bao|da lam) )*xong viec (?:so )?(\d{1,2})(?!\d)/;

/** One task of the list, or one that a reminder spoke of, with the button that ends it. */
export const taskShown: Command<DialogDeps> = command<DialogDeps, string>({
  id: 'task-shown',
  button: '#XEMVIEC',
  says: [],
  for: ({ offices }) => offices.length > 0,
  read: () => null,
  tapped: (rest) => rest,
  async run(turn, { person, conversation }, id) {
    const owed = (await tasksOf(turn, person)).find((one) => taskListId(one) === id);
    if (!owed) return sentence(turn, ID.test(id) ? 'tasks:done_before' : 'tasks:which', person.vars);
    const line = taskLine(turn, owed, numberIn(conversation, id));
    const done = { id: 'DONE', label: turn.words.t('tasks:buttons.done'), command: `#XONGVIEC_${id}` };
    const source = turn.words.t(`tasks:sources.${owed.task.source}`);
    return sentence(turn, 'tasks:shown', { ...person.vars, line, source }, [done]);
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
    return found ? { number: Number(found[1]), links: linksIn(text) } : null;
  },
  tapped: (id) => ({ id, links: [] }),
  async run(turn, { person, conversation }, said) {
    const { listed } = conversation;
    const { links } = said;
    const id = 'id' in said ? said.id : listed?.kind === 'work' ? listed.ids[said.number - 1] : undefined;
    if (id === undefined) return sentence(turn, 'tasks:which');
    const number = numberIn(conversation, id) ?? '';
    if (!ID.test(id)) return elsewhere(turn, number, listed?.picks?.[Number(number) - 1] ?? '');
    const owed = (await tasksOf(turn, person)).find((one) => taskListId(one) === id);
    return owed ? finished(turn, owed, links) : sentence(turn, 'tasks:done_before');
  },
});

/** What is no task is answered where it stands; nothing is written from the list. */
function elsewhere(turn: Turn<DialogDeps>, number: string | number, opens: string): StepResult {
  if (opens === '' || opens.startsWith('#BAOCAO_')) return sentence(turn, 'tasks:is_report', { number });
  const label = turn.words.t('work:buttons.open', { number });
  return sentence(turn, 'work:elsewhere', { number }, [{ id: 'OPEN', label, command: opens }]);
}

/** Recorded with what shows it; what shows it may also come with the next message. */
function finished(turn: Turn<DialogDeps>, { task, unit }: Owed, links: readonly string[]): StepResult {
  const kept = keptForTask(turn, task.id, unit);
  const pieces = (kept?.pieces ?? []).map(({ id, kind }): TaskEvidence => ({ kind, piece: id }));
  const effect: FinishTask = {
    ...{ kind: 'task.done', id: turn.effectId(), by: turn.user, at: turn.at, eventId: turn.event.id },
    ...{ task: task.id, unit },
    evidence: [...links.map((link): TaskEvidence => ({ kind: 'link', link })), ...pieces],
  };
  const vars = {
    title: turn.words.t(`tasks:titles.${task.id}`),
    unit: placeName(turn.deps, unit, turn.at),
  };
  const effects = [effect, ...(kept ? [kept] : [])];
  if (effect.evidence.length === 0)
    return { effects, move: { to: 'dialog', dialog: 'task-evidence', slots: { task: task.id, unit } } };
  return {
    ...sentence(turn, pieces.length > 0 ? 'tasks:done_with_picture' : 'tasks:done_with', vars),
    effects,
  };
}

type Owed = Pick<OwedTask, 'unit'> & { readonly task: Pick<PlanTask, 'id'> };

/** Done, and what shows it may follow: a picture, a paper, a link. Keeps no question open; what is said instead is read as ever. */
export const taskEvidence = defineDialog<DialogDeps>({
  id: 'task-evidence',
  takes: { kinds: ['image', 'video', 'file'], sheets: true },
  version: 1,
  first: 'shown',
  light: true,
  steps: {
    shown: {
      to: [],
      ask: async ({ turn, slots }) => ({
        text: say(turn, 'tasks:done', {
          title: turn.words.t(`tasks:titles.${textIn(slots, 'task')}`),
          unit: placeName(turn.deps, textIn(slots, 'unit'), turn.at),
        }),
      }),
      async receive({ turn, slots }, input) {
        const owed = { task: { id: textIn(slots, 'task') }, unit: textIn(slots, 'unit') };
        const links = /^https?:\/\/\S+$/.test(input.text.trim()) ? linksIn(input.text) : [];
        if (links.length === 0 && keptForTask(turn, owed.task.id, owed.unit) === null)
          return { move: { to: 'pass' } };
        return finished(turn, owed, links);
      },
    },
  },
});
