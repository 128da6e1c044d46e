import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { MovableClock, stopwatch } from '../../src/kernel/clock';
import { FakeZalo } from '../../src/simulator/fake-zalo';
import { dropRealStores, realStores } from '../support/real-stores';
import { Supervisor } from '../support/supervisor';
import { LIMIT_MS, tell } from './scale';

/** F14 in the whole program: killed while it renews its token, started again, and helped by an operator where it must be. */

jest.setTimeout(LIMIT_MS);

const ROOT = join(__dirname, '../..');
const KEYS = { appId: '1122334455667788990', appSecret: 'AppSecretExample01', oaId: '2233445566778899001' };
const OA_SECRET = 'OaSecretKeyExample01';
const START = '2026-03-12T08:00:00+07:00';

const clock = MovableClock.startingAt(new Date(START));
let zalo: FakeZalo;
let base: string;
let program: Supervisor;

beforeEach(async () => {
  zalo = new FakeZalo({
    ...{ clock, ...KEYS, oaSecret: OA_SECRET, requestsPerMinute: 1_000_000 },
    echoes: { sent: false, received: false },
  });
  base = await zalo.listen();
  const pair = zalo.issuePair();
  program = new Supervisor({
    env: {
      ...(await realStores()),
      ...{ CLOCK_START: START, GATHER_MS: '0', API_TOKENS: 'test:token-of-the-test' },
      ...{ ZALO_APP_ID: KEYS.appId, ZALO_APP_SECRET: KEYS.appSecret },
      ...{ ZALO_OA_ID: KEYS.oaId, ZALO_OA_SECRET_KEY: OA_SECRET },
      ...{ ZALO_OPENAPI_URL: base, ZALO_OAUTH_URL: base, ZALO_BUSINESS_URL: base },
      ...{ ZALO_ACCESS_TOKEN: pair.accessToken, ZALO_REFRESH_TOKEN: pair.refreshToken },
      ...{ ZALO_REQUESTS_PER_MINUTE: '60000', ZALO_CALLBACK_URL: 'https://bot.example.vn/back' },
    },
  });
});
afterEach(async () => {
  await program.close();
  await dropRealStores(program.env);
  await zalo.close();
});

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  limitMs = 60_000,
): Promise<number> {
  const since = stopwatch();
  while (!(await isSo())) {
    if (since() > limitMs) throw new Error(`${what}: not after ${limitMs} ms\n${program.lastWords()}`);
    await pause(100);
  }
  return Math.round(since());
}

async function tokenPart(): Promise<{ status: number; ok: boolean; detail: string }> {
  const answer = await program.get('/health/ready');
  const { parts } = JSON.parse(answer?.body ?? '{}') as {
    parts?: Record<string, { ok: boolean; detail: string }>;
  };
  return { status: answer?.status ?? 0, ok: false, detail: '', ...parts?.['zalo_token'] };
}

/** The access token ends, the refresh token stays good; then somebody writes, and the program dies as it renews. */
async function dieRenewing(failpoint: string): Promise<string> {
  await program.start({ FAILPOINT: `${failpoint}:1` });
  zalo.webhook.url = program.webhookUrl;
  await until('a first pair in use', async () => (await tokenPart()).ok);
  zalo.issuePair();
  const person = zalo.person();
  await person.types('em chào bác');
  expect(await program.end).toMatchObject({ signal: 'SIGKILL' });
  return person.id;
}

/** `npm run zalo:login` beside the running program; the administrator accepts at once. */
async function login(): Promise<number | null> {
  const { PATH = '' } = process.env;
  const child = spawn(process.execPath, [join(ROOT, 'dist/scripts/zalo-login.js')], {
    cwd: ROOT,
    env: { PATH, ...program.env },
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (!line.trim().startsWith(`${base}/v4/oa/permission`)) return;
    const link = new URL(line.trim()).searchParams;
    const back = new URL(link.get('redirect_uri') as string);
    back.searchParams.set('code', zalo.oauth.issueCode(link.get('code_challenge')));
    back.searchParams.set('oa_id', KEYS.oaId);
    back.searchParams.set('state', link.get('state') as string);
    child.stdin.end(`${back.href}\n`);
  });
  return new Promise((resolve) => child.once('exit', resolve));
}

async function moveClock(ms: number): Promise<void> {
  clock.moveTo(new Date(clock.now().getTime() + ms));
  const answer = await fetch(`${program.url}/simulator/clock`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: 'Bearer token-of-the-test' },
    body: JSON.stringify({ now: clock.now().toISOString() }),
  });
  if (!answer.ok) throw new Error(`the clock did not move: ${answer.status} ${await answer.text()}`);
}

it('killed before the new pair was on the disk: an alarm, sends wait, and a new consent lets them go', async () => {
  const person = await dieRenewing('after_token_answer');
  await program.start();
  const alarmMs = await until('the alarm', async () => (await tokenPart()).detail.includes('token_dead'));
  expect(alarmMs).toBeLessThan(60_000);
  expect(await tokenPart()).toMatchObject({ status: 200, ok: false });
  expect(await program.metric('zalo_alarm_token_dead')).toBe(1);
  expect(zalo.sendsTo(person)).toHaveLength(0);
  await pause(1_000);
  const lines = program.log.filter((line) => line.includes('"alarm":"token_dead"'));
  expect(lines).toHaveLength(1);

  expect(await login()).toBe(0);
  const seenMs = await until('the new pair', async () => (await tokenPart()).ok);
  await moveClock(61_000);
  await until('the reply', () => zalo.sendsTo(person).length > 0);
  tell('F14 relink', { alarmMs, seenMs });
  expect(await program.metric('zalo_alarm_token_dead')).toBe(0);
  expect(await program.metric('outbox_dead_total')).toBe(0);
});

it('killed when the new pair was on the disk but not in the store: nobody is needed', async () => {
  const person = await dieRenewing('after_token_kept');
  const kept = join(program.dataDir, `zalo-token-${KEYS.oaId}.kept`);
  expect(existsSync(kept)).toBe(true);
  await program.start();
  await until('the reply', () => zalo.sendsTo(person).length > 0);
  expect(await tokenPart()).toMatchObject({ status: 200, ok: true, detail: 'good' });
  expect(existsSync(kept)).toBe(false);

  // And while it runs: the administrator takes the permission back.
  await zalo.removeApp();
  await until('the alarm', async () => (await tokenPart()).detail.includes('permission_revoked'));
  expect(await tokenPart()).toMatchObject({ status: 200, ok: false });
  expect(await program.metric('zalo_alarm_permission_revoked')).toBe(1);
  expect(program.log.filter((line) => line.includes('"alarm":"permission_revoked"'))).toHaveLength(1);
});
