import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createWebhookHandler } from '../../../src/channels/zalo/webhook.routes';
import { createInboxRepo, type InboxRow } from '../../../src/inbox/inbox.repo';
import { createIngest } from '../../../src/inbox/ingest';
import { FrozenClock } from '../../../src/kernel/clock';
import { createLog } from '../../../src/observability/logger';
import { createMetrics } from '../../../src/observability/metrics';
import { prepareIndexes } from '../../../src/app/indexes';
import { compactJson, signWebhook } from '../../../src/simulator/sign-webhook';
import { textEvent as zaloText } from '../../../src/simulator/zalo-events';
import { Random } from '../../support/random';
import { embeddedStore, type TestStore } from '../../support/stores';
import { Poster } from '../../support/raw-http';
import { textEvent } from '../../support/talk';
import { FaultyDisk } from '../../unit/embedded/mongo/disk';

/** A full disk at the store: nothing is acknowledged that is not there, and all goes on when there is room again. */

const at = new Date('2026-03-12T01:00:00Z');
let store: TestStore;
let disk: FaultyDisk;

function row(id: string): InboxRow {
  return {
    id,
    user: 'zalo:1',
    event: textEvent(id, 'hello', at),
    eventAt: at,
    arrivedAt: at,
    seq: 1,
    attempts: 0,
    interrupted: 0,
  };
}

beforeAll(async () => {
  disk = new FaultyDisk();
  store = await embeddedStore({ files: disk.files, retryMs: 50 });
});
afterAll(() => store.stop());

it('says that it is full, stores nothing, and takes the same event when there is room again', async () => {
  const inbox = createInboxRepo(store.connection);
  await prepareIndexes(store.connection);
  expect(await inbox.insert(row('before'), at)).toBe('new');
  disk.space = 0;
  const refused = await Promise.allSettled(['a', 'b', 'c'].map((id) => inbox.insert(row(id), at)));
  expect(refused.map((each) => each.status)).toEqual(['rejected', 'rejected', 'rejected']);
  for (const each of refused)
    expect((each as PromiseRejectedResult).reason).toMatchObject({
      code: expect.stringMatching(/^store_(full|unavailable)$/),
    });
  expect((await inbox.waiting('zalo:1', 10)).map(({ id }) => id)).toEqual(['before']);
  disk.space = null;
  const later = Date.now() + 10_000;
  let outcome: string | null = null;
  while (outcome === null && Date.now() < later) outcome = await inbox.insert(row('a'), at).catch(() => null);
  expect(outcome).toBe('new');
  expect((await inbox.waiting('zalo:1', 10)).map(({ id }) => id).sort()).toEqual(['a', 'before']);
});

it('F10, the disk fills up again and again under the webhook: 503 then, and what got 200 is there afterwards', async () => {
  const chance = new Random(20_260_312);
  const dir = await mkdtemp(join(tmpdir(), 'full-'));
  const filling = new FaultyDisk();
  const ids = { appId: '1122334455667788990', oaId: '2233445566778899001' };
  const secret = 'OaSecretKeyExample01';
  let shop = await embeddedStore({ dir, files: filling.files, retryMs: 20 });
  await prepareIndexes(shop.connection);
  const clock = new FrozenClock(at);
  const accept = createIngest({ repo: createInboxRepo(shop.connection), clock, wake: () => undefined });
  const handler = createWebhookHandler({
    ...{ ...ids, secrets: [secret], accept, clock, metrics: createMetrics() },
    mask: (text) => ({ text, secrets: [] }),
    hashPhone: (phone) => phone,
    log: createLog({ level: 'silent', write: () => undefined }).log,
  });
  const server = createServer((req, res) => void handler(req, res));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const poster = new Poster(() => `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/zalo`);
  const acknowledged: string[] = [];
  filling.space = 2_000;
  const weather = setInterval(() => {
    filling.space = chance.chance(0.5) ? chance.between(0, 3_000) : null;
  }, 15);
  const answers = await poster.flood(400, (n) => async () => {
    const event = zaloText({ ...ids, userId: `77${n % 20}`, at }, `d${n}`, 'BC 41 5 87 12');
    const raw = compactJson(event);
    const mac = signWebhook(ids.appId, raw, event.timestamp, secret);
    const status = await poster.post(raw, { 'x-zevent-signature': mac });
    if (status === 200) acknowledged.push(`user_send_text:d${n}`);
    return status;
  });
  clearInterval(weather);
  filling.space = 0;
  const late = zaloText({ ...ids, userId: '77', at }, 'late', 'gửi');
  const raw = compactJson(late);
  const mac = { 'x-zevent-signature': signWebhook(ids.appId, raw, late.timestamp, secret) };
  expect(await poster.post(raw, mac)).toBe(503);
  filling.space = null;
  // Nobody lends a hand: the same sender repeats, and is taken when the store has found out.
  let status = await poster.post(raw, mac);
  for (let tries = 0; status !== 200 && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 25));
    status = await poster.post(raw, mac);
  }
  expect(status).toBe(200);
  poster.close();
  server.close();
  expect(Object.keys(answers).sort()).toEqual(['200', '503']);
  await shop.stop();
  shop = await embeddedStore({ dir });
  const kept = await shop.connection.collection('inbox').find().toArray();
  await shop.stop();
  await rm(dir, { recursive: true, force: true });
  const there = kept.map(({ _id }) => String(_id));
  expect(new Set(there).size).toBe(there.length);
  expect([...acknowledged, 'user_send_text:late'].filter((id) => !there.includes(id))).toEqual([]);
});
