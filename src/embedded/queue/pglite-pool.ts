import { EventEmitter } from 'node:events';
import { stopwatch } from '../../kernel/clock';
import type { PgliteDatabase } from './pglite-database';

export interface PoolResult {
  // BullMQ's own pool type says the same; it casts the rows where it reads them.
  // oxlint-disable-next-line typescript/no-explicit-any
  readonly rows: any[];
  readonly rowCount: number | null;
}

interface Notification {
  readonly channel: string;
  readonly payload: string;
}

/** BullMQ takes its listener off between two waits; what is announced meanwhile would be heard a whole wait later. */
const REPLAY_MS = 300;

/** Hands out turns, first come first served. */
class Turns {
  private tail: Promise<void> = Promise.resolve();

  /** Resolves with the function that ends the turn. */
  take(): Promise<() => void> {
    let end: () => void = () => undefined;
    const mine = new Promise<void>((resolve) => (end = resolve));
    const before = this.tail;
    this.tail = before.then(() => mine);
    return before.then(() => end);
  }
}

/**
 * Looks like a pool of connections and is one session: clients take turns, a transaction holds the turn to its end,
 * LISTEN is done once per channel and fanned out. BullMQ is given it as its PostgreSQL pool and closes only its clients.
 */
export class PglitePool extends EventEmitter {
  /** Read by BullMQ: a lost connection would be noticed, so its workers may wait long. */
  readonly options = { keepAlive: true };
  /** Statements run so far; tells the housekeeping whether there was work. */
  statements = 0;
  private readonly turns = new Turns();
  private readonly clients = new Set<PgliteClient>();
  private readonly channels = new Map<string, Promise<unknown>>();
  constructor(private readonly database: PgliteDatabase) {
    super();
    this.setMaxListeners(0);
    database.onNotification((channel, payload) => this.announce({ channel, payload }));
  }

  async query(text: string, values?: readonly unknown[]): Promise<PoolResult> {
    const end = await this.turns.take();
    try {
      return await this.runNow(text, values);
    } finally {
      end();
    }
  }

  async connect(): Promise<PgliteClient> {
    const client = new PgliteClient(this);
    this.clients.add(client);
    return client;
  }

  /** Does nothing: the database belongs to whoever opened it. */
  async end(): Promise<void> {
    return Promise.resolve();
  }

  /** Tells every client that the session is gone. Nothing is emitted where nobody listens: that would end the process. */
  fail(error: Error): void {
    if (this.listenerCount('error') > 0) this.emit('error', error);
  }

  /** For clients: the turn, without which `runNow` must not be called. */
  takeTurn(): Promise<() => void> {
    return this.turns.take();
  }

  async runNow(text: string, values?: readonly unknown[]): Promise<PoolResult> {
    this.statements += 1;
    return this.database.run(text, values);
  }

  listen(channel: string): Promise<unknown> {
    let listening = this.channels.get(channel);
    if (!listening) {
      listening = this.query(`LISTEN ${channel}`);
      this.channels.set(channel, listening);
      listening.catch(() => this.channels.delete(channel));
    }
    return listening;
  }

  forget(client: PgliteClient): void {
    this.clients.delete(client);
  }

  private announce(notification: Notification): void {
    for (const client of this.clients) client.hear(notification);
  }
}

/** One borrowed "connection" of the pool. */
export class PgliteClient extends EventEmitter {
  private readonly channels = new Set<string>();
  /** Announced while nobody listened here, each once: told again it would wake an idle worker over and over. */
  private missed = new Map<string, { readonly notification: Notification; readonly elapsed: () => number }>();
  /** Ends the turn that an open transaction holds. */
  private endTransaction: (() => void) | null = null;

  constructor(private readonly pool: PglitePool) {
    super();
    this.setMaxListeners(0);
  }

  async query(text: string, values?: readonly unknown[]): Promise<PoolResult> {
    const statement = text.replace(/--[^\n]*(\n|$)/g, '').trim();
    const listen = /^LISTEN\s+"?(\w+)"?/i.exec(statement);
    if (listen?.[1]) {
      await this.pool.listen(listen[1]);
      this.channels.add(listen[1]);
      return { rows: [], rowCount: null };
    }
    if (!this.endTransaction) {
      if (!/^BEGIN\b/i.test(statement)) return this.pool.query(text, values);
      this.endTransaction = await this.pool.takeTurn();
    }
    try {
      return await this.pool.runNow(text, values);
    } finally {
      if (/^(COMMIT|ROLLBACK)\b/i.test(statement)) this.leaveTransaction();
    }
  }

  override on(event: string, listener: (...args: never[]) => void): this {
    super.on(event, listener as (...args: unknown[]) => void);
    if (event === 'notification') this.replay(listener as (notification: Notification) => void);
    return this;
  }

  hear(notification: Notification): void {
    const { channel, payload } = notification;
    if (!this.channels.has(channel)) return;
    if (this.listenerCount('notification') > 0) this.emit('notification', notification);
    else this.missed.set(`${channel} ${payload}`, { notification, elapsed: stopwatch() });
  }

  /** Gives the client back. A transaction left open is rolled back. */
  release(): void {
    this.pool.forget(this);
    if (!this.endTransaction) return;
    void this.pool
      .runNow('ROLLBACK')
      .catch((error: Error) => this.pool.fail(error))
      .finally(() => this.leaveTransaction());
  }

  private leaveTransaction(): void {
    const end = this.endTransaction;
    this.endTransaction = null;
    end?.();
  }

  private replay(listener: (notification: Notification) => void): void {
    const missed = [...this.missed.values()].filter(({ elapsed }) => elapsed() <= REPLAY_MS);
    this.missed.clear();
    if (missed.length === 0) return;
    setImmediate(() => {
      for (const { notification } of missed)
        if (this.listeners('notification').includes(listener)) listener(notification);
    });
  }
}
