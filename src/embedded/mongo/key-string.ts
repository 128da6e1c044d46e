import type { Binary, Long, ObjectId } from 'bson';
import { RANK, binaryBytes, isLong, rank, type Doc } from './bson-values';

/**
 * Order-preserving key strings: `keyOf(a) < keyOf(b)` (plain string comparison) exactly when `compare(a, b) < 0`,
 * and no key is the beginning of another. Index keys are these strings joined, turned over for descending fields.
 */
const double = new Float64Array(1);
const quarters = new Uint16Array(double.buffer);
const NAN_KEY = '\u0000\u0000\u0000\u0000\u8000';

function numberKey(value: number | Long): string {
  const plain = typeof value === 'number' ? value : value.toNumber();
  if (Number.isNaN(plain)) return NAN_KEY;
  double[0] = plain === 0 ? 0 : plain;
  // What a Long has beyond the double nearest to it (at most ±1024).
  const rest = isLong(value) ? Number(value.toBigInt() - BigInt(plain)) : 0;
  const [d = 0, c = 0, b = 0, a = 0] = quarters;
  return (a & 0x8000) === 0
    ? String.fromCharCode(a | 0x8000, b, c, d, 0x8000 + rest)
    : String.fromCharCode(0xffff - a, 0xffff - b, 0xffff - c, 0xffff - d, 0x8000 + rest);
}

/** Moves surrogates behind the rest of the plane, which is where their UTF-8 bytes sort. */
function utf8Order(unit: string): string {
  const code = unit.charCodeAt(0);
  return String.fromCharCode(code <= 0xdfff ? code + 0x2000 : code - 0x800);
}

function textBody(text: string): string {
  // oxlint-disable-next-line no-control-regex -- NUL is escaped so that the terminator stays unique
  const plain = /[\u0000\ud800-\uffff]/.test(text)
    ? // oxlint-disable-next-line no-control-regex
      text.replace(/\u0000/g, '\u0000\u0001').replace(/[\ud800-\uffff]/g, utf8Order)
    : text;
  return plain;
}

function textKey(text: string): string {
  return `${textBody(text)}\u0000\u0000`;
}

const TAG = Array.from({ length: 16 }, (_, code) => String.fromCharCode(code));

/** The tag all keys of a type begin with. */
export function tagOfRank(type: number): string {
  return TAG[type] as string;
}

function docKey(doc: Doc): string {
  let key = '';
  for (const [name, value] of Object.entries(doc))
    key += String.fromCharCode(rank(value)) + textKey(name) + keyOf(value);
  return `${key}\u0000`;
}

export function keyOf(value: unknown): string {
  if (typeof value === 'string') return `\u0005${textKey(value)}`;
  const type = rank(value);
  const tag = tagOfRank(type);
  switch (type) {
    case RANK.number:
      return tag + numberKey(value as number | Long);
    case RANK.string:
      return tag + textKey(String(value));
    case RANK.object:
      return tag + docKey(value as Doc);
    case RANK.array:
      return `${tag}${(value as unknown[]).map(keyOf).join('')}\u0000`;
    case RANK.binary: {
      const bytes = binaryBytes(value as Binary);
      const subtype = String.fromCharCode((value as Binary).sub_type);
      return tag + numberKey(bytes.length) + subtype + Buffer.from(bytes).toString('latin1');
    }
    case RANK.objectId:
      return tag + (value as ObjectId).toHexString();
    case RANK.boolean:
      return tag + (value === true ? '1' : '0');
    case RANK.date:
      return tag + numberKey((value as Date).getTime());
    default:
      return tag;
  }
}

/** Under which key a document with this `_id` is kept: ordinary strings stand for themselves. */
export function idKey(id: unknown): string {
  return typeof id === 'string' && id.charCodeAt(0) >= 0x20 ? id : keyOf(id);
}

/** A key turned over, so that ascending order of the result is descending order of the values. */
export function reversed(key: string): string {
  let out = '';
  for (let i = 0; i < key.length; i++) out += String.fromCharCode(0xffff - key.charCodeAt(i));
  return out;
}

/** The least string after all strings that begin with `prefix`; undefined when there is none. */
export function after(prefix: string): string | undefined {
  let end = prefix.length;
  while (end > 0 && prefix.charCodeAt(end - 1) === 0xffff) end--;
  if (end === 0) return undefined;
  return prefix.slice(0, end - 1) + String.fromCharCode(prefix.charCodeAt(end - 1) + 1);
}
