import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { FrozenClock } from '../../../src/kernel/clock';
import { createFakeZalo, type FakeZalo } from '../../../src/simulator/fake-zalo';
import { KEYS, MORNING, aHook, type Hook } from './zalo-world';

const AN = '3344556677889900112';
let folder: string;
let hook: Hook;
let fakes: FakeZalo[] = [];
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'fake-zalo-'));
  hook = await aHook();
});
afterEach(async () => {
  for (const fake of fakes) await fake.close();
  fakes = [];
  await hook.close();
  rmSync(folder, { recursive: true });
});

/** A fake on the same file; the one before it is left as a killed process leaves it, never closed. */
function started(): FakeZalo {
  const fake = createFakeZalo({
    clock: new FrozenClock(MORNING),
    ...KEYS,
    webhookUrl: hook.url,
    stateFile: join(folder, 'zalo.jsonl'),
  });
  fakes.push(fake);
  return fake;
}

const refresh = (fake: FakeZalo, token: string) =>
  fake.oauth.exchange(KEYS.appSecret, {
    grant_type: 'refresh_token',
    refresh_token: token,
    app_id: KEYS.appId,
  });

it('knows its tokens after being killed, the spent ones too', () => {
  const first = started();
  const old = first.issuePair();
  const pair = refresh(first, old.refreshToken) as { access_token: string; refresh_token: string };
  for (const fake of [started(), started()]) {
    expect(fake.oauth.refusal(pair.access_token)).toBeNull();
    expect(fake.oauth.refusal(old.accessToken)).toBe(-216);
    expect(refresh(fake, old.refreshToken)).toMatchObject({ error: -14014 });
  }
  expect(refresh(started(), pair.refresh_token)).toHaveProperty('access_token');
});

it('remembers people, windows and chats', async () => {
  const an = started().person(AN, 'Bác An');
  await an.types('chào em');
  await an.follows();
  const again = started().person(AN);
  expect(again.name).toBe('Bác An');
  expect(again.isFollower).toBe(true);
  expect(again.lastInteraction).toEqual(MORNING);
  expect(again.chat).toEqual(an.chat);
});

it('still owes the webhook what it had not taken, and delivers it once it can', async () => {
  hook.status = 503;
  await started().person(AN).types('một');
  hook.status = 200;
  const again = started();
  expect(again.webhook.nextDue()).toEqual(new Date(MORNING.getTime() + 30_000));
  const last = createFakeZalo({
    clock: new FrozenClock(new Date(MORNING.getTime() + 30_000)),
    ...KEYS,
    webhookUrl: hook.url,
    stateFile: join(folder, 'zalo.jsonl'),
  });
  fakes.push(last);
  await last.webhook.runDue();
  expect(hook.got.map((g) => JSON.parse(g.raw).message.text)).toEqual(['một', 'một']);
  expect(last.person(AN).chat[0]?.state).toBe('taken');
});

it('drops a line that was torn by a kill', () => {
  const pair = started().issuePair();
  appendFileSync(join(folder, 'zalo.jsonl'), '{"t":"person","id":"33');
  appendFileSync(join(folder, 'zalo.jsonl'), `\n{"t":"person","id":"${AN}","name":"Bác An"}\n`);
  const again = started();
  expect(again.oauth.refusal(pair.accessToken)).toBeNull();
  expect(again.people().map((person) => person.name)).toEqual(['Bác An']);
});

it('remembers groups, the account, uploads and what it knows of people besides the chat', async () => {
  const first = started();
  first.account.change({ package: 'basic', admins: [AN] });
  first.groups.putAsset({
    id: 'a1',
    product: 'gmf10',
    quotaType: 'sub_quota',
    validThrough: 1,
    usedId: 'g1',
  });
  first.desk.state.table<{ n: number }>('upload').put('u1', { n: 1 });
  first.desk.state.table<{ n: number }>('upload').put('u2', { n: 2 });
  first.desk.state.table<{ n: number }>('upload').drop('u1');
  for (const again of [started(), started()]) {
    expect(again.account.now).toMatchObject({ package: 'basic', admins: [AN], verified: true });
    expect(again.groups.asset('a1')).toMatchObject({ usedId: 'g1' });
    expect(again.desk.state.table('upload').all()).toEqual([{ n: 2 }]);
  }
});
