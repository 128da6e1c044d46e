import type { Attachment, InboundEvent } from '../channel';
import { cleanText, ID, maskedAddress, maskedName, maskedShort, short } from './event-parts';
import { asObject, asText, type JsonObject } from './json';
import type { ParseContext } from './parse-event';

/** What stands inside a message: its text without secrets, its pictures and papers. */

const URL_MAX = 2_000;
const ATTACHMENTS_MAX = 20;
export const NOTHING: JsonObject = {};

export type Base = Pick<
  InboundEvent,
  'id' | 'channel' | 'kind' | 'name' | 'user' | 'eventAt' | 'secrets' | 'opensWindow'
>;

/** Fills the fields in place: this is the one path that is taken thousands of times a second. */
export function spoken(
  base: Base,
  message: JsonObject,
  messageId: string | undefined,
  context: ParseContext,
): InboundEvent {
  const out: { -readonly [K in keyof InboundEvent]: InboundEvent[K] } = base;
  const { kind } = base;
  if (messageId !== undefined && ID.test(messageId)) out.messageId = messageId;
  const quoted = asText(message['quote_msg_id']);
  if (quoted !== undefined && ID.test(quoted)) out.quote = quoted;
  const text = asText(message['text']);
  if (text !== undefined) {
    const masked = context.mask(cleanText(text), base.user);
    out.text = masked.text;
    if (masked.codeHash !== undefined) out.codeHash = masked.codeHash;
  }
  if (kind === 'text') return out;
  const list = Array.isArray(message['attachments']) ? (message['attachments'] as unknown[]) : [];
  const found = list.slice(0, ATTACHMENTS_MAX).map((item) => attachmentOf(asObject(item), base, context));
  const attachments = found.filter((item) => item !== null);
  if (attachments.length > 0) out.attachments = attachments;
  if (kind === 'location') out.data = coordinatesOf(list);
  return out;
}

function attachmentOf(
  item: JsonObject | undefined,
  { kind, user }: Base,
  context: ParseContext,
): Attachment | null {
  const type = short(item?.['type']);
  if (type === undefined) return null;
  const payload = asObject(item?.['payload']) ?? NOTHING;
  const given = asText(payload['url']);
  // A link is what a person wrote; the address of a picture is Zalo's and must stay as it is to be fetched.
  const url = given !== undefined && kind === 'link' ? maskedAddress(given, context, user) : given;
  const name = (kind === 'file' ? maskedName : maskedShort)(payload['name'], context, user);
  return {
    type,
    ...(url !== undefined && url.length <= URL_MAX && /^https?:\/\//i.test(url) ? { url } : {}),
    ...(name === undefined ? {} : { name }),
    ...(kind === 'file' ? sizeOf(payload['size']) : {}),
  };
}

/** Zalo says the size of a file as a string of bytes. */
function sizeOf(value: unknown): { bytes?: number } {
  const said = asText(value) ?? '';
  return /^\d{1,12}$/.test(said) ? { bytes: Number(said) } : {};
}

function coordinatesOf(list: readonly unknown[]): Record<string, unknown> {
  const coordinates = asObject(asObject(asObject(list[0])?.['payload'])?.['coordinates']) ?? NOTHING;
  return { latitude: short(coordinates['latitude']), longitude: short(coordinates['longitude']) };
}

/** A shared contact comes as a link whose description is JSON with a phone number. */
export function isContactCard(message: JsonObject): boolean {
  const list = Array.isArray(message['attachments']) ? (message['attachments'] as unknown[]) : [];
  const description = asText(asObject(asObject(list[0])?.['payload'])?.['description']);
  return description !== undefined && description.startsWith('{') && description.includes('"phone"');
}
