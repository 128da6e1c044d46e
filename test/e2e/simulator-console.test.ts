import { stopwatch } from '../../src/kernel/clock';
import { dropRealStores, realStores } from '../support/real-stores';
import { Supervisor } from '../support/supervisor';

/** The consoles of the simulated Zalo, with the whole program behind them: what is mended there ends its alarm. */

jest.setTimeout(240_000);

let program: Supervisor;

beforeAll(async () => {
  program = new Supervisor({ env: await realStores() });
  await program.start();
});
afterAll(async () => {
  await program.close();
  await dropRealStores(program.env);
});

async function post(path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await fetch(`${program.url}/simulator${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify(body),
  });
  const data = (await answer.json()) as Record<string, unknown>;
  expect({ path, status: answer.status, data }).toMatchObject({ status: 200 });
  return data;
}

async function alarms(): Promise<string> {
  const { body } = (await program.get('/health/ready')) ?? { body: '{}' };
  const { parts } = JSON.parse(body) as { parts: Record<string, { detail?: string }> };
  return parts['zalo_token']?.detail ?? '';
}

async function untilAlarms(expected: RegExp): Promise<void> {
  let now = '';
  for (const since = stopwatch(); since() < 100_000;) {
    now = await alarms();
    if (expected.test(now)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  expect(now).toMatch(expected);
}

it('removes the app and adds it again', async () => {
  await post('/account/remove-app', {});
  await post('/say', { user: '3344556677889900112', text: 'chào', wait: false });
  await untilAlarms(/app_removed/);
  await untilAlarms(/permission_revoked/);
  await post('/account', { installed: true });
  await untilAlarms(/^good$/);
});

it('takes the verification away and gives it back', async () => {
  await post('/account', { verified: false });
  await untilAlarms(/account_unverified/);
  await post('/account', { verified: true });
  await untilAlarms(/^good$/);
});

it('kills the refresh token, and consents anew', async () => {
  await post('/fault', { kind: 'empty', path: '/access_token', times: 20 });
  const { now } = (await (await fetch(`${program.url}/simulator/clock`)).json()) as { now: string };
  await post('/clock', { now: new Date(Date.parse(now) + 26 * 3_600_000).toISOString() });
  await post('/say', { user: '3344556677889900112', text: 'chào', wait: false });
  await untilAlarms(/token_dead/);
  await fetch(`${program.url}/simulator/fault`, { method: 'DELETE' });
  await post('/consent', {});
  await untilAlarms(/^good$/);
});

it('answers its own page and programs, and no page of another site', async () => {
  const codes = (headers: Record<string, string>) => fetch(`${program.url}/simulator/codes`, { headers });
  expect((await codes({})).status).toBe(200);
  expect((await codes({ Origin: program.url })).status).toBe(200);
  const strange = await codes({ Origin: 'https://evil.example' });
  expect(strange.status).toBe(403);
  expect(await strange.text()).not.toContain('code"');
});
