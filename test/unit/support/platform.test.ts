import { createHash } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { systemClock } from '../../../src/kernel/clock';
import { Platform } from '../../support/platform';
import type { PlatformOptions } from '../../support/platform';
import { Random } from '../../support/random';

/** A program of a few lines stands in: what it answers to each delivery is the test's to say. */
type Answer = (delivery: { readonly id: string; readonly nth: number }) => number | 'silence';

const IDS = { appId: '1122334455667788990', oaId: '2233445566778899001', oaSecret: 'OaSecretKeyExample01' };
const open: { close(): void }[] = [];
afterEach(() => {
  for (const each of open.splice(0)) each.close();
});

async function program(answer: Answer, more: Partial<PlatformOptions> = {}) {
  const arrived: { id: string; user: string; text: string; status: number | 'silence' }[] = [];
  const unsigned: string[] = [];
  const server = http.createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const raw = Buffer.concat(parts);
      const body = JSON.parse(raw.toString()) as {
        timestamp: string;
        sender: { id: string };
        message: { msg_id: string; text: string };
      };
      const signed = createHash('sha256')
        .update(IDS.appId)
        .update(raw)
        .update(body.timestamp)
        .update(IDS.oaSecret)
        .digest('hex');
      if (request.headers['x-zevent-signature'] !== `mac=${signed}`) unsigned.push(body.message.msg_id);
      const id = body.message.msg_id;
      const status = answer({ id, nth: arrived.filter((each) => each.id === id).length + 1 });
      arrived.push({ id, user: body.sender.id, text: body.message.text, status });
      if (status !== 'silence') response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/webhook/zalo`;
  const base = { url: () => url, ...IDS, clock: systemClock, random: new Random(1), resendMs: 10 };
  const platform = new Platform({ ...base, ...more });
  open.push({
    close: () => {
      platform.stop();
      server.closeAllConnections();
      server.close();
    },
  });
  return { platform, arrived, unsigned };
}

const [lan, minh] = [Platform.user(1), Platform.user(2)];

it('signs what it sends', async () => {
  const { platform, unsigned, arrived } = await program(() => 200);
  platform.says(lan, 'Chào bạn 👋 / \\u0111');
  await platform.settled(2_000);
  expect(unsigned).toEqual([]);
  expect(arrived).toMatchObject([{ user: lan, text: 'Chào bạn 👋 / \\u0111' }]);
});

it('delivers each person in order, resending the same event until it is acknowledged', async () => {
  const { platform, arrived } = await program(({ nth }) => (nth < 3 ? 503 : 200));
  for (const text of ['1', '2', '3']) {
    platform.says(lan, text);
    platform.says(minh, text);
  }
  await platform.settled(5_000);
  for (const user of [lan, minh])
    expect(arrived.filter((each) => each.user === user).map((each) => each.text)).toEqual([...'111222333']);
  expect(platform.answers()).toEqual({ '503': 12, '200': 6 });
});

it('does not let one person wait for another', async () => {
  const { platform, arrived } = await program(({ id }) => (id.endsWith('0') ? 503 : 200));
  platform.says(lan, 'stuck');
  const passed = platform.says(minh, 'through');
  await expect(platform.settled(300)).rejects.toThrow(/1 of 2 events not acknowledged.*last answer 503/);
  expect(passed.acknowledgedAt).not.toBeNull();
  expect(arrived.filter((each) => each.text === 'stuck').length).toBeGreaterThan(2);
});

it('takes silence for no answer, and sends again', async () => {
  const { platform } = await program(({ nth }) => (nth === 1 ? 'silence' : 200), { deadlineMs: 100 });
  const entry = platform.says(lan, 'hello');
  await platform.settled(2_000);
  expect(entry.tries.map((each) => each.status)).toEqual([null, 200]);
});

it('delivers copies, and waits for their answers', async () => {
  const { platform, arrived } = await program(() => 200, { resendMs: 5_000 });
  platform.copies = { from: 2, to: 5, withinMs: 50 };
  for (let i = 0; i < 16; i++) platform.says(Platform.user(i), 'twice or more');
  await platform.settled(20_000);
  const counts = platform.ledger.map((entry) => arrived.filter((each) => each.id === entry.id).length);
  const copies = platform.ledger.map((entry) => 1 + entry.extras.length);
  expect(Math.min(...copies)).toBe(2);
  expect(Math.max(...copies)).toBe(5);
  // On a slow machine one may be sent again besides.
  counts.forEach((count, i) => expect(count).toBeGreaterThanOrEqual(copies[i] as number));
});

it('holds back, and releases in another order', async () => {
  const { platform, arrived } = await program(() => 200);
  platform.hold();
  const texts = Array.from({ length: 10 }, (_, i) => String(i));
  for (const text of texts) platform.says(lan, text);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(arrived).toEqual([]);
  platform.release('shuffled');
  await platform.settled(20_000);
  const came = arrived.map((each) => each.text);
  expect(came).not.toEqual(texts);
  expect([...came].sort()).toEqual(texts);
});

it('delivers old events once more on request', async () => {
  const { platform, arrived } = await program(() => 200);
  const entry = platform.says(lan, 'old');
  await platform.settled(20_000);
  expect((await platform.redeliver([entry])).map((each) => each.status)).toEqual([200]);
  expect(arrived.map((each) => each.id)).toEqual([entry.id, entry.id]);
});

it('gives every event an id and a later time of its own', async () => {
  const { platform } = await program(() => 200);
  for (let i = 0; i < 50; i++) platform.says(lan, 'same text');
  await platform.settled(20_000);
  expect(new Set(platform.ledger.map((entry) => entry.id)).size).toBe(50);
  const stamps = platform.ledger.map((entry) => Number(entry.timestamp));
  expect(stamps).toEqual([...new Set(stamps)].sort((a, b) => a - b));
});
