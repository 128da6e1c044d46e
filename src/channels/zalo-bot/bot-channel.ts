/**
 * The channel of the Zalo Bot Platform: one message out, perhaps in several parts, and what became of it in the words of
 * `SendResult`. Parts go in order, and when one fails the rest stays behind. A part that may have arrived is never
 * repeated here; one that certainly did not is tried again only when an earlier part has already gone, because then the
 * message as a whole can no longer be repeated.
 */
import type { Clock } from '../../kernel/clock';
import type { UserKey } from '../../kernel/ids';
import { backoffMs, sleep } from '../../kernel/retry';
import { HOUR, MINUTE } from '../../kernel/vn-time';
import type { Logger } from '../../observability/logger';
import type { Channel, OutboundMessage, SendResult } from '../channel';
import { asText, type JsonObject } from '../zalo/json';
import type { BotAnswer, BotApi } from './bot-api';
import { classify, wordsKey } from './errors';
import { CHANNEL } from './parse-update';
import { BOT_LIMITS, render } from './render';
import type { BotCall } from './wire';

export interface BotChannelOptions {
  readonly api: BotApi;
  /** The same for requests that the sender has not counted: they wait for their turn. Absent: as `api`. */
  readonly paced?: BotApi;
  readonly clock: Clock;
  readonly log: Logger;
  readonly random?: () => number;
  /** Waits in real time between two tries of a later part; a test does not. */
  readonly wait?: (ms: number) => Promise<void>;
}

const DOWN = 5_000;
/** Tries of a part behind one that has gone. */
const PART_TRIES = 3;

/** `detail` of a result is a locale key of `zalo:reasons`, or, of uncertain and repeated sends, a few technical words. */
export function createBotChannel(options: BotChannelOptions): Channel {
  return {
    name: CHANNEL,
    limits: BOT_LIMITS,
    send: (to, message, still) => send(options, to, message, still),
  };
}

async function send(
  options: BotChannelOptions,
  to: UserKey,
  message: OutboundMessage,
  still: () => Promise<boolean> = async () => true,
): Promise<SendResult> {
  const calls = render(to, message);
  if (calls === null)
    return {
      outcome: 'refused',
      detail: wordsKey(message.kind === 'text' ? 'nothing_to_send' : 'message_kind'),
    };
  let result: SendResult = { outcome: 'refused', detail: wordsKey('nothing_to_send') };
  for (const [place, call] of calls.entries()) {
    result =
      place === 0 ? await attempt(options.api, options, call) : await attemptLater(options, call, still);
    if (result.outcome === 'sent') continue;
    if (place === 0) return result;
    return { outcome: 'uncertain', detail: `part ${place + 1} of ${calls.length}: ${result.detail}` };
  }
  return result;
}

async function attemptLater(
  options: BotChannelOptions,
  call: BotCall,
  still: () => Promise<boolean>,
): Promise<SendResult> {
  for (let tried = 1; ; tried += 1) {
    if (!(await still())) return { outcome: 'uncertain', detail: 'sent by another' };
    const result = await attempt(options.paced ?? options.api, options, call);
    if (result.outcome !== 'retry' || tried >= PART_TRIES) return result;
    await (options.wait ?? sleep)(backoffMs(tried, 500, 2_000));
  }
}

async function attempt(api: BotApi, options: BotChannelOptions, call: BotCall): Promise<SendResult> {
  return resultOf(options, await api.call(call.method, call.body));
}

function resultOf(options: BotChannelOptions, answer: BotAnswer): SendResult {
  switch (answer.outcome) {
    case 'ok': {
      const messageId = messageIdOf(answer.result);
      return messageId === undefined
        ? { outcome: 'uncertain', detail: 'answer names no message' }
        : { outcome: 'sent', messageId };
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
      return resultOfCode(options, answer.code, answer.text);
  }
}

function resultOfCode(options: BotChannelOptions, code: number, text: string): SendResult {
  const error = classify(code, text);
  const detail = wordsKey(error.words);
  // The platform's own text stays out of the log: it may repeat what we sent.
  if (error.action !== 'unreachable')
    options.log.error({ code, meaning: error.meaning, words: detail }, 'the bot platform refused a message');
  switch (error.action) {
    case 'alert':
      return { outcome: 'alert', detail, afterMs: error.words === 'token' ? MINUTE : HOUR };
    case 'unreachable':
      return { outcome: 'unreachable', detail };
    case 'drop':
      return { outcome: 'refused', detail };
  }
}

function messageIdOf(result: JsonObject): string | undefined {
  return asText(result['message_id']) ?? asText(result['msg_id']);
}

function toNextMinute(options: BotChannelOptions): number {
  const left = MINUTE - (options.clock.now().getTime() % MINUTE);
  return left + 50 + Math.floor((options.random ?? Math.random)() * 500);
}
