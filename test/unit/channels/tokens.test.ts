import { randomBytes } from 'node:crypto';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { OAuth, TokenAnswer } from '../../../src/channels/zalo/oauth';
import { createTokenJournal, type TokenJournal } from '../../../src/channels/zalo/token-journal';
import { createTokenRepo, type TokenRepo } from '../../../src/channels/zalo/tokens.repo';
import { createZaloTokens, type TokenOptions, type ZaloTokens } from '../../../src/channels/zalo/tokens';
import { FrozenClock } from '../../../src/kernel/clock';
import { createLog, silentLog } from '../../../src/observability/logger';
import { freshStore, type TestStore } from '../../support/stores';

const START = new Date('2026-03-12T01:00:00Z');
const HOUR = 3_600_000;
const SAID = { meaning: 'said by the fake', words: 'zalo:reasons.token_dead' };

/** Zalo's side: a refresh token works once. `script` answers come first. */
class FakeZalo implements OAuth {
  good = 'rt-0';
  made = 0;
  readonly asked: string[] = [];
  readonly script: (TokenAnswer | 'lost after use' | 'lost before use')[] = [];

  async refresh(refreshToken: string): Promise<TokenAnswer> {
    this.asked.push(refreshToken);
    await new Promise((resolve) => setTimeout(resolve, 5));
    const scripted = this.script.shift();
    if (scripted === 'lost after use') this.good = 'nobody knows';
    if (typeof scripted === 'string') return { outcome: 'unknown', detail: 'no answer in time' };
    if (scripted) return scripted;
    if (refreshToken !== this.good) return { outcome: 'dead', code: -14014, ...SAID };
    this.made += 1;
    this.good = `rt-${this.made}`;
    return {
      outcome: 'pair',
      pair: { accessToken: `at-${this.made}`, refreshToken: this.good, livesMs: 25 * HOUR },
    };
  }

  exchange(): Promise<TokenAnswer> {
    throw new Error('not asked here');
  }

  consentUrl(): string {
    throw new Error('not asked here');
  }
}

describe('the token of Zalo', () => {
  let store: TestStore;
  let account = 0;
  let zalo: FakeZalo;
  let clock: FrozenClock;
  let repo: TokenRepo;
  const key = randomBytes(32);
  const first = { accessToken: 'at-0', refreshToken: 'rt-0' };

  beforeAll(async () => {
    store = await freshStore();
  });
  afterAll(() => store.stop());
  beforeEach(() => {
    account += 1;
    zalo = new FakeZalo();
    clock = new FrozenClock(START);
    repo = createTokenRepo(store.connection, `oa-${account}`);
  });

  let owners = 0;
  function aProcess(change: Partial<TokenOptions> = {}): ZaloTokens {
    owners += 1;
    return createZaloTokens({
      repo,
      oauth: zalo,
      encryptionKey: key,
      accountId: `oa-${account}`,
      clock,
      log: silentLog,
      owner: `process-${owners}`,
      first,
      random: () => 0.5,
      pause: () => new Promise((resolve) => setTimeout(resolve, 2)),
      ...change,
    });
  }

  it('is the configured pair only while nothing is stored', async () => {
    expect(await aProcess().current()).toMatchObject({ accessToken: 'at-0', generation: 1 });
    await aProcess().renew(1);
    const other = aProcess({ first: { accessToken: 'older', refreshToken: 'older' } });
    expect(await other.current()).toMatchObject({ accessToken: 'at-1', generation: 2 });
  });

  it('lies encrypted in the store and opens with the key alone', async () => {
    await aProcess().current();
    const found = JSON.stringify(await store.connection.collection('zalo_tokens').find({}).toArray());
    expect(found).not.toMatch(/at-0|rt-0/);
    await expect(aProcess({ encryptionKey: randomBytes(32) }).current()).rejects.toThrow();
  });

  it('is renewed once for fifty callers', async () => {
    const tokens = aProcess();
    const { generation } = await tokens.current();
    const renewed = await Promise.all(Array.from({ length: 50 }, () => tokens.renew(generation)));
    expect(new Set(renewed.map((token) => token.accessToken))).toEqual(new Set(['at-1']));
    expect(zalo.asked).toEqual(['rt-0']);
  });

  it('is renewed once for three processes that all see it refused', async () => {
    const processes = [aProcess(), aProcess(), aProcess()];
    await Promise.all(processes.map((tokens) => tokens.current()));
    const renewed = await Promise.all(processes.map((tokens) => tokens.renew(1)));
    expect(renewed.map((token) => token.accessToken)).toEqual(['at-1', 'at-1', 'at-1']);
    expect(zalo.asked).toEqual(['rt-0']);
  });

  it('is read again before it is renewed: another process may have done so', async () => {
    const [one, other] = [aProcess(), aProcess()];
    await one.current();
    await other.current();
    await one.renew(1);
    expect(await other.renew(1)).toMatchObject({ accessToken: 'at-1' });
    expect(zalo.made).toBe(1);
  });

  it('is stored before anybody gets it', async () => {
    const order: string[] = [];
    const slow: TokenRepo = {
      ...repo,
      advance: async (from, tokens) => {
        await new Promise((resolve) => setTimeout(resolve, 20));
        const done = await repo.advance(from, tokens);
        order.push('stored');
        return done;
      },
    };
    await aProcess({ repo: slow }).renew(1);
    order.push('used');
    expect(order).toEqual(['stored', 'used']);
  });

  it('is not lost when the store is away just then', async () => {
    let away = 7;
    const failing: TokenRepo = {
      ...repo,
      advance: (from, tokens) => {
        away -= 1;
        return away > 0 ? Promise.reject(new Error('away')) : repo.advance(from, tokens);
      },
    };
    const tokens = aProcess({ repo: failing });
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'store_unavailable' });
    expect(tokens.health()).toMatchObject({ ok: false, state: 'failing' });
    expect(await tokens.renew(1)).toMatchObject({ accessToken: 'at-1' });
    expect(tokens.health()).toMatchObject({ ok: true, state: 'good' });
    expect(zalo.asked).toEqual(['rt-0']);
  });

  it('is renewed in the background at twenty hours, and before use once it ran out', async () => {
    const tokens = aProcess();
    await tokens.current();
    clock.moveTo(new Date(START.getTime() + 19 * HOUR));
    await tokens.tend();
    expect(zalo.made).toBe(0);
    clock.moveTo(new Date(START.getTime() + 20 * HOUR));
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-0' });
    await tokens.tend();
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-1' });
    clock.moveTo(new Date(START.getTime() + 90 * HOUR));
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-2' });
  });

  it('is asked for once more with the same refresh token when the answer was lost', async () => {
    zalo.script.push('lost before use');
    expect(await aProcess().renew(1)).toMatchObject({ accessToken: 'at-1' });
    expect(zalo.asked).toEqual(['rt-0', 'rt-0']);
  });

  it('is dead when the lost answer had used it up: the alarm stands, nothing is asked again', async () => {
    zalo.script.push('lost after use');
    const tokens = aProcess();
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_token_dead' });
    expect(tokens.health()).toMatchObject({ ok: false, state: 'dead', since: START, code: -14014 });
    await expect(tokens.current()).rejects.toMatchObject({ code: 'zalo_token_dead' });
    await expect(aProcess().current()).rejects.toMatchObject({ code: 'zalo_token_dead' });
    expect(zalo.asked).toHaveLength(2);
  });

  it('works again after a new consent, and the alarm ends', async () => {
    zalo.script.push({ outcome: 'dead', code: -118, ...SAID });
    const tokens = aProcess();
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_token_dead' });
    await tokens.link(() =>
      Promise.resolve({
        outcome: 'pair',
        pair: { accessToken: 'at-new', refreshToken: 'rt-new', livesMs: 25 * HOUR },
      }),
    );
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-new' });
    expect(tokens.health().ok).toBe(true);
  });

  it('keeps the old one in use when Zalo refuses the renewal for another reason', async () => {
    zalo.script.push({ outcome: 'refused', code: -14001, ...SAID });
    const tokens = aProcess();
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_refused' });
    expect(tokens.health()).toMatchObject({ state: 'failing', code: -14001 });
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-0' });
  });

  const empty: TokenAnswer = { outcome: 'no_tokens', code: 0, ...SAID };

  it('is dead when Zalo answers twice for the same refresh token without tokens', async () => {
    zalo.script.push(empty, empty);
    const tokens = aProcess({ againMs: () => 0 });
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_unreachable' });
    expect(tokens.health()).toMatchObject({ state: 'failing', since: START });
    await tokens.tend();
    expect(tokens.health()).toMatchObject({ ok: false, state: 'dead', code: 0 });
    await expect(aProcess().current()).rejects.toMatchObject({ code: 'zalo_token_dead' });
    await tokens.tend();
    expect(zalo.asked).toEqual(['rt-0', 'rt-0']);
  });

  it('is not dead for one answer without tokens each of two refresh tokens', async () => {
    const tokens = aProcess({ againMs: () => 0 });
    for (const generation of [1, 2]) {
      zalo.script.push(empty);
      await expect(tokens.renew(generation)).rejects.toMatchObject({ code: 'zalo_unreachable' });
      expect(await tokens.renew(generation)).toMatchObject({ generation: generation + 1 });
    }
    expect(tokens.health()).toMatchObject({ ok: true, state: 'good' });
  });

  it('keeps its refresh token, and the age of that, when Zalo names no new one', async () => {
    zalo.script.push({
      outcome: 'pair',
      pair: { accessToken: 'at-half', refreshToken: null, livesMs: 25 * HOUR },
    });
    const said: string[] = [];
    const { log } = createLog({
      level: 'warn',
      write: (line) => said.push((JSON.parse(line) as { msg: string }).msg),
    });
    const tokens = aProcess({ log });
    await tokens.current();
    clock.moveTo(new Date(START.getTime() + 20 * HOUR));
    expect(await tokens.renew(1)).toMatchObject({ accessToken: 'at-half', generation: 2 });
    expect(said).toEqual(['zalo issued no new refresh token, the one before is used on']);
    expect(tokens.health()).toMatchObject({ state: 'good', obtainedAt: clock.now(), refreshSince: START });
    expect(await aProcess().renew(2)).toMatchObject({ accessToken: 'at-1' });
    expect(zalo.asked).toEqual(['rt-0', 'rt-0']);
  });

  it('is missing where none is stored or configured', async () => {
    const { first: _first, ...rest } = { first };
    const tokens = createZaloTokens({
      ...rest,
      repo,
      oauth: zalo,
      encryptionKey: key,
      accountId: `oa-${account}`,
      clock,
      log: silentLog,
      owner: 'x',
    });
    await expect(tokens.current()).rejects.toMatchObject({ code: 'zalo_token_dead' });
    expect(tokens.health()).toEqual({ ok: false, state: 'missing' });
    await tokens.link(() =>
      Promise.resolve({
        outcome: 'pair',
        pair: { accessToken: 'at-new', refreshToken: 'rt-new', livesMs: HOUR },
      }),
    );
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-new' });
  });

  describe('with a journal under it', () => {
    let kept: string | null;
    let journal: TokenJournal;

    beforeEach(() => {
      kept = null;
      journal = {
        prepare: () => (kept = null),
        sync: () => undefined,
        keep: (text) => {
          kept = text;
          return true;
        },
        read: () => kept,
        forget: () => (kept = null),
      };
    });

    /** A process that gets a new pair and dies before it is stored. */
    async function dyingProcess(): Promise<void> {
      const broken: TokenRepo = { ...repo, advance: () => Promise.reject(new Error('away')) };
      const tokens = aProcess({ repo: broken, journal });
      await tokens.current();
      await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'store_unavailable' });
      expect(kept).not.toBeNull();
      expect(kept).not.toMatch(/at-1|rt-1/);
    }

    it('leaves nothing in it once the pair is stored', async () => {
      const tokens = aProcess({ journal });
      await tokens.renew(1);
      expect(kept).toBeNull();
      expect(tokens.health().windowMs).toBeUndefined();
    });

    it('is found again by the next process, and by nobody twice', async () => {
      await dyingProcess();
      expect(await aProcess({ journal }).current()).toMatchObject({ accessToken: 'at-1', generation: 2 });
      expect(kept).toBeNull();
      expect(zalo.asked).toEqual(['rt-0']);
    });

    it('is found by a process that runs already, before it would use the old refresh token', async () => {
      const other = aProcess({ journal });
      await other.current();
      await dyingProcess();
      expect(await other.renew(1)).toMatchObject({ accessToken: 'at-1' });
      expect(zalo.asked).toEqual(['rt-0']);
    });

    it('ends the alarm of a process that did use the old refresh token', async () => {
      await dyingProcess();
      await expect(aProcess().renew(1)).rejects.toMatchObject({ code: 'zalo_token_dead' });
      const restarted = aProcess({ journal });
      expect(await restarted.current()).toMatchObject({ accessToken: 'at-1' });
      expect(restarted.health().ok).toBe(true);
    });

    it('is stored before a consent is asked for, which may come to nothing', async () => {
      await dyingProcess();
      const refusal = { outcome: 'dead', code: -14019, ...SAID } as const;
      await aProcess({ journal }).link(() => Promise.resolve(refusal));
      expect(await aProcess().current()).toMatchObject({ accessToken: 'at-1' });
    });

    it('gives way to a newer pair', async () => {
      await dyingProcess();
      const pair = { accessToken: 'at-new', refreshToken: 'rt-new', livesMs: 25 * HOUR };
      await aProcess().link(() => Promise.resolve({ outcome: 'pair', pair }));
      expect(await aProcess({ journal }).current()).toMatchObject({ accessToken: 'at-new' });
      expect(kept).toBeNull();
    });

    it.each(['', '{"from":1,"tok', '{"from":1,"consent":false,"tokens":{"sealed":"AAAA"}}', 'null'])(
      'is not disturbed by what a crash left of it: %j',
      async (half) => {
        kept = half;
        expect(await aProcess({ journal }).current()).toMatchObject({ accessToken: 'at-0' });
        expect(kept).toBeNull();
      },
    );

    it('works without the file where the disk refuses it', async () => {
      const tokens = aProcess({ journal: createTokenJournal('/proc/nowhere/token.kept', silentLog) });
      expect(await tokens.renew(1)).toMatchObject({ accessToken: 'at-1' });
    });

    it('is a file only its owner can read', async () => {
      const dir = await mkdtemp(join(tmpdir(), 'journal-'));
      const file = createTokenJournal(join(dir, 'below', 'token.kept'), silentLog);
      expect(file.read()).toBeNull();
      file.prepare();
      expect(file.read()).toBeNull();
      expect(file.keep('one')).toBe(true);
      file.sync();
      expect(file.read()).toBe('one');
      expect(file.keep('2')).toBe(true);
      expect(file.read()).toBe('2');
      expect((await stat(join(dir, 'below', 'token.kept'))).mode & 0o777).toBe(0o600);
      file.forget();
      file.forget();
      expect(file.read()).toBeNull();
      await rm(dir, { recursive: true });
    });
  });

  it('gives the lease to one owner at a time, and to the next when that one is taken for gone', async () => {
    expect(await repo.lease('a', null)).toEqual({ mine: true, fence: 1 });
    expect(await repo.lease('b', null)).toEqual({ mine: false, fence: 1 });
    expect(await repo.lease('b', 0)).toEqual({ mine: false, fence: 1 });
    expect(await repo.lease('b', 1)).toEqual({ mine: true, fence: 2 });
    expect(await repo.lease('a', 1)).toEqual({ mine: false, fence: 2 });
    await repo.release('a');
    expect(await repo.lease('a', null)).toEqual({ mine: false, fence: 2 });
    await repo.release('b');
    expect(await repo.lease('a', null)).toEqual({ mine: true, fence: 3 });
    expect(await repo.lease('a', null)).toEqual({ mine: true, fence: 4 });
  });

  it('is renewed by the next process when the one at it died, whatever their clocks say', async () => {
    await aProcess().current();
    await repo.lease('died in the middle', null);
    const tokens = aProcess({ leaseMs: 60, clock: new FrozenClock(new Date(0)) });
    expect(await tokens.renew(1)).toMatchObject({ accessToken: 'at-1' });
    expect(zalo.asked).toEqual(['rt-0']);
  });

  it('keeps nobody waiting for long: the send is tried again later, the renewal goes on', async () => {
    await aProcess().current();
    await repo.lease('died in the middle', null);
    const tokens = aProcess({ leaseMs: 120, patienceMs: 20 });
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_unreachable' });
    while ((await tokens.current()).generation === 1) await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-1' });
    expect(tokens.health().ok).toBe(true);
  });

  it('leaves Zalo alone for a while after a failure, and tends to it after that', async () => {
    const lost: TokenAnswer = { outcome: 'unknown', detail: 'HTTP 503 without tokens' };
    zalo.script.push(lost, lost);
    let again = 10_000;
    const tokens = aProcess({ againMs: () => again });
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_unreachable' });
    await expect(tokens.renew(1)).rejects.toMatchObject({ code: 'zalo_unreachable' });
    await tokens.tend();
    expect(zalo.asked).toHaveLength(2);
    expect(tokens.health()).toMatchObject({ state: 'failing', since: START, detail: lost.detail });
    again = 0;
    await tokens.tend();
    expect(tokens.health()).toMatchObject({ ok: true, state: 'good' });
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-1' });
  });

  it('is not made anew again and again when Zalo refuses even a new one', async () => {
    const tokens = aProcess({ againMs: () => 10_000 });
    const second = await tokens.renew(1);
    const third = await tokens.renew(second.generation);
    expect(third).toMatchObject({ accessToken: 'at-2' });
    await expect(tokens.renew(third.generation)).rejects.toMatchObject({ code: 'zalo_refused' });
    expect(zalo.made).toBe(2);
  });

  it('is read again by the timer: what an operator did is seen without a send', async () => {
    zalo.script.push({ outcome: 'dead', code: -14014, ...SAID });
    const [server, idle] = [aProcess(), aProcess()];
    await idle.current();
    await expect(server.renew(1)).rejects.toMatchObject({ code: 'zalo_token_dead' });
    await idle.tend();
    expect(idle.health()).toMatchObject({ state: 'dead', code: -14014 });
    const pair = { accessToken: 'at-new', refreshToken: 'rt-new', livesMs: 25 * HOUR };
    await aProcess().link(() => Promise.resolve({ outcome: 'pair', pair }));
    await Promise.all([server.tend(), idle.tend()]);
    expect(server.health()).toMatchObject({ state: 'good' });
    expect(await idle.current()).toMatchObject({ accessToken: 'at-new' });
    expect(await server.current()).toMatchObject({ accessToken: 'at-new' });
  });

  it('remembers a withdrawn permission over restarts, until an administrator consents again', async () => {
    const tokens = aProcess();
    await tokens.current();
    const at = new Date(START.getTime() + HOUR);
    await tokens.noteRevoked(at);
    const other = aProcess();
    await other.renew(1);
    expect(other.health()).toMatchObject({ state: 'good', revokedAt: at });
    clock.moveTo(new Date(START.getTime() + 2 * HOUR));
    const pair = { accessToken: 'at-new', refreshToken: 'rt-new', livesMs: 25 * HOUR };
    await tokens.link(() => Promise.resolve({ outcome: 'pair', pair }));
    expect(tokens.health().revokedAt).toBeUndefined();
    await tokens.noteRevoked(at);
    expect(tokens.health().revokedAt).toBeUndefined();
  });

  it('lets a consent win over a renewal that is under way', async () => {
    const server = aProcess();
    await server.current();
    const renewing = server.renew(1);
    const pair = { accessToken: 'at-new', refreshToken: 'rt-new', livesMs: 25 * HOUR };
    await aProcess().link(() => Promise.resolve({ outcome: 'pair', pair }));
    await renewing;
    expect(await aProcess().current()).toMatchObject({ accessToken: 'at-new' });
  });

  it('stores nothing when the consent gave no pair', async () => {
    const tokens = aProcess();
    const refusal = { outcome: 'dead', code: -14019, ...SAID } as const;
    expect(await tokens.link(() => Promise.resolve(refusal))).toBe(refusal);
    expect(await tokens.current()).toMatchObject({ accessToken: 'at-0', generation: 1 });
  });

  it('refuses a late writer', async () => {
    await aProcess().current();
    const pair = { sealed: 'x', obtainedAt: START, expiresAt: START, refreshSince: START };
    expect(await repo.advance(1, pair)).toBe(true);
    expect(await repo.advance(1, pair)).toBe(false);
  });
});
