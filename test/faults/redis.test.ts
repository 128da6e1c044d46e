import { queueHits } from '../support/fault-checks';
import { FaultWorld } from '../support/fault-world';
import { RedisServer, hasRedisServer } from '../support/redis';
import { stopwatch } from '../../src/kernel/clock';
import { pause } from '../support/villager';
import { LIMIT_MS, SEEDS, scaled, tell } from './scale';

/**
 * F7 and F8: Redis is killed, comes back empty, is frozen, is full. Only wake-ups live there, so people go on being
 * answered meanwhile, and afterwards everything is in its place again by itself.
 */

jest.setTimeout(LIMIT_MS);

const LINES = scaled(40, 1_000);
/** How much longer Redis stays away, and frozen, than people write. */
const GONE_MS = scaled(0, 30_000);
const FROZEN_MS = scaled(0, 10_000);
/** Promised are 3 s; the short run shares its machine with others. */
const BACK_WITHIN_MS = scaled(10_000, 3_000);
const onRedis = hasRedisServer ? describe : describe.skip;

onRedis.each(SEEDS)('with a redis-server of the test (needs one installed), seed %d', (seed) => {
  let redis: RedisServer;
  let world: FaultWorld;

  beforeAll(async () => {
    redis = await RedisServer.start('--maxmemory-policy', 'noeviction');
    world = await FaultWorld.start({ seed, people: 10, env: { REDIS_URL: redis.url } });
  });
  afterAll(async () => {
    await world?.close();
    await redis?.end();
  });

  const schedules = async (): Promise<string[]> =>
    ((await redis.command('ZRANGE', 'bull:bot:repeat', '0', '-1')) as string[]).sort();
  const until = async (what: string, holds: () => Promise<boolean> | boolean): Promise<number> => {
    const since = stopwatch();
    while (!(await holds())) {
      if (since() > 30_000) throw new Error(`waited in vain until ${what}`);
      await pause(50);
    }
    return Math.round(since());
  };
  const queueIs = async (state: string): Promise<boolean> =>
    (await world.program.get('/health/ready'))?.body.includes(`"${state}"`) === true;
  /** The sweep that runs every five seconds has been run by a job: its scheduler has moved on to the next time. */
  const nextSweep = async (): Promise<number> =>
    Number(await redis.command('ZSCORE', 'bull:bot:repeat', 'inbox.sweep'));
  const pourAndCheck = async (what: string): Promise<void> => {
    await world.pour(LINES, 60);
    const account = await world.account();
    tell(`${what}, seed ${seed}`, account);
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
  };

  it('F8, killed under load, back empty: all answered, the schedules made anew', async () => {
    await until('the schedules are declared', async () => (await schedules()).includes('inbox.sweep'));
    const declared = await schedules();
    expect(declared).toEqual(expect.arrayContaining(['inbox.sweep', 'outbox.sweep', 'reminders.plan']));
    const pouring = world.pour(LINES, 60);
    await redis.kill();
    await pouring;
    // Nobody waits for Redis: all of it is answered while there is none.
    const meanwhile = await world.account();
    expect(meanwhile).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: meanwhile.lines });
    await until('the outage is seen', () => queueIs('down'));
    await pause(GONE_MS);
    await redis.restart('--maxmemory-policy', 'noeviction');
    const backMs = await until(
      'the schedules are declared again',
      async () => (await schedules()).length === declared.length,
    );
    tell('F8 schedules', { backMs });
    expect(backMs).toBeLessThan(BACK_WITHIN_MS);
    expect(await schedules()).toEqual(declared);
    const swept = await nextSweep();
    await until('a sweep runs again', async () => (await nextSweep()) > swept);
    await pourAndCheck('F8 afterwards');
    expect(world.program.lives).toBe(1);
  });

  it('F7, frozen and then full: people are answered all the same', async () => {
    redis.freeze();
    await pourAndCheck('F7 frozen');
    await pause(FROZEN_MS);
    redis.thaw();
    const thawedMs = await until('the queue is up again', () => queueIs('up'));
    tell('F7 thawed', { thawedMs });
    expect(thawedMs).toBeLessThan(BACK_WITHIN_MS);
    await redis.command('CONFIG', 'SET', 'maxmemory', '1');
    await pourAndCheck('F7 full');
    await redis.command('CONFIG', 'SET', 'maxmemory', '0');
    await until('the queue is up again', () => queueIs('up'));
    const swept = await nextSweep();
    await until('a sweep runs again', async () => (await nextSweep()) > swept);
    expect(world.program.lives).toBe(1);
  });

  it('F8, emptied around a reminder: each who owes gets it once', async () => {
    const reminders = (): Promise<string[]> =>
      world.withStore(async ({ connection }) => {
        const rows = await connection.collection('outbox').find({ purpose: 'reminder' }).toArray();
        return rows.map(({ to, state }) => `${String(to)} ${String(state)}`).sort();
      });
    // Every other villager has sent their report in.
    const owing = world.villagers.filter((_, n) => n % 2 === 1).map(({ user }) => `zalo:${user} sent`);
    await redis.kill();
    await redis.restart('--maxmemory-policy', 'noeviction');
    await world.moveClock('2026-03-15T08:00:00+07:00');
    await until('the reminders are out', async () => (await reminders()).length >= owing.length);
    await redis.kill();
    await redis.restart('--maxmemory-policy', 'noeviction');
    await until('the schedules are declared again', async () =>
      (await schedules()).includes('reminders.plan'),
    );
    await world.moveClock('2026-03-15T09:00:00+07:00');
    const swept = await nextSweep();
    await until('a sweep runs again', async () => (await nextSweep()) > swept);
    expect(await reminders()).toEqual(owing.sort());
    expect((await world.account()).faults).toEqual([]);
    expect(await queueHits(world)).toEqual([]);
  });
});
