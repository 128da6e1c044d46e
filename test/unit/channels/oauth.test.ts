import { appSecretProof, createOAuth, pkceChallenge, pkceVerifier } from '../../../src/channels/zalo/oauth';
import { useHttpMock } from '../../support/http-mock';

const BASE = 'https://oauth.zaloapp.com';
const oauth = createOAuth({ baseUrl: BASE, appId: '1', appSecret: 's3', timeoutMs: 1_000 });

describe('the token endpoint', () => {
  const mock = useHttpMock();
  const reply = (status: number, body: string): void => {
    mock.host(BASE).post('/v4/oa/access_token').reply(status, body);
  };

  it('is asked with a form and the secret in a header', async () => {
    mock
      .host(BASE)
      .post('/v4/oa/access_token', { refresh_token: 'rt', app_id: '1', grant_type: 'refresh_token' })
      .matchHeader('secret_key', 's3')
      .matchHeader('content-type', 'application/x-www-form-urlencoded')
      .reply(200, { access_token: 'a', refresh_token: 'r', expires_in: '90000' });
    const answer = await oauth.refresh('rt');
    expect(answer).toMatchObject({
      outcome: 'pair',
      pair: { accessToken: 'a', refreshToken: 'r', livesMs: 90_000_000 },
    });
    expect(answer.outcome === 'pair' && answer.sinceRead?.()).toBeGreaterThan(0);
  });

  it('turns a code into the first pair', async () => {
    mock
      .host(BASE)
      .post('/v4/oa/access_token', {
        code: 'c',
        code_verifier: 'v',
        app_id: '1',
        grant_type: 'authorization_code',
      })
      .reply(200, { access_token: 'a', refresh_token: 'r', expires_in: 3600 });
    expect(await oauth.exchange('c', 'v')).toMatchObject({ pair: { livesMs: 3_600_000 } });
  });

  it.each<[number, string, object]>([
    [
      200,
      '{"error":-14014,"error_name":"Invalid refresh token","error_reason":""}',
      { outcome: 'dead', code: -14014, words: 'zalo:reasons.token_dead', said: 'Invalid refresh token' },
    ],
    [200, '{"error":"-118"}', { outcome: 'dead', code: -118, words: 'zalo:reasons.token_dead' }],
    [200, '{"error":-14001}', { outcome: 'refused', code: -14001, words: 'zalo:reasons.login' }],
    [200, '{"error":-14777}', { outcome: 'refused', code: -14777, meaning: 'unknown, of the log-in' }],
    [502, '', { outcome: 'unknown', detail: 'HTTP 502 without tokens' }],
    [500, '<html>', { outcome: 'unknown', detail: 'HTTP 500 without tokens' }],
    [200, '<html>', { outcome: 'unknown', detail: 'HTTP 200 without tokens' }],
    [404, '', { outcome: 'unknown', detail: 'HTTP 404 without tokens' }],
    [500, '{"error_name":"Server busy"}', { outcome: 'unknown', detail: 'HTTP 500 without tokens' }],
    [200, '', { outcome: 'no_tokens', code: 0, words: 'zalo:reasons.token_dead' }],
    [200, '{}', { outcome: 'no_tokens', code: 0 }],
    [200, '{"error":0}', { outcome: 'no_tokens', code: 0 }],
    [200, '{"error_name":"Invalid refresh token"}', { outcome: 'no_tokens', said: 'Invalid refresh token' }],
    [
      400,
      '{"error":"invalid_grant","error_description":"used"}',
      { outcome: 'no_tokens', code: 0, said: 'used' },
    ],
    [400, '{"error":"-14014"}', { outcome: 'dead', code: -14014 }],
    [
      200,
      '{"access_token":"a","expires_in":"90000"}',
      { outcome: 'pair', pair: { accessToken: 'a', refreshToken: null } },
    ],
  ])('answers %d %s', async (status, body, expected) => {
    reply(status, body);
    expect(await oauth.refresh('rt')).toMatchObject(expected);
  });

  it.each([-14014, -118, -14019])('takes %d for the end of what was sent', async (code) => {
    reply(200, JSON.stringify({ error: code }));
    expect(await oauth.refresh('rt')).toMatchObject({ outcome: 'dead', code });
  });

  it.each([-14001, -14002, -14003, -14012, -14024])('takes %d for an operator to mend', async (code) => {
    reply(200, JSON.stringify({ error: code }));
    expect(await oauth.refresh('rt')).toMatchObject({ outcome: 'refused', code });
  });

  it('repeats nothing of what was sent, and no novel', async () => {
    reply(200, JSON.stringify({ error: -14001, error_reason: `bad rt-secret-0001 ${'x'.repeat(500)}` }));
    const answer = await oauth.refresh('rt-secret-0001');
    expect(JSON.stringify(answer)).not.toContain('rt-secret');
    expect(JSON.stringify(answer).length).toBeLessThan(400);
  });

  it('may not answer', async () => {
    mock.host(BASE).post('/v4/oa/access_token').delay(2_000).reply(200, '{}');
    expect(await oauth.refresh('rt')).toEqual({ outcome: 'unknown', detail: 'no answer in time' });
  });
});

it('makes verifiers and the challenge Zalo computes', () => {
  expect(pkceVerifier()).toMatch(/^[A-Za-z0-9]{43}$/);
  expect(pkceChallenge('Zq7mT2xK9bLw4RcN8hVd3FsY6pJg1AtUe5XoQiCzBnM')).toBe(
    '2_M__bglE6NsbyR5QveN34vzSnbnVB-9fIRbZKuLR-o',
  );
});

it('proves that a call comes from who knows the secret of the app', () => {
  expect(appSecretProof('AccessTokenExample01', 'AppSecretExample01')).toBe(
    '126a2986a4c10b7183901ae2a991af3793d462dd000fd3ee5058441fe4072c26',
  );
});

it('writes the address of the consent page', () => {
  const url = new URL(oauth.consentUrl('https://example.vn/back?a=1', 'ch', 'st'));
  expect(Object.fromEntries(url.searchParams)).toEqual({
    app_id: '1',
    redirect_uri: 'https://example.vn/back?a=1',
    code_challenge: 'ch',
    state: 'st',
  });
});
