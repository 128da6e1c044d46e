import { readdirSync, readFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import express from 'express';
import { createSimulator, type Simulator } from '../../../src/simulator/simulator';
import { FrozenClock } from '../../../src/kernel/clock';
import { KEYS, MORNING, type Answered } from './zalo-world';

/** The routes the outside relies on, over HTTP, with a bot that repeats what it hears. */

let simulator: Simulator;
let server: http.Server;
let base: string;
let clock: FrozenClock;
let token: string;
let turns: Map<string, Promise<unknown>>;
let status: number;

beforeEach(async () => {
  clock = new FrozenClock(MORNING);
  turns = new Map();
  status = 200;
  const app = express();
  server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  simulator = createSimulator({
    clock,
    ...KEYS,
    sendsKept: 2,
    webhookUrl: `${base}/webhook/zalo`,
    advanceClock: async (to) => {
      clock.moveTo(to);
      return to;
    },
    settled: async (user) => void (await turns.get(user)),
    listCodes: async () => [],
    nextDue: async () => null,
  });
  token = simulator.fake.issuePair().accessToken;
  app.post('/webhook/zalo', express.json(), (req, res) => {
    res.sendStatus(status);
    const { event_name: name, sender, message } = req.body;
    if (status !== 200 || name !== 'user_send_text') return;
    turns.set(
      sender.id,
      (turns.get(sender.id) ?? Promise.resolve()).then(() => reply(sender.id, `«${message.text}»`)),
    );
  });
  app.use('/simulator/zalo', simulator.zaloRouter);
  app.use('/simulator', simulator.pageRouter);
});

afterEach(async () => {
  await simulator.fake.webhook.idle();
  await simulator.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

const body = (user: string, text: string, buttons?: object[]) => ({
  recipient: { user_id: user },
  message: buttons ? { text, attachment: { type: 'template', payload: { buttons } } } : { text },
});

async function reply(user: string, text: string, buttons?: object[]): Promise<void> {
  await fetch(`${base}/simulator/zalo/v3.0/oa/message/cs`, {
    method: 'POST',
    headers: { access_token: token, 'Content-Type': 'application/json' },
    body: JSON.stringify(body(user, text, buttons)),
  });
}

async function post(path: string, sent: unknown): Promise<{ status: number; data: Answered }> {
  const answer = await fetch(`${base}/simulator${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: typeof sent === 'string' ? sent : JSON.stringify(sent),
  });
  return { status: answer.status, data: await answer.json() };
}

const AN = '3344556677889900112';

it('says: an unknown person is made, and the replies come exactly as sent to Zalo', async () => {
  expect(await post('/say', { user: AN, text: 'chào em' })).toEqual({
    status: 200,
    data: { replies: [{ path: '/v3.0/oa/message/cs', body: body(AN, '«chào em»') }], delivered: true },
  });
  const { data } = await post('/say', { user: AN, text: 'nữa' });
  expect(data.replies).toEqual([{ path: '/v3.0/oa/message/cs', body: body(AN, '«nữa»') }]);
});

it('tells only the new replies, however many were sent before and are no longer kept', async () => {
  for (let i = 1; i <= 9; i += 1) {
    const { data } = await post('/say', { user: AN, text: `${i}` });
    expect(data.replies.map((r: Answered) => r.body.message.text)).toEqual([`«${i}»`]);
  }
});

it('keeps the replies of two people apart', async () => {
  const answers = await Promise.all(
    ['1', '2', '3'].map((user) => post('/say', { user, text: `tôi là ${user}` })),
  );
  expect(answers.map(({ data }) => data.replies.map((r: Answered) => r.body.message.text))).toEqual([
    ['«tôi là 1»'],
    ['«tôi là 2»'],
    ['«tôi là 3»'],
  ]);
});

it.each([
  [{}],
  [{ user: AN }],
  [{ user: AN, text: '' }],
  [{ user: AN, text: 5 }],
  [{ user: 3344556677889900, text: 'a' }],
  [{ user: 'a b', text: 'a' }],
  [[]],
  ['{'],
])('refuses %j', async (sent) => {
  expect((await post('/say', sent)).status).toBe(400);
  expect(simulator.fake.people()).toEqual([]);
});

it('says that the bot did not take it, and does not wait for an answer', async () => {
  status = 503;
  expect((await post('/say', { user: AN, text: 'chào' })).data).toEqual({ replies: [], delivered: false });
});

it('moves the clock forward only', async () => {
  expect(await post('/clock', { now: '2026-03-17T08:00:00+07:00' })).toEqual({
    status: 200,
    data: { now: '2026-03-17T08:00:00+07:00', nextDue: null },
  });
  expect((await post('/clock', { now: '2026-03-17T00:59:59Z' })).status).toBe(409);
  expect(clock.now()).toEqual(new Date('2026-03-17T01:00:00Z'));
  expect((await post('/clock', { now: '2026-03-17T01:00:00Z' })).status).toBe(200);
});

it.each([
  'tomorrow',
  '2026-03-18',
  '2026-03-18T08:00:00',
  '2026-13-18T08:00:00Z',
  1773000000000,
  null,
  undefined,
])('is not an instant: %j', async (now) => {
  expect((await post('/clock', { now })).status).toBe(400);
  expect(clock.now()).toEqual(MORNING);
});

it('taps a button of a message, and no other', async () => {
  await post('/say', { user: AN, text: 'chào' });
  await reply(AN, 'Chọn', [{ title: 'Gửi', type: 'oa.query.hide', payload: '#GUI' }]);
  const message = simulator.fake.person(AN).lastHeard?.id;
  expect((await post('/tap', { user: AN, message, button: 'Gửi' })).data.replies).toMatchObject([
    { body: { message: { text: '«#GUI»' } } },
  ]);
  expect((await post('/tap', { user: AN, message, button: 'Sửa' })).status).toBe(400);
});

it('follows, looks, renames, lists people and what went over the wire', async () => {
  await post('/say', { user: AN, text: 'chào' });
  await post('/follow', { user: AN });
  await post('/people', { user: AN, name: 'Bác An' });
  const get = async (path: string): Promise<Answered> => (await fetch(`${base}/simulator${path}`)).json();
  expect(await get('/people')).toMatchObject({
    people: [{ id: AN, name: 'Bác An', follows: true, unseen: 1, last: { text: '«chào»' } }],
  });
  expect((await post('/seen', { user: AN })).data).toEqual({ told: true });
  expect(await get(`/people/${AN}`)).toMatchObject({
    unseen: 0,
    chat: [{ text: 'chào' }, { state: 'seen' }],
  });
  const { log } = await get('/log');
  expect(log.map((entry: Answered) => entry.side)).toContain('api');
  expect(JSON.stringify(log)).not.toContain(token);
});

it('orders trouble over HTTP', async () => {
  expect((await post('/fault', { kind: 'code', code: -32, user: AN })).data.faults).toMatchObject([
    { code: -32 },
  ]);
  expect((await post('/fault', { kind: 'nonsense' })).status).toBe(400);
  expect((await post('/say', { user: AN, text: 'a' })).data.replies).toEqual([]);
});

it('streams what changes', async () => {
  const stop = new AbortController();
  const stream = await fetch(`${base}/simulator/events`, { signal: stop.signal });
  expect(stream.headers.get('content-type')).toContain('text/event-stream');
  await post('/say', { user: AN, text: 'chào' });
  let heard = '';
  const reader = stream.body?.pipeThrough(new TextDecoderStream()).getReader();
  while (!/event: clock[^]*event: person[^]*event: log/.test(heard))
    heard += (await reader?.read())?.value ?? '';
  stop.abort();
  expect(heard).toContain(`data: {"id":"${AN}"}`);
});

describe('the page', () => {
  const root = join(__dirname, '..', '..', '..');
  const source = readdirSync(join(root, 'src', 'simulator', 'page'))
    .map((file) => readFileSync(join(root, 'src', 'simulator', 'page', file), 'utf8'))
    .join('\n');

  it('is served with its files, and asks no other host', async () => {
    const page = await (await fetch(`${base}/simulator`)).text();
    const files = [...page.matchAll(/(?:src|href)="(\/simulator\/page\/[^"]+)"/g)].map((match) => match[1]);
    expect(files.length).toBeGreaterThan(3);
    for (const file of files) expect((await fetch(base + file)).status).toBe(200);
    const hosts = source
      .match(/https?:\/\/[^\s'"`)]+/g)
      ?.filter((url) => url !== 'http://www.w3.org/2000/svg');
    expect(hosts ?? []).toEqual([]);
  });

  it.each(['vi', 'en'])('has every word it uses, and uses every word it has, in %s', async (locale) => {
    const words = (await (await fetch(`${base}/simulator/words/${locale}`)).json()) as object;
    const used = new Set([...source.matchAll(/['"]simulator:(\w+)['"]/g)].map((match) => match[1] ?? ''));
    const stems = [...source.matchAll(/`simulator:(\w+)\$\{/g)].map((match) => match[1] ?? '');
    const isBuilt = (word: string) => word === 'codes' || stems.some((stem) => word.startsWith(stem));
    const known = Object.keys(words);
    expect([...used].filter((word) => !known.includes(word))).toEqual([]);
    expect(known.filter((word) => !used.has(word) && !isBuilt(word))).toEqual([]);
    expect(stems.sort()).toEqual(['kind_', 'send_', 'tour_', 'tour_', 'zalo_', 'zalo_']);
  });
});
