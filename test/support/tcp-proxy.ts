import { createServer, connect, type AddressInfo, type Server, type Socket } from 'node:net';
import { BSON } from 'bson';

/**
 * Stands between the program and its document store and is what goes wrong there: slow, silent, cut off, or answering
 * with an error that the store itself cannot be brought to. Bytes are handed on whole message by message.
 */

/** An answer of the store, and what was asked: `{ insert: 'inbox', … }`. Answers the answer to hand on. */
export type Rewrite = (answer: BSON.Document, command: BSON.Document) => BSON.Document;

const HEADER = 16;
const OP_MSG = 2013;
/** Past the header: four bytes of flags, then the kind of the first section, then its document. */
const BODY = HEADER + 5;

export class TcpProxy {
  /** Each message towards the store waits this long. */
  delayMs = 0;
  rewrite: Rewrite | null = null;
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
      this.remember(message);
      const go = (): void =>
        this.pass(() => {
          this.handed += 1;
          store.write(message);
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

  private remember(message: Buffer): void {
    if (this.rewrite === null || message.readInt32LE(12) !== OP_MSG) return;
    const command = BSON.deserialize(message.subarray(BODY, BODY + message.readInt32LE(BODY)));
    this.asked.set(message.readInt32LE(4), command);
  }

  private rewritten(message: Buffer): Buffer {
    const command = this.asked.get(message.readInt32LE(8));
    this.asked.delete(message.readInt32LE(8));
    if (this.rewrite === null || command === undefined) return message;
    const answer = BSON.deserialize(message.subarray(BODY), { promoteValues: false });
    const body = BSON.serialize(this.rewrite(answer, command));
    const out = Buffer.concat([message.subarray(0, BODY), body]);
    out.writeInt32LE(out.length, 0);
    return out;
  }
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
