/** What Zalo answered to a send → what became of it, in the words of the border. */
import type { Clock } from '../../kernel/clock';
import { isAppError } from '../../kernel/errors';
import { DAY, HOUR, inVietnam, MINUTE } from '../../kernel/vn-time';
import type { SendResult } from '../channel';
import { acceptedMessage } from './api/messages';
import { classify, type ErrorFamily, wordsKey, type ZaloError } from './errors';
import type { ApiAnswer } from './openapi';
import { asText, type JsonObject } from './json';

const SOON = 2_000;
/** How long a send waits after Zalo, or a store of ours, was away. */
export const DOWN = 5_000;
const WAIT_OPERATOR = HOUR;
const WAIT_TOKEN = MINUTE;
const LATER = 3 * HOUR;

export interface Moment {
  readonly clock: Clock;
  readonly random?: () => number;
}

/** `detail` is a locale key of `zalo:reasons`, or, of uncertain and repeated sends, a few technical words. */
export function resultOf(moment: Moment, family: ErrorFamily, answer: ApiAnswer): SendResult {
  switch (answer.outcome) {
    case 'ok': {
      const accepted = acceptedMessage(answer.data);
      return accepted
        ? { outcome: 'sent', ...accepted }
        : { outcome: 'uncertain', detail: 'answer names no message' };
    }
    case 'unknown':
      return { outcome: 'uncertain', detail: answer.detail };
    case 'not_done':
      return { outcome: 'retry', afterMs: DOWN, detail: answer.detail };
    case 'throttled': {
      const afterMs = answer.afterMs ?? toNextMinute(moment);
      return { outcome: 'retry', afterMs, detail: wordsKey('rate'), throttled: true };
    }
    case 'code':
      return resultOfCode(moment, classify(family, answer.code, answer.text));
  }
}

function resultOfCode(moment: Moment, error: ZaloError): SendResult {
  const detail = error.words;
  switch (error.action) {
    case 'minute':
      return { outcome: 'retry', afterMs: toNextMinute(moment), detail, throttled: true };
    case 'retry':
      return { outcome: 'retry', afterMs: SOON, detail };
    case 'hours':
      return { outcome: 'retry', afterMs: LATER, detail };
    case 'morning':
      return { outcome: 'retry', afterMs: toTimeOfDay(moment, 6, 5), detail };
    case 'tomorrow':
      return { outcome: 'retry', afterMs: toTimeOfDay(moment, 0, 5), detail };
    case 'closed':
    case 'switch':
      return { outcome: 'closed', detail };
    case 'unreachable':
      return { outcome: 'unreachable', detail };
    case 'refresh':
      return { outcome: 'alert', detail, afterMs: WAIT_TOKEN };
    case 'alert':
      return { outcome: 'alert', detail, afterMs: WAIT_OPERATOR };
    case 'drop':
      return { outcome: 'refused', detail };
  }
}

/** Nothing was sent: there is no token at present. Throws the error again when it is something else. */
export function resultWithoutToken(error: unknown): SendResult {
  if (isAppError(error, 'zalo_token_dead'))
    return { outcome: 'alert', detail: wordsKey('token_dead'), afterMs: WAIT_TOKEN };
  if (isAppError(error, 'zalo_refused'))
    return { outcome: 'alert', detail: wordsKey('token'), afterMs: WAIT_TOKEN };
  if (isAppError(error) && error.kind.retry) return { outcome: 'retry', afterMs: DOWN, detail: error.code };
  throw error;
}

/** A message that we found wrong ourselves; `reason` is one of `zalo:reasons`. */
export function refused(reason: string): Extract<SendResult, { outcome: 'refused' }> {
  return { outcome: 'refused', detail: wordsKey(reason) };
}

/** A message that can only go once an operator has mended something. */
export function alert(reason: string): SendResult {
  return { outcome: 'alert', detail: wordsKey(reason), afterMs: WAIT_OPERATOR };
}

/** Zalo counts by the minute of the clock. The senders do not all come back in the same instant. */
function toNextMinute(moment: Moment): number {
  const left = MINUTE - (moment.clock.now().getTime() % MINUTE);
  return left + 50 + Math.floor((moment.random ?? Math.random)() * 500);
}

/** Until the clocks in Viet Nam next show this, and up to ten minutes more. */
function toTimeOfDay(moment: Moment, hour: number, minute: number): number {
  const now = moment.clock.now();
  const today = inVietnam(now).set({ hour, minute, second: 0, millisecond: 0 }).toMillis() - now.getTime();
  return (today > 0 ? today : today + DAY) + Math.floor((moment.random ?? Math.random)() * 10 * MINUTE);
}

/** What paid for a message, as the answer says. */
export interface Quota {
  /** Zalo's word, such as `reply` or `sub_quota`. */
  readonly kind: string;
  /** Messages left of it; null when not told. */
  readonly remain: number | null;
}

/**
 * Reads the quota block of an answer. Null when it does not say what paid: then the message was charged. `remain` comes
 * as text in some answers and as a number in others; the daily allowance of templates by phone is no payment.
 */
export function readQuota(block: JsonObject): Quota | null {
  const kind = asText(block['quota_type']);
  if (kind === undefined || kind === '') return null;
  const remain = Number(block['remain'] ?? NaN);
  return { kind, remain: Number.isFinite(remain) ? remain : null };
}
