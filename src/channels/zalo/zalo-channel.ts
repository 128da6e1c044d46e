/**
 * The Zalo channel: one message out, and what became of it in the words of `SendResult`. A send that may have arrived is
 * never repeated here; a refused token is renewed once and the send repeated once, which is safe because Zalo did nothing.
 */
import type { Clock } from '../../kernel/clock';
import { isAppError } from '../../kernel/errors';
import type { UserKey } from '../../kernel/ids';
import { DAY, HOUR, inVietnam, MINUTE } from '../../kernel/vn-time';
import type { Logger } from '../../observability/logger';
import type { Channel, OutboundMessage, SendResult } from '../channel';
import { readAddress } from './address';
import { acceptedMessage, sendMessage } from './api/messages';
import { classify, wordsKey, type ErrorFamily, type ZaloError } from './errors';
import type { ApiAnswer, OpenApi, RateState } from './openapi';
import { CHANNEL } from './parse-event';
import { render, ZALO_LIMITS, type Rendered } from './render';
import type { Token, ZaloTokens } from './tokens';

export interface ZaloChannelOptions {
  readonly api: OpenApi;
  readonly tokens: Pick<ZaloTokens, 'current' | 'renew'>;
  readonly clock: Clock;
  readonly log: Logger;
  /** Told after each answer that carries Zalo's rate headers. */
  readonly onRate?: (rate: RateState) => void;
  readonly random?: () => number;
}

const SOON = 2_000;
const DOWN = 5_000;
const WAIT_OPERATOR = HOUR;
const WAIT_TOKEN = MINUTE;
const LATER = 3 * HOUR;

/** `detail` of a result is a locale key of `zalo:reasons`, or, of uncertain and repeated sends, a few technical words. */
export function createZaloChannel(options: ZaloChannelOptions): Channel {
  return { name: CHANNEL, limits: ZALO_LIMITS, send: (to, message) => send(options, to, message) };
}

async function send(options: ZaloChannelOptions, to: UserKey, message: OutboundMessage): Promise<SendResult> {
  const address = readAddress(to);
  const rendered = address && render(address, message, { without: new Set(['list']) });
  if (rendered === null) return { outcome: 'refused', detail: wordsKey('nothing_to_send') };
  try {
    const token = await options.tokens.current();
    const answer = await attempt(options, token, rendered);
    if (!isTokenRefused(answer, rendered.family)) return resultOf(options, rendered.family, answer);
    const next = await options.tokens.renew(token.generation);
    return resultOf(options, rendered.family, await attempt(options, next, rendered));
  } catch (error) {
    return withoutToken(error);
  }
}

async function attempt(options: ZaloChannelOptions, token: Token, rendered: Rendered): Promise<ApiAnswer> {
  const answer = await sendMessage(options.api, token.accessToken, rendered);
  if (
    (answer.outcome === 'ok' || answer.outcome === 'code') &&
    (answer.rate.limit ?? answer.rate.remain) !== null
  )
    options.onRate?.(answer.rate);
  return answer;
}

function isTokenRefused(answer: ApiAnswer, family: ErrorFamily): boolean {
  return answer.outcome === 'code' && classify(family, answer.code, answer.text).action === 'refresh';
}

/** Nothing was sent: there is no token at present. */
function withoutToken(error: unknown): SendResult {
  if (isAppError(error, 'zalo_token_dead'))
    return { outcome: 'alert', detail: wordsKey('token_dead'), afterMs: WAIT_TOKEN };
  if (isAppError(error, 'zalo_refused'))
    return { outcome: 'alert', detail: wordsKey('token'), afterMs: WAIT_TOKEN };
  if (isAppError(error) && error.kind.retry) return { outcome: 'retry', afterMs: DOWN, detail: error.code };
  throw error;
}

function resultOf(options: ZaloChannelOptions, family: ErrorFamily, answer: ApiAnswer): SendResult {
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
    case 'throttled':
      return {
        outcome: 'retry',
        afterMs: answer.afterMs ?? toNextMinute(options),
        detail: wordsKey('rate'),
        throttled: true,
      };
    case 'code':
      return resultOfCode(options, classify(family, answer.code, answer.text));
  }
}

function resultOfCode(options: ZaloChannelOptions, error: ZaloError): SendResult {
  const detail = error.words;
  switch (error.action) {
    case 'minute':
      return { outcome: 'retry', afterMs: toNextMinute(options), detail, throttled: true };
    case 'retry':
      return { outcome: 'retry', afterMs: SOON, detail };
    case 'hours':
      return { outcome: 'retry', afterMs: LATER, detail };
    case 'morning':
      return { outcome: 'retry', afterMs: toTimeOfDay(options, 6, 5), detail };
    case 'tomorrow':
      say(options, error);
      return { outcome: 'retry', afterMs: toTimeOfDay(options, 0, 5), detail };
    case 'closed':
      return { outcome: 'closed', detail };
    case 'unreachable':
      return { outcome: 'unreachable', detail };
    case 'refresh':
      say(options, error);
      return { outcome: 'alert', detail, afterMs: WAIT_TOKEN };
    case 'alert':
      say(options, error);
      return { outcome: 'alert', detail, afterMs: WAIT_OPERATOR };
    case 'drop':
      say(options, error);
      return { outcome: 'refused', detail };
  }
}

/** Zalo's own text stays out of the log: it may repeat what we sent. */
function say(options: ZaloChannelOptions, error: ZaloError): void {
  options.log.error(
    { code: error.code, meaning: error.meaning, words: error.words },
    'zalo refused a message',
  );
}

/** Zalo counts by the minute of the clock. The senders do not all come back in the same instant. */
function toNextMinute(options: ZaloChannelOptions): number {
  const left = MINUTE - (options.clock.now().getTime() % MINUTE);
  return left + 50 + Math.floor((options.random ?? Math.random)() * 500);
}

/** Until the clocks in Viet Nam next show this, and up to ten minutes more. */
function toTimeOfDay(options: ZaloChannelOptions, hour: number, minute: number): number {
  const now = options.clock.now();
  const today = inVietnam(now).set({ hour, minute, second: 0, millisecond: 0 }).toMillis() - now.getTime();
  return (today > 0 ? today : today + DAY) + Math.floor((options.random ?? Math.random)() * 10 * MINUTE);
}
