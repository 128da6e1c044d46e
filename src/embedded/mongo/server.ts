import { timingSafeEqual } from 'node:crypto';
import { createServer, type AddressInfo, type ListenOptions, type Server, type Socket } from 'node:net';
import { messageOf } from '../../kernel/errors';
import type { Binary } from 'bson';
import { binaryBytes, type Doc } from './bson-values';
import type { Command } from './commands/command';
import { buildInfo, hello, ping, saslStart } from './commands/connection';
import { findAndModify } from './commands/find-and-modify';
import { createIndexes, dropIndexes, listCollections, listIndexes } from './commands/manage';
import { aggregate, find, getMore, killCursors } from './commands/read';
import { insert, remove, update } from './commands/write';
import { Cursors } from './cursors';
import type { Engine } from './engine';
import { CommandError, cannotWrite, unsupported } from './errors';
import { addressed, legacyReply, replyOf } from './reply';
import { MessageReader, parseRequest, type Request } from './wire';

/**
 * The store as a MongoDB server on a socket or on the loopback address: takes commands off connections, runs each in one
 * go, and answers a writing one when its changes are on the disk. Requests of all connections that arrive together share
 * one commit. On the loopback address, which every user of the machine reaches, a connection may say hello and then has to
 * name the secret as a password (PLAIN); whatever else it says before is not answered, and it is closed.
 *
 * It has what repositories use, and answers that as MongoDB does; everything else is refused by name, nothing is ignored:
 * - reading: find, findOne, cursors, countDocuments; sort, skip, limit, projections that keep or leave out paths;
 * - queries: equality, $eq $ne $gt $gte $lt $lte $in $nin $exists $regex (with i, m, s) $and $or, dotted paths into
 *   documents and arrays. A regular expression looks at the whole collection;
 * - writing: insertOne, insertMany, updateOne, updateMany, deleteOne, deleteMany, findOneAndUpdate, bulkWrite of these,
 *   upserts; $set $setOnInsert $unset $inc $min $max $push ($each, $slice);
 * - indexes: single, compound, unique, sparse, partial ($eq $gt $gte $lt $lte, $exists: true), made, dropped by name, listed;
 * - values compared and indexed: null, numbers, 64-bit integers, strings, documents, arrays, binary data, object ids,
 *   booleans, dates. Other types are kept as they are.
 * There are no aggregations, transactions, sessions, expiring documents, replacements of a whole document, collations.
 */
const COMMANDS: ReadonlyMap<string, Command> = new Map(
  Object.entries({
    hello,
    isMaster: hello,
    ismaster: hello,
    ping,
    buildInfo,
    buildinfo: buildInfo,
    saslStart,
    insert,
    update,
    delete: remove,
    findAndModify,
    find,
    getMore,
    killCursors,
    aggregate,
    createIndexes,
    dropIndexes,
    listIndexes,
    listCollections,
  }),
);

/** The longest name of a socket that every system takes, in bytes. */
const LONGEST_NAME = 100;

export class MongoServer {
  /** Those that listen. */
  private readonly servers: Server[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly cursors = new Cursors();

  /** `onFault` hears of failures that are faults of the store itself, not refusals. */
  constructor(
    private readonly engine: Engine,
    private readonly token: string,
    private readonly onFault: (error: unknown) => void,
  ) {}

  /** Listens on 127.0.0.1, for those who know the secret; port 0 takes any free one. Answers the port. */
  async listen(port: number): Promise<number> {
    const server = createServer({ noDelay: true }, (socket) => this.serve(socket, false));
    await this.open(server, { port, host: '127.0.0.1' });
    return (server.address() as AddressInfo).port;
  }

  /** Listens on a socket of this name, for everybody who can reach it; false where it cannot be had. */
  async listenOnSocket(name: string): Promise<boolean> {
    if (Buffer.byteLength(name) > LONGEST_NAME) return false;
    try {
      await this.open(
        createServer((socket) => this.serve(socket, true)),
        { path: name },
      );
      return true;
    } catch {
      // The folder takes no sockets; the caller has another place.
      return false;
    }
  }

  private async open(server: Server, where: ListenOptions): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(where, () => {
        server.off('error', reject);
        resolve();
      });
    });
    this.servers.push(server);
  }

  async close(): Promise<void> {
    const closed = this.servers.map(
      (server) => new Promise<void>((resolve) => server.close(() => resolve())),
    );
    for (const socket of this.sockets) socket.destroy();
    await Promise.all(closed);
  }

  private serve(socket: Socket, trusted: boolean): void {
    const reader = new MessageReader();
    let known = trusted;
    this.sockets.add(socket);
    socket.on('close', () => this.sockets.delete(socket));
    // A client that goes away mid-sentence is its own affair; 'close' follows.
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      try {
        for (const message of reader.push(chunk)) {
          const request = parseRequest(message);
          known ||= this.namesSecret(request);
          if (!known && COMMANDS.get(request.name) !== hello) throw new Error('the secret was not named');
          this.answer(socket, request);
        }
      } catch {
        // A stranger, another protocol, or a kind of message no driver has sent for years: it gets no answer.
        socket.destroy();
      }
    });
  }

  private namesSecret({ name, command }: Request): boolean {
    if (name !== 'saslStart' || command.mechanism !== 'PLAIN') return false;
    const payload = binaryBytes(command.payload as Binary);
    const named = payload.subarray(payload.lastIndexOf(0) + 1);
    const secret = Buffer.from(this.token);
    return named.length === secret.length && timingSafeEqual(named, secret);
  }

  private answer(socket: Socket, request: Request): void {
    const command = COMMANDS.get(request.name);
    const result = this.run(command, request);
    const settled = command?.writes === true ? this.engine.settled() : null;
    if (settled === null) {
      this.send(socket, request, result);
      return;
    }
    settled.then(
      () => this.send(socket, request, result),
      (error: unknown) => this.send(socket, request, refusal(cannotWrite(error))),
    );
  }

  private run(command: Command | undefined, request: Request): Doc | Buffer {
    try {
      if (command === undefined) throw unsupported(`the command ${request.name}`, 59, 'CommandNotFound');
      if (command !== hello) this.engine.assertThere();
      if (command.writes) this.engine.assertWritable();
      return command.run({
        engine: this.engine,
        cursors: this.cursors,
        command: request.command,
        documents: request.documents,
        token: this.token,
      });
    } catch (error) {
      if (error instanceof CommandError) return refusal(error);
      this.onFault(error);
      return { ok: 0, errmsg: messageOf(error), code: 1, codeName: 'InternalError' };
    }
  }

  private send(socket: Socket, request: Request, result: Doc | Buffer): void {
    if (!request.answered || socket.destroyed) return;
    if (request.legacy) socket.write(legacyReply(result as Doc, request.requestId));
    else socket.write(addressed(Buffer.isBuffer(result) ? result : replyOf(result), request.requestId));
  }
}

function refusal(error: CommandError): Doc {
  return { ok: 0, errmsg: error.message, code: error.code, codeName: error.codeName, ...error.details };
}
