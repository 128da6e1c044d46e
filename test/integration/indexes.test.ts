import mongoose, { Schema, type IndexDefinition, type IndexOptions } from 'mongoose';
import { prepareIndexes } from '../../src/app/indexes';
import { freshStore, type TestStore } from '../support/stores';

/** A database that an earlier version of the program has used, with its indexes, meets the present declarations. */

type Declared = readonly [IndexDefinition, IndexOptions?];

let store: TestStore;
const opened: mongoose.Connection[] = [];
beforeEach(async () => {
  store = await freshStore();
});
afterEach(async () => {
  for (const each of opened.splice(0)) await each.close();
  await store.stop();
});

/** A version of the program that declares these indexes, on the same database. */
async function version(...declared: Declared[]): Promise<mongoose.Connection> {
  const { name } = store.connection;
  const connection = await mongoose
    .createConnection(store.uri, { dbName: name, autoIndex: false, autoCreate: false })
    .asPromise();
  opened.push(connection);
  const schema = new Schema({ a: Number, b: Number, state: String }, { versionKey: false });
  for (const [key, options = {}] of declared) schema.index(key, options);
  connection.model('Row', schema, 'rows');
  return connection;
}

async function there(): Promise<Record<string, object>> {
  const found = await store.connection.collection('rows').indexes();
  return Object.fromEntries(
    found.flatMap(({ name, v: _, ...rest }) => (name === '_id_' ? [] : [[String(name), rest]])),
  );
}

const OLD: Declared = [{ a: 1 }, { name: 'waiting', partialFilterExpression: { state: 'new' } }];

it.each<[string, Declared[], Declared[], Record<string, object>]>([
  [
    'nothing has changed',
    [OLD],
    [OLD],
    { waiting: { key: { a: 1 }, partialFilterExpression: { state: 'new' } } },
  ],
  [
    'other fields under the same name',
    [OLD],
    [[{ a: 1, b: 1 }, { name: 'waiting' }]],
    { waiting: { key: { a: 1, b: 1 } } },
  ],
  [
    'other options under the same name',
    [OLD],
    [[{ a: 1 }, { name: 'waiting' }]],
    { waiting: { key: { a: 1 } } },
  ],
  [
    'it has become unique',
    [[{ a: 1 }]],
    [[{ a: 1 }, { unique: true }]],
    { a_1: { key: { a: 1 }, unique: true } },
  ],
  ['another name', [[{ a: 1 }]], [[{ a: 1 }, { name: 'by_a' }]], { by_a: { key: { a: 1 } } }],
  [
    'two have changed places',
    [
      [{ a: 1 }, { name: 'x' }],
      [{ b: 1 }, { name: 'y' }],
    ],
    [
      [{ b: 1 }, { name: 'x' }],
      [{ a: 1 }, { name: 'y' }],
    ],
    { x: { key: { b: 1 } }, y: { key: { a: 1 } } },
  ],
  ['one is no longer declared', [[{ a: 1 }], [{ b: -1 }]], [[{ b: -1 }]], { 'b_-1': { key: { b: -1 } } }],
])(
  'when %s, a start on the existing database ends with what is declared',
  async (_what, before, now, expected) => {
    await prepareIndexes(await version(...before));
    await store.connection.collection('rows').insertMany([
      { a: 1, b: 2, state: 'new' },
      { a: 2, b: 1 },
    ]);
    await prepareIndexes(await version(...now));
    expect(await there()).toEqual(expected);
    expect(await store.connection.collection('rows').countDocuments({})).toBe(2);
  },
);

it('leaves alone what an operator has added', async () => {
  await prepareIndexes(await version([{ a: 1 }]));
  await store.connection.collection('rows').createIndex({ b: 1, a: -1 }, { name: 'for our reports' });
  await prepareIndexes(await version([{ a: -1 }]));
  expect(Object.keys(await there()).sort()).toEqual(['a_-1', 'for our reports']);
});

it('two processes that start at once end with the same indexes', async () => {
  await prepareIndexes(await version(OLD));
  const now: Declared = [{ a: 1, b: 1 }, { name: 'waiting' }];
  const both = await Promise.all([version(now), version(now), version(now)]);
  await Promise.all(both.map((each) => prepareIndexes(each)));
  expect(await there()).toEqual({ waiting: { key: { a: 1, b: 1 } } });
});

it('refuses to start on documents that a unique index cannot hold', async () => {
  await store.connection.collection('rows').insertMany([{ a: 1 }, { a: 1 }]);
  const connection = await version([{ a: 1 }, { unique: true }]);
  await expect(prepareIndexes(connection, { waitMs: 10 })).rejects.toMatchObject({ code: 11000 });
});

it('goes on while an index that only makes queries quick is built, and says so', async () => {
  const connection = await version([{ a: 1 }, { unique: true }], [{ b: 1 }]);
  const rows = connection.collection('rows');
  const createIndexes = rows.createIndexes.bind(rows);
  let go: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (go = resolve));
  jest.spyOn(rows, 'createIndexes').mockImplementation(async (specs, options) => {
    if (specs.some(({ unique }) => unique !== true)) await held;
    return createIndexes(specs, options);
  });
  const said: string[] = [];
  const note = (_facts: object, message: string): void => void said.push(message);
  const log = { info: note, warn: note, error: note };
  await prepareIndexes(connection, { waitMs: 50, log });
  expect(Object.keys(await there())).toEqual(['a_1']);
  expect(said).toEqual(['indexes are still being built; queries are slower meanwhile']);
  go();
  for (let tries = 0; tries < 200 && said.length < 2; tries += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
  expect(said.at(-1)).toBe('indexes are built');
  expect(Object.keys(await there()).sort()).toEqual(['a_1', 'b_1']);
});
