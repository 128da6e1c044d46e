import { FaultWorld } from '../support/fault-world';

/** F1 and F3: the server is killed, or asked to go, in the middle of the work. One short seed here. */

jest.setTimeout(240_000);

const PEOPLE = 20;
let world: FaultWorld | null = null;
const here = (): FaultWorld => world as FaultWorld;

beforeEach(async () => {
  world = await FaultWorld.start({ seed: 20_260_312, people: PEOPLE });
});
afterEach(async () => {
  await world?.close();
  world = null;
});

it('without any fault: every line is kept once, in order, and answered once', async () => {
  await here().pour(200, 50);
  expect(await here().check()).toEqual([]);
  expect(await here().replies()).toEqual({ missing: 0, doubled: 0 });
  expect(here().platform.answers()).toEqual({ '200': here().platform.ledger.length });
});

it('F1, killed at random moments: nothing is lost, doubled or exchanged', async () => {
  const chance = here().random.fork('kills');
  const pouring = here().pour(600, 60);
  const kills = 5;
  let uncertain = 0;
  for (let i = 0; i < kills; i++) {
    await new Promise((resolve) => setTimeout(resolve, chance.between(300, 1_800)));
    await here().program.killAndStart();
    uncertain += 8;
  }
  await pouring;
  expect(await here().check()).toEqual([]);
  const replies = await here().replies();
  expect(replies.doubled).toBe(0);
  expect(replies.missing).toBeLessThanOrEqual(uncertain);
  expect(here().program.lives).toBe(kills + 1);
});

it('F3, asked to go under load: ends in time with 0, and nothing is uncertain', async () => {
  const pouring = here().pour(300, 100);
  await new Promise((resolve) => setTimeout(resolve, 1_000));
  const ending = await here().program.terminate();
  expect(ending).toMatchObject({ code: 0, signal: null });
  expect(ending.ms).toBeLessThan(10_000);
  await here().program.start();
  await pouring;
  expect(await here().check()).toEqual([]);
  expect(await here().replies()).toEqual({ missing: 0, doubled: 0 });
});
