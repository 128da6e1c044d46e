import { stopwatch } from '../../src/kernel/clock';
import type { FaultKind } from '../../src/simulator/faults';
import { FaultWorld } from '../support/fault-world';
import { pause } from '../support/villager';
import { mostWithin } from './rated-api';
import { LIMIT_MS, SEEDS, scaled, tell } from './scale';

/**
 * F11 and F12 against the running program: Zalo's API fails for a while, then now and then; breaks off, keeps silent,
 * answers too late, and the program is killed in the middle of that. The same at length, in moved time, is in
 * `sending.test.ts`.
 */

jest.setTimeout(LIMIT_MS);

const LINES = scaled(24, 400);
const PER_SECOND = 20;
const DOWN_MS = scaled(3_000, 60_000);
/** The program gives a request up after this; an answer that is late comes after it. */
const PATIENCE_MS = 1_500;
/** Sends that one process has in hand at once, by design. */
const IN_FLIGHT = 8;

/** Some was carried out, some was not, and the caller cannot tell. */
const MISHAPS: readonly FaultKind[] = [
  { kind: 'reset' },
  { kind: 'reset_after_accept' },
  { kind: 'torn_answer' },
  { kind: 'timeout' },
  { kind: 'timeout_after_accept' },
  { kind: 'slow', ms: PATIENCE_MS + 500 },
];

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;
  /** When Zalo was asked to send something, in machine time. */
  const tries: number[] = [];
  /** How often something went wrong with that. */
  let mishaps = 0;

  beforeAll(async () => {
    world = await FaultWorld.start({ seed, people: 8, env: { ZALO_TIMEOUT_MS: String(PATIENCE_MS) } });
    const elapsed = stopwatch();
    world.zalo.feed.subscribe((change) => {
      if (change.kind !== 'log' || !change.entry.path.endsWith('/message/cs')) return;
      tries.push(elapsed());
      if (change.entry.note !== undefined) mishaps += 1;
    });
  });
  afterEach(() => world?.zalo.fail.clear());
  afterAll(() => world?.close());

  it('F11, fails for a while: it is hardly asked meanwhile, and everybody hears once it is well', async () => {
    world.zalo.fail.next({ kind: 'html', status: 500, share: 1 });
    const before = tries.length;
    const pouring = world.pour(LINES, PER_SECOND);
    await pause(DOWN_MS);
    const during = tries.slice(before);
    world.zalo.fail.clear();
    await pouring;
    const account = await world.account(LIMIT_MS / 2);
    tell(`F11 down, seed ${seed}`, { ...account, during: during.length });
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
    expect(during.length).toBeGreaterThan(0);
    // What was in hand when it began teaches that it is not them.
    expect(mostWithin(during.slice(IN_FLIGHT), 1_000)).toBeLessThanOrEqual(1);
  });

  it('F11, fails three times in ten: everybody hears once, with at most twice the requests', async () => {
    world.zalo.fail.next({ kind: 'html', status: 500, share: 0.3, seed });
    const before = tries.length;
    await world.pour(LINES, PER_SECOND);
    const account = await world.account(LIMIT_MS / 2);
    tell(`F11 three in ten, seed ${seed}`, { ...account, tries: tries.length - before });
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
    expect(tries.length - before).toBeGreaterThan(LINES);
    expect(tries.length - before).toBeLessThanOrEqual(2 * LINES);
  });

  it('F12, breaks off, is silent or late, and a kill in the middle: what arrived is known, nobody hears twice', async () => {
    const before = await world.account();
    const tried = tries.length;
    mishaps = 0;
    const chance = world.random.fork('mishaps');
    for (const mishap of MISHAPS)
      world.zalo.fail.next({ ...mishap, share: 0.06, seed: chance.between(1, 1e6) });
    const pouring = world.pour(LINES, PER_SECOND);
    await pause(chance.between(300, 1_200));
    await world.program.killAndStart();
    await pouring;
    const account = await world.account(LIMIT_MS / 2);
    tell(`F12, seed ${seed}`, { ...account, tries: tries.length - tried, mishaps });
    expect(account.faults).toEqual([]);
    expect(account.sent + account.uncertain).toBe(account.lines);
    expect(account.uncertain - before.uncertain).toBeLessThanOrEqual(IN_FLIGHT);
    expect(mishaps).toBeGreaterThan(LINES / 10);
  });
});
