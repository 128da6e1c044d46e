import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { InboundEvent } from '../../../../src/channels/channel';
import { createBotWebhookHandler } from '../../../../src/channels/zalo-bot/webhook.routes';
import { FrozenClock } from '../../../../src/kernel/clock';
import { AppError } from '../../../../src/kernel/errors';
import { maskSecrets } from '../../../../src/kernel/secrets';
import { createLog } from '../../../../src/observability/logger';
import { createMetrics } from '../../../../src/observability/metrics';
import { Random } from '../../../support/random';
import { NOW, sampleText, textUpdate } from './samples';

const SECRET = 'secret-of-the-bot';
const events: InboundEvent[] = [];
const lines: string[] = [];
let full = false;
let metrics = createMetrics();
let url: string;

const server = http.createServer((req, res) => {
  if (handler(req, res)) return;
  res.statusCode = 418;
  res.end();
});
const handler = createBotWebhookHandler({
  secretToken: SECRET,
  accept: async (event) => {
    if (full) throw new AppError('store_full');
    if (events.some((known) => known.id === event.id)) return 'seen';
    events.push(event);
    return 'new';
  },
  mask: (text) => maskSecrets(text, () => 'hash'),
  clock: new FrozenClock(NOW),
  metrics: { webhook: (outcome) => metrics.webhook(outcome) },
  log: createLog({ level: 'debug', write: (line) => lines.push(line) }).log,
});

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/zalo-bot`;
});
beforeEach(() => {
  events.length = lines.length = 0;
  full = false;
  metrics = createMetrics();
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

async function post(body: string | Uint8Array<ArrayBuffer>, secret: string | null = SECRET): Promise<number> {
  const headers: Record<string, string> = secret === null ? {} : { 'X-Bot-Api-Secret-Token': secret };
  const answer = await fetch(url, { method: 'POST', body, headers });
  await answer.text();
  return answer.status;
}

it('stores an update before it says 200, and says 200 to its copies, wrapped or bare', async () => {
  expect(await post(sampleText('text.received'))).toBe(200);
  expect(await post(sampleText('text.received'))).toBe(200);
  expect(await post(sampleText('text.received--unwrapped'))).toBe(200);
  expect(events).toHaveLength(1);
  expect(metrics.counts()).toMatchObject({
    'webhook_requests_total{outcome="stored"}': 1,
    'webhook_requests_total{outcome="duplicate"}': 2,
  });
});

it.each<[string, string | null]>([
  ['another secret', 'secret-of-another'],
  ['half the secret', SECRET.slice(0, 8)],
  ['more than the secret', `${SECRET}x`],
  ['an empty one', ''],
  ['none', null],
])('answers 401 to %s and keeps nothing', async (_what, secret) => {
  expect(await post(sampleText('text.received'), secret)).toBe(401);
  expect(events).toEqual([]);
  expect(lines.join()).not.toContain('secret-of');
});

it('does not take the way of the Official Account, and answers a look', async () => {
  expect((await fetch(url.replace('zalo-bot', 'zalo'), { method: 'POST' })).status).toBe(418);
  expect((await fetch(url)).status).toBe(200);
  expect((await fetch(url, { method: 'PUT' })).status).toBe(405);
});

it('refuses more than 256 kB', async () => {
  expect(await post(JSON.stringify(textUpdate({ text: 'x'.repeat(262_144) })))).toBe(413);
  expect(events).toEqual([]);
});

it('says 503 when it cannot be stored, so that it comes again', async () => {
  full = true;
  expect(await post(sampleText('text.received'))).toBe(503);
});

it('keeps no code or password and no name', async () => {
  expect(await post(JSON.stringify(textUpdate({ text: 'mã OTP là 482915' })))).toBe(200);
  expect(JSON.stringify(events)).not.toMatch(/482915|An Nguyễn/);
  expect(lines.join()).not.toMatch(/482915|An Nguyễn|b1c2d3/);
});

it.each(['', '1', 'null', '"text"', '[1]', 'hello', '{"a":', '\u0000'])('says 400 to %j', async (body) => {
  expect(await post(body)).toBe(400);
  expect(events).toEqual([]);
});

it('lives through whatever comes, and answers 200 to every object', async () => {
  const random = new Random(4);
  const whole = sampleText('image.received');
  const odd = [
    `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
    '{"__proto__":{"polluted":1},"result":{"__proto__":{"event_name":"x"}}}',
    '{"result":{"message":{"date":1e999,"message_id":99999999999999999999}}}',
    '{"event_name":1,"event_name":["x"],"message":"no"}',
  ];
  for (const body of odd) expect(await post(body)).toBe(200);
  for (let i = 0; i < 300; i += 1) {
    const bytes = Buffer.from(whole);
    for (let n = random.between(1, 6); n > 0; n -= 1)
      bytes[random.between(0, bytes.length - 1)] = random.between(0, 255);
    const cut = random.chance(0.3) ? bytes.subarray(0, random.between(0, bytes.length)) : bytes;
    expect([200, 400]).toContain(await post(new Uint8Array(cut)));
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});
