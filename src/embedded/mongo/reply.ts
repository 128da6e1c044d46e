import { encode, type Doc } from './bson-values';

/**
 * Replies of the wire protocol (OP_MSG), written by hand where they carry stored documents: those go from the store
 * to the socket as the bytes they are, never decoded and encoded again.
 */
const HEADER_BYTES = 21;
const TYPE = {
  double: 1,
  string: 2,
  document: 3,
  array: 4,
  null: 10,
  int32: 16,
  int64: 18,
} as const;

/** `0\0`, `1\0` …: the keys of array elements. */
const PLACES = Array.from({ length: 1_024 }, (_, place) => Buffer.from(`${place}\0`, 'latin1'));

export class ReplyWriter {
  private buffer: Buffer;
  private at = HEADER_BYTES + 4;

  /** `bytes` is a guess at the size of the documents to come. */
  constructor(bytes: number) {
    this.buffer = Buffer.allocUnsafe(HEADER_BYTES + 128 + bytes);
  }

  private room(bytes: number): void {
    if (this.at + bytes <= this.buffer.length) return;
    const bigger = Buffer.allocUnsafe(Math.max(this.buffer.length * 2, this.at + bytes));
    this.buffer.copy(bigger, 0, 0, this.at);
    this.buffer = bigger;
  }

  private head(type: number, name: string, bytes: number): void {
    this.room(name.length * 3 + 2 + bytes);
    this.buffer[this.at++] = type;
    this.at += this.buffer.write(name, this.at);
    this.buffer[this.at++] = 0;
  }

  int32(name: string, value: number): this {
    this.head(TYPE.int32, name, 4);
    this.at = this.buffer.writeInt32LE(value, this.at);
    return this;
  }

  /** A whole number of up to 53 bits as a 64-bit integer. */
  int64(name: string, value: number): this {
    this.head(TYPE.int64, name, 8);
    this.at = this.buffer.writeBigInt64LE(BigInt(value), this.at);
    return this;
  }

  double(name: string, value: number): this {
    this.head(TYPE.double, name, 8);
    this.at = this.buffer.writeDoubleLE(value, this.at);
    return this;
  }

  text(name: string, value: string): this {
    const length = Buffer.byteLength(value);
    this.head(TYPE.string, name, 5 + length);
    this.at = this.buffer.writeInt32LE(length + 1, this.at);
    this.at += this.buffer.write(value, this.at);
    this.buffer[this.at++] = 0;
    return this;
  }

  /** An encoded document, or null. */
  document(name: string, bytes: Uint8Array | null): this {
    this.head(bytes === null ? TYPE.null : TYPE.document, name, bytes?.length ?? 0);
    if (bytes !== null) this.raw(bytes);
    return this;
  }

  documents(name: string, all: readonly Uint8Array[]): this {
    this.head(TYPE.array, name, 4);
    const begin = this.at;
    this.at += 4;
    for (const [place, bytes] of all.entries()) {
      const key = PLACES[place] ?? Buffer.from(`${place}\0`, 'latin1');
      this.room(1 + key.length + bytes.length + 1);
      this.buffer[this.at++] = TYPE.document;
      this.raw(key);
      this.raw(bytes);
    }
    return this.close(begin);
  }

  /** An embedded document; what `fill` writes goes into it. */
  nested(name: string, fill: (writer: this) => void): this {
    this.head(TYPE.document, name, 4);
    const begin = this.at;
    this.at += 4;
    fill(this);
    return this.close(begin);
  }

  private raw(bytes: Uint8Array): void {
    this.buffer.set(bytes, this.at);
    this.at += bytes.length;
  }

  private close(begin: number): this {
    this.room(1);
    this.buffer[this.at++] = 0;
    this.buffer.writeInt32LE(this.at - begin, begin);
    return this;
  }

  /** Ends the body with `ok: 1` and gives back the whole message but for its header. */
  ok(): Buffer {
    this.double('ok', 1);
    this.close(HEADER_BYTES);
    return this.buffer.subarray(0, this.at);
  }
}

/** A message around an encoded body, with room for its header. */
export function replyOf(doc: Doc): Buffer {
  const body = encode(doc);
  const message = Buffer.allocUnsafe(HEADER_BYTES + body.length);
  message.set(body, HEADER_BYTES);
  return message;
}

let nextRequest = 1;

/** Writes the header into a message made by `ok` or `replyOf`. */
export function addressed(message: Buffer, responseTo: number): Buffer {
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(nextRequest, 4);
  nextRequest = (nextRequest + 1) & 0x7fffffff;
  message.writeInt32LE(responseTo, 8);
  message.writeInt32LE(2013, 12);
  message.writeInt32LE(0, 16);
  message[20] = 0;
  return message;
}

/** The answer to the one old-style question still asked (OP_QUERY hello). */
export function legacyReply(doc: Doc, responseTo: number): Buffer {
  const body = encode(doc);
  const message = Buffer.alloc(36 + body.length);
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(responseTo, 8);
  message.writeInt32LE(1, 12);
  message.writeInt32LE(8, 16);
  message.writeInt32LE(1, 32);
  message.set(body, 36);
  return message;
}
