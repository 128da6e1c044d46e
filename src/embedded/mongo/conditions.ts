import { RANK, hasOperators, isRegex, rank, type Doc } from './bson-values';
import { tagOfRank } from './key-string';

/**
 * What a query says for certain about single paths: the values one must equal, and the ranges one must lie in. Only
 * conditions joined by «and» count; everything else is left to the matcher, which checks each candidate again.
 */
export interface Bound {
  readonly operator: '$gt' | '$gte' | '$lt' | '$lte';
  readonly value: unknown;
}

export interface PathCondition {
  /** The path equals one of these. */
  equals?: readonly unknown[];
  /** The path lies within these, all of one type. */
  readonly bounds: Bound[];
  /** `$exists: true`, or anything else that no missing field fulfils. */
  present?: boolean;
}

const MOST_VALUES = 1_000;
const RANGE_RANKS = new Set<number>([RANK.number, RANK.string, RANK.date, RANK.objectId, RANK.boolean]);

/** The conditions of a query by path. */
export function conditionsOf(query: Doc | undefined): Map<string, PathCondition> {
  const found = new Map<string, PathCondition>();
  collect(query ?? {}, found);
  return found;
}

function collect(query: Doc, found: Map<string, PathCondition>): void {
  for (const [key, condition] of Object.entries(query)) {
    if (key === '$and') {
      if (Array.isArray(condition)) for (const branch of condition as Doc[]) collect(branch, found);
    } else if (!key.startsWith('$')) {
      let entry = found.get(key);
      if (entry === undefined) found.set(key, (entry = { bounds: [] }));
      note(entry, condition);
    }
  }
}

function note(entry: PathCondition, condition: unknown): void {
  if (isRegex(condition)) {
    entry.present = true;
    return;
  }
  if (!hasOperators(condition)) {
    noteEquals(entry, [condition]);
    return;
  }
  for (const [operator, argument] of Object.entries(condition)) {
    switch (operator) {
      case '$eq':
        noteEquals(entry, [argument]);
        break;
      case '$in':
        if (Array.isArray(argument) && argument.length <= MOST_VALUES) noteEquals(entry, argument);
        break;
      case '$gt':
      case '$gte':
      case '$lt':
      case '$lte':
        if (RANGE_RANKS.has(rank(argument)) && !Number.isNaN(argument)) {
          entry.bounds.push({ operator, value: argument });
          entry.present = true;
        }
        break;
      case '$exists':
        if (argument === true) entry.present = true;
        break;
      case '$regex':
        entry.present = true;
        break;
      default:
    }
  }
}

/** Equality with an array compares the whole array, which no index key does. */
function noteEquals(entry: PathCondition, values: readonly unknown[]): void {
  if (entry.equals !== undefined || values.some((value) => isRegex(value) || Array.isArray(value))) return;
  entry.equals = values;
  if (!values.some((value) => value === null || value === undefined)) entry.present = true;
}

/** Bounds that may be used together: on a multikey index only one, since each may be met by another element. */
export function usableBounds(condition: PathCondition, multikey: boolean): Bound[] {
  const [first, ...rest] = condition.bounds;
  if (first === undefined) return [];
  if (multikey) return [first];
  const type = tagOfRank(rank(first.value));
  return [first, ...rest.filter((bound) => tagOfRank(rank(bound.value)) === type)];
}
