import { userKey } from '../../kernel/ids';
import type { GroupChanged, InboundEvent } from '../channel';
import { CHANNEL, cleanText, ID, idsOf } from './event-parts';
import { asObject, asText, type JsonObject } from './json';
import type { ParseContext } from './parse-event';

/** Events that belong to no person's conversation: groups, visitors without an account, and what people type in the console. */

/** Addresses that are no person; `address.ts` reads them. */
const GROUP_CHANNEL = 'zalo-group';
const VISITOR_CHANNEL = 'zalo-visitor';
const MEMBERS_MAX = 1_000;
/** Opaque ids of visitors, without what separates the two parts of their address. */
const VISITOR_PART = /^[^\s/\p{Cc}\p{Cs}]{1,256}$/u;

/** `from` becomes the visitor's address, which holds for one conversation only; left out where a part of it is missing. */
export function withVisitor(
  event: InboundEvent,
  body: JsonObject,
  party: 'sender' | 'recipient',
  message: JsonObject,
): InboundEvent {
  const conversation = asText(message['conversation_id']);
  const visitor = asText(asObject(body[party])?.['id']);
  if (conversation === undefined || visitor === undefined) return event;
  if (!VISITOR_PART.test(conversation) || !VISITOR_PART.test(visitor)) return event;
  return { ...event, from: userKey(VISITOR_CHANNEL, `${visitor}/${conversation}`) };
}

/** What an event of a group's life changes, by the names that sources give it. */
const CHANGES: ReadonlyMap<string, GroupChanged> = new Map([
  ['user_join_group', 'joined'],
  ['accept_request_join_group', 'joined'],
  ['react_request_join_group_accept', 'joined'],
  ['user_request_join_group', 'asked'],
  ['reject_request_join_group', 'refused'],
  ['react_request_join_group_reject', 'refused'],
  ['user_out_group', 'out'],
  ['user_leave_group', 'out'],
  ['add_group_admin', 'admin'],
  ['remove_group_admin', 'no_admin'],
  ['delete_group', 'dissolved'],
  ['disperse_group', 'dissolved'],
]);
const MENTION = /\[@[^\]]{0,64}\]/g;

/** Only what the channel's own console sends carries who typed it; a reaction is no answer. */
export function isByHuman(name: string, body: JsonObject): boolean {
  return name.startsWith('oa_send_') && asText(asObject(body['sender'])?.['admin_id']) !== undefined;
}

/**
 * The account hears everything in its groups. Words are kept only where they are meant for it: it is mentioned, the
 * text begins like a command, or a message is quoted that may be ours; and never where figures or a phone number stand in
 * them. The rest of the talk is none of our business.
 */
export function groupEvent(
  base: InboundEvent,
  body: JsonObject,
  message: JsonObject,
  messageId: string | undefined,
  context: ParseContext,
): InboundEvent {
  const spokenByMember = base.name.startsWith('user_send_group_');
  const group =
    asText(body['group_id']) ?? (body['message'] ? asText(asObject(body['recipient'])?.['id']) : undefined);
  const sender = asText(asObject(body['sender'])?.['id']);
  const users = Array.isArray(body['users']) ? (body['users'] as unknown[]) : [];
  const members = users
    .slice(0, MEMBERS_MAX)
    .map((item) => asText(asObject(item)?.['id']))
    .filter((id) => id !== undefined && ID.test(id))
    .map((id) => userKey(CHANNEL, id as string));
  const bare: InboundEvent = {
    ...base,
    ...idsOf(message, messageId),
    ...(group !== undefined && ID.test(group) ? { group: userKey(GROUP_CHANNEL, group) } : {}),
    ...(spokenByMember && sender !== undefined && sender !== context.oaId && ID.test(sender)
      ? { from: userKey(CHANNEL, sender) }
      : {}),
  };
  const change = CHANGES.get(base.name);
  const text = spokenByMember ? asText(message['text']) : undefined;
  const figures = text !== undefined && (context.typesFigures?.(text.replace(MENTION, ' ')) ?? false);
  const data = {
    ...(members.length > 0 ? { members } : {}),
    ...(change === undefined ? {} : { change }),
    ...(figures ? { figures } : {}),
  };
  const event: InboundEvent = Object.keys(data).length === 0 ? bare : { ...bare, data };
  if (text === undefined) return event;
  const mention = `[@${context.oaId}]`;
  const addressed = text.includes(mention) ? 'mention' : /^\s*[#/]\S/.test(text) ? 'command' : undefined;
  if (figures || (addressed === undefined && event.quote === undefined)) return event;
  // What members write to each other is not relayed: mentions inside would ring them again.
  const words = cleanText(text).replaceAll(mention, ' ').replace(MENTION, ' ');
  const masked = context.mask(words.replace(/\s+/g, ' ').trim(), event.from);
  return {
    ...event,
    text: masked.text,
    ...(addressed === undefined ? {} : { data: { ...event.data, addressed } }),
  };
}
