/**
 * Whether a webhook body comes from Zalo. Zalo signs the bytes as sent, so they are hashed before anything parses them;
 * of an unverified body only the top level is looked at, and only for its timestamp.
 */
import { hash, timingSafeEqual } from 'node:crypto';

/** First and last term of the signed text: normally the app id and the OA secret key. */
export interface SigningPair {
  readonly first: string;
  readonly secret: string;
}

const HEADER = /^\s*(?:mac\s*=\s*)?([0-9a-f]{64})\s*$/i;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const TAIL = Buffer.from('"timestamp":"');

/** The 32 bytes of the header, or null when it is not a signature at all (empty, cut, two of them). */
export function signatureBytes(header: string): Buffer | null {
  if (header.length === 68 && header.startsWith('mac=')) {
    const quick = Buffer.from(header.slice(4), 'hex');
    return quick.length === 32 ? quick : null;
  }
  const hex = HEADER.exec(header)?.[1];
  return hex === undefined ? null : Buffer.from(hex, 'hex');
}

/**
 * Tries every pair and says which one matched (its place in the list), or -1. Takes the same time wherever the
 * signatures differ. Several pairs serve the days in which a secret is exchanged.
 */
export class SignatureVerifier {
  private readonly pairs: readonly { readonly first: Buffer; readonly secret: Buffer }[];
  private scratch = Buffer.allocUnsafeSlow(4096);

  constructor(pairs: readonly SigningPair[]) {
    if (pairs.length === 0) throw new RangeError('at least one signing pair is needed');
    this.pairs = pairs.map(({ first, secret }) => ({
      first: Buffer.from(first),
      secret: Buffer.from(secret),
    }));
  }

  match(raw: Buffer, timestamp: string, signature: Buffer): number {
    let found = -1;
    for (let i = 0; i < this.pairs.length; i += 1) {
      if (timingSafeEqual(this.digest(i, raw, timestamp), signature) && found < 0) found = i;
    }
    return found;
  }

  /** One call over one buffer: half the time of four updates, and this is most of what a small event costs. */
  private digest(index: number, raw: Buffer, timestamp: string): Buffer {
    const { first, secret } = this.pairs[index] as (typeof this.pairs)[number];
    const size = first.length + raw.length + timestamp.length * 3 + secret.length;
    if (size > this.scratch.length) this.scratch = Buffer.allocUnsafeSlow(size * 2);
    let at = first.copy(this.scratch, 0);
    at += raw.copy(this.scratch, at);
    at += this.scratch.write(timestamp, at);
    at += secret.copy(this.scratch, at);
    return hash('sha256', this.scratch.subarray(0, at), 'buffer');
  }
}

/** What the top level of an unverified body shows: its timestamp as written, '' when there is none, null when it is not a JSON object. */
export function timestampText(raw: Buffer): string | null {
  return timestampAtEnd(raw) ?? timestampByScan(raw);
}

/** Zalo writes the timestamp last; then nothing else needs to be looked at. */
function timestampAtEnd(raw: Buffer): string | null {
  const end = raw.length - 2;
  if (end < TAIL.length + 1 || raw[0] !== 0x7b || raw[end + 1] !== 0x7d || raw[end] !== QUOTE) return null;
  let from = end;
  while (from > 0 && isDigit(raw[from - 1])) from -= 1;
  if (from === end || from < TAIL.length) return null;
  const before = from - TAIL.length;
  return raw.compare(TAIL, 0, TAIL.length, before, from) === 0 ? raw.toString('latin1', from, end) : null;
}

/** Walks the members of the outermost object, steps over every value by counting brackets, and keeps the last timestamp. */
function timestampByScan(raw: Buffer): string | null {
  let at = skipSpace(raw, 0);
  if (raw[at] !== 0x7b) return null;
  at = skipSpace(raw, at + 1);
  if (raw[at] === 0x7d) return skipSpace(raw, at + 1) === raw.length ? '' : null;
  let found = '';
  for (;;) {
    const keyEnd = raw[at] === QUOTE ? stringEnd(raw, at) : -1;
    if (keyEnd < 0) return null;
    const isTimestamp = keyEnd - at === 10 && raw.toString('latin1', at + 1, keyEnd) === 'timestamp';
    at = skipSpace(raw, keyEnd + 1);
    if (raw[at] !== 0x3a) return null;
    at = skipSpace(raw, at + 1);
    const end = valueEnd(raw, at);
    if (end <= at) return null;
    if (isTimestamp)
      found = raw[at] === QUOTE ? raw.toString('utf8', at + 1, end - 1) : raw.toString('latin1', at, end);
    at = skipSpace(raw, end);
    if (raw[at] === 0x7d) return skipSpace(raw, at + 1) === raw.length ? found : null;
    if (raw[at] !== 0x2c) return null;
    at = skipSpace(raw, at + 1);
  }
}

/** Just behind the value that begins at `at`; -1 when it does not end. */
function valueEnd(raw: Buffer, at: number): number {
  if (raw[at] === QUOTE) {
    const end = stringEnd(raw, at);
    return end < 0 ? -1 : end + 1;
  }
  let depth = 0;
  for (let i = at; i < raw.length; i += 1) {
    const byte = raw[i];
    if (byte === QUOTE) {
      i = stringEnd(raw, i);
      if (i < 0) return -1;
    } else if (byte === 0x7b || byte === 0x5b) depth += 1;
    else if (byte === 0x7d || byte === 0x5d) {
      if (depth === 0) return i;
      depth -= 1;
      if (depth === 0) return i + 1;
    } else if (depth === 0 && (byte === 0x2c || isSpace(byte))) return i;
  }
  return -1;
}

/** The place of the closing quote of the string that opens at `at`; -1 when it is not closed. */
function stringEnd(raw: Buffer, at: number): number {
  for (let i = at + 1; i < raw.length; i += 1) {
    if (raw[i] === BACKSLASH) i += 1;
    else if (raw[i] === QUOTE) return i;
  }
  return -1;
}

function skipSpace(raw: Buffer, at: number): number {
  let i = at;
  while (i < raw.length && isSpace(raw[i])) i += 1;
  return i;
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= 0x30 && byte <= 0x39;
}
