import { FaultWorld } from '../support/fault-world';

/** F4 and F5: the platform delivers the same event again, at the same instant, later, and after a restart. */

jest.setTimeout(240_000);

let world: FaultWorld;

beforeAll(async () => {
  world = await FaultWorld.start({ seed: 2_026_031_204, people: 10 });
});
afterAll(() => world.close());

it('F4, each event delivered two to five times: handled and answered as if once', async () => {
  world.platform.copies = { from: 2, to: 5, withinMs: 1_500 };
  await world.pour(150, 50);
  expect(await world.check()).toEqual([]);
  expect(await world.replies()).toEqual({ missing: 0, doubled: 0 });
  expect(Object.keys(world.platform.answers())).toEqual(['200']);
  world.platform.copies = null;
});

it('F5, all of it delivered again after a restart: taken, and nothing happens', async () => {
  await world.program.terminate();
  await world.program.start();
  const sends = world.zalo.sends.length;
  const again = await world.platform.redeliver(world.platform.ledger);
  expect(again.filter(({ status }) => status !== 200)).toEqual([]);
  await new Promise((resolve) => setTimeout(resolve, 2_000));
  expect(await world.check()).toEqual([]);
  expect(world.zalo.sends).toHaveLength(sends);
});
