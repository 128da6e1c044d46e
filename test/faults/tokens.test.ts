import { randomBytes } from 'node:crypto';
import { createOAuth, type TokenAnswer } from '../../src/channels/zalo/oauth';
import { createOpenApi, type OpenApi } from '../../src/channels/zalo/openapi';
import { createTokenRepo } from '../../src/channels/zalo/tokens.repo';
import { createZaloTokens, type ZaloTokens } from '../../src/channels/zalo/tokens';
import { createZaloChannel } from '../../src/channels/zalo/zalo-channel';
import type { Channel, SendResult } from '../../src/channels/channel';
import { MovableClock } from '../../src/kernel/clock';
import { HOUR } from '../../src/kernel/vn-time';
import { silentLog } from '../../src/observability/logger';
import { FakeZalo } from '../../src/simulator/fake-zalo';
import { Random } from '../support/random';
import { freshStore, type TestStore } from '../support/stores';
import { LIMIT_MS, scaled, SEEDS } from './scale';

/** F13: the token under a stream of sends. Between processes: tokens-processes.test.ts; in the whole program: tokens-relink.test.ts. */

jest.setTimeout(LIMIT_MS);

const KEYS = { appId: '1122334455667788990', appSecret: 'AppSecretExample01', oaId: '2233445566778899001' };
const PEOPLE = 20;
const SENDS = scaled(500, 5_000);
const AT_ONCE = 16;

describe.each(SEEDS)('seed %d', (seed) => {
  const clock = MovableClock.startingAt(new Date('2026-03-12T08:00:00+07:00'));
  let store: TestStore;
  let zalo: FakeZalo;
  let api: OpenApi;
  let base: string;
  let random: Random;
  let people: string[];
  let first: { accessToken: string; refreshToken: string };
  /** What Zalo answered to each refresh, by any process. */
  let refreshes: TokenAnswer['outcome'][];
  let runs = 0;

  beforeAll(async () => {
    store = await freshStore();
  });
  afterAll(() => store?.stop());
  beforeEach(async () => {
    runs += 1;
    random = new Random(seed + runs);
    zalo = new FakeZalo({ clock, ...KEYS, oaSecret: 'OaSecretKeyExample01', requestsPerMinute: 1_000_000 });
    base = await zalo.listen();
    api = createOpenApi({ baseUrl: base, timeoutMs: 4_000 });
    refreshes = [];
    people = [];
    for (let i = 0; i < PEOPLE; i++) {
      const person = zalo.person();
      await person.types('em chào bác');
      people.push(person.id);
    }
  });
  afterEach(async () => {
    api.close();
    await zalo.close();
  });

  /** Processes of one account, each with tokens and channel of its own. */
  function processes(count: number): { tokens: ZaloTokens; channel: Channel }[] {
    const key = randomBytes(32);
    first = zalo.issuePair();
    return Array.from({ length: count }, (_, n) => {
      const oauth = createOAuth({ baseUrl: base, ...KEYS, timeoutMs: 4_000 });
      const tokens = createZaloTokens({
        repo: createTokenRepo(store.connection, `${KEYS.oaId}-${runs}`),
        oauth: {
          ...oauth,
          refresh: async (refreshToken) => {
            const answer = await oauth.refresh(refreshToken);
            refreshes.push(answer.outcome);
            return answer;
          },
        },
        ...{ encryptionKey: key, accountId: KEYS.oaId, clock, log: silentLog, first, owner: `process-${n}` },
        ...{ random: () => random.next(), againMs: () => 0 },
      });
      return { tokens, channel: createZaloChannel({ api, tokens, clock, log: silentLog }) };
    });
  }

  /** Sends to everybody in turn; `between` is called before each. What comes back is in order. */
  async function pour(
    channels: readonly Channel[],
    count: number,
    between: (n: number) => void = () => undefined,
  ): Promise<SendResult[]> {
    const results: SendResult[] = [];
    let next = 0;
    const lane = async (): Promise<void> => {
      for (let n = next++; n < count; n = next++) {
        between(n);
        const channel = channels[n % channels.length] as Channel;
        const to = `zalo:${people[n % PEOPLE] as string}`;
        results[n] = await channel.send(to, { kind: 'text', text: `tin ${n}` });
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, lane));
    return results;
  }

  function outcomes(results: readonly SendResult[]): Record<string, number> {
    const counts: Record<string, number> = {};
    for (const { outcome } of results) counts[outcome] = (counts[outcome] ?? 0) + 1;
    return counts;
  }

  const onceEach = (): void => {
    const texts = zalo.sends.map((send) => send.text);
    expect(new Set(texts).size).toBe(texts.length);
  };

  it.each([1, 3])(
    'a token that expires among the sends of %d processes is renewed once; all arrive once',
    async (count) => {
      const all = processes(count);
      const sends = count === 1 ? SENDS : 200;
      const expires = random.between(sends * 0.3, sends * 0.7);
      const results = await pour(
        all.map(({ channel }) => channel),
        sends,
        (n) => {
          if (n === expires) clock.moveTo(new Date(clock.now().getTime() + 25 * HOUR));
        },
      );
      expect(outcomes(results)).toEqual({ sent: sends });
      expect(zalo.sends).toHaveLength(sends);
      onceEach();
      expect(refreshes).toEqual(['pair']);
    },
  );

  it('a token that Zalo takes back early is renewed once; all arrive once', async () => {
    const all = processes(2);
    const revoked = random.between(30, 70);
    const results = await pour(
      all.map(({ channel }) => channel),
      100,
      (n) => {
        // The console makes a pair for somebody else: ours ends, while its refresh token still is good.
        if (n === revoked) zalo.issuePair();
      },
    );
    expect(outcomes(results)).toEqual({ sent: 100 });
    onceEach();
    expect(refreshes).toEqual(['pair']);
  });

  it.each([
    ['a gateway error', { kind: 'html', status: 500 }],
    ['a connection cut before', { kind: 'reset' }],
  ] as const)('%s instead of the first refresh is asked once more; all arrive once', async (_what, fault) => {
    const [only] = processes(1);
    zalo.fail.next({ ...fault, path: '/v4/oa/access_token' });
    clock.moveTo(new Date(clock.now().getTime() + 25 * HOUR));
    for (const id of people) await zalo.person(id).types('vâng');
    const results = await pour([(only as { channel: Channel }).channel], 100);
    expect(outcomes(results)).toEqual({ sent: 100 });
    onceEach();
    expect(refreshes.filter((outcome) => outcome === 'pair')).toHaveLength(1);
    expect(refreshes).toHaveLength(2);
  });

  it('a refresh token used by somebody else: nothing is asked twice, every send waits, a new consent ends it', async () => {
    const all = processes(2);
    const channels = all.map(({ channel }) => channel);
    // Staging and production with one token, as should never be.
    const thief = createOAuth({ baseUrl: base, ...KEYS, timeoutMs: 4_000 });
    expect((await thief.refresh(first.refreshToken)).outcome).toBe('pair');
    const waiting = await pour(channels, 100);
    expect(outcomes(waiting)).toEqual({ alert: 100 });
    expect(waiting[99]).toMatchObject({ outcome: 'alert', afterMs: 60_000 });
    expect(refreshes).toEqual(['dead']);
    for (const { tokens } of all)
      expect(tokens.health()).toMatchObject({ ok: false, state: 'dead', code: -14014 });
    expect(zalo.sends).toHaveLength(0);

    const consented = { ...zalo.issuePair(), livesMs: 25 * HOUR };
    await all[1]?.tokens.link(() => Promise.resolve({ outcome: 'pair', pair: consented }));
    for (const { tokens } of all) await tokens.tend();
    expect(outcomes(await pour(channels, 100))).toEqual({ sent: 100 });
    onceEach();
  });
});
