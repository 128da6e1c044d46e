import { randomBytes } from 'node:crypto';
import { FaultWorld } from '../support/fault-world';
import { ReplicaSet } from '../support/replica-set';
import { pause } from '../support/villager';
import { LIMIT_MS, SEEDS, scaled, tell } from './scale';

/** The primary of the replica set is gone while people write; the others take their time to elect another. */

jest.setTimeout(LIMIT_MS);

const ELECTION_MS = scaled(4_000, 12_000);

it.each(SEEDS)('an election loses nothing and costs no connection, seed %d', async (seed) => {
  const set = await ReplicaSet.start();
  const env = { MONGODB_URI: set.uri, ENCRYPTION_KEY: randomBytes(32).toString('base64') };
  let world: FaultWorld | null = null;
  try {
    world = await FaultWorld.start({ seed, people: 4, env, deadlineMs: 10_000 });
    await world.pour(6, 10);
    set.killPrimary();
    const pouring = world.pour(12, 6);
    await pause(ELECTION_MS);
    set.elect(1);
    await pouring;
    const account = await world.account(LIMIT_MS / 2);
    tell(`election, seed ${seed}`, account);
    expect(account).toMatchObject({ faults: [], reworded: 0 });
    expect(account.sent + account.uncertain).toBe(account.lines);
    expect(world.program.linesWith('connecting anew')).toEqual([]);
    expect(world.program.lives).toBe(1);
  } finally {
    await world?.close();
    await set.end();
  }
});
