/**
 * One update of the Zalo Bot Platform → one `InboundEvent`. Only fields we name are taken over, each by its own type, so
 * a body may hold anything without harm. The person's name stays behind; texts are normalised and masked before anybody
 * else sees them. The conversation belongs to the chat, which is where answers are sent.
 */
import { sha256Hex, userKey, type UserKey } from '../../kernel/ids';
import type { DoorMask } from '../../kernel/secrets';
import type { Attachment, InboundEvent, InboundKind } from '../channel';
import { asObject, asText, type JsonObject } from '../zalo/json';

export const CHANNEL = 'zalo-bot';
/** The word of the address of a group. */
export const GROUP = 'zalo-bot-group';

export interface ParseContext {
  readonly mask: DoorMask;
  /** The instant used where the update names none. */
  readonly now: () => Date;
}

/** Longer texts than a person can send; the rest would only cost time. */
const TEXT_MAX = 8_000;
const URL_MAX = 2_000;
export const ID = /^[\w.:-]{1,128}$/;
/** An instant below this is in seconds. */
const SECONDS_BELOW = 100_000_000_000;
const NOTHING: JsonObject = {};

interface Rule {
  readonly kind: InboundKind;
  /** Where the text stands. */
  readonly text?: string;
  /** Where the address of what was sent stands, the first that is there; the documents and shipped clients differ. */
  readonly urls?: readonly string[];
}

const RULES: ReadonlyMap<string, Rule> = new Map<string, Rule>([
  ['message.text.received', { kind: 'text', text: 'text' }],
  ['message.image.received', { kind: 'image', text: 'caption', urls: ['photo_url', 'photo'] }],
  ['message.sticker.received', { kind: 'sticker', urls: ['url'] }],
  ['message.voice.received', { kind: 'audio', urls: ['voice_url'] }],
]);
const UNKNOWN: Rule = { kind: 'unsupported' };
/** `message.unsupported.received`, and messages of kinds that came after this was written. */
const UNSHOWN: Rule = { kind: 'not_shown' };

/** `body` is the update itself or wrapped in `result`; `raw` are the bytes as received. */
export function parseUpdate(body: JsonObject, raw: Buffer, context: ParseContext): InboundEvent {
  const update = asObject(body['result']) ?? body;
  const message = asObject(update['message']) ?? NOTHING;
  const chat = asObject(message['chat']) ?? NOTHING;
  const from = asObject(message['from']) ?? NOTHING;
  const given = asText(update['event_name']) ?? '';
  const name = /^[a-z][a-z_.]{0,63}$/.test(given) ? given : 'unnamed';
  const messageId = idOf(message['message_id']);
  const chatId = idOf(chat['id']) ?? idOf(from['id']);
  const fromSomebody = chatId !== undefined && /^message\.\w+\.received$/.test(name);
  const rule = RULES.get(name) ?? (fromSomebody ? UNSHOWN : UNKNOWN);
  const sender = idOf(from['id']);
  const inGroup = /^group$/i.test(asText(chat['chat_type']) ?? '');
  const ofBot = from['is_bot'] === true;
  return {
    id: messageId === undefined ? `${name}:${sha256Hex(raw).slice(0, 40)}` : `${name}:${messageId}`,
    channel: CHANNEL,
    kind: inGroup ? 'group' : ofBot ? 'echo' : rule.kind,
    name,
    user: inGroup || chatId === undefined ? null : userKey(CHANNEL, chatId),
    eventAt: instantOf(message['date'], context),
    ...textOf(rule, message, inGroup || chatId === undefined ? null : userKey(CHANNEL, chatId), context),
    opensWindow: !inGroup && !ofBot,
    ...attachmentsOf(rule, message),
    ...(messageId === undefined ? {} : { messageId }),
    ...(inGroup && chatId !== undefined ? { group: userKey(GROUP, chatId) } : {}),
    ...(inGroup && sender !== undefined ? { from: userKey(CHANNEL, sender) } : {}),
    // In a group only what mentions or answers the bot reaches it.
    ...(inGroup && !ofBot ? { data: { addressed: 'mention' } } : {}),
    ...(ofBot ? { byHuman: false } : {}),
  };
}

function textOf(
  rule: Rule,
  message: JsonObject,
  sender: UserKey | null,
  context: ParseContext,
): Pick<InboundEvent, 'text' | 'secrets' | 'codeHash'> {
  const text = rule.text === undefined ? undefined : asText(message[rule.text]);
  if (text === undefined) return { secrets: [] };
  const masked = context.mask(cleanText(text), sender);
  return {
    text: masked.text,
    secrets: masked.secrets,
    ...(masked.codeHash === undefined ? {} : { codeHash: masked.codeHash }),
  };
}

function attachmentsOf(rule: Rule, message: JsonObject): { readonly attachments?: readonly Attachment[] } {
  if (rule.urls === undefined) return {};
  const url = rule.urls.map((field) => asText(message[field])).find((value) => value !== undefined);
  const usable = url !== undefined && url.length <= URL_MAX && /^https?:\/\//i.test(url);
  return { attachments: [usable ? { type: rule.kind, url } : { type: rule.kind }] };
}

function instantOf(value: unknown, context: ParseContext): Date {
  const given = Number(asText(value));
  const ms = given < SECONDS_BELOW ? given * 1000 : given;
  return ms > 0 && ms < 8.64e15 ? new Date(ms) : context.now();
}

function idOf(value: unknown): string | undefined {
  const id = asText(value);
  return id !== undefined && ID.test(id) ? id : undefined;
}

/** NFC, without halves of characters and control characters, which stores and people alike cannot read. */
function cleanText(text: string): string {
  const cut = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
  return cut.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '').normalize('NFC');
}
