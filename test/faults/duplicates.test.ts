import { FaultWorld } from '../support/fault-world';
import { EVENTS, LIMIT_MS, SEEDS, scaled, tell } from './scale';

/** F4 and F5: the platform delivers the same event again, at the same instant, later, after a restart, and in the evening. */

jest.setTimeout(LIMIT_MS);

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;

  beforeAll(async () => {
    // A busy machine may take longer than Zalo waits; here it counts that each copy is answered, and how.
    const deadlineMs = 20_000;
    world = await FaultWorld.start({ seed, people: 8, deadlineMs });
  });
  afterAll(() => world?.close());

  it('F4, each event delivered two to five times: handled and answered as if once', async () => {
    world.platform.copies = { from: 2, to: 5, withinMs: 1_500 };
    await world.pour(scaled(80, EVENTS / 4), scaled(50, 100));
    const account = await world.account(LIMIT_MS / 2);
    tell(`F4, seed ${seed}`, { ...account, answers: world.platform.answers() });
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
    expect(Object.keys(world.platform.answers())).toEqual(['200']);
    world.platform.copies = null;
  });

  it('F5, all of it again after a restart and 13 hours later: taken, and nothing happens', async () => {
    expect(await world.program.terminate()).toMatchObject({ code: 0 });
    await world.program.start();
    const sends = world.zalo.sends.length;
    const old = world.platform.ledger.slice(-1_000);
    for (const at of [null, '2026-03-12T21:30:00+07:00']) {
      if (at !== null) await world.moveClock(at);
      const again = await world.platform.redeliver(old);
      expect(again.filter(({ status }) => status !== 200)).toEqual([]);
      // Once the inbox is empty and no reply is open, nothing can come of it any more.
      const account = await world.account();
      expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
      expect(world.zalo.sends).toHaveLength(sends);
    }
  });
});
