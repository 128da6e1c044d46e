import { commaList } from '../kernel/lists';
import { HOUR, inVietnam, MINUTE, vnInstant } from '../kernel/vn-time';
import type { Purpose } from './outbox-row';

/** The rules under which messages may leave, out of the configuration: windows, prices, hours and days of rest. */
export interface SendRules {
  readonly freeWindowMs: number;
  readonly allowedWindowMs: number;
  /** Purposes that may cost money. A reply always may: the person is waiting for it. */
  readonly paid: ReadonlySet<Purpose>;
  /** Template ids by purpose. */
  readonly templates: Readonly<Partial<Record<Purpose, string>>>;
  readonly quiet: readonly QuietSpan[];
  /** Days of Tết, `YYYY-MM-DD`, on which we begin nothing ourselves. Absent: none. */
  readonly restDays?: ReadonlySet<string>;
  /** `false` on a channel that takes free text at any time, and for nothing. */
  readonly windows?: false;
  /** Whether templates go by phone number where the user id does not do. */
  readonly phoneTemplates: boolean;
  /** Whether anything is written into groups. */
  readonly groups: boolean;
  readonly prices: Prices;
  /** Most that messages may cost in a calendar month, in VND; 0: no limit. */
  readonly budget: number;
}

/** In VND, of one message. */
export interface Prices {
  readonly message: number;
  readonly template: number;
  readonly phone: number;
  /** In a group, once that is no longer free; 0 while nobody knows. */
  readonly group: number;
}

/** The rules out of the configuration's variables. */
export function sendRules(
  config: {
    readonly ZALO_FREE_WINDOW_HOURS: number;
    readonly ZALO_ALLOWED_WINDOW_HOURS: number;
    readonly ZALO_PAID_PURPOSES: readonly string[];
    readonly ZALO_TEMPLATES: Readonly<Record<string, string>>;
    readonly QUIET_HOURS: string;
    readonly ZALO_PHONE_TEMPLATES: 'on' | 'off';
    readonly ZALO_MONTHLY_BUDGET_VND: number;
    readonly ZALO_PRICE_MESSAGE_VND: number;
    readonly ZALO_PRICE_TEMPLATE_VND: number;
    readonly ZALO_PRICE_PHONE_TEMPLATE_VND: number;
    readonly ZALO_PRICE_GROUP_MESSAGE_VND: number;
    readonly ZALO_GROUP_MESSAGES: 'on' | 'off';
  },
  restDays: ReadonlySet<string> = new Set(),
): SendRules {
  return {
    freeWindowMs: config.ZALO_FREE_WINDOW_HOURS * HOUR,
    allowedWindowMs: config.ZALO_ALLOWED_WINDOW_HOURS * HOUR,
    paid: new Set(config.ZALO_PAID_PURPOSES as readonly Purpose[]),
    templates: config.ZALO_TEMPLATES,
    quiet: parseQuietHours(config.QUIET_HOURS),
    restDays,
    phoneTemplates: config.ZALO_PHONE_TEMPLATES === 'on',
    prices: {
      message: config.ZALO_PRICE_MESSAGE_VND,
      template: config.ZALO_PRICE_TEMPLATE_VND,
      phone: config.ZALO_PRICE_PHONE_TEMPLATE_VND,
      group: config.ZALO_PRICE_GROUP_MESSAGE_VND,
    },
    groups: config.ZALO_GROUP_MESSAGES === 'on',
    budget: config.ZALO_MONTHLY_BUDGET_VND,
  };
}

/** Zalo has promised no price for messages in groups only up to here. */
export const GROUPS_FREE_UNTIL = vnInstant(2027, 1, 1);

/** What one message in a group costs at this instant, in VND. */
export function groupPrice(now: Date, rules: Pick<SendRules, 'prices' | 'windows'>): number {
  return rules.windows === false || now < GROUPS_FREE_UNTIL ? 0 : rules.prices.group;
}

/** A span of every day, in minutes since midnight in Viet Nam. `from` after `to` passes midnight; equal is empty. */
export interface QuietSpan {
  readonly from: number;
  readonly to: number;
}

/** Reads `21:00-06:30,11:30-13:30`. Empty text: no quiet time. The text was checked by the configuration. */
export function parseQuietHours(text: string): QuietSpan[] {
  return commaList(text).map((part) => {
    const [from = '', to = ''] = part.split('-');
    return { from: minuteOfDay(from), to: minuteOfDay(to) };
  });
}

/**
 * The instant itself when it is not quiet then, otherwise the end of the quiet time; spans that touch are passed
 * together. The first minute of a span is quiet, its last instant is not. Where spans fill the whole day the result
 * is a day or more later, never an endless search.
 */
export function afterQuiet(spans: readonly QuietSpan[], instant: Date): Date {
  let at = instant;
  for (let passes = 0; passes <= spans.length; passes += 1) {
    const span = spans.find((candidate) => contains(candidate, minuteNow(at)));
    if (!span) return at;
    at = endOf(span, at);
  }
  return at;
}

/** Whether nobody is written to unasked at this instant. */
export function isQuiet(spans: readonly QuietSpan[], instant: Date): boolean {
  return spans.some((span) => contains(span, minuteNow(instant)));
}

function contains(span: QuietSpan, minute: number): boolean {
  if (span.from <= span.to) return minute >= span.from && minute < span.to;
  return minute >= span.from || minute < span.to;
}

function endOf(span: QuietSpan, at: Date): Date {
  const seen = inVietnam(at);
  const midnight = seen.startOf('day');
  const day = span.from > span.to && minuteNow(at) >= span.from ? midnight.plus({ days: 1 }) : midnight;
  return new Date(day.toMillis() + span.to * MINUTE);
}

function minuteNow(at: Date): number {
  const seen = inVietnam(at);
  return seen.hour * 60 + seen.minute;
}

function minuteOfDay(text: string): number {
  const [hour = 0, minute = 0] = text.trim().split(':').map(Number);
  return hour * 60 + minute;
}
