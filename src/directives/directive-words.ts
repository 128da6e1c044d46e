import { asLetters, fromLetters } from '../kernel/letters';
import type { Words } from '../kernel/i18n';
import { capital, clipped, formatCount } from '../kernel/vn-text';
import { DAY, HOUR, inVietnam, vnDay } from '../kernel/vn-time';
import { moment } from '../kernel/moment';
import type { NewOutboxMessage } from '../outbox/outbox-row';
import type { Counts } from './buckets';
import type { Directive } from './directive';
import type { Step } from './ladder';

/** What goes out about directives, as messages with buttons that never grow old. Pure; every sentence is a key of `directives`. */

export type Composed = Pick<NewOutboxMessage, 'message' | 'template'>;

/** What stands behind `#CV_`: the act, the directive and, where it matters, the unit. */
export type Act =
  | 'NHAN'
  | 'THEM'
  | 'LAM'
  | 'XONG'
  | 'VUONG'
  | 'KHONG'
  | 'MAI'
  | 'TUAN'
  | 'THOI'
  | 'XEM'
  | 'TEP'
  | 'NHAC'
  | 'NHACDI'
  | 'THAY'
  | 'DUYET'
  | 'TRA';

export const ALL_UNITS = 'ALL';

/** A unit's code goes as letters: digits in a payload could look like the number of an identity card and be covered. */
export function actPayload(act: Act, directive: string, unit?: string): string {
  const place = unit === undefined || unit === ALL_UNITS ? unit : asLetters(unit);
  return `#CV_${[act, directive, ...(place === undefined ? [] : [place])].join('.')}`.toUpperCase();
}

/** The act behind a tapped button; null when it is none of ours. */
export function readAct(rest: string): { act: string; directive: string; unit: string | null } | null {
  const [, act = '', directive = '', place] =
    /^([A-Z]+)[._]([A-Z0-9]+)(?:[._]([A-Z]+))?$/.exec(rest.toUpperCase()) ?? [];
  if (act === '') return null;
  return {
    act,
    directive,
    unit: place === undefined || place === ALL_UNITS ? (place ?? null) : fromLetters(place),
  };
}

/** Each act with the key of its label. */
const LABELS: Readonly<Record<Act, string>> = {
  NHAN: 'directives:buttons.acknowledge',
  THEM: 'directives:buttons.acknowledge_with_line',
  LAM: 'directives:buttons.doing',
  XONG: 'directives:buttons.done',
  VUONG: 'directives:buttons.stuck',
  KHONG: 'directives:buttons.not_mine',
  MAI: 'directives:buttons.tomorrow',
  TUAN: 'directives:buttons.next_week',
  THOI: 'directives:buttons.no_more',
  XEM: 'directives:buttons.progress',
  TEP: 'directives:buttons.paper',
  NHAC: 'directives:buttons.again',
  NHACDI: 'directives:buttons.again',
  THAY: 'directives:buttons.on_behalf',
  DUYET: 'directives:buttons.confirm',
  TRA: 'directives:buttons.refuse',
};

export function actLabel(words: Words, act: Act): string {
  return words.t(LABELS[act]);
}

/** A text with buttons, each also answered by the digit of its place. */
export function withActs(
  words: Words,
  text: string,
  acts: readonly Act[],
  directive: string,
): NewOutboxMessage['message'] {
  const buttons = acts.map((act, i) => ({
    kind: 'reply' as const,
    label: actLabel(words, act),
    payload: actPayload(act, directive),
    digit: i + 1,
  }));
  return buttons.length === 0 ? { kind: 'text', text } : { kind: 'text', text, buttons };
}

/** «8:12 thứ Tư 18/3», or the hour alone on the same day. */
export function sinceOf(words: Words, at: Date, now: Date): string {
  return vnDay(at) === vnDay(now) ? inVietnam(at).toFormat('HH:mm') : moment(words, at);
}

/** «còn 2 ngày», «còn 3 giờ», «đã quá hạn». */
export function leftOf(words: Words, deadline: Date, now: Date): string {
  const ms = deadline.getTime() - now.getTime();
  if (ms <= 0) return words.t('directives:left.over');
  if (ms < HOUR) return words.t('directives:left.minutes', { count: Math.max(1, Math.round(ms / 60_000)) });
  if (ms < DAY) return words.t('directives:left.hours', { count: Math.round(ms / HOUR) });
  return words.t('directives:left.days', { count: Math.round(ms / DAY) });
}

/** What one person is told of one directive, for the offices they hold. */
export interface Told {
  readonly directive: Directive;
  readonly step: Step | 'handover' | 'deadline' | 'on_behalf';
  /** «thôn Đông Lâm»: the places it is about. */
  readonly units: readonly string[];
  readonly address: string;
  readonly name: string;
  /** A commune may add a line and say that it is not its own. */
  readonly isCommune: boolean;
  readonly line: { readonly commune: string; readonly text: string } | null;
  /** What it replaces, and when the person had answered that; null: nothing. */
  readonly replaces: { readonly number: string; readonly answeredAt: Date | null } | null;
  /** The places that had it before these followed them. */
  readonly movedFrom: readonly string[];
  /** What they said last, and when; `by`: the place above that said it for them, with its reason. */
  readonly said: {
    readonly answer: string;
    readonly at: Date;
    readonly by: string | null;
    readonly reason: string;
  } | null;
  /** Names of the files that go with it. */
  readonly annexes: readonly string[];
  readonly at: Date;
}

export function toldMessage(words: Words, told: Told): Composed {
  const { directive } = told;
  const acts = actsOf(told);
  return {
    message: withActs(words, toldText(words, told), acts, directive.id),
    template: {
      ten: told.name,
      don_vi: told.units[0] ?? '',
      ky: directive.number,
      han: moment(words, directive.deadline),
      noi_dung: clipped(directive.text, 90),
    },
  };
}

function actsOf(told: Told): Act[] {
  return told.annexes.length > 0 ? [...answersTo(told), 'TEP'] : answersTo(told);
}

function answersTo({ step, isCommune, said }: Told): Act[] {
  if (step === 'check') return ['LAM', 'XONG', 'VUONG', 'MAI'];
  if (said !== null && said.by === null) return ['LAM', 'XONG', 'VUONG'];
  return isCommune ? ['NHAN', 'THEM', 'VUONG', 'KHONG'] : ['NHAN', 'XONG', 'VUONG'];
}

function toldText(words: Words, told: Told): string {
  const { directive, step, units, line, replaces, said, at } = told;
  const vars = {
    number: directive.number,
    short: directive.short,
    deadline: moment(words, directive.deadline),
    before: moment(words, directive.deadlineBefore ?? directive.deadline),
    left: leftOf(words, directive.deadline, at),
    address: told.address,
    Address: capital(told.address),
    units: units.join(', '),
    text: directive.text,
    state: said ? words.t(`directives:said.${said.answer}`) : '',
    when: said ? sinceOf(words, said.at, at) : '',
    by: said?.by ?? '',
    By: capital(said?.by ?? ''),
    reason: said?.reason ?? '',
  };
  return [
    ...(directive.practice ? [words.t('directives:practice.lead', vars)] : []),
    ...(step === 'handover' ? [words.t('directives:handover', vars)] : []),
    ...(step === 'first' && told.movedFrom.length > 0
      ? [words.t('directives:moved_here', { from: told.movedFrom.join(', '), units: vars.units })]
      : []),
    ...(step === 'first' && replaces ? [replacedText(words, directive, replaces, at)] : []),
    words.t(leadKey(told), vars),
    ...(step === 'check' ? [] : [directive.text]),
    ...(step === 'on_behalf' ? [words.t('directives:on_behalf.ask', vars)] : []),
    ...(step === 'check' || told.annexes.length === 0
      ? []
      : [words.t('directives:annex.with', { names: told.annexes.join(', ') })]),
    ...(line ? [words.t('directives:local_line', { Commune: line.commune, line: line.text })] : []),
    ...(units.length > 1 ? [words.t('directives:for_units', vars)] : []),
    ...(directive.evidence && step === 'first' ? [words.t('directives:evidence_wanted', vars)] : []),
  ].join('\n');
}

function leadKey({ directive, step, said }: Told): string {
  switch (step) {
    case 'first':
    case 'handover':
      return `directives:first.${directive.urgency}`;
    case 'on_behalf':
      return 'directives:on_behalf.told';
    case 'check':
      return said?.by == null ? 'directives:check' : 'directives:on_behalf.check';
    case 'deadline':
      return `directives:deadline.${isEarlier(directive) ? 'earlier' : 'later'}`;
    default:
      if (!said) return 'directives:again';
      return said.by === null ? 'directives:again_said' : 'directives:on_behalf.again';
  }
}

/** Whether the deadline was moved to before where it was. */
export function isEarlier({
  deadline,
  deadlineBefore,
}: Pick<Directive, 'deadline' | 'deadlineBefore'>): boolean {
  return deadlineBefore !== null && deadline < deadlineBefore;
}

function replacedText(
  words: Words,
  { number }: Directive,
  replaces: { readonly number: string; readonly answeredAt: Date | null },
  at: Date,
): string {
  const vars = { old: replaces.number, number };
  return replaces.answeredAt === null
    ? words.t('directives:replaces', vars)
    : words.t('directives:replaces_answered', { ...vars, when: sinceOf(words, replaces.answeredAt, at) });
}

/** «đã gửi 1.310/2.214»: how many offices were written to, out of all. */
export function sentText(words: Words, sent: number, all: number): string {
  return words.t('directives:sent', { sent: formatCount(sent), all: formatCount(all) });
}

/** The counts that are not nothing, in their order: «đã nhận 24 · xong 3 · chưa tới 2». */
export function countsText(words: Words, counts: Counts): string {
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([bucket, count]) => words.t(`directives:buckets.${bucket}`, { count: formatCount(count) }))
    .join(' · ');
}
