import mongoose from 'mongoose';
import { prepareIndexes } from '../../src/app/indexes';
import { embeddedUse, queriesOf } from '../support/index-use';
import { RightsWorld } from '../support/rights-world';
import { freshStore, type TestStore } from '../support/stores';

/**
 * What `indexes.test.ts` names query by query, here as the jobs ask it: each job that runs by itself, run where there is
 * something of everything, asks nothing that walks a whole collection.
 */
let store: TestStore;
let connection: mongoose.Connection;
let world: RightsWorld;

beforeAll(async () => {
  store = await freshStore();
  connection = await mongoose
    .createConnection(store.uri, { dbName: store.connection.name, monitorCommands: true, autoIndex: false })
    .asPromise();
  world = await RightsWorld.open(connection);
  await prepareIndexes(connection);
}, 60_000);
afterAll(async () => {
  await connection.close();
  await store.stop();
});

it('no job that runs by itself walks a collection', async () => {
  const scheduled = world.talk.jobs.filter(({ definition }) => definition.schedule);
  expect(scheduled.length).toBeGreaterThan(8);
  const scans = new Set<string>();
  let asked = 0;
  for (const { definition, handler } of scheduled) {
    const run = () => handler({} as never, { at: world.talk.clock.now() } as never);
    const queries = await queriesOf(connection, run);
    asked += queries.length;
    for (const query of queries) {
      const use = embeddedUse(connection, query);
      if (use.endsWith(' scan')) scans.add(`${definition.name}: ${use} ${JSON.stringify(query.filter)}`);
    }
  }
  expect(asked).toBeGreaterThan(20);
  expect([...scans]).toEqual([]);
}, 60_000);
