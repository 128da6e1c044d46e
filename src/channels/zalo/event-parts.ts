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

/** At most 256 characters of a text that a person wrote, masked. */
export function maskedShort(value: unknown, context: ParseContext): string | undefined {
  const text = asText(value);
  return text === undefined ? undefined : context.mask(cleanText(text).slice(0, 256)).text;
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
