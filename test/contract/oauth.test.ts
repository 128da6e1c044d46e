import { createHash } from 'node:crypto';
import { AN, CALLBACK, contract, DAY, HOUR, IDS, MINUTE, SECOND, type Zalo } from './world';

/** Section 1: consent, codes, token pairs; and section 2 and 13 of it in every call: the guard in front of the API. */

const VERIFIER = 'Zq7mT2xK9bLw4RcN8hVd3FsY6pJg1AtUe5XoQiCzBnM';
const CHALLENGE = '2_M__bglE6NsbyR5QveN34vzSnbnVB-9fIRbZKuLR-o';
const codeOf = async (z: Zalo, query = {}) => (await z.code(query)).searchParams.get('code') ?? '';
const first = (code: string, more = {}) => ({
  ...{ grant_type: 'authorization_code', code, app_id: IDS.app },
  ...more,
});
const PAIR = { access_token: expect.any(String), refresh_token: expect.any(String), expires_in: '90000' };
const seconds = (z: Zalo, more: object) => async () => z.form(first(await codeOf(z)), more as never);
const quota = (z: Zalo) => z.post('/v3.0/oa/quota/message', { user_id: AN });
const consentPage = async (z: Zalo, query: Record<string, string>) => {
  const answer = await fetch(`${z.base}/v4/oa/permission?${new URLSearchParams(query).toString()}`, {
    redirect: 'manual',
  });
  return { status: answer.status, text: await answer.text() };
};

contract('consent and first pair', [
  [
    '1.2',
    'the consent page leads back with code, oa_id and state',
    async (z) => {
      const back = await z.code({ state: 'abc' });
      return { to: back.origin + back.pathname, ...Object.fromEntries(back.searchParams) };
    },
    { to: CALLBACK, code: expect.any(String), oa_id: IDS.oa, state: 'abc' },
  ],
  [
    '1.2',
    'an unknown app does not reach consent',
    (z) => consentPage(z, { app_id: '1', redirect_uri: CALLBACK }),
    { status: 400, text: '-14002' },
  ],
  ['1.2', 'no callback', (z) => consentPage(z, { app_id: IDS.app }), { status: 400, text: '-14003' }],
  [
    '1.1',
    'another callback than the saved one',
    (z) => consentPage(z, { app_id: IDS.app, redirect_uri: `${CALLBACK}/` }),
    { status: 400, text: '-14003' },
    (z) => z.account({ callback: CALLBACK }),
  ],
  ['1.4', 'a code gives a pair, flat, its life a text', async (z) => z.form(first(await codeOf(z))), PAIR],
  [
    '1.4',
    'a code works once',
    async (z) => {
      const code = await codeOf(z);
      await z.form(first(code));
      return z.form(first(code));
    },
    { error: -14019, error_name: expect.any(String), error_reason: '' },
  ],
  [
    '1.5',
    'a code lives ten minutes',
    async (z) => {
      const code = await codeOf(z);
      z.later(10 * MINUTE);
      return z.form(first(code));
    },
    { error: -14019 },
  ],
  [
    '1.5',
    'a code is still good a second before',
    async (z) => {
      const code = await codeOf(z);
      z.later(10 * MINUTE - SECOND);
      return z.form(first(code));
    },
    PAIR,
  ],
  ['1.4', 'an unknown code', (z) => z.form(first('nothing')), { error: -14019 }],
  [
    '1.3',
    'the verifier of the challenge opens',
    async (z) => z.form(first(await codeOf(z, { code_challenge: CHALLENGE }), { code_verifier: VERIFIER })),
    PAIR,
  ],
  [
    '1.3',
    'another verifier does not',
    async (z) =>
      z.form(first(await codeOf(z, { code_challenge: CHALLENGE }), { code_verifier: 'x'.repeat(43) })),
    { error: -14019 },
  ],
  [
    '1.3',
    'a missing verifier does not',
    async (z) => z.form(first(await codeOf(z, { code_challenge: CHALLENGE }))),
    { error: -14019 },
  ],
  ['1.4', 'the wrong app secret', async (z) => seconds(z, { secret_key: 'x' })(), { error: -14001 }],
  ['1.4', 'no app secret', async (z) => seconds(z, {})(), { error: -14001 }],
  ['1.4', 'another app', async (z) => z.form(first(await codeOf(z), { app_id: '1' })), { error: -14002 }],
  ['1.4', 'another grant', (z) => z.form({ grant_type: 'password', app_id: IDS.app }), { error: -14001 }],
  [
    '1.4',
    'a JSON body is not a form',
    async (z) => z.post('/v4/oa/access_token', first(await codeOf(z)), { secret_key: 'AppSecretExample01' }),
    { error: -14001 },
  ],
]);

contract('refresh', [
  ['1.6', 'a pair of the API Explorer is like any other', (z) => z.refresh(), PAIR],
  ['1.4', 'gives a new pair', (z) => z.refresh(), PAIR],
  [
    '1.5',
    'a refresh token works once',
    async (z) => {
      await z.refresh();
      return z.refresh();
    },
    { error: -14014 },
  ],
  ['1.5', 'the new refresh token works', async (z) => z.refresh((await z.refresh()).refresh_token), PAIR],
  [
    '1.5',
    'the access token before stops at once',
    async (z) => {
      await z.refresh();
      return quota(z);
    },
    { error: -216 },
  ],
  [
    '1.5',
    'the new access token works',
    async (z) => {
      z.keep(await z.refresh());
      return quota(z);
    },
    { error: 0 },
  ],
  [
    '1.5',
    'an access token lives 25 hours',
    (z) => quota(z),
    { error: -220 },
    async (z) => z.later(25 * HOUR),
  ],
  [
    '1.5',
    'it is still good a second before',
    (z) => quota(z),
    { error: 0 },
    async (z) => z.later(25 * HOUR - SECOND),
  ],
  [
    '1.5',
    'a refresh token dies after three months',
    (z) => z.refresh(),
    { error: -14014 },
    async (z) => z.later(90 * DAY),
  ],
  [
    '1.5',
    'each refresh gives three months anew',
    (z) => z.refresh(),
    PAIR,
    async (z) => {
      z.later(60 * DAY);
      z.keep(await z.refresh());
      z.later(60 * DAY);
    },
  ],
  ['1.4', 'a made-up refresh token', (z) => z.refresh('oa_rt_x'), { error: -14014 }],
  [
    '1.5',
    'a pair whose answer never came is lost',
    async (z) => {
      await expect(
        fetch(`${z.base}/v4/oa/access_token`, {
          method: 'POST',
          body: new URLSearchParams({
            grant_type: 'refresh_token',
            refresh_token: z.refreshToken,
            app_id: IDS.app,
          }),
          headers: { secret_key: 'AppSecretExample01' },
          signal: AbortSignal.timeout(1_500),
        }),
      ).rejects.toThrow();
      return z.refresh();
    },
    { error: -14014 },
    (z) => z.fault({ kind: 'timeout_after_accept', path: '/access_token' }),
  ],
]);

const PROOF = (token: string) => ({ access_token: token, appsecret_proof: proofOf(token) });
function proofOf(token: string): string {
  // Two rounds of SHA-256 by hand, so that nothing of ours computes what it checks.
  const key = Buffer.alloc(64);
  key.write('AppSecretExample01');
  const pad = (byte: number) => key.map((b) => b ^ byte);
  const inner = createHash('sha256').update(pad(0x36)).update(token).digest();
  return createHash('sha256').update(pad(0x5c)).update(inner).digest('hex');
}

contract('the guard', [
  ['0.3', 'the token is a bare header', (z) => quota(z), { error: 0 }],
  [
    '0.3',
    'a bearer header is not accepted',
    (z) => z.post('/v3.0/oa/quota/message', { user_id: AN }, { Authorization: `Bearer ${z.token}` }),
    { error: -216, message: 'Access token is invalid' },
  ],
  ['8.1', '-216 no token', (z) => z.post('/v3.0/oa/quota/message', { user_id: AN }, {}), { error: -216 }],
  [
    '8.1',
    '-216 an unknown token',
    (z) => z.post('/v3.0/oa/quota/message', { user_id: AN }, { access_token: 'x' }),
    { error: -216 },
  ],
  [
    '8.3',
    '-124 the same on the host of messages by phone',
    (z) => z.get('/message/quota', {}, {}),
    { error: -124 },
  ],
  [
    '0.4',
    'an application error has HTTP status 200',
    async (z) => ({
      status: (await z.raw('POST', '/v3.0/oa/quota/message', {}, {})).status,
    }),
    { status: 200 },
  ],
  ['8.1', '-204 the account is disabled', quota, { error: -204 }, (z) => z.account({ enabled: false })],
  ['8.1', '-209 the app is not active', quota, { error: -209 }, (z) => z.account({ appActive: false })],
  [
    '8.1',
    '-212 the product is not registered',
    quota,
    { error: -212 },
    (z) => z.account({ registered: false }),
  ],
  [
    '1.7',
    '-219 the account removed the app',
    quota,
    { error: -219 },
    (z) => z.sim('/account/remove-app', {}),
  ],
  ['3.4', '-221 the account is not verified', quota, { error: -221 }, (z) => z.account({ verified: false })],
  [
    '3.4',
    '-224 the basic package has no Open API',
    quota,
    { error: -224 },
    (z) => z.account({ package: 'basic' }),
  ],
  ['3.4', '-224 nor has the standard one', quota, { error: -224 }, (z) => z.account({ package: 'standard' })],
  ['3.4', 'the growth package has', quota, { error: 0 }, (z) => z.account({ package: 'growth' })],
  [
    '3.4',
    'the comprehensive package has',
    quota,
    { error: 0 },
    (z) => z.account({ package: 'comprehensive' }),
  ],
  [
    '8.1',
    '-223 messages were not granted',
    quota,
    { error: -223 },
    (z) => z.account({ withheld: ['messages'] }),
  ],
  [
    '8.1',
    '-223 user management was not granted',
    (z) => z.read('/v3.0/oa/user/detail', { user_id: AN }),
    { error: -223 },
    (z) => z.account({ withheld: ['users'] }),
  ],
  [
    '7.5',
    '-223 messages of users were not granted',
    (z) => z.read('/v2.0/oa/listrecentchat', { offset: 0, count: 1 }),
    { error: -223 },
    (z) => z.account({ withheld: ['chats'] }),
  ],
  [
    '5.1',
    '-223 groups were not granted',
    (z) => z.get('/v3.0/oa/group/getgroupsofoa'),
    { error: -223 },
    (z) => z.account({ withheld: ['groups'] }),
  ],
  [
    '0.3',
    '-242 no appsecret_proof where it is required',
    quota,
    { error: -242 },
    (z) => z.account({ proof: true }),
  ],
  [
    '0.3',
    '-242 a wrong appsecret_proof',
    (z) =>
      z.post('/v3.0/oa/quota/message', { user_id: AN }, { access_token: z.token, appsecret_proof: 'ab' }),
    { error: -242 },
    (z) => z.account({ proof: true }),
  ],
  [
    '0.3',
    'the right appsecret_proof',
    (z) => z.post('/v3.0/oa/quota/message', { user_id: AN }, PROOF(z.token)),
    { error: 0 },
    (z) => z.account({ proof: true }),
  ],
  [
    '8.3',
    '-1241 a wrong appsecret_proof by phone',
    (z) => z.get('/message/quota'),
    { error: -1241 },
    (z) => z.account({ proof: true }),
  ],
  [
    '8.3',
    '-135 package or verification missing by phone',
    (z) => z.get('/message/quota'),
    { error: -135 },
    (z) => z.account({ package: 'basic' }),
  ],
  [
    '8.3',
    '-103 app not active by phone',
    (z) => z.get('/message/quota'),
    { error: -103 },
    (z) => z.account({ appActive: false }),
  ],
  [
    '8.3',
    '-105 app not linked by phone',
    (z) => z.get('/message/quota'),
    { error: -105 },
    (z) => z.account({ installed: false }),
  ],
  [
    '8.3',
    '-138 permission missing by phone',
    (z) => z.get('/message/quota'),
    { error: -138 },
    (z) => z.account({ withheld: ['templates'] }),
  ],
]);

it('0.3 the proof of this suite is that of the test vector', () => {
  expect(proofOf('AccessTokenExample01')).toBe(
    '126a2986a4c10b7183901ae2a991af3793d462dd000fd3ee5058441fe4072c26',
  );
});

const info = (z: Zalo) => z.raw('GET', '/v2.0/oa/getoa');
contract('rate', [
  [
    '9',
    'two headers tell the state',
    async (z) => {
      const { headers } = await info(z);
      return { limit: headers.get('X-RateLimit-Limit'), remain: headers.get('X-RateLimit-Remain') };
    },
    { limit: '2', remain: '1' },
    (z) => z.account({ requestsPerMinute: 2 }),
  ],
  [
    '9',
    '-32 with HTTP 200 when the minute is used up',
    async (z) => {
      await info(z);
      await info(z);
      const answer = await info(z);
      return { status: answer.status, ...((await answer.json()) as object) };
    },
    { status: 200, error: -32 },
    (z) => z.account({ requestsPerMinute: 2 }),
  ],
  [
    '9',
    'the window is the clock minute',
    async (z) => {
      z.at('2026-11-10T08:00:59+07:00');
      await info(z);
      z.later(SECOND);
      return (await info(z)).json();
    },
    { error: 0 },
    (z) => z.account({ requestsPerMinute: 1 }),
  ],
  [
    '9',
    'growth has 100 a minute',
    async (z) => ({ limit: (await info(z)).headers.get('X-RateLimit-Limit') }),
    { limit: '100' },
    (z) => z.account({ package: 'growth' }),
  ],
  [
    '9',
    'comprehensive has 2000',
    async (z) => ({ limit: (await info(z)).headers.get('X-RateLimit-Limit') }),
    { limit: '2000' },
    (z) => z.account({ package: 'comprehensive' }),
  ],
  [
    '9',
    'templates are outside the limit',
    (z) => z.post('/v3.0/oa/message/template', { user_id: AN, template_id: '512346', template_data: {} }),
    { error: 0 },
    (z) => z.account({ requestsPerMinute: 0 }),
  ],
]);
