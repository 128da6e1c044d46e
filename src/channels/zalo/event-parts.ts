import type { UserKey } from '../../kernel/ids';
import type { InboundEvent } from '../channel';
import { asText, type JsonObject } from './json';
import type { ParseContext } from './parse-event';

/** Small readings that every kind of event shares: ids, short texts, texts that are masked before anybody sees them. */

export const CHANNEL = 'zalo';
/** What an id of Zalo may look like. */
export const ID = /^[\w.:-]{1,128}$/;
/** Longer texts than Zalo lets a person send; the rest would only cost time. */
const TEXT_MAX = 8_000;

/** The message's own id and that of the message it answers. */
export function idsOf(
  message: JsonObject,
  messageId: string | undefined,
): Pick<InboundEvent, 'messageId' | 'quote'> {
  const quoted = asText(message['quote_msg_id']);
  return {
    ...(messageId !== undefined && ID.test(messageId) ? { messageId } : {}),
    ...(quoted !== undefined && ID.test(quoted) ? { quote: quoted } : {}),
  };
}

/** At most 128 characters of a text that no person wrote. */
export function short(value: unknown): string | undefined {
  return asText(value)?.slice(0, 128);
}

/** At most so many characters of a text that a person wrote, masked. `sender`: who wrote it, where known. */
export function maskedShort(
  value: unknown,
  context: ParseContext,
  sender?: UserKey | null,
  most = 256,
): string | undefined {
  const text = asText(value);
  if (text === undefined) return undefined;
  // Masked whole: half a secret is no longer known for one.
  return context.mask(cleanText(text), sender, 'beside').text.slice(0, most);
}

/** What a file is called, masked; what stands before the ending is judged by itself. */
export function maskedName(
  value: unknown,
  context: ParseContext,
  sender: UserKey | null,
): string | undefined {
  const [, stem, ending = ''] = /^(.*?)(\.[a-z\d]{1,5})?$/is.exec(asText(value) ?? '') ?? [];
  const masked = maskedShort(stem || undefined, context, sender, 250);
  return masked === undefined ? maskedShort(value, context, sender) : masked + ending;
}

/** An address that a person wrote, masked: also what it hides behind `%20` and the like. */
export function maskedAddress(address: string, context: ParseContext, sender: UserKey | null): string {
  const [page = '', query] = address.split(/\?(.*)/s);
  const fields = query?.split('&').map((field) => {
    const [key = '', value = ''] = field.split(/=(.*)/s);
    // The number of an article is no secret.
    if (/id$/i.test(key)) return field;
    const masked = context.mask(plain(value), sender, 'beside');
    return masked.secrets.length === 0 ? field : `${key}=${masked.text}`;
  });
  const whole = fields === undefined ? page : `${page}?${fields.join('&')}`;
  const masked = context.mask(plain(whole), sender, 'beside');
  return (masked.secrets.length === 0 ? whole : masked.text).replace(/\s+/g, '+');
}

function plain(written: string): string {
  try {
    return cleanText(decodeURIComponent(written.replaceAll('+', ' ')));
  } catch {
    return cleanText(written);
  }
}

/** NFC, without halves of characters and control characters, which stores and people alike cannot read. */
export function cleanText(text: string): string {
  const cut = text.length > TEXT_MAX ? text.slice(0, TEXT_MAX) : text;
  return cut.replace(/(?![\n\t])[\p{Cc}\p{Cs}]/gu, '').normalize('NFC');
}

/** A Vietnamese phone number as `84…`, which some events carry as a number; null for anything else. */
export function phoneIn(value: unknown): string | null {
  const digits = (asText(value) ?? '').replace(/[\s.()+-]/g, '');
  const national = /^(?:84|0)?([35789]\d{8}|2\d{9})$/.exec(digits)?.[1];
  return national === undefined ? null : `84${national}`;
}
