import { stopwatch, systemClock } from '../../src/kernel/clock';
import { FakeBotPlatform } from '../../src/simulator/bot-platform/fake-bot-platform';
import type { BotPerson } from '../../src/simulator/bot-platform/bot-person';
import { DONG_LAM, loadCommune, NGOC_TRI, TAN_HOA, type Submission } from '../support/bot';
import { dropRealStores, realStores } from '../support/real-stores';
import { Supervisor } from '../support/supervisor';

/** The same program on another messenger: a village leader takes the post and reports, all through the Bot Platform. */

const BOT_TOKEN = '1234567890:token-of-the-bot';
const SECRET = 'secret-of-the-bot';
const API = 'bot-e2e-token';
const PATIENCE_MS = 20_000;

let fake: FakeBotPlatform;
let program: Supervisor;
let codes: ReadonlyMap<string, string>;

async function get<T>(path: string): Promise<T> {
  const answer = await program.get(path, { authorization: `Bearer ${API}` });
  if (answer?.status !== 200) throw new Error(`${path}: ${answer?.status} ${answer?.body}`);
  return JSON.parse(answer.body) as T;
}

async function submission(unit: string): Promise<Submission | undefined> {
  const path = `/api/v1/submissions?form=village-month&period=2026-03&unit=${unit}`;
  return (await get<{ submissions: Submission[] }>(path)).submissions[0];
}

async function moveClock(now: string): Promise<void> {
  const answer = await fetch(`${program.url}/simulator/clock`, {
    method: 'POST',
    headers: { authorization: `Bearer ${API}`, 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  });
  if (answer.status !== 200) throw new Error(`the clock was refused: ${await answer.text()}`);
}

/** Types and waits for the whole answer. */
async function says(person: BotPerson, text: string): Promise<string> {
  const before = person.heard.length;
  if (!(await person.types(text))) throw new Error(`«${text}» was not taken`);
  return hears(person, before);
}

async function hears(person: BotPerson, before: number): Promise<string> {
  const since = stopwatch();
  while (person.heard.length === before) {
    if (since() > PATIENCE_MS) throw new Error('nothing was answered');
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
  for (let seen = -1; seen !== person.heard.length;) {
    seen = person.heard.length;
    await new Promise((resolve) => setTimeout(resolve, 120));
  }
  return person.heard
    .slice(before)
    .map((message) => message.text)
    .join('\n\n');
}

async function leader(unit: string, name: string): Promise<BotPerson> {
  const person = fake.person(undefined, name);
  const asked = await says(person, codes.get(`${unit}/village_head`) as string);
  expect(asked).toMatch(/\n\n1\. Đúng\n2\. Không phải$/);
  expect(await says(person, '1')).toContain('Em đã ghi nhận');
  return person;
}

beforeAll(async () => {
  fake = new FakeBotPlatform({
    clock: systemClock,
    token: BOT_TOKEN,
    requestsPerMinute: 100_000,
    webhookDeadlineMs: 15_000,
  });
  program = new Supervisor({
    env: {
      ...(await realStores()),
      CHANNEL: 'zalo-bot',
      ZALO_BOT_TOKEN: BOT_TOKEN,
      ZALO_BOT_SECRET_TOKEN: SECRET,
      ZALO_BOT_API_URL: await fake.listen(),
      ZALO_REQUESTS_PER_MINUTE: '60000',
      CLOCK_START: '2026-03-05T08:00:00+07:00',
      API_TOKENS: `test:${API}`,
      GATHER_MS: '300',
    },
  });
  codes = await loadCommune(program);
  await program.start();
}, 90_000);

afterAll(async () => {
  await program.close();
  await dropRealStores(program.env);
  await fake.close();
});

it('has told the platform where it is, and says so', async () => {
  for (const since = stopwatch(); fake.webhookUrl === null && since() < PATIENCE_MS;)
    await new Promise((resolve) => setTimeout(resolve, 20));
  expect(fake.webhookUrl).toBe(`${program.url}/webhook/zalo-bot`);
  const { parts } = await get<{ parts: Record<string, unknown> }>('/health/ready');
  expect(parts).toMatchObject({ zalo_bot_webhook: { ok: true, detail: 'set' } });
  expect(parts).not.toHaveProperty('zalo_token');
});

it('takes nothing from anybody who does not know the secret, and has no door for the other channel', async () => {
  const body = JSON.stringify({ event_name: 'message.text.received', message: {} });
  const post = (path: string, headers: Record<string, string>): Promise<Response> =>
    fetch(`${program.url}${path}`, { method: 'POST', body, headers });
  expect((await post('/webhook/zalo-bot', { 'x-bot-api-secret-token': 'another-secret' })).status).toBe(401);
  expect((await post('/webhook/zalo-bot', {})).status).toBe(401);
  expect((await post('/webhook/zalo', {})).status).toBe(404);
  expect(await program.metric('inbox_stored_total')).toBe(0);
});

let tu: BotPerson;
let thanh: BotPerson;

it('two leaders take their posts by the digit of the choice', async () => {
  tu = await leader(DONG_LAM, 'bác Tư');
  thanh = await leader(NGOC_TRI, 'bác Thành');
});

it('a month opens and is told in plain text, though nobody wrote for eight days: there are no windows here', async () => {
  const [before, other] = [tu.heard.length, thanh.heard.length];
  await moveClock('2026-03-13T09:00:00+07:00');
  expect(await hears(tu, before)).toMatch(/tháng 3[^]*\n\n1\. Bắt đầu\n2\. Để sau$/);
  expect(await hears(thanh, other)).toMatch(/tháng 3/);
});

it('the digit of what a reminder offers does it', async () => {
  expect(await says(tu, '1')).toContain('Câu 1/4');
  expect(await says(thanh, '2')).toContain('17:00');
});

it('a stranger asks by the digits of the welcome', async () => {
  const lan = fake.person(undefined, 'bà Lan');
  expect(await says(lan, 'xin chào')).toMatch(
    /\n\n1\. Quên mật khẩu\n2\. Đổi điện thoại\n3\. Kích hoạt mức 2\n4\. Học ở đâu$/,
  );
  expect(await says(lan, '2')).toContain('Mỗi tài khoản VNeID chỉ dùng trên một máy');
});

it('the leader reports the month, and the figures move', async () => {
  const readBack = await says(tu, 'BC 418 5 121 14');
  expect(readBack).toContain('1) Người lớn biết dùng điện thoại, mạng (kỹ năng số): 418');
  // Numbers mean figures here, so the choices are words.
  expect(readBack).toMatch(/«Gửi» · «Sửa» · «Để sau»$/);
  expect(await submission(DONG_LAM)).toMatchObject({ state: 'draft' });
  expect(await says(tu, 'gửi')).toContain('Đã gửi');
  // Nothing is open now, so a digit is the choice under the receipt.
  expect(await says(tu, '1')).toContain('Em đã rút lại báo cáo tháng 3');
  expect(await submission(DONG_LAM)).toMatchObject({ state: 'draft' });
  expect(await says(tu, 'gửi')).toMatch(/Đã gửi[^]*\n\n1\. Hoàn tác$/);
  const sent = await submission(DONG_LAM);
  expect(sent).toMatchObject({ state: 'submitted' });
  expect(sent?.figures.map(({ value }) => value)).toEqual([418, 5, 121, 14]);
  const { indicators } = await get<{ indicators: { id: string; value: number | null }[] }>(
    `/api/v1/rollup?form=village-month&period=2026-03&unit=${TAN_HOA}`,
  );
  expect(indicators.find(({ id }) => id === 'learners')).toMatchObject({ value: 121 });
});

it('what was typed while the program was dead is answered after, once', async () => {
  await program.kill();
  expect(await thanh.types('BC 40 4 90 7')).toBe(false);
  const before = thanh.heard.length;
  await program.start();
  await fake.webhook.repeatNow();
  expect(await hears(thanh, before)).toContain('2) Buổi học trong tháng: 4');
  expect(thanh.heard.length).toBe(before + 1);
});

it('what the platform does not hand over is answered once, though it is told of twice', async () => {
  const before = tu.heard.length;
  const chat = { id: tu.id, chat_type: 'PRIVATE' };
  const message = { from: { id: tu.id, is_bot: false }, chat, message_id: 'a-video', date: Date.now() };
  for (let told = 1; told <= 2; told += 1) {
    const { status } = await fetch(`${program.url}/webhook/zalo-bot`, {
      method: 'POST',
      headers: { 'x-bot-api-secret-token': SECRET },
      body: JSON.stringify({ event_name: 'message.unsupported.received', message }),
    });
    expect(status).toBe(200);
  }
  expect(await hears(tu, before)).toContain('chưa chuyển được');
  expect(tu.heard.length).toBe(before + 1);
  // Several at once are one thing to answer.
  const again = tu.heard.length;
  await Promise.all([1, 2, 3].map(() => tu.sends({ event: 'message.unsupported.received' })));
  await hears(tu, again);
  expect(tu.heard.length).toBe(again + 1);
});

it('a picture and a voice note are answered kindly', async () => {
  expect(
    await hears(
      tu,
      await sent(tu, { event: 'message.voice.received', voice_url: 'https://x.example/a.aac' }),
    ),
  ).not.toBe('');
  expect(
    await hears(
      tu,
      await sent(tu, { event: 'message.sticker.received', sticker: 's', url: 'https://x.example/s.png' }),
    ),
  ).not.toBe('');
});

it('neither the token nor the secret is anywhere in the log', () => {
  expect(program.linesWith('token-of-the-bot', SECRET)).toEqual([]);
});

it('refuses to start on the real platform without an https address, and shows no secret', async () => {
  const env = { CHANNEL: 'zalo-bot', ZALO_BOT_TOKEN: BOT_TOKEN, ZALO_BOT_SECRET_TOKEN: SECRET };
  const refused = new Supervisor({ env });
  await refused.launch();
  expect((await refused.end).code).toBe(1);
  expect(refused.lastWords()).toMatch(/PUBLIC_URL: must be the https address/);
  expect(refused.linesWith('token-of-the-bot', SECRET)).toEqual([]);
  await refused.close();
});

async function sent(person: BotPerson, content: Parameters<BotPerson['sends']>[0]): Promise<number> {
  const before = person.heard.length;
  expect(await person.sends(content)).toBe(true);
  return before;
}
