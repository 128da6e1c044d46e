import { mkdtempSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import express from 'express';
import { FrozenClock } from '../../../src/kernel/clock';
import { FakeBotPlatform } from '../../../src/simulator/bot-platform/fake-bot-platform';
import { createChatRoutes } from '../../../src/simulator/chat.routes';

/** The fake Bot Platform as its neighbours see it: over HTTP only. */

const TOKEN = '1234567890:abc';
const SECRET = 'secret-of-the-bot';
const START = new Date('2026-03-12T01:00:00Z');
const SENDS_KEPT = 3;

interface Got {
  readonly secret: string | undefined;
  readonly body: { ok?: boolean; result?: unknown; event_name?: string };
}

let clock: FrozenClock;
let fake: FakeBotPlatform;
let server: http.Server;
let chat: ReturnType<typeof createChatRoutes>;
let base: string;
let got: Got[];
let status: number;

beforeEach(async () => {
  clock = new FrozenClock(START);
  got = [];
  status = 200;
  fake = new FakeBotPlatform({
    clock,
    token: TOKEN,
    requestsPerMinute: 5,
    sendsKept: SENDS_KEPT,
    webhookDeadlineMs: 500,
  });
  chat = createChatRoutes({
    fake,
    clock,
    advanceClock: async (to) => to,
    settled: async (user) => void (await call('sendMessage', { chat_id: user, text: 'Vâng ạ' })),
    listCodes: async () => [],
    nextDue: async () => null,
  });
  const app = express();
  app.use('/platform', fake.router);
  app.use('/simulator', chat.router);
  app.post('/webhook', express.json(), (req, res) => {
    got.push({ secret: req.get('x-bot-api-secret-token'), body: req.body as Got['body'] });
    res.sendStatus(status);
  });
  server = http.createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});

afterEach(async () => {
  await fake.webhook.idle();
  chat.close();
  await fake.close();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

interface Answer {
  readonly status: number;
  readonly ok: boolean;
  readonly result: Record<string, unknown>;
  readonly error_code: number;
}

async function call(method: string, body: object = {}, token = TOKEN): Promise<Answer> {
  const answer = await fetch(`${base}/platform/bot${token}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, ...((await answer.json()) as object) } as Answer;
}

const setWebhook = (): Promise<Answer> =>
  call('setWebhook', { url: `${base}/webhook`, secret_token: SECRET });

it('knows itself, and nobody with another token', async () => {
  expect((await call('getMe')).result).toMatchObject({
    id: expect.any(String),
    account_name: expect.any(String),
  });
  expect(await call('getMe', {}, '1234567890:abd')).toMatchObject({
    status: 200,
    ok: false,
    error_code: 401,
  });
  expect(await call('getNothing')).toMatchObject({ status: 200, ok: false, error_code: 404 });
});

it.each<[string, object]>([
  ['an address in the clear', { url: 'http://bot.example.vn/webhook', secret_token: SECRET }],
  ['no address', { secret_token: SECRET }],
  ['a short secret', { url: 'https://bot.example.vn/webhook', secret_token: 'seven77' }],
  ['a long secret', { url: 'https://bot.example.vn/webhook', secret_token: 'x'.repeat(257) }],
  ['no secret', { url: 'https://bot.example.vn/webhook' }],
])('refuses a webhook with %s', async (_what, body) => {
  expect(await call('setWebhook', body)).toMatchObject({ status: 200, ok: false, error_code: 400 });
  expect((await call('getWebhookInfo')).result['url']).toBe('');
});

it('takes an https address, shows it, and forgets it', async () => {
  const url = 'https://bot.example.vn/webhook';
  expect((await call('setWebhook', { url, secret_token: SECRET })).result).toMatchObject({ url });
  expect((await call('getWebhookInfo')).result).toMatchObject({ url });
  expect((await call('deleteWebhook')).ok).toBe(true);
  expect((await call('getWebhookInfo')).result['url']).toBe('');
});

it('gives updates one by one while no webhook is set, then a time-out', async () => {
  const lan = fake.person('lan');
  await lan.types('một');
  await lan.types('hai');
  for (const text of ['một', 'hai'])
    expect((await call('getUpdates', { timeout: '30' })).result).toMatchObject({ message: { text } });
  expect(await call('getUpdates')).toMatchObject({ ok: false, error_code: 408 });
  await setWebhook();
  expect(await call('getUpdates')).toMatchObject({ ok: false, error_code: 400 });
});

it('brings what people do to the webhook, with the secret', async () => {
  await setWebhook();
  const lan = fake.person('lan', 'Lan');
  expect(await lan.types('chào em')).toBe(true);
  expect(got[0]?.secret).toBe(SECRET);
  expect(got[0]?.body).toMatchObject({
    ok: true,
    result: {
      event_name: 'message.text.received',
      message: {
        from: { id: 'lan', display_name: 'Lan', is_bot: false },
        chat: { id: 'lan', chat_type: 'PRIVATE' },
        text: 'chào em',
        message_id: expect.stringMatching(/^[0-9a-f]{20}$/),
        date: START.getTime(),
      },
    },
  });
  fake.webhook.wrapped = false;
  await lan.saysInGroup('g1', '@Bot lịch họp');
  expect(got[1]?.body).toMatchObject({ message: { chat: { id: 'g1', chat_type: 'GROUP' } } });
});

it('brings it again when the webhook did not take it, and gives it up in the end', async () => {
  await setWebhook();
  status = 503;
  expect(await fake.person('lan').types('chào em')).toBe(false);
  expect(fake.person('lan').chat.at(-1)?.state).toBe('waiting');
  for (const minutes of [0.5, 5, 15, 30, 60]) {
    expect(fake.webhook.nextDue()).not.toBeNull();
    clock.moveTo(new Date(clock.now().getTime() + minutes * 60_000));
    await fake.webhook.runDue();
  }
  expect(got).toHaveLength(6);
  expect(fake.webhook.nextDue()).toBeNull();
});

it('marks what was taken at the second try', async () => {
  await setWebhook();
  status = 500;
  await fake.person('lan').types('chào em');
  status = 200;
  clock.moveTo(new Date(START.getTime() + 30_000));
  await fake.webhook.runDue();
  expect(fake.person('lan').chat.at(-1)?.state).toBe('taken');
});

it('shows an accepted message on the phone and keeps it in the ledger', async () => {
  fake.person('lan');
  const answer = await call('sendMessage', { chat_id: 'lan', text: 'Chào bác' });
  expect(answer.result).toEqual({ message_id: expect.any(String), date: START.getTime() });
  expect(fake.person('lan').heard).toMatchObject([{ text: 'Chào bác', state: 'unseen' }]);
  expect(fake.sendsTo('lan')).toMatchObject([
    { path: '/sendMessage', body: { chat_id: 'lan', text: 'Chào bác' } },
  ]);
});

it.each<[string, string, object, number]>([
  ['a text that is too long', 'sendMessage', { chat_id: 'lan', text: 'x'.repeat(2001) }, 400],
  ['an empty text', 'sendMessage', { chat_id: 'lan', text: ' ' }, 400],
  ['no text', 'sendMessage', { chat_id: 'lan' }, 400],
  ['no chat', 'sendMessage', { text: 'a' }, 400],
  ['a chat nobody knows', 'sendMessage', { chat_id: 'nobody', text: 'a' }, 404],
  ['a picture without an address', 'sendPhoto', { chat_id: 'lan', photo: 'a.png' }, 400],
  [
    'a caption that is too long',
    'sendPhoto',
    { chat_id: 'lan', photo: 'https://x.vn/a.png', caption: 'x'.repeat(2001) },
    400,
  ],
  ['an action there is not', 'sendChatAction', { chat_id: 'lan', action: 'dancing' }, 400],
])('refuses %s with HTTP 200', async (_what, method, body, code) => {
  fake.person('lan');
  expect(await call(method, body)).toMatchObject({ status: 200, ok: false, error_code: code });
  expect(fake.sends).toEqual([]);
});

it('counts code points, not halves of characters', async () => {
  fake.person('lan');
  expect((await call('sendMessage', { chat_id: 'lan', text: '😀'.repeat(2000) })).ok).toBe(true);
});

it('takes a picture and a sign of typing; the second is no message', async () => {
  fake.person('lan');
  expect(
    (await call('sendPhoto', { chat_id: 'lan', photo: 'https://x.vn/a.png', caption: 'Biểu đồ' })).ok,
  ).toBe(true);
  expect((await call('sendChatAction', { chat_id: 'lan', action: 'typing' })).ok).toBe(true);
  expect(fake.sends).toHaveLength(1);
  expect(fake.person('lan').heard.at(-1)?.text).toBe('[photo] https://x.vn/a.png\nBiểu đồ');
});

it('refuses somebody who closed the chat, and too many a minute', async () => {
  fake.person('tu').closes();
  expect(await call('sendMessage', { chat_id: 'tu', text: 'a' })).toMatchObject({ error_code: 403 });
  fake.person('lan');
  const codes: (number | undefined)[] = [];
  for (let i = 0; i < 6; i += 1)
    codes.push((await call('sendMessage', { chat_id: 'lan', text: 'a' })).error_code);
  expect(codes).toEqual([undefined, undefined, undefined, undefined, undefined, 429]);
  clock.moveTo(new Date(START.getTime() + 60_000));
  expect((await call('sendMessage', { chat_id: 'lan', text: 'a' })).ok).toBe(true);
});

it('takes a voice message by its address', async () => {
  fake.person('lan');
  expect((await call('sendVoice', { chat_id: 'lan', voice_url: 'https://x.vn/a.aac' })).ok).toBe(true);
  expect(fake.person('lan').heard.at(-1)?.text).toBe('[voice] https://x.vn/a.aac');
  expect(await call('sendVoice', { chat_id: 'lan', voice_url: 'https://x.vn/a.mp3' })).toMatchObject({
    error_code: 400,
  });
});

it('tells only the new replies, however many were sent before and are no longer kept', async () => {
  await setWebhook();
  for (let i = 1; i <= 9; i += 1) {
    clock.moveTo(new Date(START.getTime() + i * 60_000));
    const answer = await fetch(`${base}/simulator/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ user: 'lan', text: `${i}` }),
    });
    expect(((await answer.json()) as { replies: unknown[] }).replies).toHaveLength(1);
  }
  expect(fake.lastSend).toBe(9);
  expect(fake.sends.length).toBeLessThan(2 * SENDS_KEPT);
});

it('makes the trouble that was ordered, and says of each whether the message went', async () => {
  fake.person('lan');
  const send = (): Promise<Answer> => call('sendMessage', { chat_id: 'lan', text: 'a' });
  fake.fail.next({ kind: 'code', code: 401 });
  expect(await send()).toMatchObject({ status: 200, ok: false, error_code: 401 });
  fake.fail.next({ kind: 'html', status: 502 });
  await expect(send()).rejects.toThrow(/not valid JSON/);
  fake.fail.next({ kind: 'reset' });
  await expect(send()).rejects.toThrow();
  expect(fake.sends).toHaveLength(0);
  fake.fail.next({ kind: 'reset_after_accept' });
  await expect(send()).rejects.toThrow();
  expect(fake.sends).toHaveLength(1);
});

it('POST /simulator/say answers what the bot said, exactly as it was sent, and no token is in the log', async () => {
  await setWebhook();
  const answer = await fetch(`${base}/simulator/say`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ user: 'lan', text: 'chào em' }),
  });
  expect(await answer.json()).toEqual({
    delivered: true,
    replies: [{ path: '/sendMessage', body: { chat_id: 'lan', text: 'Vâng ạ' } }],
  });
  const log = await (await fetch(`${base}/simulator/log`)).text();
  expect(log).toContain('/sendMessage');
  expect(log).not.toMatch(/1234567890:abc|secret-of-the-bot/);
});

it('forgets nothing over a restart: chats, the webhook, and what it still owes', async () => {
  const stateFile = join(mkdtempSync(join(tmpdir(), 'bot-platform-')), 'state.json');
  const options = { clock, token: TOKEN, stateFile, webhookDeadlineMs: 500 };
  const before = new FakeBotPlatform(options);
  await serving(before, 'setWebhook', { url: `${base}/webhook`, secret_token: SECRET });
  status = 503;
  await before.person('lan', 'Lan').types('chào em');
  await before.close();

  const after = new FakeBotPlatform(options);
  expect(after.webhookUrl).toBe(`${base}/webhook`);
  expect(after.person('lan')).toMatchObject({ name: 'Lan', chat: [{ text: 'chào em', state: 'waiting' }] });
  status = 200;
  clock.moveTo(new Date(START.getTime() + 30_000));
  await after.webhook.runDue();
  expect(after.person('lan').chat.at(-1)?.state).toBe('taken');
  expect(new Set(got.map(({ body }) => JSON.stringify(body))).size).toBe(1);
  await after.close();
});

async function serving(platform: FakeBotPlatform, method: string, body: object): Promise<void> {
  const answer = await fetch(`${await platform.listen()}/bot${TOKEN}/${method}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  expect(await answer.json()).toMatchObject({ ok: true });
}
