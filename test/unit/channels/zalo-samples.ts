import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asObject, parseJson, type JsonObject } from '../../../src/channels/zalo/json';
import type { ParseContext } from '../../../src/channels/zalo/parse-event';

export const SAMPLES = join(__dirname, '../../fixtures/zalo/webhook');
export const APP = '1122334455667788990';
export const OA = '2233445566778899001';
export const USER = '3344556677889900112';
export const SECRET = 'OaSecretKeyExample01';

export const context: ParseContext = {
  appId: APP,
  oaId: OA,
  mask: (text) => ({ text, secrets: [] }),
  hashPhone: (phone) => `hash of ${phone.length} digits, ends in ${phone.slice(-1)}`,
  now: () => new Date('2026-03-12T01:00:00Z'),
};

/** A sample as Zalo would send it: compact. */
export function sampleText(file: string): string {
  return JSON.stringify(JSON.parse(readFileSync(join(SAMPLES, file), 'utf8')));
}

export function bodyOf(text: string): JsonObject {
  return asObject(parseJson(text)) ?? {};
}

export function sign(raw: string | Buffer, timestamp: string, secret = SECRET, first = APP): string {
  return `mac=${createHash('sha256').update(first).update(raw).update(timestamp).update(secret).digest('hex')}`;
}

/** The body of a text message, with fields replaced. */
export function textBody(change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    app_id: APP,
    sender: { id: USER },
    recipient: { id: OA },
    event_name: 'user_send_text',
    message: { text: 'báo cáo', msg_id: 'c0ffee0000' },
    timestamp: '1790000000000',
    ...change,
  });
}
