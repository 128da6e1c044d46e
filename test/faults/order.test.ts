import { FaultWorld } from '../support/fault-world';
import type { LedgerEntry } from '../support/platform';
import type { Random } from '../support/random';
import { eventOf } from '../support/villager';
import type { Line, Villager } from '../support/villager';
import { LIMIT_MS, SEEDS, scaled, tell } from './scale';

/**
 * F6: one person's events arrive in another order than they were typed. What waits together is handled by Zalo's
 * timestamps, what comes after its predecessor was handled counts as it comes. Two groups type the same, in the same
 * disorder, and must end in the same state.
 */

jest.setTimeout(LIMIT_MS);

const PER_GROUP = 4;
const TYPED = scaled(10, 40);

describe.each(SEEDS)('seed %d', (seed) => {
  let world: FaultWorld;

  beforeAll(async () => {
    world = await FaultWorld.start({ seed, people: PER_GROUP * 2, alike: 2 });
  });
  afterAll(() => world?.close());

  const histories = async (villagers: readonly Villager[]): Promise<unknown> => {
    const all = [];
    for (const { unit } of villagers)
      all.push(
        [...(await world.figures(unit)).values()].map(({ id, history }) => [
          id,
          history.map(({ value }) => value),
        ]),
      );
    return all;
  };
  const expectGroupsAlike = async (): Promise<void> =>
    expect(await histories(world.villagers.slice(PER_GROUP))).toEqual(
      await histories(world.villagers.slice(0, PER_GROUP)),
    );

  it('rows that wait together are handled in the order in which they were typed', async () => {
    expect(await world.program.terminate()).toMatchObject({ code: 0 });
    await world.program.start({ PROCESSING: 'paused' });
    world.platform.hold();
    for (let i = 0; i < TYPED; i++) for (const villager of world.villagers) villager.reports();
    world.platform.release((lane) => otherwise(lane, world.random.fork('waiting')));
    await world.platform.settled(30_000);
    const inversions = world.villagers.map(({ lines }) => disorder(lines));
    expect(Math.min(...inversions)).toBeGreaterThan(0);
    expect(await world.program.terminate()).toMatchObject({ code: 0 });
    await world.program.start();
    const account = await world.account();
    tell(`F6 waiting, seed ${seed}`, { ...account, inversions });
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
    await expectGroupsAlike();
  });

  it('what arrives after its predecessor was answered is handled as it comes', async () => {
    const before = new Map(world.villagers.map((villager) => [villager.user, [...villager.lines]]));
    world.platform.hold();
    for (let i = 0; i < TYPED; i++) for (const villager of world.villagers) villager.reports();
    world.platform.between = (entry) => world.handled(eventOf(entry));
    world.platform.release((lane) => {
      const villager = world.villagers.find(({ user }) => user === lane[0]?.user) as Villager;
      const last = before.get(villager.user)?.at(-1) as Line;
      return otherwise(lane, world.random.fork('one by one'), (order) =>
        changesEachTime([last, ...order.map((entry) => lineOf(villager, entry))]),
      );
    });
    await world.platform.settled(60_000);
    world.platform.between = null;
    const inversions = world.villagers.map((villager) => {
      const old = before.get(villager.user) as Line[];
      const arrived = villager.lines.slice(old.length).sort((a, b) => at(a) - at(b));
      villager.handled = [...old, ...arrived];
      return disorder(villager.lines.slice(old.length));
    });
    expect(Math.min(...inversions)).toBeGreaterThan(0);
    const account = await world.account();
    tell(`F6 one by one, seed ${seed}`, { ...account, inversions });
    expect(account).toMatchObject({ faults: [], uncertain: 0, reworded: 0, sent: account.lines });
    await expectGroupsAlike();
  });
});

const at = ({ entry }: Line): number => entry.acknowledgedAt ?? Number.NaN;

/** Pairs that arrived the other way round than they were typed. */
function disorder(lines: readonly Line[]): number {
  return lines.reduce(
    (sum, line, i) => sum + lines.slice(i + 1).filter((later) => at(later) < at(line)).length,
    0,
  );
}

function lineOf(villager: Villager, entry: LedgerEntry): Line {
  return villager.lines.find((line) => line.entry === entry) as Line;
}

/** A line that repeats a figure makes no new version of it, and the model would not know the reply. */
function changesEachTime(lines: readonly Line[]): boolean {
  return lines.every((line, i) =>
    line.values.every((value, n) => i === 0 || value !== lines[i - 1]?.values[n]),
  );
}

/** Another order, and one that will do. */
function otherwise(
  lane: readonly LedgerEntry[],
  chance: Random,
  willDo: (order: readonly LedgerEntry[]) => boolean = () => true,
): LedgerEntry[] {
  for (let tries = 0; tries < 100_000; tries++) {
    const order = chance.shuffle(lane);
    if (willDo(order) && order.some((entry, i) => entry !== lane[i])) return order;
  }
  throw new Error('no other order will do');
}
