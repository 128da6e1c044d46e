import { compare, equal, hasOperators, isDoc, rank, type Doc } from './bson-values';
import type { Collection, Slot } from './collection';
import { conditionsOf, usableBounds, type PathCondition } from './conditions';
import { after, keyOf, reversed, tagOfRank } from './key-string';
import type { IndexField, KeyRange, SecondaryIndex } from './secondary-index';
import type { SortField } from './sort';

/**
 * Chooses how a query finds its candidates: by id, through the index whose fields it fixes best, or by walking the
 * whole collection. Candidates are a superset; the matcher decides. A plan may also deliver the wanted order.
 */
export interface Plan {
  readonly name: string;
  /** Whether candidates come in the order asked for, so a limit may stop early. */
  readonly sorted: boolean;
  candidates(): Iterable<Slot>;
}

const MOST_RANGES = 1_000;

interface Choice {
  readonly index: SecondaryIndex;
  readonly equalities: number;
  readonly ranged: boolean;
  readonly order: 1 | -1 | 0;
  readonly score: number;
}

export function planQuery(
  collection: Collection,
  query: Doc | undefined,
  sort: readonly SortField[] | null,
): Plan {
  const conditions = conditionsOf(query);
  const ids = conditions.get('_id')?.equals;
  if (ids !== undefined) return byIds(collection, ids);
  let best: Choice | null = null;
  for (const index of collection.indexes) {
    const choice = consider(index, conditions, sort);
    if (choice !== null && (best === null || choice.score > best.score)) best = choice;
  }
  if (conditions.has('_id') || sort?.[0]?.path === '_id') {
    const choice = consider(collection.idIndex(), conditions, sort);
    if (choice !== null && (best === null || choice.score > best.score)) best = choice;
  }
  if (best === null) return { name: 'scan', sorted: false, candidates: () => collection.slots.values() };
  return throughIndex(best, conditions);
}

function byIds(collection: Collection, ids: readonly unknown[]): Plan {
  return {
    name: 'ids',
    sorted: false,
    *candidates() {
      const seen = new Set<Slot>();
      for (const id of ids) {
        const slot = collection.find(id ?? null);
        if (slot === undefined || seen.has(slot)) continue;
        seen.add(slot);
        yield slot;
      }
    },
  };
}

function consider(
  index: SecondaryIndex,
  conditions: ReadonlyMap<string, PathCondition>,
  sort: readonly SortField[] | null,
): Choice | null {
  if (index.spec.partialFilterExpression && !implies(conditions, index.spec.partialFilterExpression))
    return null;
  let equalities = 0;
  let ranges = 1;
  for (const field of index.fields) {
    const values = conditions.get(field.path)?.equals;
    if (values === undefined || ranges * values.length > MOST_RANGES) break;
    ranges *= values.length;
    equalities++;
  }
  const next = index.fields[equalities];
  const condition = next && conditions.get(next.path);
  const ranged = condition !== undefined && usableBounds(condition, index.multikey).length > 0;
  const used = index.fields.slice(0, equalities + (ranged ? 1 : 0));
  if (index.spec.sparse === true && !used.some((field) => conditions.get(field.path)?.present === true))
    return null;
  const order = sort !== null && ranges === 1 ? orderGiven(index, equalities, sort) : 0;
  if (used.length === 0 && order === 0) return null;
  const exact = index.unique && equalities === index.fields.length ? 3 : 0;
  const score = equalities * 10 + (ranged ? 5 : 0) + (order === 0 ? 0 : 4) + exact;
  return { index, equalities, ranged, order, score };
}

/** 1 or -1 when walking the index forwards or backwards gives the order asked for, 0 when neither does. */
function orderGiven(index: SecondaryIndex, equalities: number, sort: readonly SortField[]): 1 | -1 | 0 {
  if (index.multikey) return 0;
  const fixed = new Set(index.fields.slice(0, equalities).map((field) => field.path));
  let at = equalities;
  let way: 1 | -1 | 0 = 0;
  for (const field of sort) {
    if (fixed.has(field.path)) continue;
    const here = index.fields[at++];
    if (here === undefined || here.path !== field.path) return 0;
    const turn: 1 | -1 = here.direction === field.direction ? 1 : -1;
    if (way !== 0 && turn !== way) return 0;
    way = turn;
  }
  return way === 0 ? 1 : way;
}

function throughIndex(choice: Choice, conditions: ReadonlyMap<string, PathCondition>): Plan {
  const { index, equalities } = choice;
  let prefixes = [''];
  for (const field of index.fields.slice(0, equalities)) {
    const values = conditions.get(field.path)?.equals ?? [];
    const keys = [...new Set(values.map((value) => turned(keyOf(value ?? null), field)))];
    prefixes = prefixes.flatMap((prefix) => keys.map((key) => prefix + key));
  }
  const field = index.fields[equalities];
  const condition = field && conditions.get(field.path);
  const ranges = prefixes.map((prefix) =>
    choice.ranged && field && condition
      ? rangeWithin(prefix, field, condition, index.multikey)
      : { low: prefix, high: after(prefix) ?? null },
  );
  const repeats = index.multikey || ranges.length > 1;
  return {
    name: index.spec.name,
    sorted: choice.order !== 0,
    candidates: () =>
      repeats ? once(index, ranges) : index.scan(ranges[0] ?? { low: '', high: '' }, choice.order === -1),
  };
}

function* once(index: SecondaryIndex, ranges: readonly KeyRange[]): Generator<Slot> {
  const seen = new Set<Slot>();
  for (const range of ranges)
    for (const slot of index.scan(range, false)) {
      if (seen.has(slot)) continue;
      seen.add(slot);
      yield slot;
    }
}

function turned(key: string, field: IndexField): string {
  return field.direction < 0 ? reversed(key) : key;
}

/** The stretch of keys below `prefix` in which the next field fulfils its bounds. */
function rangeWithin(
  prefix: string,
  field: IndexField,
  condition: PathCondition,
  multikey: boolean,
): KeyRange {
  const bounds = usableBounds(condition, multikey);
  const first = bounds[0];
  const base = prefix + turned(first ? tagOfRank(rank(first.value)) : '', field);
  let low = base;
  let high = after(base) ?? null;
  const raise = (key: string | undefined): void => {
    if (key !== undefined && key > low) low = key;
  };
  const lower = (key: string | undefined): void => {
    if (key !== undefined && (high === null || key < high)) high = key;
  };
  for (const { operator, value } of bounds) {
    const key = prefix + turned(keyOf(value), field);
    const upwards = (operator === '$gt' || operator === '$gte') === field.direction > 0;
    const inclusive = operator === '$gte' || operator === '$lte';
    if (upwards) raise(inclusive ? key : after(key));
    else lower(inclusive ? after(key) : key);
  }
  return { low, high };
}

/** Whether a query with these conditions can only want documents that a partial index holds. */
function implies(conditions: ReadonlyMap<string, PathCondition>, partial: Doc): boolean {
  return Object.entries(partial).every(([path, wanted]) => {
    const have = conditions.get(path);
    if (have === undefined) return false;
    if (!hasOperators(wanted)) return allEqual(have, (value) => equal(value ?? null, wanted));
    return Object.entries(wanted).every(([operator, argument]) => {
      if (operator === '$exists') return have.present === true;
      if (operator === '$eq') return allEqual(have, (value) => equal(value ?? null, argument));
      return boundImplied(have, operator, argument);
    });
  });
}

function allEqual(have: PathCondition, holds: (value: unknown) => boolean): boolean {
  return have.equals !== undefined && have.equals.length > 0 && have.equals.every(holds);
}

/** Only of values that are equalled: a range that lies within the other is not recognised. */
function boundImplied(have: PathCondition, operator: string, limit: unknown): boolean {
  return allEqual(have, (value) => {
    if (isDoc(value) || rank(value) !== rank(limit)) return false;
    const order = compare(value, limit) * (operator.startsWith('$gt') ? 1 : -1);
    return order > 0 || (order === 0 && operator.endsWith('e'));
  });
}
