/**
 * What the codes of the Bot Platform mean and what to do about them, as data. The platform documents few; they follow
 * HTTP. 408, 429 and 5xx never come here: `bot-api.ts` knows them as uncertain, throttled and not done.
 */

/** `alert`: waits until an operator mends something. `unreachable`: this chat cannot receive it. `drop`: our message was wrong. */
export type BotErrorAction = 'alert' | 'unreachable' | 'drop';

export interface BotError {
  readonly meaning: string;
  readonly action: BotErrorAction;
  /** The reason under `zalo:reasons`. */
  readonly words: string;
}

const ERRORS: ReadonlyMap<number, BotError> = new Map<number, BotError>([
  [400, { meaning: 'a parameter is invalid', action: 'drop', words: 'parameter' }],
  [401, { meaning: 'the token is not valid', action: 'alert', words: 'token' }],
  [403, { meaning: 'the bot may not write to this chat', action: 'unreachable', words: 'person_refused' }],
  [404, { meaning: 'no such bot or method', action: 'alert', words: 'gateway' }],
  [413, { meaning: 'the message is too long', action: 'drop', words: 'too_long' }],
]);
const NO_CHAT: BotError = { meaning: 'no such chat', action: 'unreachable', words: 'person_gone' };

/** A code nobody told us of: an address that answers with a redirect is a wrong one; anything else drops the message and is reported. */
export function classify(code: number, text: string): BotError {
  if ((code === 404 || code === 400) && /\b(chat|user)\b.*\bnot\b|\bno\b.*\b(chat|user)\b/i.test(text))
    return NO_CHAT;
  const known = ERRORS.get(code);
  if (known) return known;
  if (code >= 300 && code < 400) return { meaning: `HTTP ${code}`, action: 'alert', words: 'gateway' };
  return { meaning: 'unknown', action: 'drop', words: 'unknown' };
}

/** The locale key of a reason. */
export function wordsKey(reason: string): string {
  return `zalo:reasons.${reason}`;
}
