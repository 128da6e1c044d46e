import { Schema } from 'mongoose';
import { embeddedStore, type TestStore } from '../../../support/stores';

describe('mongoose over the embedded store', () => {
  let store: TestStore;
  beforeAll(async () => {
    store = await embeddedStore();
  });
  afterAll(() => store.stop());

  it('does the everyday things', async () => {
    const schema = new Schema(
      {
        _id: String,
        name: { type: String, unique: true, sparse: true },
        tags: [String],
        state: { type: Map, of: Number },
        at: Date,
      },
      { timestamps: true, optimisticConcurrency: true },
    );
    schema.index({ at: 1 });
    const Person = store.connection.model('Person', schema);
    await Person.init();
    await Person.create({ _id: 'a', name: 'A', tags: ['x', 'y'], at: new Date(1) });
    await expect(Person.create({ _id: 'b', name: 'A' })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { name: 1 },
      keyValue: { name: 'A' },
    });
    await Person.create({ _id: 'b', tags: ['y'], at: new Date(2) });
    const found = await Person.findById('a');
    found?.set('tags', ['z']);
    await found?.save();
    expect((await Person.findById('a').lean())?.tags).toEqual(['z']);
    expect(
      await Person.findOneAndUpdate(
        { _id: 'c' },
        { at: new Date(3) },
        { upsert: true, returnDocument: 'after' },
      ).lean(),
    ).toMatchObject({
      _id: 'c',
      at: new Date(3),
    });
    expect(await Person.countDocuments({ at: { $gte: new Date(2) } })).toBe(2);
    expect(await Person.estimatedDocumentCount()).toBe(3);
    expect((await Person.find({}).sort({ at: -1 }).lean()).map((p) => p._id)).toEqual(['c', 'b', 'a']);
    expect(await Person.updateOne({ _id: 'c' }, { $push: { tags: 'q' } })).toMatchObject({
      matchedCount: 1,
      modifiedCount: 1,
    });
    expect(await Person.deleteOne({ _id: 'b' })).toEqual({ acknowledged: true, deletedCount: 1 });
    expect(
      await Person.aggregate([
        { $unwind: '$tags' },
        { $group: { _id: '$tags', n: { $sum: 1 } } },
        { $sort: { _id: 1 } },
      ]),
    ).toEqual([
      { _id: 'q', n: 1 },
      { _id: 'z', n: 1 },
    ]);
    expect(await Person.distinct('tags')).toEqual(['q', 'z']);
    await Person.bulkWrite([
      { insertOne: { document: { _id: 'd', name: 'D' } as never } },
      { updateOne: { filter: { _id: 'a' }, update: { $set: { name: 'AA' } } } },
      { deleteOne: { filter: { _id: 'c' } } },
    ]);
    expect((await Person.find({}).lean()).map((p) => p._id)).toEqual(['a', 'd']);
    await Person.syncIndexes();
  });
});
