import type { Choice, Say, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { capital, foldText } from '../../kernel/vn-text';
import { moment } from '../../kernel/moment';
import { placeName, type Person } from '../../org/chat/people';
import { shortTitleOf, titleOf } from '../form';
import { reportsOf, reportWord, type OwedReport } from './form-duties';
import { periodName } from './form-texts';
import { taskLine, taskListId, tasksOf } from './task-commands';
import { answeredCount, factsOf, isSent, numberOf, owedFigures, VILLAGE_FORM } from './report-facts';
import { neverCombined } from './never-combined-command';
import { communeWord } from './places';

/** «báo cáo xã», «mức 2: 71,4 %», «việc của tôi»: the forms of a person's posts, begun by name, by figure or from a list. */

export function openForm(owed: OwedReport, more: Readonly<Record<string, string>> = {}): StepResult {
  const { form, period, unit } = owed.key;
  if (form === VILLAGE_FORM) return { move: { to: 'dialog', dialog: 'report', slots: { unit, period } } };
  return { move: { to: 'dialog', dialog: 'form', slots: { form, period, unit, ...more } } };
}

function title(turn: Turn<DialogDeps>, { form, key }: OwedReport): string {
  const month = periodName(turn, key.period);
  return capital(turn.words.t(titleOf(form.id), { month, unit: placeName(turn.deps, key.unit, turn.at) }));
}

function label(turn: Turn<DialogDeps>, { form, key }: OwedReport): string {
  return turn.words.t(shortTitleOf(form.id), {
    month: periodName(turn, key.period),
    kind: communeWord(turn, key.unit),
  });
}

/** Opens the only one, or asks which. Null: there is none. */
export function chooseForm(turn: Turn<DialogDeps>, owed: readonly OwedReport[]): StepResult | null {
  const [only, ...others] = owed;
  if (!only) return null;
  if (others.length === 0) return openForm(only);
  const choices = owed.slice(0, 4).map((one): Choice => ({
    id: reportWord(one.key),
    label: label(turn, one),
    command: `#BAOCAO_${reportWord(one.key)}`,
  }));
  return sentence(turn, 'reports:form.choose', {}, choices);
}

/** The form behind a button of `chooseForm`; null for a button of something else. */
export function formTapped(turn: Turn<DialogDeps>, person: Person, rest: string): StepResult | null {
  const owed = reportsOf(turn, person).find((one) => reportWord(one.key) === rest);
  return owed ? openForm(owed) : null;
}

/** What is to be corrected in a report that was begun or sent. */
export interface FormFix {
  /** The word of the report that was just shown, or stands behind the button; null: not said. */
  readonly report: string | null;
  /** The number of the figure; anything else: it is asked which. */
  readonly target: string;
  /** The new value; null: it is asked. */
  readonly rest: string | null;
}

/** «Sửa 2», «sửa 3 = 5.400»: with several reports begun it is asked which; with none they are offered. */
export async function fixForm(
  turn: Turn<DialogDeps>,
  person: Person,
  { report, target, rest }: FormFix,
): Promise<StepResult> {
  const all = reportsOf(turn, person);
  const owed = report === null ? all : all.filter(({ key }) => reportWord(key) === report);
  const found = await Promise.all(owed.map(({ key }) => factsOf(turn, key.unit, key.period, key.form)));
  const begun = owed.filter((_, i) => found[i]?.report);
  const [only, ...others] = begun;
  const facts = only && found[owed.indexOf(only)];
  if (!facts || others.length > 0)
    return chooseForm(turn, begun.length > 0 ? begun : all) ?? sentence(turn, 'reports:form.none');
  const figure = owedFigures(facts).find(({ id }) => String(numberOf(facts, id)) === target);
  if (!figure) return openForm(only, { fix: 'which' });
  return openForm(only, { figure: figure.id, ...(rest === null ? {} : { line: rest }) });
}

const COMMUNE =
  /^(?:(?:lam|nop|gui|nhap|mo|viet) )?(?:bao cao|bc) (?:(?:cua|cho) )?(?:xa|phuong|cap xa)(?: (?:thang nay|minh|toi|em))?(?: (?:a|nhe|di|luon))?$/;

const communeReport: Command<DialogDeps> = command({
  id: 'commune-report',
  says: [
    'báo cáo xã',
    'báo cáo phường',
    'làm báo cáo xã',
    'nộp báo cáo xã',
    'bao cao cua xa',
    'báo cáo của phường',
  ],
  help: 12,
  for: ({ offices }) => offices.some(({ role }) => /^(?:commune|village)_/.test(role)),
  read: ({ fold }) => (COMMUNE.test(fold) ? true : null),
  async run(turn, { person }) {
    // From a village it is the report to the commune.
    const all = reportsOf(turn, person);
    const owed = all.find(({ form }) => form.id === 'commune-month');
    return owed ? openForm(owed) : chooseForm(turn, all);
  },
});

/** Names of figures that are typed with their value behind a colon. */
const NAMED: readonly { readonly form: string; readonly figure: string; readonly words: RegExp }[] = [
  {
    form: 'police-month',
    figure: 'level2_activated',
    words: /^(?:ty le )?(?:kich hoat )?(?:dinh danh )?(?:muc|muc do) ?2$|^(?:ty le )?kich hoat$/,
  },
  {
    form: 'police-month',
    figure: 'vneid_confirmed',
    words:
      /^(?:ty le )?(?:duoc )?xac nhan(?: (?:vneid|pho cap|ky nang so|tren vneid))*$|^pho cap(?: vneid)?$/,
  },
];

/** Which of the police's two rates a name without marks means; null: none of them. */
export function rateNamed(fold: string): string | null {
  return NAMED.find(({ words }) => words.test(fold.trim()))?.figure ?? null;
}

interface NamedFigure {
  readonly form: string;
  readonly figure: string;
  readonly rest: string;
}

function readNamed({ typed }: Message): NamedFigure | null {
  const found = /^([^:=\n]{2,50})\s*[:=]\s*(\S[\s\S]*)$/.exec(typed);
  if (!found) return null;
  const name = foldText(found[1] ?? '').trim();
  const named = NAMED.find(({ words }) => words.test(name));
  return named ? { form: named.form, figure: named.figure, rest: (found[2] ?? '').trim() } : null;
}

const namedFigure: Command<DialogDeps> = command({
  id: 'figure-named',
  says: [
    'mức 2: 71,4 % của 2.500.000 đến 15/3',
    'muc 2: 1.790.000 tren 2.507.000',
    'kích hoạt mức 2: 71,4 %',
    'xác nhận: 30 % của 2.500.000',
    'xác nhận VNeID: chưa có',
  ],
  for: ({ offices }) => offices.some(({ role }) => role === 'police'),
  strong: true,
  read: readNamed,
  async run(turn, { person }, { form, figure, rest }) {
    const owed = reportsOf(turn, person).find((one) => one.form.id === form);
    return owed ? openForm(owed, { figure, line: rest }) : null;
  },
});

const MY_WORK =
  /^(?:(?:xem|cho (?:toi|em|bac)? ?xem|liet ke) )?(?:cac )?(?:viec|cong viec|nhiem vu) (?:cua )?(?:toi|em|bac|minh|hom nay|can lam|phai lam)(?: (?:la gi|gi|co gi|hom nay|a|nhe))*$|^(?:hom nay |bay gio |nay |gio )?(?:toi|em|bac)? ?(?:con |co |phai |can )*(?:lam |viec |bao )gi(?: (?:moi|lam|nua|khong|ko|k|a|nhi|hom nay))*$|^(?:co |xem )?(?:cong van|chi dao|van ban|cong viec|viec)(?: gi)? (?:moi|can lam)(?: (?:khong|ko|k|a|gi))*$|^co (?:cong van|chi dao|van ban)(?: (?:nao|gi|moi))*(?: (?:khong|ko|k|a))+$/;

const myWork: Command<DialogDeps> = command({
  id: 'my-work',
  button: '#VIEC',
  says: [
    'việc của tôi',
    'việc hôm nay',
    'nhiệm vụ của tôi',
    'xem việc của tôi',
    'viec cua toi',
    'tôi còn việc gì',
    'hôm nay tôi phải làm gì',
    'có công văn gì mới không',
    'có việc gì mới không',
  ],
  help: 15,
  for: ({ offices }) => offices.length > 0,
  read: ({ fold }) => (MY_WORK.test(fold) ? true : null),
  tapped: () => true,
  async run(turn, { person }) {
    const owed = reportsOf(turn, person);
    const tasks = await tasksOf(turn, person);
    if (owed.length + tasks.length === 0) return sentence(turn, 'reports:form.none');
    const lines = await Promise.all(owed.map((one, i) => workLine(turn, one, i + 1)));
    lines.push(...tasks.map((task, i) => taskLine(turn, task, owed.length + i + 1)));
    if (tasks.length > 0) lines.push(turn.words.t('tasks:hint', person.vars));
    const said: Say = {
      text: turn.words.t('reports:form.work', { ...person.vars, lines: lines.join('\n') }),
      choices: owed.slice(0, 3).map((one): Choice => ({
        id: reportWord(one.key),
        label: label(turn, one),
        command: `#BAOCAO_${reportWord(one.key)}`,
      })),
    };
    const ids = [...owed.map(({ key }) => reportWord(key)), ...tasks.map(taskListId)];
    const picks = [
      ...owed.map((one) => `#BAOCAO_${reportWord(one.key)}`),
      ...tasks.map((task) => `#XEMVIEC_${taskListId(task)}`),
    ];
    return { ...answer(said), listed: { kind: 'work', ids, picks } };
  },
});

/** «1. Báo cáo tháng 3, xã Tân Hòa: còn 3/8 câu, hạn 17:00 thứ Năm 19/3». */
async function workLine(turn: Turn<DialogDeps>, one: OwedReport, number: number): Promise<string> {
  const facts = await factsOf(turn, one.key.unit, one.key.period, one.key.form);
  const sent = facts !== null && isSent(facts);
  const state = sent ? 'sent' : turn.at > one.times.deadline ? 'overdue' : facts?.report ? 'begun' : 'open';
  return turn.words.t(`reports:form.work_line.${state}`, {
    number,
    title: title(turn, one),
    deadline: moment(turn.words, one.times.deadline),
    done: facts ? answeredCount(facts) : 0,
    count: facts ? owedFigures(facts).length : one.form.figures.length,
  });
}

export const FORM_COMMANDS: readonly Command<DialogDeps>[] = [
  communeReport,
  namedFigure,
  neverCombined,
  myWork,
];
