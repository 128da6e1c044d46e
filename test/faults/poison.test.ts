import { stopwatch } from '../../src/kernel/clock';
import { FaultWorld } from '../support/fault-world';
import type { LedgerEntry } from '../support/platform';
import { eventOf, pause } from '../support/villager';
import type { Villager } from '../support/villager';
import { LIMIT_MS, SEEDS, scaled, tell } from './scale';

/**
 * F15: messages that nobody can handle: one whose handler throws, one that keeps the processor to itself for five
 * seconds, one that kills the process. Each is set aside or survived; everybody else is answered as if it had not come.
 */

jest.setTimeout(LIMIT_MS);

const FAILPOINT = 'poison_throws:hỏng,poison_spins:xoay,poison_dies:chết';
/** Promised for the same person's next message, and for everybody else. */
const ANSWERED_WITHIN_MS = 5_000;
const TRIES = 3;
const TIMES = scaled(1, 10);

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.start({ seed, people: 8 });
    await world.program.terminate();
    await world.program.start({ FAILPOINT });
  });
  afterAll(() => world?.close());

  const stored = (entry: LedgerEntry): Promise<Record<string, unknown> | null> =>
    world.withStore(({ connection }) =>
      connection.collection<{ _id: string }>('inbox').findOne({ _id: eventOf(entry) }),
    );
  /** By the log, since the store may be between two lives. */
  const setAside = (entry: LedgerEntry): boolean =>
    world.program.linesWith('event set aside').some((line) => line.includes(entry.id));
  /** Milliseconds until the person has been written to again. */
  const heardAgain = async (villager: Villager, heard: number): Promise<number> => {
    const since = stopwatch();
    while (villager.heard.length <= heard) {
      if (since() > 20_000) throw new Error('not answered');
      await pause(10);
    }
    return Math.round(since());
  };
  const pourAndAccount = async (what: string, more: object): Promise<void> => {
    const account = await world.account(LIMIT_MS / 2);
    tell(`F15 ${what}, seed ${seed}`, { ...account, ...more });
    expect(account.faults).toEqual([]);
    expect(account.sent + account.uncertain).toBe(account.lines);
  };

  it('throws: set aside after three tries with its reason, the person told, the next message answered', async () => {
    const villager = world.villagers[0] as Villager;
    const pouring = world.pour(30, 60);
    const entry = world.platform.says(villager.user, 'cái này hỏng');
    world.poisoned += 1;
    while (!setAside(entry)) await pause(20);
    expect(await stored(entry)).toMatchObject({
      attempts: TRIES - 1,
      reason: 'poisoned for a rehearsal',
    });
    await pouring;
    await world.account();
    expect(villager.heard.some(({ text }) => text.includes('chưa xử lý được'))).toBe(true);
    const heard = villager.heard.length;
    villager.reports();
    const ms = await heardAgain(villager, heard);
    expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
    await pourAndAccount('throws', { ms });
    expect(world.program.log.filter((line) => line.includes('hỏng'))).toEqual([]);
  });

  it('spins for five seconds: it is noticed, and then everybody is answered at once', async () => {
    const [spinning, ...others] = world.villagers as [Villager, ...Villager[]];
    world.platform.says(spinning.user, 'cái này xoay');
    await pause(300);
    for (const other of others) other.reports();
    expect(await world.program.get('/health/live')).toBeNull();
    while ((await world.program.get('/health/live'))?.status !== 200) await pause(20);
    const since = stopwatch();
    await pourAndAccount('spins', {});
    const ms = Math.round(since());
    tell('F15 spins', { ms });
    expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
    expect(await world.program.metric('event_loop_stalls')).toBeGreaterThanOrEqual(1);
    expect(await world.program.metric('event_loop_longest_stall_seconds')).toBeGreaterThanOrEqual(3);
    expect(world.program.linesWith('stood still').length).toBeGreaterThan(0);
  });

  it('kills the process: three deaths, then set aside; nobody else loses anything', async () => {
    const chance = world.random.fork('deaths');
    for (let time = 1; time <= TIMES; time++) {
      const villager = chance.pick(world.villagers);
      const lives = world.program.lives;
      const pouring = world.pour(40, 60);
      await pause(chance.between(0, 300));
      const entry = world.platform.says(villager.user, 'cái này chết');
      world.poisoned += 1;
      let readyMs = 0;
      const deaths = async (): Promise<void> => {
        while (!world.program.running || !setAside(entry)) {
          if (world.program.running) await pause(20);
          // The message is in hand again as soon as it starts: on a busy machine before it was seen to be ready.
          else readyMs = (await world.program.startUnlessKilled({ FAILPOINT })) ?? readyMs;
        }
      };
      await deaths();
      const heard = villager.heard.length;
      const line = villager.reports();
      const ms = await heardAgain(villager, heard);
      expect(ms).toBeLessThan(ANSWERED_WITHIN_MS);
      await pouring;
      await pourAndAccount('dies', { ms, readyMs, lives: world.program.lives - lives });
      expect(line.acknowledgedAt).not.toBeNull();
      expect(world.program.lives - lives).toBe(TRIES);
      expect(await stored(entry)).toMatchObject({
        reason: 'the process died each time this was in hand',
      });
    }
  });
});
