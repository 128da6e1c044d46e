import type { Doc } from './bson-values';

/**
 * A few top-level fields out of a document's bytes, without making objects of the rest: all that an insert has to know
 * of a document is its id and what its indexes look at.
 */

/** Bytes a value takes by its BSON type; -1: it begins with its own length and ends in what that counts. */
const FIXED: Readonly<Record<number, number>> = {
  0x01: 8,
  0x06: 0,
  0x07: 12,
  0x08: 1,
  0x09: 8,
  0x0a: 0,
  0x10: 4,
  0x11: 8,
  0x12: 8,
  0x13: 16,
  0x7f: 0,
  0xff: 0,
};
const STRING = 0x02;
const DOCUMENTS = new Set([0x03, 0x04]);
const BINARY = 0x05;

/**
 * The wanted fields of a document whose `_id` stands first, in their order. Null when that cannot be told in this
 * simple way (a wanted value that is not a plain one, a rare type on the way, bytes that do not fit): decode the whole
 * document then.
 */
export function readHead(bytes: Uint8Array, wanted: ReadonlySet<string>): Doc | null {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  const end = buffer.length - 1;
  if (end < 4 || buffer.readInt32LE(0) !== buffer.length || buffer[end] !== 0) return null;
  const head: Doc = {};
  let at = 4;
  while (at < end) {
    const type = buffer[at] as number;
    const nameEnd = buffer.indexOf(0, at + 1);
    if (nameEnd < 0 || nameEnd >= end) return null;
    const name = buffer.toString('utf8', at + 1, nameEnd);
    if (at === 4 && name !== '_id') return null;
    const value = nameEnd + 1;
    const size = sizeOf(buffer, type, value, end);
    if (size < 0 || value + size > end) return null;
    if (wanted.has(name)) {
      const read = plainValue(buffer, type, value, size);
      if (read === undefined) return null;
      head[name] = read;
    }
    at = value + size;
  }
  return at === end ? head : null;
}

function sizeOf(buffer: Buffer, type: number, at: number, end: number): number {
  const fixed = FIXED[type];
  if (fixed !== undefined) return fixed;
  if (at + 4 > end) return -1;
  const length = buffer.readInt32LE(at);
  if (length < 0) return -1;
  if (type === STRING) return length > 0 ? 4 + length : -1;
  if (DOCUMENTS.has(type)) return length >= 5 ? length : -1;
  return type === BINARY ? 5 + length : -1;
}

/** Undefined for what is not a plain value. */
function plainValue(buffer: Buffer, type: number, at: number, size: number): unknown {
  switch (type) {
    case STRING:
      return buffer.toString('utf8', at + 4, at + size - 1);
    case 0x01:
      return buffer.readDoubleLE(at);
    case 0x08:
      return buffer[at] === 1;
    case 0x09:
      return dateOf(buffer.readInt32LE(at + 4) * 2 ** 32 + buffer.readUInt32LE(at));
    case 0x0a:
      return null;
    case 0x10:
      return buffer.readInt32LE(at);
    default:
      return undefined;
  }
}

function dateOf(ms: number): Date | undefined {
  return Math.abs(ms) <= 8.64e15 ? new Date(ms) : undefined;
}
