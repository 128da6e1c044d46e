import { decode, type Doc } from './bson-values';
import { CommandError } from './errors';

/** What comes in over the wire: whole messages out of a stream of bytes, and commands out of messages. */
export const OP_MSG = 2013;
export const OP_QUERY = 2004;
/** What a standalone of this version takes at most, plus room for headers. */
const MOST_BYTES = 48_000_000 + 16_384;
const LEAST_BYTES = 21;

export interface Request {
  readonly requestId: number;
  readonly name: string;
  readonly command: Doc;
  /** Documents of an insert as the bytes they came in; null when they stand in the command itself. */
  readonly documents: readonly Uint8Array[] | null;
  /** Whether the sender waits for an answer. */
  readonly answered: boolean;
  readonly legacy: boolean;
}

/** Cuts a stream of bytes into messages. */
export class MessageReader {
  private chunks: Buffer[] = [];
  private bytes = 0;
  private wanted = 4;

  /** All messages that are complete with this chunk. Throws when the stream cannot be a MongoDB client's. */
  push(chunk: Buffer): Buffer[] {
    this.chunks.push(chunk);
    this.bytes += chunk.length;
    if (this.bytes < this.wanted) return [];
    let rest = this.chunks.length === 1 ? chunk : Buffer.concat(this.chunks, this.bytes);
    const messages: Buffer[] = [];
    this.wanted = 4;
    while (rest.length >= 4) {
      const length = rest.readInt32LE(0);
      if (length < LEAST_BYTES || length > MOST_BYTES) throw new Error(`a message of ${length} bytes`);
      if (rest.length < length) {
        this.wanted = length;
        break;
      }
      messages.push(rest.subarray(0, length));
      rest = rest.subarray(length);
    }
    this.chunks = rest.length === 0 ? [] : [rest];
    this.bytes = rest.length;
    return messages;
  }
}

/** Reads a message as a command. Throws on an operation other than OP_MSG and OP_QUERY. */
export function parseRequest(message: Buffer): Request {
  const requestId = message.readInt32LE(4);
  const operation = message.readInt32LE(12);
  if (operation === OP_MSG) return parseMessage(message, requestId);
  if (operation !== OP_QUERY) throw new Error(`operation ${operation} of the wire protocol`);
  const name = message.indexOf(0, 20);
  const query = decode(message.subarray(name + 9));
  const command = (query.$query ?? query) as Doc;
  command.$db ??= message.toString('utf8', 20, name).split('.')[0];
  return {
    requestId,
    name: Object.keys(command)[0] ?? '',
    command,
    documents: null,
    answered: true,
    legacy: true,
  };
}

const CHECKSUM = 1;
const MORE_TO_COME = 2;

function parseMessage(message: Buffer, requestId: number): Request {
  const flags = message.readUInt32LE(16);
  const end = message.length - ((flags & CHECKSUM) === 0 ? 0 : 4);
  let command: Doc | null = null;
  let documents: Uint8Array[] | null = null;
  const sequences: [string, Uint8Array[]][] = [];
  for (let at = 20; at < end;) {
    const kind = message[at++];
    const length = message.readInt32LE(at);
    if (length < 5 || at + length > end) throw new Error('a section longer than its message');
    if (kind === 0) command = decode(message.subarray(at, at + length));
    else if (kind === 1) sequences.push(parseSequence(message, at, at + length));
    else throw new Error(`section kind ${kind ?? -1}`);
    at += length;
  }
  if (command === null) throw new Error('a message without a body');
  for (const [name, raw] of sequences) {
    if (name === 'documents') documents = raw;
    else command[name] = raw.map(decode);
  }
  const name = Object.keys(command)[0] ?? '';
  return { requestId, name, command, documents, answered: (flags & MORE_TO_COME) === 0, legacy: false };
}

function parseSequence(message: Buffer, begin: number, end: number): [string, Uint8Array[]] {
  const nameEnd = message.indexOf(0, begin + 4);
  const documents: Uint8Array[] = [];
  for (let at = nameEnd + 1; at < end;) {
    const length = message.readInt32LE(at);
    if (length < 5 || at + length > end)
      throw new CommandError(22, 'InvalidBSON', 'a document longer than its section');
    documents.push(message.subarray(at, at + length));
    at += length;
  }
  return [message.toString('utf8', begin + 4, nameEnd), documents];
}
