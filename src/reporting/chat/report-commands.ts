import type { Conversation, StepResult, Turn } from '../../conversation/dialog';
import { answer } from '../../dialogs/answer';
import { dialogInFront } from '../../dialogs/unfinished';
import type { DialogDeps } from '../../dialogs/deps';
import { command, wish, type Command, type Message, type Wish } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import { monthName } from '../../kernel/moment';
import { type Person } from '../../org/chat/people';
import { readAct } from '../../understanding/acts';
import { isReport } from '../../understanding/line-frame';
import { monthNamed } from '../period-meant';
import { nextPeriod } from '../periods';
import { chooseForm, fixForm, formTapped, openOwed } from './form-commands';
import { reportsOf } from './form-duties';
import { factsOf, periodMeant } from './report-facts';
import { lastLines } from './report-texts';
import { undoMine } from './report-undo';
import { WAYS } from './report-ways';

/** What a person who reports may say with nothing open: begin, go on, correct, take back, put aside. */

export const reportsHere = (person: Person): boolean => person.reporting.length > 0;

export function openReport(
  conversation: Conversation,
  slots: Readonly<Record<string, string | boolean>>,
): StepResult {
  const early = earlyNumber(conversation);
  return {
    move: { to: 'dialog', dialog: 'report', slots: { ...slots, ...(early === null ? {} : { early }) } },
  };
}

export function loneFrame(conversation: Conversation): Conversation['stack'][number] | undefined {
  return conversation.stack.find((frame) => frame.dialog === 'lone-number');
}

/** The early number that was asked back and whose question has now come. */
function earlyNumber(conversation: Conversation): number | null {
  const lone = loneFrame(conversation);
  return lone && lone.slots['several'] !== true ? Number(lone.slots['number']) : null;
}

/** «báo cáo tháng 2» is that month's, which may be locked; the next month's may be begun; other words are figures. */
function reportAsked(turn: Turn<DialogDeps>, rest: string): Record<string, string> {
  if (rest.trim() === '') return {};
  const month = /^thang 0?(\d{1,2})$/.exec(foldText(rest))?.[1];
  if (month === undefined || Number(month) < 1 || Number(month) > 12) return { line: turn.event.text };
  const next = nextPeriod(periodMeant(turn.at));
  const isNext = next.endsWith(`-${month.padStart(2, '0')}`);
  return { period: isNext ? next : monthNamed(turn.at, month) };
}

const report = command<DialogDeps, Wish<'report'>>({
  id: 'report',
  tells: true,
  button: '#BAOCAO',
  says: WAYS.report,
  help: 10,
  // «BC 418 5 121 14» is the report's also where another talk asks for free words; the report's own steps read it themselves.
  owns: ({ text, conversation, person }) =>
    reportsHere(person) &&
    conversation.stack.at(-1)?.dialog !== 'report' &&
    isReport(text) &&
    /\d\D+\d/.test(text),
  read: wish('report'),
  meant: { kind: 'report' as const, rest: '' },
  tapped: (rest) => ({ kind: 'report' as const, rest }),
  async run(turn, message, { rest }) {
    // Found by likeness, with figures in it: they are read or asked about elsewhere, never lost.
    if (message.tap === null && rest === '' && /\d/.test(message.fold)) return null;
    if (message.tap !== null && rest !== '') return formTapped(turn, message.person, rest);
    if (reportsHere(message.person)) return openReport(message.conversation, reportAsked(turn, rest));
    return (await openOwed(turn, message)) ?? openReport(message.conversation, {});
  },
});

/** «Sửa 3», and that something is wrong: «sai số 3 rồi», «nhầm rồi», «gửi nhầm tháng». */
function fixSaid(message: Message): Wish<'fix'> | null {
  const said = wish('fix')(message);
  if (said || wish('undo')(message) || message.person.reporting.length === 0) return said;
  const act = readAct(message.text);
  if (act?.kind === 'one_by_one' && /^sai(?: |$)/.test(message.fold))
    return { kind: 'fix', target: '', rest: null };
  if (act?.kind !== 'wrong') return null;
  return { kind: 'fix', target: act.number === null ? (act.name ?? '') : String(act.number), rest: null };
}

const fix = command<DialogDeps, Wish<'fix'>>({
  id: 'fix',
  button: '#SUA',
  says: ['sửa 3', 'sửa 3 = 120', '3 = 120', 'sửa số liệu', 'sửa lượt người dự', 'sửa báo cáo'],
  for: ({ offices }) => offices.length > 0,
  help: 20,
  read: fixSaid,
  tapped: () => ({ kind: 'fix' as const, target: '', rest: null }),
  async run(turn, { conversation, person, tap }, { target, rest }) {
    if (tap !== null) {
      const [, report = null, number = ''] = /^(.+?)(?:\.(\d+))?$/.exec(tap) ?? [];
      return fixForm(turn, person, { report, target: number, rest: null });
    }
    const { listed } = conversation;
    const shown = listed?.kind === 'form' && listed.turn === conversation.turn ? listed.ids[0] : undefined;
    if (shown !== undefined || !reportsHere(person))
      return fixForm(turn, person, { report: shown ?? null, target, rest });
    return openReport(conversation, rest === null ? { fix: target } : { line: turn.event.text, fix: target });
  },
});

const resume: Command<DialogDeps> = command({
  id: 'resume',
  button: '#TIEP',
  says: ['tiếp', 'tiếp tục', 'làm tiếp', 'gửi', 'gửi luôn', 'như cũ', 'đúng hết'],
  for: ({ offices }) => offices.length > 0,
  read: wish('resume', 'send', 'all_same'),
  tapped: () => ({ kind: 'resume' as const }),
  run: async (turn, { conversation, person }) =>
    reportsHere(person) ? openReport(conversation, {}) : chooseForm(turn, reportsOf(turn, person)),
});

const nothing: Command<DialogDeps> = command({
  id: 'nothing-happened',
  says: [
    'không phát sinh',
    'không có gì phát sinh',
    'tháng này không phát sinh',
    'không hoạt động gì',
    'ko phat sinh gi',
  ],
  for: reportsHere,
  read: wish('none_happened'),
  run: async (_turn, { conversation }) => openReport(conversation, { none: true }),
});

const undo: Command<DialogDeps> = command({
  id: 'undo',
  says: WAYS.undo,
  for: reportsHere,
  read: wish('undo'),
  run: undoMine,
});

/** «Tháng trước bao nhiêu ấy nhỉ», «tháng 2 bác ghi mấy»: what was reported then; the month after it is never meant. */
const LAST_ASKED =
  /^(?:(?:da|a|the|cho|xem|hoi|em|bac|toi|chau|minh|con) )*(?:cau nay )?(?:thang (?:truoc|roi|qua|vua roi|1?\d)|k[iy] truoc|lan truoc)(?: (?:bac|toi|em|minh|thon|thon toi|da|bao|ghi|nop|gui|co|duoc|la|thi|so))* (?:bao nhieu|bn|may|the nao|nhu nao|chua)(?: (?:nguoi|buoi|luot|ho|ay|nhi|day|vay|the|a|em|chau|ha|hi|ta))*$/;

/** «Tháng trước tôi báo bao nhiêu». */
const previousFigures: Command<DialogDeps> = {
  id: 'previous-figures',
  tells: true,
  button: '#THANGTRUOC',
  says: WAYS.previousFigures,
  for: reportsHere,
  async run(turn, { person, conversation }) {
    const unit = person.reporting[0]?.unit;
    const period = periodMeant(turn.at);
    const found = unit ? await factsOf(turn, unit, period) : null;
    if (!found) return null;
    const [before] = found.earlier;
    const month = monthName(turn.words, period, turn.at);
    const start = [
      { id: 'REPORT', label: turn.words.t('menu:buttons.report', { month }), command: '#BAOCAO' as const },
    ];
    // The open question stands under the answer: nothing else is asked beside it.
    const open = dialogInFront(conversation) === 'report';
    const then = open ? '' : `\n${turn.words.t('reports:begin_now', { ...person.vars, month })}`;
    const told = (key: string, vars = {}): StepResult =>
      answer({
        text: `${turn.words.t(`reports:${key}`, { ...person.vars, ...vars })}${then}`,
        choices: open ? [] : start,
      });
    if (!before) return told('no_previous');
    const vars = {
      before: monthName(turn.words, before.period, turn.at),
      figures: lastLines(turn, found),
    };
    return told('previous_figures', vars);
  },
};

/** The same asked while a figure is open, where «số tháng trước» alone may be an answer. */
const lastMonthAsked: Command<DialogDeps> = {
  id: 'last-month-asked',
  tells: true,
  says: [
    'tháng trước bao nhiêu ấy nhỉ',
    'tháng trước bác ghi mấy',
    'tháng 2 bác ghi mấy',
    'tháng trước mấy buổi ấy nhỉ',
    'kỳ trước tôi báo bao nhiêu',
  ],
  for: reportsHere,
  strong: true,
  reads: ({ fold, person }) => reportsHere(person) && LAST_ASKED.test(fold.trim()),
  run: (turn, message) => previousFigures.run(turn, message),
};

/** «Xem số đã gửi»: the figures of this month as they stand. */
const seeMine: Command<DialogDeps> = {
  id: 'see-my-figures',
  tells: true,
  button: '#SODABAO',
  says: WAYS.seeMine,
  for: reportsHere,
  run: async (_turn, { conversation }) => openReport(conversation, {}),
};

export const REPORT_COMMANDS: readonly Command<DialogDeps>[] = [
  ...[report, fix, resume, nothing, undo],
  ...[lastMonthAsked, previousFigures, seeMine],
];

/** A number with nothing open: asked back. After another one neither is kept, since nobody knows which was meant. */
export function askWhatFor({ conversation }: Message, number: number): StepResult {
  const before = loneFrame(conversation);
  const several =
    before !== undefined && (before.slots['several'] === true || before.slots['number'] !== number);
  return { move: { to: 'dialog', dialog: 'lone-number', slots: { number, several } } };
}
