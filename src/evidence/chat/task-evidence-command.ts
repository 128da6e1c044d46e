import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command } from '../../dialogs/feature';
import { formatCount } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { moment, momentShort } from '../../kernel/moment';
import { placeName } from '../../org/chat/people';
import { can } from '../../org/roles';
import { owesTask, PLAN_TASKS, taskStatus, type PlanTask } from '../../reporting/tasks';
import { ofTask, type Evidence } from '../evidence';
import { showable } from '../showing';
import type { ShowEvidence } from './evidence-effects';

/** How the tasks of the plan stand, for the department and the province: numbered as in the plan, «xem ảnh nhiệm vụ 3» opens what shows one. */

/** Pieces on one screen. */
const MOST = 4;
const LIST =
  /^(?:(?:cho )?(?:em |toi )?xem )?(?:tien do|tinh hinh|danh sach|ket qua)(?: cac)? nhiem vu(?: (?:cua|trong))?(?: ke hoach)?(?: a| nhe)?$/;
const PICTURES =
  /^(?:(?:cho|em|toi) )*(?:xem|mo) (?:(?:hinh )?anh|hinh|minh chung|van ban)(?: (?:kem|cua))* nhiem vu (?:so )?(\d{1,2})(?: a| nhe)?$/;

/** `null`: the list. */
export const tasks = command<DialogDeps, { readonly number: number | null }>({
  id: 'plan-tasks',
  says: [
    'tiến độ nhiệm vụ',
    'tiến độ các nhiệm vụ',
    'tình hình nhiệm vụ kế hoạch',
    'xem ảnh nhiệm vụ 3',
    'xem minh chứng nhiệm vụ 3',
  ],
  help: 48,
  for: ({ offices }) => offices.some(({ role }) => can(role, 'approves_above')),
  strong: true,
  read({ fold }) {
    if (LIST.test(fold)) return { number: null };
    const found = PICTURES.exec(fold);
    return found ? { number: Number(found[1]) } : null;
  },
  run: (turn, _message, { number }) => (number === null ? list(turn) : pictures(turn, number)),
});

/** The person's own unit, over those that owe the tasks. */
function rootOf({ deps, user, at }: Turn<DialogDeps>): string | null {
  return deps.directory.officesOf(user, at).find(({ role }) => can(role, 'approves_above'))?.unit ?? null;
}

async function list(turn: Turn<DialogDeps>): Promise<StepResult> {
  const root = rootOf(turn);
  if (root === null) return sentence(turn, 'officer:no_right');
  const { words, at, deps } = turn;
  const below = deps.directory.tree.within(root, vnDay(at));
  const done = await deps.ledger.done();
  const lines = PLAN_TASKS.map((task, n) => {
    const owing = below.filter((unit) => owesTask(task, unit));
    const ended = done.filter((one) => one.task === task.id && owing.some(({ code }) => code === one.unit));
    const count = ended.flatMap(({ evidence }) => evidence).length;
    const late = taskStatus(task, null, at) === 'overdue' && ended.length < owing.length;
    const key = task.deadline === null ? 'open' : late ? 'overdue' : 'line';
    return words.t(`tasks:plan.${key}`, {
      ...{ number: n + 1, title: words.t(`tasks:titles.${task.id}`) },
      ...{ done: formatCount(ended.length), all: formatCount(owing.length) },
      due: task.deadline === null ? '' : moment(words, task.deadline),
      shown: count === 0 ? '' : words.t('tasks:plan.shown', { count }),
    });
  });
  const text = [words.t('tasks:plan.head'), ...lines, say(turn, 'tasks:plan.hint')].join('\n');
  return answer({ text });
}

async function pictures(turn: Turn<DialogDeps>, number: number): Promise<StepResult> {
  const root = rootOf(turn);
  const task: PlanTask | undefined = PLAN_TASKS[number - 1];
  if (root === null) return sentence(turn, 'officer:no_right');
  if (!task) return sentence(turn, 'tasks:plan.which', { all: PLAN_TASKS.length });
  const { words, deps, at } = turn;
  const { tree } = deps.directory;
  const subject = ofTask(task.id, root);
  const kept = (await deps.evidence.ofAll(subject)).filter((piece) =>
    tree.isWithin(piece.subject.unit, root, vnDay(at)),
  );
  const links = (await deps.ledger.done())
    .filter((one) => one.task === task.id)
    .flatMap(({ unit, evidence }) =>
      evidence.flatMap((one) => (one.kind === 'link' ? [`${placeName(deps, unit, at)}: ${one.link}`] : [])),
    );
  // The newest are looked at first.
  const known = kept.filter((piece) => showable(piece) !== null);
  const shown = known.slice(-MOST);
  const hidden = kept.length - known.length;
  const vars = { number, title: words.t(`tasks:titles.${task.id}`) };
  if (kept.length === 0 && links.length === 0) return sentence(turn, 'tasks:plan.nothing', vars);
  const effect: ShowEvidence = {
    ...{ kind: 'evidence.show', id: turn.effectId(), to: turn.user, subject },
    ...{ pieces: shown.map(({ id }) => id), at, eventId: turn.event.id },
  };
  const text = [
    words.t('tasks:plan.pictures', vars),
    ...shown.map((piece) => pieceLine(turn, piece)),
    ...links.slice(-MOST),
    ...(hidden > 0 ? [say(turn, 'tasks:plan.hidden', { count: hidden })] : []),
  ].join('\n');
  return { ...answer({ text }), effects: shown.length > 0 ? [effect] : [] };
}

function pieceLine({ words, deps, at }: Turn<DialogDeps>, piece: Evidence): string {
  return words.t('tasks:plan.piece', {
    place: placeName(deps, piece.subject.unit, at),
    moment: momentShort(words, piece.at),
  });
}
