import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { createOAuth } from '../../src/channels/zalo/oauth';
import { createTokenRepo } from '../../src/channels/zalo/tokens.repo';
import { createZaloTokens } from '../../src/channels/zalo/tokens';
import { systemClock } from '../../src/kernel/clock';
import { silentLog } from '../../src/observability/logger';
import { compileStore, removeCompiled, startMongoProcess, type MongoProcess } from '../support/mongo-process';
import { Random } from '../support/random';
import { LIMIT_MS, scaled, SEEDS, tell } from './scale';
import { ACCOUNT, compileTokens, TokenEndpoint, TokenProcess, type Said } from './token-process';

/** F13 and F14 between real processes on one store: who renews, and what a kill leaves behind. */

jest.setTimeout(LIMIT_MS);

const LEASE_MS = 400;

let compiled: string;
let dir: string;
let store: MongoProcess;
let connection: mongoose.Connection;
let zalo: TokenEndpoint;
let base: string;
const key = randomBytes(32);
const journal = (): string => join(dir, 'token.kept');

beforeAll(async () => {
  compiled = await compileStore();
  await compileTokens(compiled);
  dir = await mkdtemp(join(tmpdir(), 'tokens-'));
  store = await startMongoProcess({ compiled, dir: join(dir, 'mongo') });
  connection = await mongoose.createConnection(store.uri, { dbName: 'tokens' }).asPromise();
});
afterAll(async () => {
  await connection?.close();
  await store?.stop();
  await removeCompiled(compiled);
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  for (const { name } of await connection.listCollections()) await connection.collection(name).deleteMany({});
  await rm(journal(), { force: true });
  zalo = new TokenEndpoint();
  base = await zalo.listen();
});
afterEach(() => zalo.close());

let owners = 0;
function aProcess(failpoint = ''): Promise<TokenProcess> {
  owners += 1;
  return TokenProcess.start({
    ...{ compiled, uri: store.uri, base, key, failpoint },
    ...{ owner: `process-${owners}`, journal: journal(), leaseMs: LEASE_MS },
  });
}

/** What an operator does after an alarm. */
async function linkAnew(): Promise<void> {
  const tokens = createZaloTokens({
    repo: createTokenRepo(connection, ACCOUNT),
    oauth: createOAuth({ baseUrl: base, appId: '1', appSecret: 'secret', timeoutMs: 2_000 }),
    ...{ encryptionKey: key, accountId: ACCOUNT, clock: systemClock, log: silentLog },
    ...{ owner: 'operator', leaseMs: LEASE_MS },
  });
  await tokens.link(() => Promise.resolve({ outcome: 'pair', pair: zalo.consent() }));
}

/** The journal holds a whole pair, not the beginning of one. */
function keptWhole(): boolean {
  try {
    JSON.parse(readFileSync(journal(), 'utf8'));
    return true;
  } catch {
    return false;
  }
}

const generationOf = (said: Said | null): number => said?.token?.generation ?? 0;

describe('F13: two processes', () => {
  it('use one refresh token once at each expiry, however many ask in each', async () => {
    const processes = await Promise.all([aProcess(), aProcess()]);
    try {
      for (let expiry = 1; expiry <= 4; expiry++) {
        // A gateway's answer at one of them: the same token is asked with once more.
        if (expiry === 3) zalo.trouble.push('500 before');
        const said = await Promise.all(
          processes.flatMap((each) => Array.from({ length: 25 }, () => each.say(`renew ${expiry}`))),
        );
        expect(said.map((each) => each?.token?.accessToken)).toEqual(Array(50).fill(`at-${expiry}`));
        expect(zalo.given).toBe(expiry);
      }
      expect(zalo.calls).toHaveLength(5);
    } finally {
      await Promise.all(processes.map((each) => each.stop()));
    }
  });

  it('both learn that the refresh token was used already, raise the alarm, and both go on after a new consent', async () => {
    const processes = await Promise.all([aProcess(), aProcess()]);
    try {
      zalo.consent();
      const said = await Promise.all(processes.map((each) => each.say('renew 1')));
      expect(said.map((each) => each?.code)).toEqual(['zalo_token_dead', 'zalo_token_dead']);
      expect(said.map((each) => each?.health.state)).toEqual(['dead', 'dead']);
      expect(zalo.calls).toHaveLength(1);
      await linkAnew();
      for (const each of processes) {
        expect((await each.say('tend'))?.health.state).toBe('good');
        const current = await each.say('current');
        expect(zalo.isLive(current?.token)).toBe(true);
      }
    } finally {
      await Promise.all(processes.map((each) => each.stop()));
    }
  });

  it('go on when the one at it is killed before it asked', async () => {
    const [one, other] = await Promise.all([aProcess(), aProcess()]);
    try {
      await one.say('current');
      zalo.trouble.push('silence after');
      void one.say('renew 1');
      while (zalo.calls.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
      await one.kill();
      // Zalo had given the pair to nobody: the alarm stands, and the way out works.
      const said = await other.say('renew 1');
      expect(said).toMatchObject({ code: 'zalo_token_dead', health: { state: 'dead', code: -14014 } });
      await linkAnew();
      expect((await other.say('tend'))?.health.ok).toBe(true);
    } finally {
      await other.stop();
    }
  });
});

describe.each(SEEDS)('F14: a process killed while it renews, seed %d', (seed) => {
  it.each([
    ['after_token_answer', 'needs a new consent', false],
    ['after_token_kept', 'is found by the next process', true],
    ['after_token_stored', 'is there for the next process', true],
  ])('%s: the pair %s', async (failpoint, _what, survives) => {
    const [dying, next] = await Promise.all([aProcess(`${failpoint}:1`), aProcess()]);
    try {
      expect(await dying.say('renew 1')).toBeNull();
      expect(zalo.given).toBe(1);
      const said = await next.say('renew 1');
      if (survives) {
        expect(zalo.isLive(said?.token)).toBe(true);
        expect(zalo.calls).toHaveLength(1);
      } else {
        expect(said).toMatchObject({ code: 'zalo_token_dead', health: { ok: false, state: 'dead' } });
        await linkAnew();
        expect((await next.say('tend'))?.health.state).toBe('good');
      }
      expect(zalo.isLive((await next.say('current'))?.token)).toBe(true);
      expect(existsSync(journal())).toBe(false);
    } finally {
      await next.stop();
    }
  });

  it('at any moment: a human is needed only when the kill fell before the pair was on the disk', async () => {
    const random = new Random(seed);
    const windows: number[] = [];
    const counts = { kills: 0, answered: 0, lockedOut: 0, fromNet: 0, fromStore: 0 };
    const repo = createTokenRepo(connection, ACCOUNT);
    let present = await aProcess();
    let spare = aProcess();
    for (let time = 0; time < scaled(6, 100); time++) {
      const before = generationOf(await present.say('current'));
      const renewing = present.say(`renew ${before}`);
      const delay = random.between(0, 12);
      await new Promise<void>((resolve) => {
        zalo.onPair = () => setTimeout(resolve, delay);
      });
      await present.kill();
      counts.kills += 1;
      // What the dead process left on the disk, before anybody touches it.
      const answered = await renewing;
      const inStore = (await repo.load())?.generation === before + 1;
      const inNet = keptWhole();
      if (answered?.health.windowMs !== undefined) windows.push(answered.health.windowMs);
      if (answered) counts.answered += 1;

      present = await spare;
      spare = aProcess();
      const said = await present.say(`renew ${before}`);
      if (said?.code === 'zalo_token_dead') {
        counts.lockedOut += 1;
        expect({ inStore, inNet, answered }).toEqual({ inStore: false, inNet: false, answered: null });
        await linkAnew();
        expect((await present.say('tend'))?.health.ok).toBe(true);
      } else if (inStore) counts.fromStore += 1;
      else counts.fromNet += 1;
      expect(zalo.isLive((await present.say('current'))?.token)).toBe(true);
    }
    // The window itself, the first of a process apart: it is the longest.
    const fresh = await spare;
    for (const each of [present, ...Array<TokenProcess>(9).fill(fresh)]) {
      const generation = generationOf(await each.say('current'));
      windows.push((await each.say(`renew ${generation}`))?.health.windowMs ?? NaN);
    }
    await Promise.all([present.stop(), fresh.stop()]);
    windows.sort((a, b) => a - b);
    tell('F14', {
      seed,
      ...counts,
      windowMs: { median: windows[windows.length >> 1], most: windows.at(-1), of: windows.length },
    });
    expect(windows.every((ms) => ms > 0)).toBe(true);
    expect(counts.fromStore + counts.fromNet + counts.lockedOut).toBe(counts.kills);
  });
});
