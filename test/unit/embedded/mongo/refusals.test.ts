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
    await rows().insertMany([{ a: [1, 2] }, { a: [3], r: /x/ }]);
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
    ['$nor', () => rows().findOne({ $nor: [{ a: 1 }] }), 2],
    ['$not', () => rows().findOne({ a: { $not: { $gt: 1 } } } as never), 2],
    ['$elemMatch', () => rows().findOne({ a: { $elemMatch: { $gt: 1 } } } as never), 2],
    ['$all', () => rows().findOne({ a: { $all: [1] } } as never), 2],
    ['$size', () => rows().findOne({ a: { $size: 1 } } as never), 2],
    ['$type', () => rows().findOne({ a: { $type: 'array' } } as never), 2],
    ['$pull', () => rows().updateOne({}, { $pull: { a: 1 } } as never), 9],
    ['$addToSet', () => rows().updateOne({}, { $addToSet: { a: 1 } }), 9],
    ['$rename', () => rows().updateOne({}, { $rename: { a: 'b' } }), 9],
    ['$position', () => rows().updateOne({}, { $push: { a: { $each: [1], $position: 0 } } } as never), 2],
    ['a replacement', () => rows().replaceOne({}, { b: 1 }), 9],
    ['findOneAndReplace', () => rows().findOneAndReplace({}, { b: 1 }), 9],
    ['findOneAndDelete', () => rows().findOneAndDelete({}), 115],
    [
      'other options of regular expressions',
      () => rows().findOne({ a: { $regex: 'x', $options: 'x' } } as never),
      2,
    ],
    ['a regular expression compared', () => rows().find({}).sort({ r: 1 }).toArray(), 2],
    [
      'aggregation',
      () =>
        rows()
          .aggregate([{ $group: { _id: '$a' } }])
          .toArray(),
      40324,
    ],
    [
      'a sum',
      () =>
        rows()
          .aggregate([{ $group: { _id: null, n: { $sum: '$a' } } }])
          .toArray(),
      40324,
    ],
    [
      'other stages',
      () =>
        rows()
          .aggregate([{ $lookup: { from: 'x', as: 'y' } }])
          .toArray(),
      40324,
    ],
    ['distinct', () => rows().distinct('a'), 59],
    ['the count of old', () => database.command({ count: 'rows' }), 59],
    ['making a collection', () => database.createCollection('made'), 59],
    ['dropping a database', () => database.dropDatabase(), 59],
    ['dropping a collection', () => rows().drop(), 59],
    ['a filter of collections', () => database.listCollections({ name: 'rows' }).toArray(), 115],
    ['dropping all indexes', () => database.command({ dropIndexes: 'rows', index: '*' }), 115],
    ['expiring documents', () => rows().createIndex({ a: 1 }, { expireAfterSeconds: 1 }), 115],
    ['maxTimeMS', () => rows().find({}, { maxTimeMS: 1 }).toArray(), 115],
    ['text indexes', () => rows().createIndex({ a: 'text' }), 67],
    ['hashed indexes', () => rows().createIndex({ a: 'hashed' }), 67],
    ['wildcard index options', () => rows().createIndex({ a: 1 }, { wildcardProjection: { a: 1 } }), 115],
    ['collation of an index', () => rows().createIndex({ a: 1 }, { collation: { locale: 'vi' } }), 115],
    [
      '$in in a partial index',
      () => rows().createIndex({ a: 1 }, { partialFilterExpression: { b: { $in: [1] } } }),
      67,
    ],
    ['an unknown command', () => database.command({ mapReduce: 'rows' }), 59],
    ['collMod', () => database.command({ collMod: 'rows' }), 59],
    ['explain', () => rows().find({}).explain(), 59],
    [
      'readConcern majority',
      () => database.command({ find: 'rows', readConcern: { level: 'majority' } }),
      115,
    ],
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
    ).toEqual([{ a: [1, 2] }, { a: [3], r: /x/ }]);
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
});
