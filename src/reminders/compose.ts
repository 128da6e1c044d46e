import type { OutboundMessage, TemplateData } from '../channels/channel';
import { inVietnam, vnDay } from '../kernel/vn-time';
import type { Words } from '../kernel/i18n';

/** The word that opens whatever the person owes now; the button of the approved templates says the same. */
export const REPORT_COMMAND = '#BAOCAO';

/** No reminder is longer, in characters as people see them. */
export const TEXT_MAX = 350;
/** What one value of an approved template holds. */
export const VALUE_MAX = 80;

/** One report in a reminder, with how far its draft has come. */
export interface ReminderLine {
  readonly rule: string;
  readonly form: string;
  readonly period: string;
  /** «thôn Đông Lâm» */
  readonly unitName: string;
  readonly deadline: Date;
  readonly answered: number;
  readonly asked: number;
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
  /** Nothing is open between us: a digit typed now can only mean one of the choices. */
  readonly free?: boolean;
}

/** The words of a reminder: one report in a sentence, several as a list. At most 350 characters, whatever the names. */
export function composeReminder(
  words: Words,
  text: ReminderText,
): { readonly message: OutboundMessage; readonly template: TemplateData } {
  const person = words.locale === 'vi' ? `${text.address} ${text.name}`.trim() : text.name;
  const vars = { person };
  const body = text.lines.length === 1 ? single(words, text, vars) : list(words, text, vars);
  // The works of a list are numbered already.
  const free = text.free === true && text.lines.length === 1;
  const begun = text.lines.some((line) => line.answered > 0);
  return {
    message: {
      kind: 'text',
      text: clipped(body, TEXT_MAX),
      buttons: [
        {
          kind: 'reply',
          label: words.t(begun ? 'reminders:buttons.continue' : 'reminders:buttons.start'),
          payload: REPORT_COMMAND,
          ...(free ? { digit: 1 } : {}),
        },
        // The words themselves: people also type them, and the conversation knows them.
        {
          kind: 'reply',
          label: words.t('reminders:buttons.later'),
          payload: words.t('reminders:buttons.later'),
          ...(free ? { digit: 2 } : {}),
        },
      ],
    },
    template: templateOf(words, text, person),
  };
}

type Progress = 'fresh' | 'draft' | 'ready';

function progressOf(line: ReminderLine): Progress {
  if (line.answered === 0) return 'fresh';
  return line.answered < line.asked ? 'draft' : 'ready';
}

function single(words: Words, text: ReminderText, vars: Record<string, string>): string {
  const [line] = text.lines;
  const progress = progressOf(line);
  const key = progress === 'fresh' ? `reminders:rules.${line.rule}.fresh` : `reminders:${progress}`;
  return `${words.t(key, { ...vars, ...lineVars(words, line, text.at) })}\n${remaining(words, text)}`;
}

/** As many lines as fit; the rest is counted. */
function list(words: Words, text: ReminderText, vars: Record<string, string>): string {
  const all = text.lines.map((line, i) =>
    words.t(`reminders:line.${progressOf(line)}`, { ...lineVars(words, line, text.at), number: i + 1 }),
  );
  for (let shown = all.length; ; shown -= 1) {
    const lines = all.slice(0, shown);
    if (shown < all.length) lines.push(words.t('reminders:more', { count: all.length - shown }));
    const body = words.t('reminders:many', { ...vars, count: all.length, lines: lines.join('\n') });
    const whole = `${body}\n${remaining(words, text)}`;
    if (lengthOf(whole) <= TEXT_MAX || shown <= 1) return whole;
  }
}

function remaining(words: Words, text: ReminderText): string {
  if (text.remaining === 0) return words.t('reminders:remaining.none');
  if (text.remaining === 1 && text.next)
    return words.t('reminders:remaining.one', { next: momentOf(words, text.next, text.at) });
  return words.t('reminders:remaining.several', { count: text.remaining });
}

function lineVars(words: Words, line: ReminderLine, at: Date): Record<string, string | number> {
  const work = words.t(`reminders:works.${line.form}`, { month: periodOf(words, line.period, at) });
  return {
    work,
    Work: capital(work),
    unit: line.unitName,
    deadline: momentOf(words, line.deadline, at),
    count: line.asked,
    left: line.asked - line.answered,
  };
}

function templateOf(words: Words, text: ReminderText, person: string): TemplateData {
  const [line] = text.lines;
  const several = text.lines.length > 1;
  const soonest = new Date(Math.min(...text.lines.map(({ deadline }) => deadline.getTime())));
  const others = new Set(text.lines.map(({ unitName }) => unitName)).size - 1;
  const unit =
    others === 0
      ? line.unitName
      : words.t('reminders:template.units', { unit: line.unitName, count: others });
  const vars = { count: several ? text.lines.length : line.asked, left: line.asked - line.answered };
  const year = { month: Number(line.period.slice(5)), year: line.period.slice(0, 4) };
  return {
    ten: clipped(person, VALUE_MAX),
    don_vi: clipped(unit, VALUE_MAX),
    ky: /^\d{4}-\d{2}$/.test(line.period) ? words.t('common:month_year', year) : line.period,
    han: momentOf(words, soonest, null),
    noi_dung: words.t(`reminders:template.${several ? 'many' : progressOf(line)}`, vars),
  };
}

/** «tháng 3», with the year when it is not that of `at`; keys of other kinds as they are. */
function periodOf(words: Words, period: string, at: Date): string {
  const [year = '', month = ''] = period.split('-');
  if (!/^\d{2}$/.test(month)) return period;
  const vars = { year, month: Number(month) };
  return inVietnam(at).year === Number(year)
    ? words.t('common:month', vars)
    : words.t('common:month_year', vars);
}

/** «17:00 hôm nay» or «17:00 thứ Ba 17/3». A template may be read later, so it never says «today». */
function momentOf(words: Words, instant: Date, at: Date | null): string {
  const seen = inVietnam(instant);
  const time = seen.toFormat('HH:mm');
  if (at && vnDay(instant) === vnDay(at)) return words.t('reminders:today', { time });
  const weekday = words.t(`common:weekdays.${seen.weekday}`);
  return words.t('common:moment', { time, weekday, day: seen.day, month: seen.month });
}

function capital(text: string): string {
  const [first = '', ...rest] = [...text];
  return first.toLocaleUpperCase('vi') + rest.join('');
}

function lengthOf(text: string): number {
  return [...text].length;
}

function clipped(text: string, max: number): string {
  const points = [...text];
  return points.length <= max
    ? text
    : `${points
        .slice(0, max - 1)
        .join('')
        .trimEnd()}…`;
}
