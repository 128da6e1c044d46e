import { stopwatch } from '../../src/kernel/clock';
import { DocumentServer } from '../support/document-server';
import { FaultWorld } from '../support/fault-world';
import { RedisServer, hasRedisServer } from '../support/redis';
import type { Supervisor } from '../support/supervisor';
import { pause } from '../support/villager';
import { EVENTS, LIMIT_MS, SEEDS, scaled, tell } from './scale';

/**
 * F21: two processes on one document store and one Redis. One is frozen in the middle of its work, for longer than any
 * lease; the other takes over; then the frozen one wakes up and goes on where it was. What it still writes is refused.
 */

jest.setTimeout(LIMIT_MS + scaled(0, 8 * 60_000));

const FREEZES = scaled(1, 4);
/** Leases are of a few seconds. */
const FROZEN_MS = scaled(5_000, 60_000);
/** Sends that one process has in hand at once, by design. */
const IN_FLIGHT = 8;
const PER_SECOND = 40;
const onRedis = hasRedisServer ? describe : describe.skip;

onRedis.each(SEEDS)('with a redis-server of the test (needs one installed), seed %d', (seed) => {
  let redis: RedisServer;
  let store: DocumentServer;
  let world: FaultWorld;
  let both: readonly Supervisor[];

  beforeAll(async () => {
    [redis, store] = await Promise.all([
      RedisServer.start('--maxmemory-policy', 'noeviction'),
      DocumentServer.start(),
    ]);
    const env = { ...store.env, REDIS_URL: redis.url };
    world = await FaultWorld.start({ seed, people: 8, env });
    both = [world.program, await world.addProcess()];
  });
  afterAll(async () => {
    await world?.close();
    await store?.end();
    await redis?.end();
  });

  it('two processes, nothing wrong: every line is kept once, in order, and answered once', async () => {
    await world.pour(scaled(40, EVENTS / 4), PER_SECOND);
    const account = await world.account(LIMIT_MS / 2);
    tell(`F21 both well, seed ${seed}`, account);
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
  });

  it('F21, one frozen and resumed: nothing doubled, nothing exchanged', async () => {
    const chance = world.random.fork('freezes');
    for (let time = 1; time <= FREEZES; time++) {
      const before = await world.account();
      const frozen = chance.pick(both);
      const pouring = world.pour(scaled(40, 600), PER_SECOND);
      await pause(chance.between(100, 900));
      frozen.freeze();
      const since = stopwatch();
      await pouring;
      await pause(Math.max(0, FROZEN_MS - since()));
      frozen.thaw();
      const account = await world.account(LIMIT_MS / 2);
      tell(`F21 frozen, seed ${seed}`, { ...account, who: both.indexOf(frozen), ms: Math.round(since()) });
      expect(account.faults).toEqual([]);
      expect(account.sent + account.uncertain).toBe(account.lines);
      expect(account.uncertain - before.uncertain).toBeLessThanOrEqual(IN_FLIGHT);
      expect(both.map(({ lives }) => lives)).toEqual([1, 1]);
    }
  });

  it('one killed: its people are answered by the other', async () => {
    const before = await world.account();
    const [first, second] = both as readonly [Supervisor, Supervisor];
    const pouring = world.pour(scaled(40, 600), PER_SECOND);
    await pause(400);
    await second.kill();
    await pouring;
    const account = await world.account(LIMIT_MS / 2);
    tell(`one killed, seed ${seed}`, account);
    expect(account.faults).toEqual([]);
    expect(account.sent + account.uncertain).toBe(account.lines);
    expect(account.uncertain - before.uncertain).toBeLessThanOrEqual(IN_FLIGHT);
    expect(first.lives).toBe(1);
  });
});
