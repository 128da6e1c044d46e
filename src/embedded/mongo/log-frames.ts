import { crc32 } from 'node:zlib';
import { UnreadableLog } from './unreadable-log';

/**
 * The bytes of the log. A file is a row of frames, one for each commit group: mark, number, length, CRC32 of the
 * payload, payload. The payload is a row of records: kind, length of the namespace, namespace, one BSON document.
 * A frame counts as a whole or not at all, so a group can never be half there.
 */
export const RECORD = { put: 1, remove: 2, collection: 3, drop: 4 } as const;
export type RecordKind = (typeof RECORD)[keyof typeof RECORD];

export interface LogRecord {
  readonly kind: RecordKind;
  readonly label: Uint8Array;
  /** put: the document; remove: `{ _id }`; collection: its indexes; drop: an empty document. */
  readonly body: Uint8Array;
}

const MARK = Buffer.from('bdhvlog1');
const HEAD = MARK.length + 4 + 4 + 4;
const RECORD_HEAD = 3;

/** One frame of all the records, ready to be written. */
export function frameOf(records: readonly LogRecord[], number: number): Buffer {
  let length = HEAD;
  for (const record of records) length += RECORD_HEAD + record.label.length + record.body.length;
  const frame = Buffer.allocUnsafe(length);
  let at = HEAD;
  for (const { kind, label, body } of records) {
    frame[at] = kind;
    frame.writeUInt16LE(label.length, at + 1);
    at += RECORD_HEAD;
    frame.set(label, at);
    at += label.length;
    frame.set(body, at);
    at += body.length;
  }
  MARK.copy(frame, 0);
  frame.writeUInt32LE(number >>> 0, MARK.length);
  frame.writeUInt32LE(length - HEAD, MARK.length + 4);
  frame.writeUInt32LE(crc32(frame.subarray(HEAD)), MARK.length + 8);
  return frame;
}

/** The end of the frame that begins at `at`, or -1 when no whole, sound frame does. */
function frameEnd(file: Buffer, at: number): number {
  if (at + HEAD > file.length || MARK.compare(file, at, at + MARK.length) !== 0) return -1;
  const length = file.readUInt32LE(at + MARK.length + 4);
  const end = at + HEAD + length;
  if (end > file.length) return -1;
  return crc32(file.subarray(at + HEAD, end)) === file.readUInt32LE(at + MARK.length + 8) ? end : -1;
}

/** What is told of the frames of a file, in their order. */
export interface FrameReader {
  /** A frame begins, before its records are told; `empty`: it has none. May throw to refuse it. */
  frame(number: number, empty: boolean): void;
  record(kind: RecordKind, label: string, body: Buffer): void;
}

/** Reads all sound frames; answers where the first unsound byte stands, the length of the file when all are sound. */
export function readFrames(file: Buffer, reader: FrameReader): number {
  for (let at = 0; ;) {
    const end = frameEnd(file, at);
    if (end < 0) return at;
    reader.frame(file.readUInt32LE(at + MARK.length), end === at + HEAD);
    readRecords(file, at + HEAD, end, reader);
    at = end;
  }
}

const NEWEST_KIND = Math.max(...Object.values(RECORD));

function readRecords(file: Buffer, from: number, end: number, reader: FrameReader): void {
  let at = from;
  while (at < end) {
    const kind = file[at] as RecordKind;
    if (kind > NEWEST_KIND) throw new UnreadableLog('log_newer', `a record of kind ${kind} at byte ${at}`);
    const named = at + RECORD_HEAD + file.readUInt16LE(at + 1);
    const label = file.toString('utf8', at + RECORD_HEAD, named);
    const bodyEnd = named + file.readInt32LE(named);
    reader.record(kind, label, file.subarray(named, bodyEnd));
    at = bodyEnd;
  }
}

/** Whether a frame begins there in the format of a program to come: the same mark with another digit. */
export function isOfNewerFormat(file: Buffer, at: number): boolean {
  const digit = MARK.length - 1;
  if (at + MARK.length > file.length || MARK.compare(file, at, at + digit, 0, digit) !== 0) return false;
  const version = file[at + digit] ?? 0;
  return version >= 0x30 && version <= 0x39 && version !== MARK[digit];
}

/** No disk writes less than this at a time. */
const SECTOR = 512;
/** More zeros than any record ends with. */
const BLANK_END = 16;

/**
 * Whether what stands at `at` can be a write that was cut short: the file ends within it, or its end or a whole sector of
 * it is still the zeros that were laid out. Anything else was written as it is, or changed since.
 */
export function looksTorn(file: Buffer, at: number): boolean {
  if (at + HEAD > file.length || isBlank(file, at, at + HEAD)) return true;
  const end = at + HEAD + file.readUInt32LE(at + MARK.length + 4);
  if (end > file.length || isBlank(file, Math.max(at, end - BLANK_END), end)) return true;
  for (let from = at; from < end;) {
    const to = Math.min(end, from - (from % SECTOR) + SECTOR);
    if (isBlank(file, from, to)) return true;
    from = to;
  }
  return false;
}

/** Whether nothing but zeros stands there. */
export function isBlank(file: Buffer, from: number, to = file.length): boolean {
  for (let at = from; at < to; at++) if (file[at] !== 0) return false;
  return true;
}

/**
 * Whether a sound frame stands anywhere behind `from`. A crash tears only the very last frame, because the next is
 * written after it is on the disk; a sound one further on means the file was damaged, not torn.
 */
export function soundFrameAfter(file: Buffer, from: number): boolean {
  for (let at = file.indexOf(MARK, from + 1); at >= 0; at = file.indexOf(MARK, at + 1))
    if (frameEnd(file, at) > 0) return true;
  return false;
}
