import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { BSON } from 'bson';

/**
 * Stands between the program and its document store and is what goes wrong there: slow, silent, cut off, or answering
 * with an error that the store itself cannot be brought to. Bytes are handed on whole message by message.
 */

/** An answer of the store, and what was asked: `{ insert: 'inbox', … }`. Answers the answer to hand on. */
export type Rewrite = (answer: BSON.Document, command: BSON.Document) => BSON.Document;

/** What the proxy answers by itself instead of handing the command on; null hands it on. */
export type Intercept = (command: BSON.Document) => BSON.Document | null;

/** What is handed on in the place of a command; the same object hands on what came. */
export type Edit = (command: BSON.Document) => BSON.Document;

const HEADER = 16;
const OP_MSG = 2013;
/** The first hello of a driver still comes in this, and is answered in OP_REPLY. */
const OP_QUERY = 2004;
const OP_REPLY = 1;
/** Past the header: four bytes of flags, then the kind of the first section, then its document. */
const BODY = HEADER + 5;
/** Past the header: flags, cursor, place and count, then its one document. */
const REPLY_BODY = HEADER + 20;

export class TcpProxy {
  /** Each message towards the store waits this long. */
  delayMs = 0;
  rewrite: Rewrite | null = null;
  intercept: Intercept | null = null;
  edit: Edit | null = null;
  /** Messages that were handed to the store. */
  handed = 0;
  private mode: 'open' | 'silent' | 'cut' = 'open';
  private held: (() => void)[] = [];
  private readonly sockets = new Set<Socket>();
  private readonly asked = new Map<number, BSON.Document>();

  private constructor(
    private readonly server: Server,
    private readonly target: number,
  ) {
    server.on('connection', (socket) => this.join(socket));
  }

  static async open(target: number): Promise<TcpProxy> {
    const server = createServer();
    const proxy = new TcpProxy(server, target);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return proxy;
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  /** Takes connections and says nothing more, either way; what was said meanwhile arrives after `mend`. */
  silence(): void {
    this.mode = 'silent';
  }

  /** Cuts every connection and refuses new ones. */
  cut(): void {
    this.mode = 'cut';
    for (const socket of this.sockets) socket.destroy();
  }

  mend(): void {
    this.mode = 'open';
    const held = this.held;
    this.held = [];
    for (const go of held) go();
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private join(client: Socket): void {
    if (this.mode === 'cut') return void client.destroy();
    const store = connect(this.target, '127.0.0.1');
    const pair = [client, store];
    for (const socket of pair) {
      socket.setNoDelay(true);
      this.sockets.add(socket);
      // Cut lines are what this is for; each end learns of it by the line being closed.
      socket.on('error', () => undefined);
      socket.on('close', () => {
        this.sockets.delete(socket);
        for (const other of pair) other.destroy();
      });
    }
    eachMessage(client, (message) => {
      const command = this.commandOf(message);
      const own = command && this.intercept?.(command);
      if (own) return this.pass(() => client.write(replyTo(message, own)));
      if (command) this.asked.set(message.readInt32LE(4), command);
      const go = (): void =>
        this.pass(() => {
          this.handed += 1;
          store.write(this.edited(message, command));
        });
      if (this.delayMs > 0) setTimeout(go, this.delayMs);
      else go();
    });
    eachMessage(store, (message) => this.pass(() => client.write(this.rewritten(message))));
  }

  private pass(go: () => void): void {
    if (this.mode === 'silent') this.held.push(go);
    else go();
  }

  private edited(message: Buffer, command: BSON.Document | null): Buffer {
    if (command === null || this.edit === null || message.readInt32LE(12) !== OP_MSG) return message;
    const changed = this.edit(command);
    if (changed === command) return message;
    const rest = message.subarray(BODY + message.readInt32LE(BODY));
    return sized([message.subarray(0, BODY), BSON.serialize(changed), rest]);
  }

  /** What a message towards the store asks; null when nobody here wants to know. */
  private commandOf(message: Buffer): BSON.Document | null {
    if (this.rewrite === null && this.intercept === null) return null;
    const kind = message.readInt32LE(12);
    if (kind !== OP_MSG && kind !== OP_QUERY) return null;
    // Before the document of a query: flags, the name of a collection, two numbers.
    const at = kind === OP_MSG ? BODY : message.indexOf(0, HEADER + 4) + 1 + 8;
    return BSON.deserialize(message.subarray(at, at + message.readInt32LE(at)));
  }

  private rewritten(message: Buffer): Buffer {
    const command = this.asked.get(message.readInt32LE(8));
    this.asked.delete(message.readInt32LE(8));
    if (this.rewrite === null || command === undefined) return message;
    const at = message.readInt32LE(12) === OP_REPLY ? REPLY_BODY : BODY;
    const answer = BSON.deserialize(message.subarray(at), { promoteValues: false });
    return sized([message.subarray(0, at), BSON.serialize(this.rewrite(answer, command))]);
  }
}

/** An answer in OP_MSG to a command in OP_MSG. */
function replyTo(message: Buffer, answer: BSON.Document): Buffer {
  const head = Buffer.alloc(BODY);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(OP_MSG, 12);
  return sized([head, BSON.serialize(answer)]);
}

/** One message of these parts, the first of which begins with the place for its length. */
function sized(parts: readonly Uint8Array[]): Buffer {
  const out = Buffer.concat(parts);
  out.writeInt32LE(out.length, 0);
  return out;
}

/** Calls back for each whole message of the wire protocol; its first four bytes are its length. */
function eachMessage(socket: Socket, onMessage: (message: Buffer) => void): void {
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (part: Buffer) => {
    rest = rest.length === 0 ? part : Buffer.concat([rest, part]);
    while (rest.length >= HEADER && rest.length >= rest.readInt32LE(0)) {
      const size = rest.readInt32LE(0);
      onMessage(rest.subarray(0, size));
      rest = rest.subarray(size);
    }
  });
}
