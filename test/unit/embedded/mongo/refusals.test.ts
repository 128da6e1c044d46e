import mongoose from 'mongoose';
import { embeddedStore, type TestStore } from '../../../support/stores';

/** What this store does not have is refused by name; nothing is ignored in silence. */
describe('what the embedded store refuses', () => {
  let store: TestStore;
  let database: mongoose.mongo.Db;
  const rows = () => database.collection('rows');
  beforeAll(async () => {
    store = await embeddedStore();
    database = store.connection.db as mongoose.mongo.Db;
    await rows().insertMany([{ a: [1, 2] }, { a: [3] }]);
  });
  afterAll(() => store.stop());

  const NOT_SUPPORTED = /is not supported by the embedded store/;

  it.each<[string, () => Promise<unknown>, number]>([
    ['$where', () => rows().findOne({ $where: 'true' }), 2],
    ['$expr', () => rows().findOne({ $expr: { $eq: [1, 1] } }), 2],
    ['$text', () => rows().findOne({ $text: { $search: 'x' } }), 2],
    ['$jsonSchema', () => rows().findOne({ $jsonSchema: {} }), 2],
    ['$mod', () => rows().findOne({ a: { $mod: [2, 0] } } as never), 2],
    ['$near', () => rows().findOne({ a: { $near: [0, 0] } } as never), 2],
    ['$type by number', () => rows().findOne({ a: { $type: 2 } } as never), 2],
    [
      'Decimal128 in a comparison',
      () => rows().findOne({ a: { $gt: mongoose.mongo.Decimal128.fromString('1') } } as never),
      2,
    ],
    ['$mul', () => rows().updateOne({}, { $mul: { b: 2 } }), 9],
    ['$pop', () => rows().updateOne({}, { $pop: { a: 1 } } as never), 9],
    ['$currentDate', () => rows().updateOne({}, { $currentDate: { b: true } }), 9],
    ['$pullAll', () => rows().updateOne({}, { $pullAll: { a: [1] } } as never), 9],
    ['a pipeline as an update', () => rows().updateOne({}, [{ $set: { b: 1 } }]), 9],
    ['the positional $', () => rows().updateOne({ a: 1 }, { $set: { 'a.$': 2 } }), 2],
    ['$[]', () => rows().updateOne({}, { $set: { 'a.$[]': 2 } }), 2],
    ['arrayFilters', () => rows().updateOne({}, { $set: { b: 1 } }, { arrayFilters: [{ x: 1 }] }), 115],
    ['$sort in $push', () => rows().updateOne({}, { $push: { a: { $each: [1], $sort: 1 } } } as never), 2],
    [
      'collation',
      () =>
        rows()
          .find({}, { collation: { locale: 'vi' } })
          .toArray(),
      115,
    ],
    [
      'hint',
      () =>
        rows()
          .find({}, { hint: { a: 1 } })
          .toArray(),
      115,
    ],
    ['tailable cursors', () => rows().find({}, { tailable: true }).toArray(), 115],
    [
      'let',
      () =>
        rows()
          .find({}, { let: { x: 1 } })
          .toArray(),
      115,
    ],
    ['$slice in a projection', () => rows().findOne({}, { projection: { a: { $slice: 1 } } }), 2],
    [
      '$elemMatch in a projection',
      () => rows().findOne({}, { projection: { a: { $elemMatch: { $gt: 1 } } } }),
      2,
    ],
    ['a positional projection', () => rows().findOne({ a: 1 }, { projection: { 'a.$': 1 } }), 2],
    [
      '$lookup',
      () =>
        rows()
          .aggregate([{ $lookup: { from: 'x', as: 'y' } }])
          .toArray(),
      40324,
    ],
    [
      '$facet',
      () =>
        rows()
          .aggregate([{ $facet: {} }])
          .toArray(),
      40324,
    ],
    [
      '$out',
      () =>
        rows()
          .aggregate([{ $out: 'x' }])
          .toArray(),
      40324,
    ],
    [
      'expressions',
      () =>
        rows()
          .aggregate([{ $group: { _id: { $toUpper: '$a' } } }])
          .toArray(),
      168,
    ],
    [
      'other accumulators',
      () =>
        rows()
          .aggregate([{ $group: { _id: null, x: { $stdDevPop: '$a' } } }])
          .toArray(),
      15952,
    ],
    ['text indexes', () => rows().createIndex({ a: 'text' }), 67],
    ['hashed indexes', () => rows().createIndex({ a: 'hashed' }), 67],
    ['wildcard index options', () => rows().createIndex({ a: 1 }, { wildcardProjection: { a: 1 } }), 115],
    ['collation of an index', () => rows().createIndex({ a: 1 }, { collation: { locale: 'vi' } }), 115],
    [
      '$in in a partial index',
      () => rows().createIndex({ a: 1 }, { partialFilterExpression: { b: { $in: [1] } } }),
      67,
    ],
    ['capped collections', () => database.createCollection('capped', { capped: true, size: 4096 }), 115],
    ['views', () => database.createCollection('view', { viewOn: 'rows', pipeline: [] }), 115],
    ['an unknown command', () => database.command({ mapReduce: 'rows' }), 59],
    ['collMod', () => database.command({ collMod: 'rows' }), 59],
    ['explain', () => rows().find({}).explain(), 59],
    [
      'change streams',
      () =>
        rows()
          .aggregate([{ $changeStream: {} }])
          .toArray(),
      40324,
    ],
    [
      'readConcern majority',
      () => database.command({ find: 'rows', readConcern: { level: 'majority' } }),
      115,
    ],
    ['validators', () => database.command({ create: 'v', validator: { a: 1 } }), 115],
  ])('%s', async (_what, ask, code) => {
    const error = await ask().then(
      () => null,
      (refusal: unknown) => refusal,
    );
    expect(error).toMatchObject({ code });
    expect((error as Error).message).toMatch(NOT_SUPPORTED);
  });

  it('leaves everything as it was', async () => {
    expect(
      await rows()
        .find({}, { projection: { _id: 0 } })
        .toArray(),
    ).toEqual([{ a: [1, 2] }, { a: [3] }]);
    expect((await rows().indexes()).map((index) => index.name)).toEqual(['_id_']);
  });

  it('offers no sessions: a transaction is refused by the driver itself', async () => {
    const session = await store.connection.startSession();
    session.startTransaction();
    await expect(rows().insertOne({ b: 1 }, { session })).rejects.toThrow(/session|transaction/i);
    await session
      .abortTransaction()
      .catch((error: Error) => expect(error.message).toMatch(/session|transaction/i));
    await session.endSession();
    expect(await rows().countDocuments({ b: 1 })).toBe(0);
  });

  it('gives up a search that takes longer than it may', async () => {
    await database
      .collection('many')
      .insertMany(Array.from({ length: 30_000 }, (_, i) => ({ i, t: `text ${i}` })));
    await expect(
      database
        .collection('many')
        .find({ t: /(x+x+)+y/, i: { $lt: -1 } }, { maxTimeMS: 1 })
        .toArray(),
    ).rejects.toMatchObject({ code: 50 });
  });
});
