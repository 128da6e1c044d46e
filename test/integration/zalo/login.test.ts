import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createOAuth } from '../../../src/channels/zalo/oauth';
import type { Token } from '../../../src/channels/zalo/tokens';
import { readConfig, type Config } from '../../../src/config/config';
import { MovableClock } from '../../../src/kernel/clock';
import { silentLog } from '../../../src/observability/logger';
import { openKey } from '../../../src/app/open-key';
import { openToolStore, type ToolStore } from '../../../src/app/tool-store';
import { zaloLogin } from '../../../src/app/zalo-login';
import { openZaloTokens } from '../../../src/app/zalo-tokens';
import { FakeZalo } from '../../../src/simulator/fake-zalo';

const OA = '2233445566778899001';
const APP = '1122334455667788990';
const VERIFIER = 'Zq7mT2xK9bLw4RcN8hVd3FsY6pJg1AtUe5XoQiCzBnM';

/** An operator at `npm run zalo:login`: what they see, and what they paste for a link they were given. */
interface Operator {
  readonly seen: string[];
  readonly link: () => URL;
}

describe('npm run zalo:login', () => {
  const clock = new MovableClock();
  let zalo: FakeZalo;
  let base: string;
  let dir: string;
  let config: Config;

  beforeAll(async () => {
    zalo = new FakeZalo({
      clock,
      appId: APP,
      appSecret: 'AppSecretExample01',
      oaId: OA,
      oaSecret: 'OaSecretKeyExample01',
    });
    base = await zalo.listen();
  });
  afterAll(() => zalo.close());
  beforeEach(async () => {
    dir = await mkdtemp(join(tmpdir(), 'login-'));
    config = aConfig();
  });
  afterEach(() => rm(dir, { recursive: true, force: true }));

  function aConfig(change: Record<string, string> = {}): Config {
    return readConfig({
      DATA_DIR: dir,
      ZALO_APP_ID: APP,
      ZALO_APP_SECRET: 'AppSecretExample01',
      ZALO_OA_ID: OA,
      ZALO_OA_SECRET_KEY: 'OaSecretKeyExample01',
      ZALO_OAUTH_URL: base,
      ZALO_OPENAPI_URL: base,
      ZALO_CALLBACK_URL: 'https://bot.example.vn/back',
      ZALO_TIMEOUT_MS: '2000',
      ...change,
    });
  }

  /** Runs the whole way; `answer` is what the operator pastes. */
  async function run(answer: (link: URL) => string): Promise<{ code: number; seen: string }> {
    const operator: Operator = {
      seen: [],
      link: () =>
        new URL(operator.seen.map((line) => line.trim()).find((line) => line.startsWith('http')) as string),
    };
    const code = await zaloLogin(config, {
      say: (line) => operator.seen.push(line),
      ask: async () => answer(operator.link()),
    });
    return { code, seen: operator.seen.join('\n') };
  }

  /** The administrator accepts: the address the browser is sent back to. */
  function accepted(link: URL, change: Record<string, string> = {}): string {
    const back = new URL(link.searchParams.get('redirect_uri') as string);
    const challenge = change['challenge'] ?? link.searchParams.get('code_challenge');
    back.searchParams.set('code', zalo.oauth.issueCode(challenge));
    back.searchParams.set('oa_id', change['oa_id'] ?? OA);
    back.searchParams.set('state', change['state'] ?? (link.searchParams.get('state') as string));
    return back.href;
  }

  async function stored(): Promise<Token | null> {
    const stores = await openToolStore(config);
    try {
      return await tokensOn(stores).then((tokens) => tokens.current().catch(() => null));
    } finally {
      await stores.stop();
    }
  }

  async function tokensOn(stores: ToolStore) {
    return openZaloTokens({
      config,
      connection: stores.connection,
      clock,
      key: await openKey(config, stores),
      log: silentLog,
      oauth: createOAuth({ baseUrl: base, appId: APP, appSecret: 'AppSecretExample01', timeoutMs: 2_000 }),
      oaId: OA,
    });
  }

  it('stores a pair with a verifier of its own, and says so in both languages', async () => {
    const { code, seen } = await run((link) => {
      expect(`${link.origin}${link.pathname}`).toBe(`${base}/v4/oa/permission`);
      expect(link.searchParams.get('app_id')).toBe(APP);
      expect(link.searchParams.get('redirect_uri')).toBe('https://bot.example.vn/back');
      return accepted(link);
    });
    expect(code).toBe(0);
    expect(seen).toMatch(/Đã lưu/);
    expect(seen).toMatch(/Stored\. The program may now write/);
    const token = (await stored()) as Token;
    expect(zalo.oauth.refusal(token.accessToken)).toBeNull();
  });

  it('stores a pair with the verifier that the console fixes, also by the link of the console', async () => {
    config = aConfig({ ZALO_PKCE_VERIFIER: VERIFIER });
    const { code, seen } = await run((link) => {
      expect(link.searchParams.get('code_challenge')).toBe('2_M__bglE6NsbyR5QveN34vzSnbnVB-9fIRbZKuLR-o');
      return accepted(link, { state: 'saved-in-the-console' });
    });
    expect(seen).toMatch(/state of the Zalo console/);
    expect(code).toBe(0);
    expect(await stored()).not.toBeNull();
  });

  it('works while the program runs, which takes the pair up by itself', async () => {
    const stores = await openToolStore(config);
    try {
      const tokens = await tokensOn(stores);
      await tokens.tend();
      expect(tokens.health().state).toBe('missing');
      expect((await run((link) => accepted(link))).code).toBe(0);
      await tokens.tend();
      expect(tokens.health()).toMatchObject({ ok: true, state: 'good' });
      const first = await tokens.current();
      expect((await run((link) => accepted(link))).code).toBe(0);
      expect(zalo.oauth.refusal(first.accessToken)).toBe(-216);
      const next = await tokens.renew(first.generation);
      expect(zalo.oauth.refusal(next.accessToken)).toBeNull();
    } finally {
      await stores.stop();
    }
  });

  it.each<[string, RegExp, RegExp, (link: URL) => string]>([
    [
      'another account was chosen',
      /Official Account khác/,
      /Another Official Account/,
      (l) => accepted(l, { oa_id: '9' }),
    ],
    ['an old link was used', /liên kết cũ/, /an earlier link/, (l) => accepted(l, { state: 'older' })],
    [
      'the administrator declined',
      /bấm từ chối.*access_denied/,
      /declined.*access_denied/,
      (l) => `${back(l)}?error=access_denied`,
    ],
    [
      'Zalo says nothing but sends back',
      /không nói lý do/,
      /no reason/,
      (l) => `${back(l)}?oa_id=${OA}&state=${l.searchParams.get('state')}`,
    ],
    ['the address was cut off', /thiếu mã đăng nhập/, /holds no log-in code/, (l) => back(l)],
    ['something else was pasted', /thiếu mã đăng nhập/, /holds no log-in code/, () => 'ls -la'],
    ['nothing was pasted', /Chưa nhận được địa chỉ/, /No address came/, () => ''],
    ['the code was used', /quá 10 phút/, /expired|already used|log in again/i, (l) => usedUp(accepted(l))],
    [
      'the verifier is not that of the console',
      /-14019/,
      /-14019/,
      (l) => accepted(l, { challenge: 'of-another-verifier' }),
    ],
  ])('changes nothing when %s, and says why in both languages', async (_why, vi, en, answer) => {
    const { code, seen } = await run(answer);
    expect(code).toBe(1);
    expect(seen).toMatch(vi);
    expect(seen).toMatch(en);
    expect(await stored()).toBeNull();
  });

  it('takes an address that does not say the account, and says what that means', async () => {
    const { code, seen } = await run((link) => accepted(link).replace(/&oa_id=\d+/, ''));
    expect(code).toBe(0);
    expect(seen).toMatch(/account_other/);
  });

  it('says what is missing before it makes a link', async () => {
    config = aConfig({ ZALO_CALLBACK_URL: '' });
    expect(await run(() => '')).toMatchObject({ code: 1, seen: expect.stringMatching(/ZALO_CALLBACK_URL/) });
    config = readConfig({ DATA_DIR: dir });
    expect(await run(() => '')).toMatchObject({ code: 1, seen: expect.stringMatching(/ZALO_APP_ID/) });
  });

  const back = (link: URL): string => link.searchParams.get('redirect_uri') as string;

  function usedUp(address: string): string {
    const code = new URL(address).searchParams.get('code') as string;
    zalo.oauth.exchange('AppSecretExample01', {
      app_id: APP,
      grant_type: 'authorization_code',
      code,
      code_verifier: 'wrong',
    });
    clock.moveTo(new Date(clock.now().getTime() + 11 * 60_000));
    return address;
  }
});
