import type { FailpointName } from '../../src/kernel/failpoint';
import { FaultWorld } from '../support/fault-world';

/** F2: the process dies at each named step of the path, where a crash would hurt most. */

jest.setTimeout(240_000);

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
let world: FaultWorld;

beforeAll(async () => {
  world = await FaultWorld.start({ seed: 2_026_031_202, people: 10 });
});
afterAll(() => world.close());

it.each(STEPS)('dies %s: nothing is lost, doubled or exchanged', async (step) => {
  const before = await world.replies(0);
  await world.program.terminate();
  const at = world.random.fork(step).between(1, 12);
  await world.program.start({ FAILPOINT: `${step}:${at}` });
  const pouring = world.pour(30, 60);
  expect(await world.program.end).toMatchObject({ signal: 'SIGKILL' });
  await world.program.start();
  await pouring;
  expect(await world.check()).toEqual([]);
  const after = await world.replies();
  expect(after.doubled).toBe(0);
  // Other people's sends are in hand at that moment too, whatever the step.
  expect(after.missing - before.missing).toBeLessThanOrEqual(IN_FLIGHT);
});
