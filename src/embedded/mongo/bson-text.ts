import type { ObjectId } from 'bson';
import { RANK, isDoc, isLong, isNumber, isRegex, rank } from './bson-values';

/** Values and their types in the words of MongoDB's errors. */
const INT32_MAX = 2 ** 31 - 1;
const NAMES: Readonly<Record<number, string>> = {
  [RANK.undefined]: 'missing',
  [RANK.null]: 'null',
  [RANK.string]: 'string',
  [RANK.array]: 'array',
  [RANK.binary]: 'binData',
  [RANK.objectId]: 'objectId',
  [RANK.boolean]: 'bool',
  [RANK.date]: 'date',
};

export function typeName(value: unknown): string {
  if (typeof value === 'number')
    return Number.isInteger(value) && Math.abs(value) <= INT32_MAX ? 'int' : 'double';
  if (isLong(value)) return 'long';
  return isRegex(value) ? 'regex' : (NAMES[rank(value)] ?? 'object');
}

/** A value as the shell would print it, for the messages of errors. */
export function show(value: unknown): string {
  if (value === undefined || value === null) return 'null';
  if (typeof value === 'string') return JSON.stringify(value);
  if (value instanceof Date) return `new Date(${value.getTime()})`;
  if (Array.isArray(value)) return `[ ${value.map(show).join(', ')} ]`;
  if (isDoc(value)) {
    const fields = Object.entries(value).map(([key, inner]) => `${key}: ${show(inner)}`);
    return fields.length === 0 ? '{}' : `{ ${fields.join(', ')} }`;
  }
  if (rank(value) === RANK.objectId) return `ObjectId('${(value as ObjectId).toHexString()}')`;
  return isNumber(value) || typeof value === 'boolean' ? String(value) : JSON.stringify(value);
}
