import type { OutboundMessage } from '../channels/channel';
import { channelWord, sha256Hex, type UserKey } from '../kernel/ids';
import { HOUR, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import type { Contact } from '../contacts/contact';
import type { OutboxRow, Purpose } from './outbox-row';
import { afterQuiet, groupPrice, parseQuietHours, type SendRules } from './send-rules';

/**
 * Whether, how and at what price one message may leave now. Pure: the same row, contact, instant and rules give the
 * same decision. Answers and groups go at any hour; what we start ourselves keeps the quiet hours and waits while
 * somebody of the office answers by hand; templates never go at night. Outside the time in which the channel takes free
 * text only an approved template of that purpose goes: by user id first, by phone second. Without a way, or without the
 * money for it, the person counts as unreachable and the reason says why. An answer is never refused for money.
 */

export type Window = 'free' | 'paid' | 'closed';

/** `phone`: a template by phone number. */
export type Way = 'text' | 'template' | 'phone';

export type UnreachableReason =
  | 'unfollowed'
  | 'no_template'
  | 'not_paid_for'
  | 'window_closed'
  | 'refused'
  | 'groups_off'
  | 'budget';

export type Decision =
  | {
      readonly action: 'send';
      readonly as: 'text' | 'template';
      readonly message: OutboundMessage;
      readonly to: UserKey;
      /** What it is expected to cost, in VND. */
      readonly cost: number;
    }
  | { readonly action: 'wait'; readonly until: Date }
  | { readonly action: 'drop'; readonly reason: 'expired' | 'no_longer_true' | 'no_channel' }
  | { readonly action: 'unreachable'; readonly reason: string };

/** How a purpose would reach a person now, the hour left aside. */
export type Reach =
  | { readonly by: Way; readonly cost: number }
  | { readonly by: 'nothing'; readonly reason: UnreachableReason; readonly detail: string };

/** What else there is to reach one person with. */
export interface Means {
  /** The member's phone as an address (`zalo-phone:<member id>`); null when none is kept. */
  readonly phone: UserKey | null;
  /** Refusals at that address. */
  readonly phoneContact: Contact | null;
  /** The template was refused by user id. */
  readonly notByUser: boolean;
  /** Whether so much may still be spent this month. */
  readonly affords: (cost: number) => boolean;
  /** Whether the package still has messages for the paid window, which then cost nothing more. */
  readonly allowance: boolean;
}

export const ONLY_CHAT: Means = {
  phone: null,
  phoneContact: null,
  notByUser: false,
  affords: () => true,
  allowance: false,
};

/** The channel takes no promotional template from 22:00 to 06:00; a few minutes more, since two clocks differ. */
const TEMPLATE_NIGHT = parseQuietHours('21:55-06:05');
/** A phone that was refused is tried again with the next month's reports. */
const PHONE_REFUSAL_MS = 20 * 24 * HOUR;

/** A group's address. Groups have no window and no night, and a price of their own. */
export function isGroup(to: UserKey): boolean {
  return channelWord(to).endsWith('-group');
}

/** A member of whom only a phone number is known. */
export function isPhone(to: UserKey): boolean {
  return channelWord(to).endsWith('-phone');
}

/** The window by what we know; a refusal by the channel that is newer than the last interaction closes it. */
export function windowOf(contact: Contact | null, now: Date, rules: SendRules): Window {
  if (rules.windows === false) return 'free';
  const last = contact?.lastInteractionAt ?? null;
  if (!contact || last === null) return 'closed';
  if (contact.closedAt !== null && contact.closedAt >= last) return 'closed';
  const age = now.getTime() - last.getTime();
  if (age <= rules.freeWindowMs) return 'free';
  return age <= rules.allowedWindowMs ? 'paid' : 'closed';
}

/** By which kind of message the purpose reaches the person, or why by none. */
export function reach(
  purpose: Purpose,
  contact: Contact | null,
  now: Date,
  rules: SendRules,
  means: Means = ONLY_CHAT,
): Reach {
  const ways: { by: Way; cost: number }[] = [];
  const { prices } = rules;
  const refused = refusalOf(contact);
  const window = windowOf(contact, now, rules);
  const template = rules.templates[purpose] !== undefined;
  if (purpose !== 'reply' && hasUnfollowed(contact)) return nothing('unfollowed');
  if (refused === null) {
    if (window === 'free') return { by: 'text', cost: 0 };
    if (window === 'paid' && (purpose === 'reply' || rules.paid.has(purpose)))
      ways.push({ by: 'text', cost: means.allowance ? 0 : prices.message });
    if (template && !means.notByUser) ways.push({ by: 'template', cost: prices.template });
  }
  const byPhone = phoneRefusal(means, now);
  if (template && rules.phoneTemplates && means.phone !== null && byPhone === null)
    ways.push({ by: 'phone', cost: prices.phone });
  const way = ways.find(({ cost }) => purpose === 'reply' || cost === 0 || means.affords(cost));
  if (way) return way;
  if (ways.length > 0) return nothing('budget');
  const final = refused ?? (means.phone !== null ? byPhone : null);
  if (final !== null) return { by: 'nothing', reason: 'refused', detail: final };
  if (means.notByUser && template) return { by: 'nothing', reason: 'refused', detail: 'template_refused' };
  return nothing(purpose === 'reply' ? 'window_closed' : window === 'paid' ? 'not_paid_for' : 'no_template');
}

/** The same for an address of any kind; `contact` is what is known of it. */
export function reachAt(
  to: UserKey,
  purpose: Purpose,
  contact: Contact | null,
  now: Date,
  rules: SendRules,
  means: Means = ONLY_CHAT,
): Reach {
  if (isGroup(to)) return groupReach(purpose, now, rules, means);
  if (!isPhone(to)) return reach(purpose, contact, now, rules, means);
  if (rules.windows === false) return nothing('no_template');
  return reach(purpose, null, now, rules, { ...means, phone: to, phoneContact: contact, notByUser: true });
}

/** An answer is never refused for money, in a group either. */
function groupReach(purpose: Purpose, now: Date, rules: SendRules, means: Means): Reach {
  if (!rules.groups) return nothing('groups_off');
  const cost = groupPrice(now, rules);
  return purpose === 'reply' || cost === 0 || means.affords(cost) ? { by: 'text', cost } : nothing('budget');
}

/** What to do with the row at this instant. `contact` null: we have never heard from the person. */
export function decide(
  row: OutboxRow,
  contact: Contact | null,
  now: Date,
  rules: SendRules,
  means: Means = ONLY_CHAT,
): Decision {
  if (row.expiresAt !== undefined && row.expiresAt <= now) return { action: 'drop', reason: 'expired' };
  if (row.notBefore > now) return { action: 'wait', until: row.notBefore };
  const group = isGroup(row.to) ? groupReach(row.purpose, now, rules, means) : null;
  if (group?.by === 'nothing') return { action: 'unreachable', reason: group.detail };
  if (group) return { action: 'send', as: 'text', message: row.message, to: row.to, cost: group.cost };
  const own = row.purpose !== 'reply';
  const human = contact?.humanUntil ?? null;
  if (own && human !== null && human > now) return waitOrDrop(row, human);
  const free = own && row.anyHour !== true ? afterRest(rules, now) : now;
  if (free > now) return waitOrDrop(row, free);
  const way = reachAt(row.to, row.purpose, contact, now, rules, means);
  const whole = row.message.kind === 'template';
  if (way.by === 'nothing') return { action: 'unreachable', reason: way.detail };
  if (way.by === 'text' && !whole)
    return { action: 'send', as: 'text', message: row.message, to: row.to, cost: way.cost };
  const day = afterQuiet(TEMPLATE_NIGHT, now);
  if (day > now) return waitOrDrop(row, day);
  const templateId = whole ? row.message.templateId : rules.templates[row.purpose];
  const data = whole ? row.message.data : row.template;
  if (templateId === undefined || data === undefined) return { action: 'unreachable', reason: 'no_template' };
  const sent = { kind: 'template', templateId, data } as const;
  if (way.by !== 'phone')
    return {
      action: 'send',
      as: 'template',
      message: whole ? row.message : sent,
      to: row.to,
      cost: rules.prices.template,
    };
  const to = means.phone ?? row.to;
  const message = { ...sent, by: 'phone', trackingId: trackingId(row.id) } as const;
  return { action: 'send', as: 'template', message, to, cost: way.cost };
}

/** The same row always carries the same id, so that its receipt is known and a repeat can be told. */
export function trackingId(rowId: string): string {
  return `r${sha256Hex(rowId).slice(0, 39)}`;
}

function nothing(reason: UnreachableReason): Reach {
  return { by: 'nothing', reason, detail: reason };
}

/** The next instant that is neither quiet nor in Tết; the instant itself when it is one. */
export function afterRest({ quiet, restDays }: Pick<SendRules, 'quiet' | 'restDays'>, now: Date): Date {
  let at = afterQuiet(quiet, now);
  while (restDays?.has(vnDay(at))) at = afterQuiet(quiet, instantOf(nextDay(vnDay(at), 1), 0));
  return at;
}

function waitOrDrop(row: OutboxRow, until: Date): Decision {
  const tooLate = row.expiresAt !== undefined && row.expiresAt <= until;
  return tooLate ? { action: 'drop', reason: 'expired' } : { action: 'wait', until };
}

/** What the phone was refused with, unless that was long ago. */
function phoneRefusal({ phoneContact }: Means, now: Date): string | null {
  const at = phoneContact?.unreachableAt ?? null;
  return at === null || now.getTime() - at.getTime() > PHONE_REFUSAL_MS
    ? null
    : (phoneContact?.unreachableReason ?? 'refused');
}

/** The channel's permanent refusal, unless the person has written since. */
function refusalOf(contact: Contact | null): string | null {
  if (!contact || contact.unreachableReason === null || contact.unreachableAt === null) return null;
  const last = contact.lastInteractionAt;
  return last !== null && last > contact.unreachableAt ? null : contact.unreachableReason;
}

/** Whether somebody left the channel and has not written since. */
export function hasUnfollowed(contact: Contact | null): boolean {
  if (!contact || contact.unfollowedAt === null) return false;
  return contact.lastInteractionAt === null || contact.lastInteractionAt <= contact.unfollowedAt;
}
