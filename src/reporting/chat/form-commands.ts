import type { Choice, StepResult, Turn } from '../../conversation/dialog';
import { sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, type Command, type Message } from '../../dialogs/feature';
import { foldText } from '../../kernel/vn-text';
import type { Person } from '../../org/chat/people';
import { reportLabel, reportsOf, reportWord, type OwedReport } from './form-duties';
import { myWork } from './my-work-command';
import { factsOf, numberOf, owedFigures, VILLAGE_FORM } from './report-facts';
import { hasTaskDue } from './task-commands';
import { neverCombined } from './never-combined-command';

/** «báo cáo xã», «mức 2: 71,4 %»: the forms of a person's posts, begun by name, by figure or from a list. */

export function openForm(owed: OwedReport, more: Readonly<Record<string, string>> = {}): StepResult {
  const { form, period, unit } = owed.key;
  if (form === VILLAGE_FORM) return { move: { to: 'dialog', dialog: 'report', slots: { unit, period } } };
  return { move: { to: 'dialog', dialog: 'form', slots: { form, period, unit, ...more } } };
}

/** Opens the only one, or asks which. Null: there is none. */
export function chooseForm(turn: Turn<DialogDeps>, owed: readonly OwedReport[]): StepResult | null {
  const [only, ...others] = owed;
  if (!only) return null;
  if (others.length === 0) return openForm(only);
  const choices = owed.slice(0, 4).map((one): Choice => ({
    id: reportWord(one.key),
    label: reportLabel(turn, one),
    command: `#BAOCAO_${reportWord(one.key)}`,
  }));
  return sentence(turn, 'reports:form.choose', {}, choices);
}

/** What the button of a reminder opens: the list of work where a task of the plan is due as well, otherwise as `chooseForm`. */
export async function openOwed(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const task = message.tap !== null && (await hasTaskDue(turn, message.person));
  return task ? myWork.run(turn, message) : chooseForm(turn, reportsOf(turn, message.person));
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
    'nhập báo cáo của xã',
    'gửi báo cáo lên sở',
    'báo cáo lên sở',
    'nộp báo cáo lên tỉnh',
    'bắt đầu báo cáo của xã',
    'làm báo cáo của xã mình',
    'xã phải báo cáo gì',
  ],
  help: 12,
  for: ({ offices }) => offices.some(({ role }) => /^(?:commune|village)_/.test(role)),
  read: ({ fold }) => (COMMUNE.test(fold) ? true : null),
  meant: true,
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

export const FORM_COMMANDS: readonly Command<DialogDeps>[] = [
  communeReport,
  namedFigure,
  neverCombined,
  myWork,
];
