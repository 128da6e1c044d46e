import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Channel, InboundEvent } from '../../src/channels/channel';
import { createBotApi } from '../../src/channels/zalo-bot/bot-api';
import { createBotChannel } from '../../src/channels/zalo-bot/bot-channel';
import { parseUpdate } from '../../src/channels/zalo-bot/parse-update';
import { asObject, parseJson, type JsonObject } from '../../src/channels/zalo/json';
import { createOpenApi } from '../../src/channels/zalo/openapi';
import { parseEvent } from '../../src/channels/zalo/parse-event';
import { createZaloChannel } from '../../src/channels/zalo/zalo-channel';
import { FrozenClock } from '../../src/kernel/clock';
import { maskSecrets } from '../../src/kernel/secrets';
import { silentLog } from '../../src/observability/logger';

/** What the contract suite must know of each channel to drive it: nothing else in the suite speaks of a messenger. */
export interface ChannelDriver {
  readonly name: string;
  readonly person: string;
  /** The channel towards a server at this address that waits so long for an answer. */
  open(baseUrl: string, timeoutMs: number): { readonly channel: Channel; close(): void };
  /** The answer of its messenger to a message that was taken. */
  readonly accepted: string;
  /** An answer with one of its codes that says «too many requests». */
  readonly throttled: string;
  /** Texts of one request that a person would read, each as one bubble. */
  textsOf(body: JsonObject): string[];
  buttonsOf(body: JsonObject): unknown[];
  /** Documented events, by name. */
  readonly samples: readonly (readonly [name: string, text: string])[];
  /** The event of a body; null where it is none of ours. */
  read(text: string): InboundEvent | null;
}

const NOW = new Date('2026-03-12T01:00:00Z');
const SAMPLES = join(__dirname, '../fixtures/zalo/webhook');
const mask = (text: string) => maskSecrets(text, () => 'hash');
const now = (): Date => NOW;
const clock = new FrozenClock(NOW);

function samplesOf(which: (file: string) => boolean): [string, string][] {
  return readdirSync(SAMPLES)
    .filter((file) => file.endsWith('.json') && which(file))
    .map((file) => [file.replace('.json', ''), readFileSync(join(SAMPLES, file), 'utf8')]);
}

const strings = (...values: unknown[]): string[] => values.filter((value) => typeof value === 'string');

const officialAccount: ChannelDriver = {
  name: 'zalo',
  person: 'zalo:3344556677889900112',
  open(baseUrl, timeoutMs) {
    const api = createOpenApi({ baseUrl, timeoutMs });
    const token = { accessToken: 'token', generation: 1 };
    const tokens = { current: async () => token, renew: async () => token };
    const channel = createZaloChannel({ api, tokens, clock, log: silentLog });
    return { channel, close: () => api.close() };
  },
  accepted: '{"error":0,"message":"Success","data":{"message_id":"m1"}}',
  throttled: '{"error":-32,"message":"Rate limit"}',
  textsOf: (body) => strings(asObject(body['message'])?.['text']),
  buttonsOf: (body) => {
    const payload = asObject(asObject(asObject(body['message'])?.['attachment'])?.['payload']);
    return Array.isArray(payload?.['buttons']) ? (payload['buttons'] as unknown[]) : [];
  },
  samples: samplesOf((file) => !file.startsWith('bot--')),
  read(text) {
    const body = asObject(parseJson(text)) ?? {};
    const hashPhone = (phone: string): string => `hash of ${phone.length}`;
    const context = { appId: '1122334455667788990', oaId: '2233445566778899001', mask, hashPhone, now };
    const parsed = parseEvent(body, Buffer.from(text), false, context);
    return parsed.outcome === 'event' ? parsed.event : null;
  },
};

const botPlatform: ChannelDriver = {
  name: 'zalo-bot',
  person: 'zalo-bot:b1c2d3e4f5a6978877',
  open(baseUrl, timeoutMs) {
    const api = createBotApi({ baseUrl, token: '1234567890:abc', timeoutMs });
    const channel = createBotChannel({ api, clock, log: silentLog, wait: async () => undefined });
    return { channel, close: () => api.close() };
  },
  accepted: '{"ok":true,"result":{"message_id":"m1","date":1790003200000}}',
  throttled: '{"ok":false,"error_code":429,"description":"Too Many Requests"}',
  textsOf: (body) => strings(body['text'], body['caption']),
  buttonsOf: () => [],
  samples: samplesOf((file) => file.startsWith('bot--')),
  read: (text) => parseUpdate(asObject(parseJson(text)) ?? {}, Buffer.from(text), { mask, now }),
};

/** Every channel there is; a new folder in `src/channels` needs a driver here. */
export const DRIVERS: readonly ChannelDriver[] = [officialAccount, botPlatform];
