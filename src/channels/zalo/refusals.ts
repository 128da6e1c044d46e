import { maskSecrets } from '../../kernel/secrets';
import type { Logger } from '../../observability/logger';
import { redactText } from '../../observability/redact';
import type { ErrorFamily, ZaloError } from './errors';

/** What the log hears of refusals. */
export interface Refusals {
  /**
   * Codes that only our people can mend are logged each time, without Zalo's own words: they may repeat what we sent. A
   * code nobody told us of is logged once with those words, masked, so that it can be put into the table.
   */
  note(family: ErrorFamily, error: ZaloError, text: string, sent: object): void;
}

const QUIET = new Set(['minute', 'retry', 'hours', 'morning', 'closed', 'unreachable']);
const CODES_KEPT = 500;

export function createRefusals(log: Logger): Refusals {
  const met = new Set<string>();
  return {
    note(family, error, text, sent) {
      const { code, meaning, words } = error;
      const key = `${family}:${code}`;
      if (error.unknown && !met.has(key) && met.size < CODES_KEPT) {
        met.add(key);
        log.error(
          { family, code, answer: maskedAnswer(text, sent) },
          'zalo answered with a code not in the table',
        );
      }
      if (!QUIET.has(error.action)) log.error({ code, meaning, words }, 'zalo refused a message');
    },
  };
}

/** Zalo's words without any word of ours, without numbers of people, at most 200 characters. */
export function maskedAnswer(text: string, sent: object): string {
  const ours = new Set(wordsOf(Object.values(sent)));
  const strange = text.replace(/[\p{L}\p{M}\p{N}]+/gu, (word) => (ours.has(fold(word)) ? '…' : word));
  return redactText(maskSecrets(strange, () => '').text)
    .replace(/\d{6,}/g, '…')
    .slice(0, 200);
}

function wordsOf(value: unknown): string[] {
  if (typeof value === 'string') return (value.match(/[\p{L}\p{M}\p{N}]+/gu) ?? []).map(fold);
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(wordsOf) : [];
}

function fold(word: string): string {
  return word.normalize('NFC').toLowerCase();
}
