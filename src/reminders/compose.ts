import type { Button, OutboundMessage, TemplateData } from '../channels/channel';
import { inVietnam, vnDay } from '../kernel/vn-time';
import type { Words } from '../kernel/i18n';
import { moment } from '../kernel/moment';
import { spanSentence } from '../reporting/data-span';
import type { DataSpan } from '../reporting/deadlines';
import { capital, clipped } from '../kernel/vn-text';
import type { Says } from './duty-kinds';
import { firstButton, workOf } from './work-words';

/** No reminder is longer, in characters as people see them. */
export const TEXT_MAX = 350;
/** What one value of an approved template holds. */
export const VALUE_MAX = 80;

/** One duty in a reminder, with how far it has come. */
export interface ReminderLine {
  readonly rule: string;
  /** The id of its kind. */
  readonly form: string;
  readonly says: Says;
  readonly period: string;
  /** «thôn Đông Lâm» */
  readonly unitName: string;
  readonly unit: string;
  readonly deadline: Date;
  /** Until then what is late is still taken. */
  readonly lockAt: Date;
  /** The deadline of the rule, when a day off has moved it; null when it stands where it always does. */
  readonly movedFrom: Date | null;
  /** The days whose facts it speaks of; null: it says so itself. */
  readonly data: DataSpan | null;
  readonly answered: number;
  readonly asked: number;
  /** Figures that were sent back to be looked at again. */
  readonly returned: number;
}

export interface ReminderText {
  /** `bác`; only Vietnamese uses it. */
  readonly address: string;
  /** `Tư` */
  readonly name: string;
  readonly lines: readonly [ReminderLine, ...ReminderLine[]];
  /** Reminders that may still come in these periods, and the next of them. */
  readonly remaining: number;
  readonly next: Date | null;
  readonly at: Date;
  /** «chị Hạnh (xã Tân Hòa)», who is asked to help once the deadline has passed; null: nobody. */
  readonly helper?: string | null;
  /** Other works of the person, each a line in their words: a directive not yet answered. */
  readonly others?: readonly string[];
  /** Nothing is open between us: a digit typed now can only mean one of the choices. */
  readonly free?: boolean;
}

/** The words of a reminder: one duty in a sentence, several as a list. At most 350 characters, whatever the names. */
export function composeReminder(
  words: Words,
  text: ReminderText,
): { readonly message: OutboundMessage; readonly template: TemplateData } {
  const person = words.locale === 'vi' ? `${text.address} ${text.name}`.trim() : text.name;
  const vars = { person };
  const several = text.lines.length + (text.others?.length ?? 0) > 1;
  const body = several ? list(words, text, vars) : single(words, text, vars);
  return {
    message: {
      kind: 'text',
      text: clipped(body, TEXT_MAX),
      buttons: several ? listButtons(words, text) : singleButtons(words, text),
    },
    template: templateOf(words, text, person),
  };
}

function singleButtons(words: Words, text: ReminderText): Button[] {
  const digit = (n: number) => (text.free === true ? { digit: n } : {});
  return [
    { ...firstButton(words, text.lines[0], false), ...digit(1) },
    // The words themselves: people also type them, and the conversation knows them.
    {
      kind: 'reply',
      label: words.t('reminders:buttons.later'),
      payload: words.t('reminders:buttons.later'),
      ...digit(2),
    },
  ];
}

/** The works of a list are numbered already, so its buttons have no digits. */
function listButtons(words: Words, text: ReminderText): Button[] {
  const [first] = text.lines;
  const count = text.lines.length + (text.others?.length ?? 0);
  const hour = laterToday(text.at);
  const said = (key: string, vars = {}): Button => {
    const label = words.t(`reminders:buttons.${key}`, vars);
    return { kind: 'reply', label, payload: label };
  };
  return [
    { ...firstButton(words, first, true), label: words.t('reminders:buttons.first') },
    {
      kind: 'reply',
      label: words.t('reminders:buttons.all', { count }),
      payload: words.t('reminders:buttons.my_works'),
    },
    hour === null ? said('tomorrow') : said('at', { time: hour }),
  ];
}

/** Times at which somebody who is busy now may wish to hear again. */
const LATER_TODAY = ['11:00', '16:00', '19:00'];

/** The first of them at least two hours away; null when the day is over. */
export function laterToday(at: Date): string | null {
  const soonest = inVietnam(at).plus({ hours: 2 });
  if (!soonest.hasSame(inVietnam(at), 'day')) return null;
  return LATER_TODAY.find((time) => time >= soonest.toFormat('HH:mm')) ?? null;
}

type Progress = 'fresh' | 'draft' | 'ready' | 'returned' | Exclude<Says, 'report'>;

function progressOf(line: ReminderLine): Progress {
  if (line.says !== 'report') return line.says;
  if (line.returned > 0) return 'returned';
  if (line.answered === 0) return 'fresh';
  return line.answered < line.asked ? 'draft' : 'ready';
}

/** What has not been begun is spoken of as the rule says, what has as far as it is. */
const BY_RULE: Readonly<Partial<Record<Progress, Says>>> = {
  fresh: 'report',
  task: 'task',
  summary: 'summary',
};

function single(words: Words, text: ReminderText, vars: Record<string, string>): string {
  const [line] = text.lines;
  const progress = progressOf(line);
  const key = BY_RULE[progress]
    ? `reminders:rules.${line.rule}.${BY_RULE[progress]}`
    : `reminders:${progress}`;
  return `${words.t(key, { ...vars, ...lineVars(words, line, text.at) })}${helpOf(words, text)}\n${remaining(words, text)}`;
}

/** As many lines as fit; the rest is counted. */
function list(words: Words, text: ReminderText, vars: Record<string, string>): string {
  const all = text.lines.map((line, i) =>
    words.t(`reminders:line.${progressOf(line)}`, { ...lineVars(words, line, text.at), number: i + 1 }),
  );
  all.push(...(text.others ?? []).map((other, i) => `${all.length + i + 1}. ${other}`));
  const { address } = text;
  for (let shown = all.length; ; shown -= 1) {
    const lines = all.slice(0, shown);
    if (shown < all.length) lines.push(words.t('reminders:more', { count: all.length - shown }));
    const body = words.t('reminders:many', { ...vars, address, count: all.length, lines: lines.join('\n') });
    const whole = `${body}${helpOf(words, text)}\n${remaining(words, text)}`;
    if (lengthOf(whole) <= TEXT_MAX || shown <= 1) return whole;
  }
}

/** Who is told first hears it from us: what happens once the deadline has passed, and that it is help. */
function helpOf(words: Words, { helper, address, lines, others = [], at }: ReminderText): string {
  const late = lines.find(({ rule, says }) => rule === 'last-morning' && says === 'report');
  if (!helper || !late) return '';
  const key = lines.length + others.length > 1 ? 'then_help_listed' : 'then_help';
  return `\n${words.t(`reminders:${key}`, { helper, address, deadline: momentOf(words, late.deadline, at) })}`;
}

function remaining(words: Words, text: ReminderText): string {
  if (text.remaining === 0) return words.t('reminders:remaining.none');
  if (text.remaining === 1 && text.next)
    return words.t('reminders:remaining.one', { next: momentOf(words, text.next, text.at) });
  return words.t('reminders:remaining.several', { count: text.remaining });
}

function lineVars(words: Words, line: ReminderLine, at: Date): Record<string, string | number> {
  const work = workOf(words, line, at);
  return {
    work,
    Work: capital(work),
    monthNumber: Number(line.period.slice(5)),
    unit: line.unitName,
    deadline: momentOf(words, line.deadline, at),
    due: dueOf(words, line, at),
    lock: momentOf(words, line.lockAt, at),
    count: line.asked,
    left: line.asked - line.answered,
    returned: line.returned,
    span: spanSentence(words, line.data),
  };
}

/** «Hạn: …», that it moved because of a day off, or until when what is late is still taken. */
function dueOf(words: Words, line: ReminderLine, at: Date): string {
  const lock = momentOf(words, line.lockAt, at);
  if (at > line.deadline) return words.t('reminders:due.over', { lock });
  const deadline = momentOf(words, line.deadline, at);
  if (line.rule !== 'opening' || !line.movedFrom) return words.t('reminders:due.plain', { deadline });
  return words.t('reminders:due.moved', { deadline, usual: momentOf(words, line.movedFrom, null) });
}

function templateOf(words: Words, text: ReminderText, person: string): TemplateData {
  const [line] = text.lines;
  const several = text.lines.length + (text.others?.length ?? 0) > 1;
  const soonest = new Date(Math.min(...text.lines.map(({ deadline }) => deadline.getTime())));
  const others = new Set(text.lines.map(({ unitName }) => unitName)).size - 1;
  const unit =
    others === 0
      ? line.unitName
      : words.t('reminders:template.units', { unit: line.unitName, count: others });
  const vars = {
    count: several ? text.lines.length + (text.others?.length ?? 0) : line.asked,
    left: line.asked - line.answered,
    returned: line.returned,
    span: spanSentence(words, line.data),
  };
  const moved = line.rule === 'opening' && line.movedFrom !== null && !several;
  return {
    ten: clipped(person, VALUE_MAX),
    don_vi: clipped(unit, VALUE_MAX),
    ky: clipped(wholePeriod(words, line), VALUE_MAX),
    han: momentOf(words, soonest, null),
    noi_dung: words.t(`reminders:template.${several ? 'many' : moved ? 'moved' : progressOf(line)}`, vars),
  };
}

/** «tháng 3/2026», «tuần 12/2026», or what a one-off is called. */
function wholePeriod(words: Words, line: ReminderLine): string {
  const { period } = line;
  const [, year = '', week, month = ''] = /^(\d{4})-(W)?(\d{2})$/.exec(period) ?? [];
  if (year === '') return workOf(words, line, null);
  const number = Number(month);
  return week
    ? words.t('reminders:template.week', { week: number, year })
    : words.t('common:month_year', { month: number, year });
}

/** «17:00 hôm nay» or «17:00 thứ Ba 17/3». A template may be read later, so it never says «today». */
function momentOf(words: Words, instant: Date, at: Date | null): string {
  return at && vnDay(instant) === vnDay(at)
    ? words.t('reminders:today', { time: inVietnam(instant).toFormat('HH:mm') })
    : moment(words, instant);
}

function lengthOf(text: string): number {
  return [...text].length;
}
