import { BSONRegExp } from 'bson';
import { encode, type Doc } from '../../../../src/embedded/mongo/bson-values';
import { Collection } from '../../../../src/embedded/mongo/collection';
import { compileMatch } from '../../../../src/embedded/mongo/match';
import { planQuery } from '../../../../src/embedded/mongo/planner';
import type { IndexSpec } from '../../../../src/embedded/mongo/secondary-index';
import { parseSort, sortBy, sortValue } from '../../../../src/embedded/mongo/sort';
import { Random } from '../../../support/random';

const INDEXES: IndexSpec[] = [
  { name: 'e', key: { b: 1 }, partialFilterExpression: { c: { $gt: 2 } } },
  { name: 'c_b', key: { c: 1, b: 1 }, partialFilterExpression: { a: 1 } },
  { name: 'a', key: { a: 1 } },
  { name: 'a_b', key: { a: 1, b: -1 } },
  { name: 'b_c', key: { b: -1, c: 1 }, sparse: true },
  { name: 'c', key: { c: -1 }, partialFilterExpression: { a: { $exists: true } } },
  { name: 'd', key: { 'n.x': 1, a: 1 } },
  { name: 'f', key: { a: -1, b: -1, c: -1 } },
];

class World extends Random {
  scalar(): unknown {
    return this.pick<unknown>([0, 1, 2, 3, 4, 5, null, 'x', 'xy', 'y', true, new Date(3), new Date(4), '']);
  }

  doc(id: number, arrays: boolean): Doc {
    const doc: Doc = { _id: this.chance(0.5) ? id : `id${id}` };
    for (const key of ['a', 'b', 'c']) {
      if (this.chance(0.2)) continue;
      doc[key] =
        arrays && this.chance(0.15) ? this.pick([[], [1, 3], ['x', 5], [null], [[1]]]) : this.scalar();
    }
    if (this.chance(0.7))
      doc.n = arrays && this.chance(0.3) ? [{ x: 1 }, { x: this.scalar() }, 3] : { x: this.scalar() };
    return doc;
  }

  condition(): unknown {
    const bound = () => this.pick<unknown>([0, 1, 2, 3, 4, 'x', 'xy', new Date(3), null]);
    switch (this.between(0, 8)) {
      case 0:
        return { $in: [this.scalar(), this.scalar(), this.scalar()] };
      case 1:
        return { [this.pick(['$gt', '$gte', '$lt', '$lte'])]: bound() };
      case 2:
        return { [this.pick(['$gt', '$gte'])]: bound(), [this.pick(['$lt', '$lte'])]: bound() };
      case 3:
        return { $exists: this.chance(0.7) };
      case 4:
        return { $ne: this.scalar() };
      case 5:
        return { $eq: this.scalar(), $exists: true };
      default:
        return this.scalar();
    }
  }

  query(): Doc {
    const query: Doc = {};
    for (const key of ['a', 'b', 'c', 'n.x', '_id'])
      if (this.chance(key === '_id' ? 0.08 : 0.4)) query[key] = this.condition();
    if (this.chance(0.2)) query.$and = [{ [this.pick(['a', 'b', 'c'])]: this.condition() }];
    if (this.chance(0.1)) query.$or = [{ a: this.condition() }, { c: this.condition() }];
    return query;
  }

  sort(): Doc | undefined {
    if (this.chance(0.4)) return undefined;
    const sort: Doc = {};
    for (const key of ['a', 'b', 'c', '_id', 'n.x'])
      if (this.chance(0.35)) sort[key] = this.chance(0.5) ? 1 : -1;
    return Object.keys(sort).length > 0 ? sort : undefined;
  }
}

describe('the planner', () => {
  const used = new Map<string, number>();

  it.each([
    [1, false],
    [2, true],
    [3, false],
    [4, true],
  ])('finds through indexes what a full walk finds (seed %i, arrays %s)', (seed, arrays) => {
    const world = new World(seed);
    const collection = new Collection('t', 'c');
    for (const spec of INDEXES) collection.addIndex(spec);
    const insert = (id: number) => {
      const doc = world.doc(id, arrays);
      try {
        collection.insert(doc, encode(doc));
      } catch (error) {
        // Two arrays in one compound index are refused, as MongoDB does.
        expect((error as { code: number }).code).toBe(171);
      }
    };
    for (let id = 0; id < 150; id++) insert(id);
    for (let round = 0; round < 800; round++) {
      if (world.chance(0.3)) churn(collection, world, insert, 200 + round, arrays);
      const query = world.query();
      const sort = parseSort(world.sort());
      const matches = compileMatch(query);
      const plan = planQuery(collection, query, sort);
      used.set(plan.name, (used.get(plan.name) ?? 0) + 1);
      const found = [...plan.candidates()].filter((slot) => matches(slot.doc));
      const walked = [...collection.slots.values()].filter((slot) => matches(slot.doc));
      const ids = (slots: typeof found) => slots.map((slot) => slot.key).sort();
      const [have, want] = [ids(found).join(), ids(walked).join()];
      // One comparison of texts in each round: the matcher of jest would take most of the time.
      if (have !== want) expect({ seed, round, query, plan: plan.name, have }).toEqual({ want });
      if (sort === null || !plan.sorted) continue;
      const keys = (slots: typeof found) =>
        slots.map((slot) => sort.map((field) => sortValue(slot.doc, field) ?? null));
      const order = (slots: typeof found) => JSON.stringify(keys(slots));
      const sorted = sortBy(walked, sort, (slot) => slot.doc);
      if (order(found) !== order(sorted))
        expect({ seed, round, query, sort, keys: keys(found) }).toEqual({ keys: keys(sorted) });
    }
  });

  it('had occasion to use every index', () => {
    for (const name of ['scan', 'ids', '_id_', ...INDEXES.map((spec) => spec.name)])
      expect([name, (used.get(name) ?? 0) > 0]).toEqual([name, true]);
  });

  function churn(
    collection: Collection,
    world: World,
    insert: (id: number) => void,
    id: number,
    arrays: boolean,
  ): void {
    const slot = world.pick([...collection.slots.values()]);
    if (world.chance(0.3)) {
      collection.remove(slot);
      insert(id);
      return;
    }
    const next = { ...world.doc(id, arrays), _id: slot.doc._id };
    try {
      collection.replace(slot, next, encode(next));
    } catch (error) {
      expect((error as { code: number }).code).toBe(171);
    }
  }

  it('leaves nothing behind in an index when documents go', () => {
    const world = new World(9);
    const collection = new Collection('t', 'c');
    for (const spec of INDEXES) collection.addIndex(spec);
    for (let id = 0; id < 200; id++) {
      const doc = world.doc(id, false);
      collection.insert(doc, encode(doc));
    }
    for (const slot of [...collection.slots.values()]) {
      const next = { ...world.doc(0, false), _id: slot.doc._id };
      collection.replace(slot, next, encode(next));
    }
    for (const slot of [...collection.slots.values()]) collection.remove(slot);
    expect(collection.indexes.map((index) => index.size)).toEqual(INDEXES.map(() => 0));
  });

  it.each<[string, Doc, Doc | undefined, string, boolean]>([
    ['the index that fixes most', { a: 1, b: 2 }, undefined, 'a_b', false],
    ['an index for a range and its order', { a: 1, b: { $lte: 5 } }, { b: 1 }, 'a_b', true],
    ['an index for the order alone', {}, { a: -1, b: 1 }, 'a_b', true],
    ['ids before everything', { _id: 'x', a: 1 }, { a: 1 }, 'ids', false],
    ['ids in order', { _id: { $gt: 'x' } }, { _id: -1 }, '_id_', true],
    ['no index for the beginning of a text', { s: new BSONRegExp('^report:2026') }, undefined, 'scan', false],
    ['no partial index that may miss something', { p: 1 }, undefined, 'scan', false],
    ['a partial index where the query implies it', { p: 1, a: 7, live: true }, undefined, 'p', false],
    ['no sparse index for what may be missing', { z: null }, undefined, 'scan', false],
  ])('takes %s', (_what, query, sort, name, sorted) => {
    const collection = new Collection('t', 'c');
    collection.addIndex({ name: 'a_b', key: { a: 1, b: -1 } });
    collection.addIndex({ name: 's', key: { s: 1 } });
    collection.addIndex({ name: 'p', key: { p: 1, a: 1 }, partialFilterExpression: { live: true } });
    collection.addIndex({ name: 'z', key: { z: 1 }, sparse: true });
    const plan = planQuery(collection, query, parseSort(sort));
    expect([plan.name, plan.sorted && sort !== undefined]).toEqual([name, sorted]);
  });
});
