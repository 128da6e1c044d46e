import mongoose, { Schema } from 'mongoose';
import { embeddedStore, freshStore, type TestStore } from '../support/stores';

/**
 * What repositories may ask of a document store, asked of the embedded engine and, where TEST_MONGODB_URI is set, of
 * a real MongoDB: they must agree, in results and in the shapes of errors, through the driver and through mongoose.
 */
const { ObjectId, Long } = mongoose.mongo.BSON;
type AnyDoc = { _id?: unknown; [key: string]: unknown };
type Row = { _id: string | number; n?: number; long?: unknown; [key: string]: unknown };

const stores: [string, () => Promise<TestStore>][] = [['embedded', () => embeddedStore()]];
if (process.env['TEST_MONGODB_URI']) stores.push(['real', () => freshStore()]);

describe.each(stores)('the %s store', (_name, open) => {
  let store: TestStore;
  let made = 0;
  beforeAll(async () => {
    store = await open();
  });
  afterAll(() => store.stop());

  /** A collection of its own, with these documents. */
  async function holding(...docs: AnyDoc[]) {
    const collection = store.connection.collection<Row>(`c${++made}`);
    if (docs.length > 0) await collection.insertMany(docs as never);
    return collection;
  }

  /** The driver's types know no `$inc` for a type with free fields. */
  const oneMore = { $inc: { n: 1 } } as never;
  const date = (ms: number) => new Date(ms);
  const zoo: AnyDoc[] = [
    { _id: 1, a: 1, s: 'abc', t: ['x', 'y'], n: { b: 1 }, d: date(1) },
    { _id: 2, a: 2, s: 'ABD', t: ['y'], n: { b: null }, d: date(2) },
    { _id: 3, a: null, s: 'b', t: [], n: {}, d: date(3) },
    { _id: 4, a: [1, 5], s: 'b\nabc', t: 'x', n: [{ b: 1 }, { c: 2 }] },
    {
      _id: 5,
      t: [['x', 'y']],
      n: [
        { b: 7, c: 1 },
        { b: 2, c: 9 },
      ],
    },
    { _id: 6, a: 'text', n: 5, flag: true },
    { _id: 7, a: Long.fromString('9007199254740993'), n: { b: { c: 1 } }, flag: false },
  ];

  it.each<[string, AnyDoc, number[]]>([
    ['equality', { a: 1 }, [1, 4]],
    ['equality with null finds what is missing', { a: null }, [3, 5]],
    ['equality with a whole array', { t: ['x', 'y'] }, [1, 5]],
    ['equality with an embedded document', { n: { b: 1 } }, [1, 4]],
    ['equality minds the order of fields', { n: { c: 1, b: 7 } }, []],
    ['a dotted path', { 'n.b': 1 }, [1, 4]],
    ['a dotted path and null', { 'n.b': null }, [2, 3, 4, 6]],
    ['a place in an array, not what an array there holds', { 't.0': 'y' }, [2]],
    ['a place in an array that holds an array', { 't.0': ['x', 'y'] }, [5]],
    ['a place in an array that holds an array, by $in', { 't.0': { $in: ['y'] } }, [2]],
    ['a place and a path', { 'n.1.c': 9 }, [5]],
    ['$eq', { a: { $eq: 'text' } }, [6]],
    ['$ne', { a: { $ne: 1 } }, [2, 3, 5, 6, 7]],
    ['$ne null', { a: { $ne: null } }, [1, 2, 4, 6, 7]],
    ['$gt by type', { a: { $gt: 1 } }, [2, 4, 7]],
    ['$gte of text', { s: { $gte: 'abc' } }, [1, 3, 4]],
    ['$lt and $gt on one array may be met by different elements', { a: { $gt: 4, $lt: 2 } }, [4]],
    ['$lte of dates', { d: { $lte: date(2) } }, [1, 2]],
    ['$gte null', { a: { $gte: null } }, [3, 5]],
    ['$in', { a: { $in: [2, 'text', null] } }, [2, 3, 5, 6]],
    ['$in with a regular expression', { s: { $in: [/^ab/, 'b'] } }, [1, 3]],
    ['$in of nothing', { a: { $in: [] } }, []],
    ['$nin', { a: { $nin: [1, null] } }, [2, 6, 7]],
    ['$exists', { a: { $exists: true } }, [1, 2, 3, 4, 6, 7]],
    ['$exists false', { 'n.b': { $exists: false } }, [3, 6]],
    ['$and', { $and: [{ a: 1 }, { t: 'x' }] }, [1, 4]],
    ['$or', { $or: [{ a: 2 }, { flag: true }] }, [2, 6]],
    ['a regular expression', { s: /^ab/ }, [1]],
    ['$regex with $options', { s: { $regex: '^ab', $options: 'i' } }, [1, 2]],
    ['$regex over lines', { s: { $regex: '^abc$', $options: 'm' } }, [1, 4]],
    ['a flag', { flag: false }, [7]],
    ['a 64-bit number', { a: Long.fromString('9007199254740993') }, [7]],
  ])('finds by %s', async (_what, filter, ids) => {
    const collection = await holding(...zoo);
    const found = await collection.find(filter as never).toArray();
    expect(found.map((doc) => doc._id).sort()).toEqual([...ids].sort());
    expect(await collection.countDocuments(filter as never)).toBe(ids.length);
  });

  it.each<[string, AnyDoc, AnyDoc, AnyDoc | null]>([
    ['$set', { a: 1 }, { $set: { a: 2, b: 3 } }, { a: 2, b: 3 }],
    ['$set of the same', { a: 1, n: { b: [1] } }, { $set: { 'n.b': [1] } }, null],
    ['$set into what is not there', {}, { $set: { 'a.b.c': 1 } }, { a: { b: { c: 1 } } }],
    ['$set of a place', { a: [1, 2] }, { $set: { 'a.3': 9 } }, { a: [1, 2, null, 9] }],
    ['$set in the order of names', {}, { $set: { z: 1, a: 2 } }, { a: 2, z: 1 }],
    ['$unset', { a: 1, b: { c: 2, d: 3 } }, { $unset: { a: '', 'b.c': '' } }, { b: { d: 3 } }],
    ['$unset of a place', { a: [1, 2] }, { $unset: { 'a.0': '' } }, { a: [null, 2] }],
    ['$unset of nothing', { a: 1 }, { $unset: { b: '' } }, null],
    ['$inc', { a: 1 }, { $inc: { a: 2, 'b.c': -1 } }, { a: 3, b: { c: -1 } }],
    ['$inc by 0', { a: 1 }, { $inc: { a: 0 } }, null],
    ['$min', { a: 5, b: 1 }, { $min: { a: 3, b: 3, c: 3 } }, { a: 3, b: 1, c: 3 }],
    ['$max', { a: 5, b: 'x' }, { $max: { a: 7, b: 3 } }, { a: 7, b: 'x' }],
    ['$max of dates', { a: date(5) }, { $max: { a: date(4) } }, null],
    ['$push', { a: [1] }, { $push: { a: 2, b: 'n' } }, { a: [1, 2], b: ['n'] }],
    ['$push of an array', { a: [1] }, { $push: { a: [2] } }, { a: [1, [2]] }],
    ['$push $each $slice', { a: [1, 2] }, { $push: { a: { $each: [3, 4], $slice: -3 } } }, { a: [2, 3, 4] }],
    [
      '$push $slice that ends in the same array, which is still a change',
      { a: [1, 2] },
      { $push: { a: { $each: [3], $slice: 2 } } },
      { a: [1, 2] },
    ],
    ['$push of nothing', { a: [1, 2] }, { $push: { a: { $each: [], $slice: 3 } } }, null],
    ['$push of nothing that cuts', { a: [1, 2] }, { $push: { a: { $each: [], $slice: 1 } } }, { a: [1] }],
    ['$push of nothing to what is not there', {}, { $push: { a: { $each: [] } } }, { a: [] }],
    ['$setOnInsert on a match', { a: 1 }, { $setOnInsert: { a: 2 } }, null],
    [
      'several at once',
      { a: 1, t: [] },
      { $inc: { a: 1 }, $push: { t: 'x' }, $set: { s: 'done' } },
      { a: 2, t: ['x'], s: 'done' },
    ],
  ])('updates by %s', async (_what, before, update, after) => {
    const collection = await holding({ _id: 'u', ...before });
    const done = await collection.updateOne({ _id: 'u' }, update);
    expect(done).toMatchObject({ matchedCount: 1, modifiedCount: after === null ? 0 : 1, upsertedId: null });
    const found = await collection.findOne({ _id: 'u' });
    expect(found).toEqual({ _id: 'u', ...(after ?? before) });
    expect(Object.keys(found ?? {})).toEqual(['_id', ...Object.keys(after ?? before)]);
  });

  it.each<[string, AnyDoc, AnyDoc, AnyDoc]>([
    [
      'the fields the filter equals',
      { _id: 'n', k: 1, 'd.e': 'f' },
      { $set: { x: 1 } },
      { _id: 'n', k: 1, d: { e: 'f' }, x: 1 },
    ],
    ['$setOnInsert', { _id: 'n' }, { $setOnInsert: { a: 1 }, $inc: { b: 2 } }, { _id: 'n', a: 1, b: 2 }],
    [
      'equalities in $and',
      { $and: [{ _id: 'n' }, { k: { $eq: 5 } }] },
      { $set: { x: 1 } },
      { _id: 'n', k: 5, x: 1 },
    ],
    [
      'not what is compared otherwise',
      { _id: 'n', k: { $gt: 5 }, r: /x/ },
      { $set: { x: 1 } },
      { _id: 'n', x: 1 },
    ],
    [
      '$push into a new array',
      { _id: 'n' },
      { $push: { t: { $each: [1, 2, 3], $slice: -2 } } },
      { _id: 'n', t: [2, 3] },
    ],
  ])('upserts with %s', async (_what, filter, update, expected) => {
    const collection = await holding({ _id: 'other' });
    const done = await collection.updateOne(filter as never, update, { upsert: true });
    expect(done).toMatchObject({ matchedCount: 0, modifiedCount: 0, upsertedCount: 1, upsertedId: 'n' });
    expect(await collection.findOne({ _id: 'n' })).toEqual(expected);
  });

  it('upserts make an id when the filter has none', async () => {
    const collection = await holding();
    const done = await collection.updateOne({ k: 1 }, { $set: { x: 1 } }, { upsert: true });
    expect(done.upsertedId).toBeInstanceOf(ObjectId);
    expect(await collection.findOne({ k: 1 })).toEqual({ _id: done.upsertedId, k: 1, x: 1 });
  });

  it('updates and deletes many', async () => {
    const collection = await holding({ _id: 1, a: 1 }, { _id: 2, a: 1 }, { _id: 3, a: 2 });
    expect(await collection.updateMany({ a: 1 }, { $set: { b: 1 } })).toMatchObject({
      matchedCount: 2,
      modifiedCount: 2,
    });
    expect(await collection.updateMany({}, { $set: { b: 1 } })).toMatchObject({
      matchedCount: 3,
      modifiedCount: 1,
    });
    expect((await collection.deleteMany({ a: 1 })).deletedCount).toBe(2);
    expect((await collection.deleteOne({ a: 1 })).deletedCount).toBe(0);
  });

  describe('findOneAndUpdate and its kin', () => {
    it('gives the document before or after, in the order asked for', async () => {
      const collection = await holding({ _id: 1, a: 2, n: 0 }, { _id: 2, a: 1, n: 0 });
      expect(await collection.findOneAndUpdate({}, oneMore, { sort: { a: 1 } })).toEqual({
        _id: 2,
        a: 1,
        n: 0,
      });
      expect(
        await collection.findOneAndUpdate({}, oneMore, {
          sort: { a: 1 },
          returnDocument: 'after',
          projection: { n: 1 },
        }),
      ).toEqual({ _id: 2, n: 2 });
      expect(await collection.findOneAndUpdate({ _id: 9 }, { $set: { n: 1 } })).toBeNull();
      expect(await collection.findOneAndUpdate({ _id: 9 }, { $set: { n: 1 } }, { upsert: true })).toBeNull();
      expect(await collection.findOne({ _id: 9 })).toEqual({ _id: 9, n: 1 });
    });

    it('tells in the metadata what it did', async () => {
      const collection = await holding();
      const upsert = { upsert: true, includeResultMetadata: true } as const;
      expect(
        (await collection.findOneAndUpdate({ _id: 'q' }, { $set: { a: 1 } }, upsert)).lastErrorObject,
      ).toEqual({
        n: 1,
        updatedExisting: false,
        upserted: 'q',
      });
      expect(
        (await collection.findOneAndUpdate({ _id: 'q' }, { $set: { a: 2 } }, upsert)).lastErrorObject,
      ).toEqual({
        n: 1,
        updatedExisting: true,
      });
    });
  });

  describe('order, pages and projections', () => {
    it('sorts mixed types as MongoDB does', async () => {
      const values: unknown[] = [true, date(0), 'b', 'a', 3, -1, null, { x: 1 }, [5, 9], new ObjectId(), []];
      const collection = await holding(...values.map((v, i) => ({ _id: i, v })), { _id: 99 });
      const ids = (await collection.find().sort({ v: 1, _id: 1 }).toArray()).map((doc) => doc._id);
      expect(ids).toEqual([10, 6, 99, 5, 4, 8, 3, 2, 7, 9, 0, 1]);
      const down = (await collection.find().sort({ v: -1, _id: 1 }).toArray()).map((doc) => doc._id);
      expect(down).toEqual([1, 0, 9, 7, 2, 3, 8, 4, 5, 6, 99, 10]);
    });

    it('skips and limits, and fetches in batches', async () => {
      const collection = await holding(...Array.from({ length: 250 }, (_, i) => ({ _id: i })));
      expect(
        (await collection.find().sort({ _id: -1 }).skip(10).limit(3).toArray()).map((d) => d._id),
      ).toEqual([239, 238, 237]);
      expect(await collection.find().batchSize(7).toArray()).toHaveLength(250);
      expect(await collection.find().toArray()).toHaveLength(250);
      const seen: unknown[] = [];
      for await (const doc of collection
        .find({ _id: { $gte: 5 } })
        .sort({ _id: 1 })
        .batchSize(50))
        seen.push(doc._id);
      expect(seen).toEqual(Array.from({ length: 245 }, (_, i) => i + 5));
    });

    it.each<[string, AnyDoc, AnyDoc]>([
      ['inclusion', { a: 1, 'n.b': 1 }, { _id: 1, a: 1, n: { b: 2 } }],
      ['inclusion without the id', { a: 1, _id: 0 }, { a: 1 }],
      ['exclusion', { n: 0, l: 0 }, { _id: 1, a: 1 }],
      ['exclusion inside arrays', { 'l.x': 0, n: 0 }, { _id: 1, a: 1, l: [{ y: 2 }, 3] }],
      ['inclusion inside arrays', { 'l.x': 1 }, { _id: 1, l: [{ x: 1 }] }],
      ['only the id', { _id: 1 }, { _id: 1 }],
      ['all but the id', { _id: 0, l: 0 }, { a: 1, n: { b: 2, c: 3 } }],
      ['a nested specification', { n: { c: 1 } }, { _id: 1, n: { c: 3 } }],
    ])('projects by %s', async (_what, projection, expected) => {
      const collection = await holding({ _id: 1, a: 1, n: { b: 2, c: 3 }, l: [{ x: 1, y: 2 }, 3] });
      expect(await collection.findOne({}, { projection: projection })).toEqual(expected);
    });
  });

  it('counts', async () => {
    const collection = await holding(...Array.from({ length: 9 }, (_, i) => ({ _id: i, a: i % 3 })));
    expect(await collection.countDocuments({})).toBe(9);
    expect(await collection.countDocuments({ a: 1 })).toBe(3);
    expect(await collection.countDocuments({ a: 1 }, { skip: 1, limit: 1 })).toBe(1);
    expect(await collection.countDocuments({ a: 7 })).toBe(0);
  });

  describe('unique keys', () => {
    const duplicate = (keyPattern: AnyDoc, keyValue: AnyDoc) => ({ code: 11000, keyPattern, keyValue });

    it('refuses a taken id and a taken key, in the same shape', async () => {
      const collection = await holding({ _id: 'a', mail: 'm' });
      await collection.createIndex({ mail: 1 }, { unique: true });
      await expect(collection.insertOne({ _id: 'a' })).rejects.toMatchObject(
        duplicate({ _id: 1 }, { _id: 'a' }),
      );
      const refused = collection.insertOne({ _id: 'b', mail: 'm' });
      await expect(refused).rejects.toMatchObject(duplicate({ mail: 1 }, { mail: 'm' }));
      await expect(refused).rejects.toThrow(
        /^E11000 duplicate key error collection: .* index: mail_1 dup key: \{ mail: "m" \}/,
      );
      await collection.insertOne({ _id: 'c', mail: 'c' });
      await expect(collection.updateOne({ _id: 'c' }, { $set: { mail: 'm' } })).rejects.toMatchObject(
        duplicate({ mail: 1 }, { mail: 'm' }),
      );
      await expect(collection.findOneAndUpdate({ _id: 'c' }, { $set: { mail: 'm' } })).rejects.toMatchObject({
        ...duplicate({ mail: 1 }, { mail: 'm' }),
        codeName: 'DuplicateKey',
      });
      await expect(
        collection.findOneAndUpdate({ _id: 'z', mail: 'm' }, { $set: { x: 1 } }, { upsert: true }),
      ).rejects.toMatchObject({ code: 11000 });
      expect(await collection.findOne({ _id: 'c' })).toEqual({ _id: 'c', mail: 'c' });
    });

    it('holds inside a batch: unordered goes on, ordered stops', async () => {
      const collection = await holding();
      await collection.createIndex({ k: 1 }, { unique: true });
      const batch = [
        { _id: 1, k: 1 },
        { _id: 2, k: 1 },
        { _id: 3, k: 3 },
        { _id: 1, k: 4 },
      ] as never;
      const unordered = await collection
        .insertMany(batch, { ordered: false })
        .catch((error: unknown) => error);
      expect(unordered).toMatchObject({ code: 11000, insertedCount: 2 });
      expect(
        (unordered as { writeErrors: { index: number; code: number }[] }).writeErrors.map((e) => [
          e.index,
          e.code,
        ]),
      ).toEqual([
        [1, 11000],
        [3, 11000],
      ]);
      await collection.deleteMany({});
      await expect(collection.insertMany(batch)).rejects.toMatchObject({ code: 11000, insertedCount: 1 });
      expect(await collection.countDocuments({})).toBe(1);
    });

    it('knows compound, sparse and partial ones', async () => {
      const collection = await holding();
      await collection.createIndex({ a: 1, b: -1 }, { unique: true });
      await collection.createIndex({ phone: 1 }, { unique: true, sparse: true });
      await collection.createIndex({ open: 1 }, { unique: true, partialFilterExpression: { live: true } });
      await collection.insertMany([
        { _id: 1, a: 1, b: 1, open: 'x', live: true },
        { _id: 2, a: 1, b: 2, open: 'x', live: false },
        { _id: 3, a: 2, b: 1, open: 'x' },
      ] as never);
      await expect(collection.insertOne({ a: 1, b: 2 } as never)).rejects.toMatchObject(
        duplicate({ a: 1, b: -1 }, { a: 1, b: 2 }),
      );
      await collection.insertOne({ _id: 4, a: 4, phone: null });
      await expect(collection.insertOne({ a: 5, phone: null } as never)).rejects.toMatchObject({
        code: 11000,
      });
      await expect(collection.updateOne({ _id: 2 }, { $set: { live: true } })).rejects.toMatchObject({
        code: 11000,
      });
      await collection.updateOne({ _id: 1 }, { $set: { live: false } });
      await collection.updateOne({ _id: 2 }, { $set: { live: true } });
    });

    it('refuses to be built over duplicates', async () => {
      const collection = await holding({ k: 1 }, { k: 1 });
      await expect(collection.createIndex({ k: 1 }, { unique: true })).rejects.toMatchObject({ code: 11000 });
      expect((await collection.indexes()).map((index) => index.name)).toEqual(['_id_']);
    });

    it('keys of arrays are unique between documents, not within one', async () => {
      const collection = await holding();
      await collection.createIndex({ t: 1 }, { unique: true });
      await collection.insertOne({ t: ['a', 'a', 'b'] } as never);
      await expect(collection.insertOne({ t: ['c', 'b'] } as never)).rejects.toMatchObject({ code: 11000 });
    });
  });

  it('manages indexes', async () => {
    const collection = await holding({ a: 1 });
    expect(await collection.createIndex({ a: 1, b: -1 }, { name: 'ab' })).toBe('ab');
    await collection.createIndex({ a: 1, b: -1 }, { name: 'ab' });
    await expect(collection.createIndex({ a: 1, b: -1 }, { name: 'other' })).rejects.toMatchObject({
      code: 85,
    });
    await expect(collection.createIndex({ c: 1 }, { name: 'ab' })).rejects.toMatchObject({ code: 86 });
    await collection.createIndex({ at: 1 }, { sparse: true });
    expect(await collection.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: '_id_' },
      { v: 2, key: { a: 1, b: -1 }, name: 'ab' },
      { v: 2, key: { at: 1 }, name: 'at_1', sparse: true },
    ]);
    await collection.dropIndex('ab');
    await expect(collection.dropIndex('ab')).rejects.toMatchObject({ code: 27 });
    const database = store.connection.db as NonNullable<typeof store.connection.db>;
    expect((await database.listCollections().toArray()).map(({ name }) => name)).toContain(
      collection.collectionName,
    );
    await expect(database.collection('never made').indexes()).rejects.toMatchObject({ code: 26 });
  });

  it('does bulk writes, ordered and unordered', async () => {
    const collection = await holding({ _id: 1, n: 0 });
    const ordered = await collection.bulkWrite([
      { insertOne: { document: { _id: 2, n: 0 } } },
      { updateOne: { filter: { _id: 1 }, update: oneMore } },
      { updateMany: { filter: {}, update: oneMore } },
      { updateOne: { filter: { _id: 3 }, update: { $set: { n: 9 } }, upsert: true } },
      { updateOne: { filter: { _id: 2 }, update: { $unset: { n: 1 }, $set: { m: 1 } } } },
      { deleteOne: { filter: { _id: 3 } } },
    ]);
    expect(ordered).toMatchObject({
      insertedCount: 1,
      matchedCount: 4,
      modifiedCount: 4,
      upsertedCount: 1,
      deletedCount: 1,
    });
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 2 },
      { _id: 2, m: 1 },
    ]);
    const unordered = collection.bulkWrite(
      [
        { insertOne: { document: { _id: 1 } } },
        { updateOne: { filter: { _id: 1 }, update: { $set: { n: 5 } } } },
        { insertOne: { document: { _id: 4 } } },
      ],
      { ordered: false },
    );
    await expect(unordered).rejects.toMatchObject({ code: 11000 });
    expect(await collection.find().sort({ _id: 1 }).toArray()).toEqual([
      { _id: 1, n: 5 },
      { _id: 2, m: 1 },
      { _id: 4 },
    ]);
  });

  it.each<[string, AnyDoc, AnyDoc, number]>([
    ['a change of the id', {}, { $set: { _id: 2 } }, 66],
    ['$inc of text', { a: 'x' }, { $inc: { a: 1 } }, 14],
    ['$inc by text', { a: 1 }, { $inc: { a: 'x' } }, 14],
    ['$push onto a number', { a: 1 }, { $push: { a: 1 } }, 2],
    ['a path through a number', { a: 1 }, { $set: { 'a.b': 1 } }, 28],
    ['two changes of one path', { a: 1 }, { $set: { a: 1 }, $inc: { a: 1 } }, 40],
    ['a change inside another', { a: 1 }, { $set: { a: {} }, $unset: { 'a.b': 1 } }, 40],
    ['an unknown modifier', {}, { $frobnicate: { a: 1 } }, 9],
    ['an empty path', {}, { $set: { 'a.': 1 } }, 56],
  ])('refuses %s', async (_what, before, update, code) => {
    const collection = await holding({ _id: 1, ...before });
    await expect(collection.updateOne({ _id: 1 }, update as never)).rejects.toMatchObject({ code });
    expect(await collection.findOne({})).toEqual({ _id: 1, ...before });
  });

  it.each<[string, AnyDoc, number]>([
    ['an unknown operator', { a: { $frob: 1 } }, 2],
    ['$in without a list', { a: { $in: 1 } }, 2],
    ['$and without a list', { $and: {} }, 2],
    ['an empty $or', { $or: [] }, 2],
    ['a faulty regular expression', { a: { $regex: '(' } }, 51091],
    ['$options alone', { a: { $options: 'i' } }, 2],
  ])('refuses a filter with %s', async (_what, filter, code) => {
    const collection = await holding({ a: 1 });
    await expect(collection.findOne(filter as never)).rejects.toMatchObject({ code });
  });

  it('refuses mixed projections and bad ids', async () => {
    const collection = await holding({ a: 1 });
    await expect(collection.findOne({}, { projection: { a: 1, b: 0 } })).rejects.toMatchObject({
      code: 31254,
    });
    await expect(collection.insertOne({ _id: [1] } as never)).rejects.toMatchObject({ code: 53 });
    await expect(collection.insertOne({ _id: { $x: 1 } } as never)).rejects.toMatchObject({ code: 52 });
  });

  it('keeps every kind of value as it was', async () => {
    const value = {
      _id: 'v',
      int: 1,
      double: 1.5,
      big: 2 ** 40,
      long: Long.fromString('9007199254740993'),
      text: 'Nguyễn Thị Bích «Lan» 😀',
      nothing: null,
      yes: true,
      at: date(1_700_000_000_123),
      id: new ObjectId(),
      bytes: new mongoose.mongo.Binary(Buffer.from([1, 2, 255])),
      regex: /a+/i,
      nested: { list: [1, [2, { x: [] }], {}] },
    };
    const collection = await holding(value);
    expect(await collection.findOne({}, { promoteLongs: false })).toEqual(value);
    await collection.updateOne({ _id: 'v' }, { $set: { more: 1 } });
    expect(await collection.findOne({}, { promoteLongs: false })).toEqual({ ...value, more: 1 });
    await collection.updateOne({ _id: 'v' }, { $inc: { long: 1 } } as never);
    expect((await collection.findOne({}, { promoteLongs: false }))?.long).toEqual(
      Long.fromString('9007199254740994'),
    );
  });

  describe('through mongoose', () => {
    const schema = new Schema(
      {
        _id: String,
        unit: { type: String, required: true },
        period: String,
        values: { type: Map, of: Number },
        history: [{ _id: false, at: Date, by: String }],
        version: { type: Number, default: 0 },
      },
      { timestamps: true, autoCreate: false },
    );
    schema.index({ unit: 1, period: 1 }, { unique: true });
    schema.index({ createdAt: 1 });

    it('creates, finds, saves, counts and syncs', async () => {
      const Report = store.connection.model('Report', schema);
      await Report.createIndexes();
      await Report.create({
        _id: 'r1',
        unit: 'u1',
        period: 'p',
        values: { a: 1 },
        history: [{ at: date(1), by: 'x' }],
      });
      await expect(Report.create({ _id: 'r2', unit: 'u1', period: 'p' })).rejects.toMatchObject({
        code: 11000,
        keyPattern: { unit: 1, period: 1 },
        keyValue: { unit: 'u1', period: 'p' },
      });
      const report = await Report.findById('r1').orFail();
      report.values?.set('b', 2);
      report.history.push({ at: date(2), by: 'y' });
      await report.save();
      expect(await Report.findById('r1').lean()).toMatchObject({
        values: { a: 1, b: 2 },
        history: [{ by: 'x' }, { by: 'y' }],
        __v: 1,
      });
      const next = await Report.findOneAndUpdate(
        { _id: 'r1', version: 0 },
        { $inc: { version: 1 }, $push: { history: { $each: [{ at: date(3), by: 'z' }], $slice: -2 } } },
        { returnDocument: 'after' },
      ).lean();
      expect(next).toMatchObject({ version: 1, history: [{ by: 'y' }, { by: 'z' }] });
      expect(await Report.findOneAndUpdate({ _id: 'r1', version: 0 }, { $inc: { version: 1 } })).toBeNull();
      expect(await Report.exists({ unit: 'u1' })).toEqual({ _id: 'r1' });
      expect(await Report.countDocuments({ unit: /^u/ })).toBe(1);
      await Report.bulkWrite([
        { updateOne: { filter: { _id: 'r9' }, update: { $setOnInsert: { unit: 'u9' } }, upsert: true } },
      ]);
      expect((await Report.find().sort({ _id: -1 }).select('unit').lean()).map((r) => r.unit)).toEqual([
        'u9',
        'u1',
      ]);
      const rows = [
        { _id: 'r9', unit: 'x' },
        { _id: 'r10', unit: 'y' },
      ];
      await expect(Report.insertMany(rows, { ordered: false })).rejects.toMatchObject({
        code: 11000,
        writeErrors: [{ index: 0, code: 11000 }],
      });
      const seen: string[] = [];
      for await (const row of Report.find().sort({ _id: 1 }).lean().cursor({ batchSize: 2 }))
        seen.push(String(row._id));
      expect(seen).toEqual(['r1', 'r10', 'r9']);
    });
  });
});
