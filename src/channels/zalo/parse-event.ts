import { MASK } from '../../kernel/secrets';
import { sha256Hex, userKey, type UserKey } from '../../kernel/ids';
import type { DoorMask } from '../../kernel/secrets';
import type { InboundEvent, InboundKind, SecretKind } from '../channel';
import { groupEvent, isByHuman, withVisitor } from './event-others';
import { CHANNEL, ID, idsOf, maskedShort, phoneIn, short } from './event-parts';
import { eventRule, type EventRule } from './event-kinds';
import { asObject, asText, type JsonObject } from './json';
import { PROBE_MESSAGE_ID } from './wire';
import { NOTHING, type Base, spoken, isContactCard } from './event-content';

/**
 * One webhook body → one `InboundEvent`. Only fields we name are taken over, each by its own type, so a body may hold
 * anything without harm. What identifies people beyond their id (names, phone numbers, addresses, contact cards) is left
 * behind here; texts are normalised and masked before anybody else sees them.
 */

export { CHANNEL };

export interface ParseContext {
  readonly appId: string;
  readonly oaId: string;
  readonly mask: DoorMask;
  /** Keyed hash of a phone number (`84…`), by which the post kept with it is found. */
  readonly hashPhone: (phone: string) => string;
  /** Whether a text in a group holds figures or a phone number, which is all that is kept of it. Absent: none ever does. */
  readonly typesFigures?: (text: string) => boolean;
  /** The instant used where the body names none. */
  readonly now: () => Date;
}

export type Parsed =
  | { readonly outcome: 'event'; readonly event: InboundEvent }
  | { readonly outcome: 'probe' | 'other_app' | 'other_account' };

const NONE: readonly SecretKind[] = [];
/** `zns`: the request carried the mark of the phone-number service. `raw` are the bytes as received. */
export function parseEvent(body: JsonObject, raw: Buffer, zns: boolean, context: ParseContext): Parsed {
  const message = asObject(body['message']) ?? NOTHING;
  const messageId = asText(message['msg_id']) ?? asText(body['msg_id']);
  if (messageId === PROBE_MESSAGE_ID) return { outcome: 'probe' };
  const appId = asText(body['app_id']);
  if (appId !== undefined && appId !== context.appId) return { outcome: 'other_app' };
  const sender = asText(asObject(body['sender'])?.['id']);
  const recipient = asText(asObject(body['recipient'])?.['id']);
  if (!isOurAccount(body, sender, recipient, context.oaId)) return { outcome: 'other_account' };

  const name = eventName(body['event_name']);
  const rule = eventRule(name);
  const byPhone = zns || message['delivery_time'] !== undefined;
  const kind = rule.kind === 'link' && isContactCard(message) ? 'contact_card' : rule.kind;
  const base = {
    id: eventId(name, kind, messageId, raw),
    channel: CHANNEL,
    kind,
    name,
    user: kind === 'received' && byPhone ? null : personOf(body, rule, sender, recipient, context.oaId),
    eventAt: instantOf(body['timestamp'], context),
    secrets: NONE,
    opensWindow: rule.opens,
  };
  const covered = new Set<SecretKind>();
  const noting = { ...context, mask: notingMask(context.mask, covered) };
  const event = withContent(base, body, message, messageId, byPhone, noting);
  const told =
    covered.size === 0 || WROTE_BY_OTHERS.has(event.kind) ? event : { ...event, secrets: [...covered] };
  return { outcome: 'event', event: told };
}

/** What stands in these was written by Zalo, by us or by an admin: nobody is to be warned of it. */
const WROTE_BY_OTHERS: ReadonlySet<InboundKind> = new Set(['echo', 'received', 'tag', 'account', 'call']);

/** Whatever is covered in an event, wherever it stands, is noted: so that nothing is covered without a warning. */
function notingMask(mask: DoorMask, covered: Set<SecretKind>): DoorMask {
  return (text, sender, where) => {
    const masked = mask(text, sender, where);
    for (const kind of masked.secrets) covered.add(kind);
    return masked;
  };
}

/** A name of Zalo's own kind; anything else could be anything, and goes into ids and logs. */
function eventName(given: unknown): string {
  const name = asText(given) ?? '';
  return /^[a-z][a-z0-9_.:-]{0,63}$/.test(name) && !/\d{4}/.test(name) ? name : 'unnamed';
}

function isOurAccount(
  body: JsonObject,
  sender: string | undefined,
  recipient: string | undefined,
  oaId: string,
): boolean {
  const named = asText(body['oa_id']) ?? asText(body['oaId']);
  if (named !== undefined) return named === oaId;
  if (sender === undefined && recipient === undefined) return true;
  return sender === oaId || recipient === oaId;
}

/** Reactions come again and again for one message, and other kinds may have no id: those are told apart by their bytes, which a repeat keeps. */
function eventId(name: string, kind: InboundKind, messageId: string | undefined, raw: Buffer): string {
  if (messageId !== undefined && kind !== 'reaction' && ID.test(messageId)) return `${name}:${messageId}`;
  return `${name}:${sha256Hex(raw).slice(0, 40)}`;
}

function personOf(
  body: JsonObject,
  rule: EventRule,
  sender: string | undefined,
  recipient: string | undefined,
  oaId: string,
): UserKey | null {
  if (rule.whose === 'nobody') return null;
  const inside = rule.whose === 'inside' ? asText(asObject(body['data'])?.['user_id']) : undefined;
  const id =
    inside ??
    asText(asObject(body['follower'])?.['id']) ??
    asText(body['user_id']) ??
    (sender === oaId ? recipient : sender === undefined ? undefined : sender);
  return id !== undefined && id !== oaId && ID.test(id) ? userKey(CHANNEL, id) : null;
}

function instantOf(value: unknown, context: ParseContext): Date {
  const ms = Number(asText(value));
  return ms > 0 && ms < 8.64e15 ? new Date(ms) : context.now();
}

function withContent(
  base: Base,
  body: JsonObject,
  message: JsonObject,
  messageId: string | undefined,
  byPhone: boolean,
  context: ParseContext,
): InboundEvent {
  switch (base.kind) {
    case 'text':
    case 'image':
    case 'gif':
    case 'sticker':
    case 'audio':
    case 'video':
    case 'file':
    case 'location':
    case 'link':
      return spoken(base, message, messageId, context);
    case 'anonymous':
      return withVisitor(spoken(base, message, messageId, context), body, 'sender', message);
    case 'received':
    case 'seen':
    case 'reaction':
      return { ...base, ...aboutMessages(base.kind, message, messageId, byPhone, context) };
    case 'echo':
      return withVisitor(
        {
          ...base,
          ...aboutMessages(base.kind, message, messageId, byPhone, context),
          byHuman: isByHuman(base.name, body),
        },
        body,
        'recipient',
        message,
      );
    case 'group':
      return groupEvent(base, body, message, messageId, context);
    case 'followed':
    case 'unfollowed':
      return withData(base, { source: maskedShort(body['source'], context, base.user) });
    case 'info_shared':
      return infoShared(base, asObject(body['info']) ?? NOTHING, context);
    case 'tag':
      return withData(base, { tag: maskedShort(asObject(body['tag'])?.['name'], context) });
    case 'account':
      return {
        ...withData(base, accountData(body, message, context)),
        ...(messageId !== undefined && ID.test(messageId) ? { messageIds: [messageId] } : {}),
      };
    case 'call':
      return withData(base, { talkMs: short(body['talk_time']), consent: short(body['user_consent']) });
    case 'contact_card':
    case 'not_shown':
      return { ...base, ...idsOf(message, messageId) };
    case 'chat_opened':
    case 'withdrawn':
    case 'unsupported':
      return base;
  }
}

/** Which particulars were shared, and of the phone number what finds a post by it; nothing of their values. */
function infoShared(base: Base, info: JsonObject, context: ParseContext): InboundEvent {
  const shared = Object.keys(info)
    .slice(0, 20)
    .map((k) => maskedShort(k, context, base.user, 40));
  const phone = phoneIn(info['phone']);
  const event = withData(base, { shared });
  return phone === null ? event : { ...event, phoneHash: context.hashPhone(phone) };
}

function withData(base: Base, data: Record<string, unknown>): InboundEvent {
  const known = Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined));
  return Object.keys(known).length === 0 ? base : { ...base, data: known };
}

function aboutMessages(
  kind: InboundKind,
  message: JsonObject,
  messageId: string | undefined,
  byPhone: boolean,
  context: ParseContext,
): Partial<InboundEvent> {
  const several = Array.isArray(message['msg_ids']) ? (message['msg_ids'] as unknown[]) : [];
  const ids = [messageId, ...several.slice(0, 100).map(asText)].filter(
    (id) => id !== undefined && ID.test(id),
  );
  const icon = maskedShort(message['react_icon'], context);
  const tracking = trackingOf(message, context);
  return {
    messageIds: ids as string[],
    ...(kind === 'received' && byPhone
      ? { data: { byPhone: true, ...(tracking === undefined ? {} : { trackingId: tracking }) } }
      : {}),
    ...(icon === undefined ? {} : { data: { icon } }),
  };
}

/** The tracking id that we gave (`render-template.ts`); what we cannot have given, or is a secret and nothing else, is left out. */
function trackingOf(message: JsonObject, context: ParseContext): string | undefined {
  const id = asText(message['tracking_id']);
  if (id === undefined || !/^[\x21-\x7e]{1,48}$/.test(id)) return undefined;
  return context.mask(id).text === MASK ? undefined : id;
}

function accountData(body: JsonObject, message: JsonObject, context: ParseContext): Record<string, unknown> {
  const status = asObject(body['status']);
  const quota = asObject(body['quota']);
  return {
    templateId: short(body['template_id']),
    status: short(status?.['new_status']),
    before: short(status?.['prev_status']) ?? short(quota?.['prev_value']),
    quality: short(body['quality']),
    quota: short(quota?.['new_value']),
    reason: maskedShort(body['reason'], context),
    method: short(asObject(body['data'])?.['method']),
    rate: short(message['rate']),
    trackingId: trackingOf(message, context),
  };
}
