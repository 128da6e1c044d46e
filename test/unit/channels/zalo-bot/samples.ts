import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ParseContext } from '../../../../src/channels/zalo-bot/parse-update';
import { parseUpdate } from '../../../../src/channels/zalo-bot/parse-update';
import type { InboundEvent } from '../../../../src/channels/channel';
import type { JsonObject } from '../../../../src/channels/zalo/json';
import { maskSecrets } from '../../../../src/kernel/secrets';

/** Updates as the platform documents them, and the person in them. */

export const PERSON = 'zalo-bot:b1c2d3e4f5a6978877';
export const NOW = new Date('2026-03-12T01:00:00Z');

export const context: ParseContext = {
  mask: (text) => maskSecrets(text, (digits) => `hash of ${digits.length}`),
  now: () => NOW,
};

export function sample(name: string): JsonObject {
  return JSON.parse(sampleText(name)) as JsonObject;
}

export function sampleText(name: string): string {
  return readFileSync(join(__dirname, `../../../fixtures/zalo/webhook/bot--message.${name}.json`), 'utf8');
}

export function parsed(body: object): InboundEvent {
  const raw = Buffer.from(JSON.stringify(body));
  return parseUpdate(body as JsonObject, raw, context);
}

/** A text update with some fields of its message changed. */
export function textUpdate(change: object): JsonObject {
  const { result } = sample('text.received') as { result: { event_name: string; message: object } };
  return { ok: true, result: { ...result, message: { ...result.message, ...change } } };
}
