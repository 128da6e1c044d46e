import { HOUR, vnInstant } from '../kernel/vn-time';
import type { Purpose } from './outbox-row';
import { parseQuietHours, type QuietSpan } from './quiet-hours';

/** The rules under which messages may leave, out of the configuration, and what they cost. */

/**
 * Whether, how and at what price one message may leave now. Pure: the same row, contact, instant and rules give the
 * same decision. Answers and groups go at any hour; what we start ourselves keeps the quiet hours and waits while
 * somebody of the office answers by hand; templates never go at night. Outside the time in which the channel takes free
 * text only an approved template of that purpose goes: by user id first, by phone second. Without a way, or without the
 * money for it, the person counts as unreachable and the reason says why. An answer is never refused for money.
 */
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
