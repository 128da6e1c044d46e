import { DAY, HOUR, MINUTE } from '../../../src/kernel/vn-time';
import { KEYS, aWorld, type World } from './zalo-world';

let w: World;
beforeEach(async () => {
  w = await aWorld();
});
afterEach(() => w.close());

const refresh = (token: string) => ({
  refresh_token: token,
  app_id: KEYS.appId,
  grant_type: 'refresh_token',
});
const byCode = (code: string, more = {}) => ({
  code,
  app_id: KEYS.appId,
  grant_type: 'authorization_code',
  ...more,
});

it('changes a refresh token once; the pair before it is dead at once', async () => {
  const first = w.fake.issuePair();
  const second = await w.form(refresh(first.refreshToken));
  expect(second).toEqual({
    access_token: expect.any(String),
    refresh_token: expect.any(String),
    expires_in: '90000',
  });
  expect(await w.form(refresh(first.refreshToken))).toMatchObject({ error: -14014 });
  expect(await w.call('/v2.0/oa/getoa', undefined, { access_token: first.accessToken })).toMatchObject({
    error: -216,
  });
  expect(await w.call('/v2.0/oa/getoa', undefined, { access_token: second.access_token })).toMatchObject({
    error: 0,
    data: { oaid: KEYS.oaId },
  });
  expect(await w.form(refresh(second.refresh_token))).toHaveProperty('access_token');
});

it('takes a code once, within ten minutes, with its verifier', async () => {
  const verifier = 'Zq7mT2xK9bLw4RcN8hVd3FsY6pJg1AtUe5XoQiCzBnM';
  const challenge = '2_M__bglE6NsbyR5QveN34vzSnbnVB-9fIRbZKuLR-o';
  const code = w.fake.oauth.issueCode(challenge);
  expect(await w.form(byCode(code, { code_verifier: 'another' }))).toMatchObject({ error: -14019 });
  expect(await w.form(byCode(code, { code_verifier: verifier }))).toHaveProperty('refresh_token');
  expect(await w.form(byCode(code, { code_verifier: verifier }))).toMatchObject({ error: -14019 });
  const late = w.fake.oauth.issueCode();
  w.later(10 * MINUTE);
  expect(await w.form(byCode(late))).toMatchObject({ error: -14019 });
});

it('sends the consenting admin back with code, OA and state', async () => {
  const asked = `${w.base}/v4/oa/permission?app_id=${KEYS.appId}&redirect_uri=${encodeURIComponent('http://localhost/back?a=1')}&state=nonce`;
  const answer = await fetch(asked, { redirect: 'manual' });
  const back = new URL(answer.headers.get('location') ?? '');
  expect(Object.fromEntries(back.searchParams)).toMatchObject({ a: '1', oa_id: KEYS.oaId, state: 'nonce' });
  expect(await w.form(byCode(back.searchParams.get('code') ?? ''))).toHaveProperty('access_token');
});

it('wants a form, the secret in its header and the right app', async () => {
  const { refreshToken } = w.fake.issuePair();
  expect(await w.form(refresh(refreshToken), { secret_key: 'wrong' })).toMatchObject({ error: -14001 });
  expect(await w.form({ ...refresh(refreshToken), app_id: '1' })).toMatchObject({ error: -14002 });
  const asJson = await w.call('/v4/oa/access_token', refresh(refreshToken), { secret_key: KEYS.appSecret });
  expect(asJson).toMatchObject({ error: -14001 });
  expect(await w.form(refresh(refreshToken))).toHaveProperty('access_token');
});

it('opens the API by the bare header only, for 25 hours', async () => {
  expect(await w.call('/v2.0/oa/getoa', undefined, {})).toMatchObject({ error: -216 });
  expect(await w.call('/v2.0/oa/getoa', undefined, { Authorization: `Bearer ${w.token}` })).toEqual({
    error: -216,
    message: 'Access token is invalid',
  });
  w.later(25 * HOUR - 1);
  expect(await w.call('/v2.0/oa/getoa')).toMatchObject({ error: 0 });
  w.later(1);
  expect(await w.call('/v2.0/oa/getoa')).toMatchObject({ error: -220 });
});

it('lets a refresh token die after three months', async () => {
  const { refreshToken } = w.fake.issuePair();
  w.later(90 * DAY);
  expect(await w.form(refresh(refreshToken))).toMatchObject({ error: -14014 });
});

it('can lose the answer to a refresh that was done: the same token is then refused', async () => {
  const { refreshToken } = w.fake.issuePair();
  w.fake.fail.next({ kind: 'reset_after_accept', path: '/access_token' });
  await expect(w.form(refresh(refreshToken))).rejects.toThrow();
  expect(await w.form(refresh(refreshToken))).toMatchObject({ error: -14014 });
});
