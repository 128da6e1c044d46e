import http from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Connection } from 'mongoose';
import { readConfig } from '../../../src/config/config';
import { FrozenClock } from '../../../src/kernel/clock';
import { createLog } from '../../../src/observability/logger';
import { createMediaStore } from '../../../src/evidence/media-store';
import type { ChannelModule } from '../../../src/app/channel-module';
import { openChannelModule } from '../../../src/app/channel-choice';

const OA = { ZALO_APP_ID: '1', ZALO_APP_SECRET: 's3cret', ZALO_OA_ID: '2', ZALO_OA_SECRET_KEY: 'k3y' };
const BOT = {
  ZALO_BOT_TOKEN: '1234567890:t0ken',
  ZALO_BOT_SECRET_TOKEN: 's3cr3t-t0ken',
  PUBLIC_URL: 'https://bot.example.vn',
};
const lines: string[] = [];
beforeEach(() => (lines.length = 0));

/** A limit of requests of which only the turn matters. */
const limit = (pace: () => Promise<void>) => ({ pace, noteRate: () => undefined });

function channelModuleOf(env: Record<string, string>): ChannelModule {
  return openChannelModule({
    config: readConfig(env),
    // Nothing is asked of the store before the start.
    connection: {} as Connection,
    clock: new FrozenClock(new Date('2026-03-12T01:00:00Z')),
    key: Buffer.alloc(32, 1),
    media: createMediaStore('./media'),
    log: createLog({ level: 'debug', write: (line) => lines.push(line) }).log,
  });
}

it('is the Official Account unless the Bot Platform is asked for', () => {
  expect(channelModuleOf({})).toMatchObject({ name: 'zalo', part: 'zalo_token', channel: { name: 'zalo' } });
  expect(channelModuleOf({ CHANNEL: 'zalo-bot' })).toMatchObject({
    name: 'zalo-bot',
    part: 'zalo_bot_webhook',
    addresses: ['zalo-bot', 'zalo-bot-group'],
    channel: { name: 'zalo-bot', limits: { windows: false } },
  });
  expect(lines).toEqual([]);
});

it('says by name, not by value, what is set and does nothing', () => {
  channelModuleOf({ ...OA, ...BOT });
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('ZALO_BOT_TOKEN, ZALO_BOT_SECRET_TOKEN');
  channelModuleOf({ ...OA, ...BOT, CHANNEL: 'zalo-bot' });
  expect(lines[1]).toContain('ZALO_APP_ID, ZALO_APP_SECRET, ZALO_OA_ID, ZALO_OA_SECRET_KEY');
  expect(lines.join()).not.toMatch(/t0ken|s3cr|k3y/);
});

it('sends nothing before it is started, and says so', async () => {
  const channelModule = channelModuleOf({ ...BOT, CHANNEL: 'zalo-bot' });
  expect(channelModule.health()).toEqual({ ok: false, detail: 'starting' });
  const result = await channelModule.channel.send('zalo-bot:c1', { kind: 'text', text: 'a' });
  expect(result).toMatchObject({ outcome: 'retry' });
});

describe('towards a platform', () => {
  const asked: string[] = [];
  const server = http.createServer((req, res) => {
    asked.push(req.url?.split('/').at(-1) ?? '');
    res.end('{"ok":true,"result":{"url":"","message_id":"m1"}}');
  });
  let base: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  beforeEach(() => (asked.length = 0));
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });
  const engines = {
    MONGODB_URI: 'mongodb://x',
    REDIS_URL: 'redis://x',
    ENCRYPTION_KEY: Buffer.alloc(32).toString('base64'),
  };

  it('waits for its turn with each request that is no message; without one it is told later', async () => {
    const pace = jest.fn(async () => undefined);
    const env = { ...BOT, CHANNEL: 'zalo-bot', ZALO_BOT_API_URL: base };
    const channelModule = channelModuleOf(env);
    await channelModule.start('http://127.0.0.1:1', limit(pace));
    expect(asked).toEqual(['getWebhookInfo', 'setWebhook']);
    expect(pace).toHaveBeenCalledTimes(2);
    await channelModule.stop();
    const held = channelModuleOf(env);
    await held.start(
      'http://127.0.0.1:1',
      limit(() => Promise.reject(new Error('the store is away'))),
    );
    expect(held.health()).toEqual({ ok: false, detail: 'unreachable' });
    await held.stop();
  });

  it.each([
    ['all', {}, ['getWebhookInfo', 'setWebhook'], 'set'],
    ['a worker with an address', { ...engines, ROLE: 'worker' }, ['getWebhookInfo', 'setWebhook'], 'set'],
    ['a worker without one', { ...engines, ROLE: 'worker', PUBLIC_URL: '' }, [], 'told by another process'],
  ])('tells where it is: %s', async (_what, change, calls, detail) => {
    const channelModule = channelModuleOf({ ...BOT, CHANNEL: 'zalo-bot', ZALO_BOT_API_URL: base, ...change });
    await channelModule.start(
      'http://127.0.0.1:1',
      limit(async () => undefined),
    );
    expect(asked).toEqual(calls);
    expect(channelModule.health()).toEqual({ ok: true, detail });
    const result = await channelModule.channel.send('zalo-bot:c1', { kind: 'text', text: 'a' });
    expect(result).toEqual({ outcome: 'sent', messageId: 'm1' });
    await channelModule.stop();
  });
});
