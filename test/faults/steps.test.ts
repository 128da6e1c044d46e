import type { FailpointName } from '../../src/kernel/failpoint';
import { stopwatch } from '../../src/kernel/clock';
import type { Account } from '../support/fault-checks';
import { FaultWorld } from '../support/fault-world';
import { EVENTS, LIMIT_MS, SEEDS, scaled, tell } from './scale';

/** F2: the process dies at each named step of the path, where a crash would hurt most. */

jest.setTimeout(LIMIT_MS);

const STEPS: readonly FailpointName[] = [
  'before_store',
  'after_store',
  'after_ack',
  'after_effects',
  'after_enqueue',
  'after_state',
  'before_send',
  'after_send',
];
/** Sends that one process has in hand at once, by design; what was in hand at a kill is uncertain and not repeated. */
const IN_FLIGHT = 8;
/** Deaths at each step. */
const TIMES = scaled(1, Math.max(1, Math.min(50, Math.round(EVENTS / 400))));

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;
  let before: Account;
  /** Where the present life will die once it is armed. */
  let aim = '';

  /** A life that first mends what the last one left, and dies at this step when it is armed. */
  const live = async (step: FailpointName): Promise<void> => {
    aim = step;
    const passages = world.random.fork(`${step} ${world.program.lives}`).between(1, 8);
    await world.program.start({ FAILPOINT: `${step}:${passages}:later` });
  };

  beforeAll(async () => {
    world = await FaultWorld.start({ seed, people: 6 });
    before = await world.account();
  });
  afterAll(() => world?.close());

  it.each(STEPS)('dies %s: each line is kept, and answered or known to be uncertain', async (step) => {
    if (aim !== step) {
      // Nothing is under way, so this death leaves nothing behind.
      await world.program.kill();
      await live(step);
    }
    for (let time = 1; time <= TIMES; time++) {
      world.program.arm();
      const pouring = world.pour(18, 60);
      expect(await world.program.end).toMatchObject({ signal: 'SIGKILL' });
      await live(time < TIMES ? step : (STEPS[STEPS.indexOf(step) + 1] ?? step));
      const sinceStart = stopwatch();
      await pouring;
      const account = await world.account();
      tell(`F2 ${step}`, {
        ...account,
        killed: account.uncertain - before.uncertain,
        ms: Math.round(sinceStart()),
      });
      expect(account.faults).toEqual([]);
      expect(account.sent + account.uncertain).toBe(account.lines);
      // Other people's sends are in hand at that moment too, whatever the step.
      expect(account.uncertain - before.uncertain).toBeLessThanOrEqual(IN_FLIGHT);
      expect(account.reworded).toBe(before.reworded);
      before = account;
    }
  });
});
