import http from 'node:http';
import net from 'node:net';
import type { AddressInfo } from 'node:net';
import type { Accept, InboundEvent } from '../../../src/channels/channel';
import { createWebhookHandler, type WebhookOptions } from '../../../src/channels/zalo/webhook.routes';
import { FrozenClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import { createLog } from '../../../src/observability/logger';
import { createMetrics } from '../../../src/observability/metrics';
import { APP, OA, sampleText, SECRET, sign, textBody } from './zalo-samples';

interface World {
  readonly url: string;
  readonly port: number;
  readonly events: InboundEvent[];
  readonly lines: string[];
  outcomes(): Record<string, number>;
  post(body: string | Buffer, headers?: Record<string, string>): Promise<number>;
  stop(): Promise<void>;
}

async function world(change: Partial<WebhookOptions> = {}): Promise<World> {
  const events: InboundEvent[] = [];
  const lines: string[] = [];
  const metrics = createMetrics();
  const accept: Accept = async (event) => {
    if (events.some((known) => known.id === event.id)) return 'seen';
    events.push(event);
    return 'new';
  };
  const handler = createWebhookHandler({
    appId: APP,
    oaId: OA,
    secrets: [SECRET],
    accept,
    mask: (text) => ({ text, secrets: [] }),
    hashPhone: (phone) => `hash of ${phone.length}`,
    clock: new FrozenClock(new Date('2026-03-12T01:00:00Z')),
    metrics,
    log: createLog({ level: 'debug', write: (line) => lines.push(line) }).log,
    ...change,
  });
  const server = http.createServer((req, res) => {
    if (handler(req, res)) return;
    res.statusCode = 418;
    res.end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}/webhook/zalo`;
  return {
    url,
    port,
    events,
    lines,
    outcomes: () =>
      Object.fromEntries(
        Object.entries(metrics.counts())
          .filter(([name, count]) => name.startsWith('webhook') && count > 0)
          .map(([name, count]) => [/"(.*)"/.exec(name)?.[1] ?? name, count]),
      ),
    post: async (body, headers = {}) => {
      const sent = typeof body === 'string' ? body : new Uint8Array(body);
      const answer = await fetch(url, { method: 'POST', body: sent, headers });
      await answer.text();
      return answer.status;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const STAMP = '1790000000000';
const signed = (body: string | Buffer, stamp = STAMP, secret = SECRET): Record<string, string> => ({
  'x-zevent-signature': sign(body, stamp, secret),
});

describe('the webhook', () => {
  let w: World;
  beforeEach(async () => {
    w = await world();
  });
  afterEach(() => w.stop());

  it('stores a verified event before it says 200, and says 200 to its copies', async () => {
    expect(await w.post(textBody(), signed(textBody()))).toBe(200);
    expect(await w.post(textBody(), signed(textBody()))).toBe(200);
    expect(w.events).toHaveLength(1);
    expect(w.events[0]).toMatchObject({ kind: 'text', text: 'báo cáo', id: 'user_send_text:c0ffee0000' });
    expect(w.outcomes()).toEqual({ stored: 1, duplicate: 1 });
  });

  it('shows itself to the console and leaves other paths alone', async () => {
    expect((await fetch(w.url)).status).toBe(200);
    expect((await fetch(w.url, { method: 'HEAD' })).status).toBe(200);
    expect((await fetch(`${w.url}?x=1`)).status).toBe(200);
    expect((await fetch(`${w.url}x`)).status).toBe(418);
    expect((await fetch(w.url, { method: 'DELETE' })).status).toBe(405);
  });

  it('answers 200 to what carries no signature and keeps nothing, not even of a body that is none', async () => {
    expect(await w.post(textBody())).toBe(200);
    expect(await w.post('hello')).toBe(200);
    expect(w.events).toEqual([]);
    expect(w.outcomes()).toEqual({ unsigned: 2 });
  });

  it('answers 200 to a probe without a signature, be it empty or an empty object', async () => {
    expect(await w.post('')).toBe(200);
    expect(await w.post('{}')).toBe(200);
    expect(w.outcomes()).toEqual({ unsigned: 2 });
  });

  it('takes the time of the header where that of the body does not verify, and logs which it was', async () => {
    const other = '1790000000999';
    const headers = { ...signed(textBody(), other), 'x-zevent-timestamp': other };
    expect(await w.post(textBody(), { ...signed(textBody()), 'x-zevent-timestamp': other })).toBe(200);
    expect(await w.post(textBody(), headers)).toBe(200);
    expect(await w.post(textBody(), headers)).toBe(200);
    expect(w.outcomes()).toEqual({ stored: 1, duplicate: 2 });
    const matched = w.lines.flatMap((line) => (JSON.parse(line) as { timestamp?: string }).timestamp ?? []);
    expect(matched).toEqual(['body', 'header']);
  });

  it.each([
    ['no time', {}],
    ['another time', { 'x-zevent-timestamp': '1790000000998' }],
    ['no digits', { 'x-zevent-timestamp': '1790000000999 ' + 'x'.repeat(3) }],
  ])('refuses a body signed with the time of a header that has %s', async (_what, headers) => {
    expect(await w.post(textBody(), { ...signed(textBody(), '1790000000999'), ...headers })).toBe(401);
    expect(w.events).toEqual([]);
  });

  it('tells whether a signature matches', async () => {
    const told: boolean[] = [];
    const v = await world({ onSignature: (matches) => void told.push(matches) });
    await v.post(textBody(), signed(textBody(), STAMP, 'other'));
    await v.post(textBody());
    await v.post(textBody(), signed(textBody()));
    expect(told).toEqual([false, true]);
    await v.stop();
  });

  it.each([
    ['another secret', { 'x-zevent-signature': sign(textBody(), STAMP, 'other') }],
    ['nothing in it', { 'x-zevent-signature': '' }],
    ['half a signature', { 'x-zevent-signature': 'mac=abc' }],
    ['two signatures', { 'x-zevent-signature': `${sign(textBody(), STAMP)}, ${sign(textBody(), STAMP)}` }],
    [
      'a body written anew',
      { 'x-zevent-signature': sign(JSON.stringify(JSON.parse(textBody()), null, 1), STAMP) },
    ],
  ])('refuses a signature with %s and keeps nothing', async (_what, headers) => {
    expect(await w.post(textBody(), headers)).toBe(401);
    expect(w.events).toEqual([]);
    expect(w.outcomes()).toEqual({ wrong_signature: 1 });
  });

  it('knows the probe, signed, wrongly signed or not, and never processes it', async () => {
    const probe = sampleText('console_probe.json');
    expect(await w.post(probe, signed(probe, '1790004394664'))).toBe(200);
    expect(await w.post(probe, signed(probe, STAMP, 'other'))).toBe(200);
    expect(await w.post(probe)).toBe(200);
    expect(w.events).toEqual([]);
    expect(w.outcomes()).toEqual({ probe: 2, unsigned: 1 });
  });

  it('does not take a villager who types the words of the probe for it', async () => {
    const body = textBody({ message: { text: '"msg_id":"This is message id"', msg_id: 'm1' } });
    expect(await w.post(body, signed(body, STAMP, 'other'))).toBe(401);
    expect(await w.post(body, signed(body))).toBe(200);
    expect(w.events).toHaveLength(1);
  });

  it.each(['[1]', 'hello', '"text"', '{"a":', '', 'null', '{"a":tru,"timestamp":"1790000000000"}'])(
    'says 400 to a signed body that is not a JSON object: %s',
    async (body) => {
      expect(await w.post(body, signed(body))).toBe(400);
      expect(w.outcomes()).toEqual({ not_json: 1 });
    },
  );

  it('does nothing with events of another app or account', async () => {
    for (const change of [{ app_id: '1' }, { oa_id: '1' }]) {
      const body = textBody(change);
      expect(await w.post(body, signed(body))).toBe(200);
    }
    expect(w.events).toEqual([]);
    expect(w.outcomes()).toEqual({ other_app: 1, other_account: 1 });
  });

  it('refuses more than 256 kB by its length, and takes as much as that', async () => {
    expect(await w.post(Buffer.alloc(256 * 1024 + 1, 'a'))).toBe(413);
    expect(await w.post(Buffer.alloc(256 * 1024, 'a'))).toBe(200);
    expect(w.outcomes()).toEqual({ too_large: 1, unsigned: 1 });
  });

  it('refuses more than 256 kB while it comes, without reading on', async () => {
    const status = await new Promise<number | undefined>((resolve) => {
      const req = http.request(w.url, { method: 'POST' }, (res) => resolve(res.statusCode));
      req.on('error', () => resolve(undefined));
      let sent = 0;
      const feed = (): void => {
        if (sent > 4_000_000 || req.destroyed) return;
        sent += 65_536;
        if (req.write(Buffer.alloc(65_536, 'a'))) setImmediate(feed);
        else req.once('drain', feed);
      };
      feed();
    });
    expect(status).toBe(413);
    expect(await w.post(textBody(), signed(textBody()))).toBe(200);
  });

  it('does not unpack anything', async () => {
    expect(await w.post(textBody(), { ...signed(textBody()), 'content-encoding': 'gzip' })).toBe(415);
  });

  it('lives through a sender who goes away in the middle', async () => {
    const socket = net.connect(w.port, '127.0.0.1');
    socket.write('POST /webhook/zalo HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"a"');
    await new Promise((resolve) => setTimeout(resolve, 50));
    socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await w.post(textBody(), signed(textBody()))).toBe(200);
    expect(w.outcomes()).toEqual({ aborted: 1, stored: 1 });
  });

  it.each([
    [
      '100,000 brackets',
      `{"app_id":"${APP}","x":${'['.repeat(100_000)}${']'.repeat(100_000)},"timestamp":"${STAMP}"}`,
    ],
    [
      '__proto__',
      `{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"timestamp":"${STAMP}"}`,
    ],
    ['the same key twice', `{"app_id":"1","app_id":"${APP}","timestamp":"1","timestamp":"${STAMP}"}`],
    ['a huge number', `{"app_id":"${APP}","n":${'9'.repeat(5000)},"timestamp":"${STAMP}"}`],
    [
      'half a character',
      `{"app_id":"${APP}","event_name":"user_send_text","message":{"text":"\\ud800x"},"timestamp":"${STAMP}"}`,
    ],
  ])('takes %s in its stride', async (_what, body) => {
    expect(await w.post(body, signed(body))).toBe(200);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
    expect(w.events).toHaveLength(1);
  });

  it('hashes bytes that are no UTF-8 as they came', async () => {
    const body = Buffer.concat([
      Buffer.from(`{"app_id":"${APP}","a":"`),
      Buffer.from([0xff, 0xc0]),
      Buffer.from(`","timestamp":"${STAMP}"}`),
    ]);
    expect(await w.post(body, signed(body))).toBe(200);
  });

  it('writes no text, name or id of a person in its log', async () => {
    const body = textBody({ message: { text: 'chị Lan 0900000123', msg_id: 'm1' } });
    await w.post(body, signed(body, STAMP, 'other'));
    await w.post(body, signed(body));
    expect(w.lines.join('')).not.toMatch(/Lan|0900000123|báo cáo/);
    expect(w.lines.filter((line) => line.includes('does not match'))).toHaveLength(1);
  });
});

describe('the webhook, when events cannot be stored', () => {
  it.each([
    ['the store is away', () => Promise.reject(new AppError('store_unavailable'))],
    ['the store is full', () => Promise.reject(new AppError('store_full'))],
    ['something breaks', () => Promise.reject(new Error('broken'))],
    [
      'something throws at once',
      (): Promise<'new'> => {
        throw new Error('broken');
      },
    ],
  ])('says 503 when %s', async (_why, accept) => {
    const w = await world({ accept });
    expect(await w.post(textBody(), signed(textBody()))).toBe(503);
    expect(w.outcomes()).toEqual({ not_stored: 1 });
    await w.stop();
  });

  it('says 503 in time when the store hangs, and a late answer changes nothing', async () => {
    let late: (outcome: 'new') => void = () => undefined;
    const w = await world({ accept: () => new Promise((resolve) => (late = resolve)), storeWithinMs: 60 });
    expect(await w.post(textBody(), signed(textBody()))).toBe(503);
    late('new');
    await new Promise((resolve) => setImmediate(resolve));
    expect(w.outcomes()).toEqual({ too_slow: 1 });
    await w.stop();
  });
});
