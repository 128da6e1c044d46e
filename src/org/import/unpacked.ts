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

/**
 * The text of the parts whose name fits, joined; null where the archive cannot be read or they unpack to more than `limit`
 * bytes together.
 */
export function textOfParts(zip: Buffer, fits: RegExp, limit: number): string | null {
  try {
    let left = limit;
    const texts: string[] = [];
    for (const { name, method, packed } of entriesOf(zip)) {
      if (!fits.test(name)) continue;
      const bytes =
        method === STORED ? packed : inflateRawSync(packed, { maxOutputLength: Math.max(left, 1) });
      left -= bytes.length;
      if (left < 0) return null;
      texts.push(bytes.toString('utf8'));
    }
    return texts.join('\n');
  } catch (error) {
    if (error instanceof RangeError || typeof (error as NodeJS.ErrnoException).code === 'string') return null;
    throw error;
  }
}

/** The parts by the directory at the end of the archive; throws a RangeError where it is none. */
function entriesOf(zip: Buffer): { name: string; method: number; packed: Buffer }[] {
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 0x05, 0x06]));
  if (end === -1 || zip.readUInt32LE(end) !== END) throw new RangeError('no archive');
  const count = zip.readUInt16LE(end + 10);
  let at = zip.readUInt32LE(end + 16);
  const entries: { name: string; method: number; packed: Buffer }[] = [];
  for (let n = 0; n < count; n += 1) {
    if (zip.readUInt32LE(at) !== ENTRY) throw new RangeError('no entry');
    const local = zip.readUInt32LE(at + 42);
    if (zip.readUInt32LE(local) !== LOCAL) throw new RangeError('no part');
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const packed = zip.subarray(from, from + zip.readUInt32LE(at + 20));
    const name = zip.toString('utf8', at + 46, at + 46 + zip.readUInt16LE(at + 28));
    entries.push({ name, method: zip.readUInt16LE(at + 10), packed });
    at += 46 + zip.readUInt16LE(at + 28) + zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
  }
  return entries;
}
