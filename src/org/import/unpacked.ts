import { inflateRawSync } from 'node:zlib';

/** How much a workbook unpacks to, found out with a limit, so that a small file cannot fill the memory. Pure. */

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LOCAL = 0x04034b50;
const STORED = 0;
const DEFLATED = 8;

/**
 * Whether all parts of the archive together unpack to at most `limit` bytes; what the archive says of its sizes is not
 * believed. Null: it is no archive that can be read.
 */
export function unpacksWithin(zip: Buffer, limit: number): boolean | null {
  try {
    let left = limit;
    for (const { method, packed } of entriesOf(zip)) {
      if (method === STORED) left -= packed.length;
      else if (method === DEFLATED)
        left -= inflateRawSync(packed, { maxOutputLength: Math.max(left, 0) + 1 }).length;
      else return null;
      if (left < 0) return false;
    }
    return true;
  } catch (error) {
    // Longer than what is left; anything else is a broken archive.
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? false : null;
  }
}

/** The parts by the directory at the end of the archive; throws a RangeError where it is none. */
function entriesOf(zip: Buffer): { method: number; packed: Buffer }[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || zip.readUInt32LE(end) !== END) throw new RangeError('no archive');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries: { method: number; packed: Buffer }[] = [];
  for (let n = 0; n < count; n += 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL) throw new RangeError('no part');
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    entries.push({ method: zip.readUInt16LE(at + 10), packed });
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
