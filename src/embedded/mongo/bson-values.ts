import { BSON, type BSONRegExp, type Binary, type Long, type ObjectId } from 'bson';
import { unsupported } from './errors';

/**
 * BSON values as the engine sees them: how bytes become values, which type a value has, and how two values compare.
 * Numbers are plain numbers (the difference between int and double is kept in the stored bytes only), 64-bit
 * integers stay `Long`, regular expressions stay `BSONRegExp`. The order is MongoDB's own.
 */
export type Doc = Record<string, unknown>;

const DECODE = {
  promoteLongs: false,
  promoteValues: true,
  promoteBuffers: false,
  bsonRegExp: true,
  validation: { utf8: false },
} as const;

export function decode(bytes: Uint8Array): Doc {
  return BSON.deserialize(bytes, DECODE);
}

export function encode(doc: Doc): Uint8Array {
  return BSON.serialize(doc, { ignoreUndefined: true });
}

/** Where a type stands in the order of BSON types. `undefined` doubles as the key of an empty array, which sorts before null. */
export const RANK = {
  undefined: 2,
  null: 3,
  number: 4,
  string: 5,
  object: 6,
  array: 7,
  binary: 8,
  objectId: 9,
  boolean: 10,
  date: 11,
} as const;

const TAGGED: Record<string, number> = {
  Long: RANK.number,
  Int32: RANK.number,
  Double: RANK.number,
  ObjectId: RANK.objectId,
  Binary: RANK.binary,
};

function tagOf(value: object): string | undefined {
  return (value as { _bsontype?: string })._bsontype;
}

/** The rank of a value's type; refuses the types that no document of ours has. */
export function rank(value: unknown): number {
  switch (typeof value) {
    case 'string':
      return RANK.string;
    case 'number':
    case 'bigint':
      return RANK.number;
    case 'boolean':
      return RANK.boolean;
    case 'undefined':
      return RANK.undefined;
    default:
  }
  if (value === null) return RANK.null;
  if (Array.isArray(value)) return RANK.array;
  if (value instanceof Date) return RANK.date;
  const tag = tagOf(value as object);
  if (tag === undefined || typeof tag !== 'string') return RANK.object;
  const found = TAGGED[tag];
  if (found === undefined) throw unsupported(`${tag} in a comparison`, 2, 'BadValue');
  return found;
}

/** A plain embedded document: neither an array nor one of BSON's special values. */
export function isDoc(value: unknown): value is Doc {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof Date) &&
    typeof tagOf(value) !== 'string'
  );
}

export function isNumber(value: unknown): value is number | Long {
  return (
    typeof value === 'number' || (typeof value === 'object' && value !== null && tagOf(value) === 'Long')
  );
}

export function isLong(value: unknown): value is Long {
  return typeof value === 'object' && value !== null && tagOf(value) === 'Long';
}

export function isRegex(value: unknown): value is BSONRegExp {
  return typeof value === 'object' && value !== null && tagOf(value) === 'BSONRegExp';
}

/** A number as a JavaScript number; a `Long` past 2^53 loses its last digits. */
export function toNumber(value: number | Long): number {
  return typeof value === 'number' ? value : value.toNumber();
}

/** Sets a key that may be called `__proto__`. */
export function put(target: Doc, key: string, value: unknown): void {
  if (key === '__proto__')
    Object.defineProperty(target, key, { value, enumerable: true, writable: true, configurable: true });
  else target[key] = value;
}

export function get(doc: Doc, key: string): unknown {
  return Object.hasOwn(doc, key) ? doc[key] : undefined;
}

/** First key of a document, or undefined of an empty one. */
export function firstKey(doc: Doc): string | undefined {
  for (const key in doc) if (Object.hasOwn(doc, key)) return key;
  return undefined;
}

/** `{ $op: … }`: a document that stands for a condition or a modifier rather than for itself. */
export function hasOperators(value: unknown): value is Doc {
  if (!isDoc(value)) return false;
  const key = firstKey(value);
  return key !== undefined && key.startsWith('$');
}

/** UTF-16 units in the order of the UTF-8 bytes they stand for: surrogate pairs come after everything else. */
export function compareStrings(a: string, b: string): number {
  if (a === b) return 0;
  const length = Math.min(a.length, b.length);
  for (let i = 0; i < length; i++) {
    const x = a.charCodeAt(i);
    const y = b.charCodeAt(i);
    if (x === y) continue;
    if (x >= 0xd800 && y >= 0xd800) {
      const high = (unit: number) => (unit <= 0xdfff ? unit + 0x10000 : unit);
      return high(x) - high(y);
    }
    return x - y;
  }
  return a.length - b.length;
}

function compareNumbers(a: number | Long, b: number | Long): number {
  if (typeof a === 'number' && typeof b === 'number') {
    if (a < b) return -1;
    if (a > b) return 1;
    if (a === b) return 0;
    return Number.isNaN(a) ? (Number.isNaN(b) ? 0 : -1) : 1;
  }
  if (isLong(a) && isLong(b)) return a.compare(b);
  const x = toNumber(a);
  const y = toNumber(b);
  if (x !== y || !Number.isFinite(x)) return compareNumbers(x, y);
  return compareLongs(a, b);
}

/** Tells apart a Long and a number that round to the same double. */
function compareLongs(a: number | Long, b: number | Long): number {
  const x = isLong(a) ? a.toBigInt() : BigInt(a);
  const y = isLong(b) ? b.toBigInt() : BigInt(b);
  return x < y ? -1 : x > y ? 1 : 0;
}

function compareDocs(a: Doc, b: Doc): number {
  const left = Object.keys(a);
  const right = Object.keys(b);
  for (let i = 0; i < left.length && i < right.length; i++) {
    const x = left[i] as string;
    const y = right[i] as string;
    const order = rank(a[x]) - rank(b[y]) || compareStrings(x, y) || compare(a[x], b[y]);
    if (order !== 0) return order;
  }
  return left.length - right.length;
}

function compareArrays(a: readonly unknown[], b: readonly unknown[]): number {
  for (let i = 0; i < a.length && i < b.length; i++) {
    const order = compare(a[i], b[i]);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function binaryBytes(value: Binary): Uint8Array {
  return value.buffer.subarray(0, value.position);
}

/** MongoDB's order over all values: by type first, then by value. Negative, zero or positive. */
export function compare(a: unknown, b: unknown): number {
  if (a === b) return 0;
  const order = rank(a);
  const other = rank(b);
  if (order !== other) return order - other;
  switch (order) {
    case RANK.number:
      return compareNumbers(a as number | Long, b as number | Long);
    case RANK.string:
      return compareStrings(String(a), String(b));
    case RANK.object:
      return compareDocs(a as Doc, b as Doc);
    case RANK.array:
      return compareArrays(a as unknown[], b as unknown[]);
    case RANK.binary: {
      const x = a as Binary;
      const y = b as Binary;
      return (
        x.position - y.position || x.sub_type - y.sub_type || Buffer.compare(binaryBytes(x), binaryBytes(y))
      );
    }
    case RANK.objectId:
      return Buffer.compare((a as ObjectId).id, (b as ObjectId).id);
    case RANK.boolean:
      return a === true ? 1 : -1;
    case RANK.date:
      return (a as Date).getTime() - (b as Date).getTime();
    default:
      return 0;
  }
}

export function equal(a: unknown, b: unknown): boolean {
  return a === b || (rank(a) === rank(b) && compare(a, b) === 0);
}
