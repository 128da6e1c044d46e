import { stopwatch } from '../../src/kernel/clock';
import { FaultWorld } from '../support/fault-world';
import { eventOf, pause } from '../support/villager';
import { EVENTS, LIMIT_MS, SEEDS, scaled, tell } from './scale';

/** F1 and F3: the server is killed, or asked to go, in the middle of the work. */

jest.setTimeout(LIMIT_MS);

/** Sends that one process has in hand at once, by design; what was in hand at a kill is uncertain and not repeated. */
const IN_FLIGHT = 8;
/** Promised: what a kill interrupted is answered within this after the program is back. */
const ANSWERED_WITHIN_MS = 5_000;

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.start({ seed, people: scaled(12, 60) });
  });
  afterAll(() => world?.close());

  it('without any fault: every line is kept once, in order, and answered once', async () => {
    await world.pour(scaled(60, 120), 80);
    const account = await world.account();
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0 });
    expect(account.sent).toBe(account.lines);
    // On a busy machine an answer may come after the platform has given up; then it asks again.
    const { none: _late, ...answers } = world.platform.answers();
    expect(Object.keys(answers)).toEqual(['200']);
  });

  it('F3, asked to go under load: ends in time with 0, and nothing is uncertain', async () => {
    const pouring = world.pour(scaled(120, 200), 100);
    const known = world.platform.ledger.length;
    while (world.platform.ledger.length < known + 50) await pause(5);
    const ending = await world.program.terminate();
    expect(ending).toMatchObject({ code: 0, signal: null });
    expect(ending.ms).toBeLessThan(10_000);
    await world.program.start();
    await pouring;
    expect(await world.account()).toMatchObject({ faults: [], uncertain: 0, reworded: 0 });
  });

  it('F1, killed at random moments: nothing is lost, doubled or exchanged', async () => {
    const chance = world.random.fork('kills');
    const lines = EVENTS || 120;
    // A talk is looked through for what arrived, thirty messages far: nobody types faster than people do.
    const perSecond = scaled(36, 180);
    const kills = scaled(2, 20);
    const lives = world.program.lives;
    const pouring = world.pour(lines, perSecond);
    const between = (lines * 1_000) / perSecond / (kills + 1);
    for (let i = 0; i < kills; i++) {
      await pause(chance.between(Math.ceil(between / 4), Math.ceil(between)));
      await world.program.killAndStart();
    }
    const sinceLast = stopwatch();
    const interrupted = world.platform.ledger.filter(({ acknowledgedAt }) => acknowledgedAt !== null);
    await world.settled(interrupted.map(eventOf), 20_000);
    const answeredMs = Math.round(sinceLast());
    await pouring;
    const account = await world.account(LIMIT_MS / 2);
    tell(`F1, seed ${seed}, ${kills} kills`, { ...account, answeredMs, settledMs: Math.round(sinceLast()) });
    expect(account.faults).toEqual([]);
    expect(account.sent + account.uncertain).toBe(account.lines);
    expect(account.uncertain).toBeLessThanOrEqual(kills * IN_FLIGHT);
    expect(account.reworded).toBe(0);
    expect(world.program.lives).toBe(lives + kills);
  });

  it('R7, what a kill interrupted is answered at once when the program is back', async () => {
    const ordinary = stopwatch();
    await Promise.all(world.villagers.map((villager) => world.handled(eventOf(villager.reports()))));
    const ordinaryMs = ordinary();
    let worst = 0;
    for (let time = 0; time < scaled(1, 10); time++) {
      for (const villager of world.villagers) villager.reports();
      while (world.platform.unacknowledged.length > 0) await pause(1);
      const interrupted = world.platform.ledger.slice(-world.villagers.length);
      await world.program.killAndStart();
      const since = stopwatch();
      await world.settled(interrupted.map(eventOf), 30_000);
      worst = Math.max(worst, Math.round(since()));
    }
    tell(`R7, seed ${seed}`, { answeredMs: worst, ordinaryMs: Math.round(ordinaryMs) });
    // On a machine too busy to answer the same lines in a second without any kill, as much more is allowed.
    expect(worst).toBeLessThanOrEqual(ANSWERED_WITHIN_MS * Math.max(1, ordinaryMs / 1_000));
    expect((await world.account(LIMIT_MS / 2)).faults).toEqual([]);
  });
});
