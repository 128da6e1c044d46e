import type { Connection } from 'mongoose';
import type { Channel, OutboundMessage, SendResult } from '../../../src/channels/channel';
import { FrozenClock } from '../../../src/kernel/clock';
import { createContactsRepo } from '../../../src/contacts/contacts.repo';
import { createOutbox, type Outbox, type OutboxDeps } from '../../../src/outbox/outbox';
import { createOutboxRepo, type HeldRow, createPaceRepo } from '../../../src/outbox/outbox.repo';
import { createMetrics } from '../../../src/observability/metrics';
import { freshStore, type TestStore } from '../../support/stores';
import { theRules } from '../../unit/outbox/builders';
import type { Repos } from './memory-store';

export interface Send {
  readonly to: string;
  readonly message: OutboundMessage;
  readonly at: Date;
}

type Answer = SendResult | 'never' | Promise<SendResult>;

/** The channel's side: a ledger of what it was handed, and what it answers. */
export class FakeChannel implements Channel {
  readonly name = 'zalo';
  readonly limits = { textMax: 2000, buttonsMax: 5, buttonLabelMax: 35 };
  readonly sends: Send[] = [];
  lookUp?: NonNullable<Channel['lookUp']>;
  answer: (to: string, message: OutboundMessage) => Answer = () => this.ok();
  private count = 0;

  constructor(private readonly clock: FrozenClock) {}

  ok(): SendResult {
    this.count += 1;
    return { outcome: 'sent', messageId: `m${this.count}` };
  }

  async send(to: string, message: OutboundMessage): Promise<SendResult> {
    this.sends.push({ to, message, at: this.clock.now() });
    const answer = this.answer(to, message);
    return answer === 'never' ? new Promise<SendResult>(() => undefined) : answer;
  }

  texts(to?: string): string[] {
    return this.sends
      .filter((send) => to === undefined || send.to === to)
      .map(({ message }) => wordsOf(message));
  }
}

/** A message in a line. */
export function wordsOf(message: OutboundMessage): string {
  if (message.kind === 'template')
    return `template ${message.templateId}${message.by === 'phone' ? ' by phone' : ''}`;
  return 'text' in message ? (message.text ?? message.kind) : message.kind;
}

/** One running process; time stands still while it reads or writes. */
interface Life {
  dead: boolean;
  busy: number;
}

/** Time in which everybody who waits is woken in order, at the instant asked for; it passes only while nobody works. */
export class VirtualTime {
  private readonly sleepers: { at: number; life: Life; wake: () => void }[] = [];
  private readonly lives = new Set<Life>();
  private driving = false;

  constructor(private readonly clock: FrozenClock) {}

  /** From now on time stands still while this process reads or writes. */
  watch(life: Life): void {
    this.lives.add(life);
  }

  wait(ms: number, life: Life): Promise<void> {
    return new Promise((wake) => {
      this.sleepers.push({ at: this.clock.now().getTime() + ms, life, wake });
      if (!this.driving) void this.drive();
    });
  }

  private async drive(): Promise<void> {
    this.driving = true;
    while (this.sleepers.length > 0) {
      for (let quiet = 0; quiet < 2; quiet = this.isBusy() ? 0 : quiet + 1)
        await new Promise((resolve) => setImmediate(resolve));
      this.sleepers.sort((a, b) => a.at - b.at);
      const next = this.sleepers.shift();
      if (!next || next.life.dead) continue;
      if (next.at > this.clock.now().getTime()) this.clock.moveTo(new Date(next.at));
      next.wake();
    }
    this.driving = false;
  }

  private isBusy(): boolean {
    for (const life of this.lives) if (!life.dead && life.busy > 0) return true;
    return false;
  }
}

export interface Process extends Outbox {
  /** From here on nothing of this process has any effect, as after SIGKILL. */
  kill(): void;
}

/** A store, a channel and a clock that moves only when the program waits; processes come and go. */
export function outboxWorld(store: Connection | Repos, start = '2026-03-12T08:00:00+07:00') {
  const clock = new FrozenClock(new Date(start));
  const channel = new FakeChannel(clock);
  const time = new VirtualTime(clock);
  const metrics = createMetrics();
  // A process has its own way to a document store, so that its writes die with it.
  const repos = (): Repos =>
    'rows' in store
      ? store
      : {
          rows: createOutboxRepo(store),
          contacts: createContactsRepo(store),
          pace: createPaceRepo(store, 'zalo'),
        };
  const { rows, contacts } = repos();
  const errors: unknown[] = [];
  const started: Process[] = [];
  let latest: Outbox | null = null;

  async function process(over: Partial<OutboxDeps> = {}): Promise<Process> {
    const life: Life = { dead: false, busy: 0 };
    time.watch(life);
    const mortal = <T extends object>(target: T): T =>
      new Proxy(target, {
        get: (object, key) => {
          const value: unknown = Reflect.get(object, key);
          if (typeof value !== 'function') return value;
          return (...args: unknown[]): unknown => {
            if (life.dead) return new Promise(() => undefined);
            const done: unknown = Reflect.apply(value, object, args);
            if (object === channel || !(done instanceof Promise)) return done;
            life.busy += 1;
            return done.finally(() => (life.busy -= 1));
          };
        },
      });
    const own = repos();
    const outbox = createOutbox({
      rows: mortal(own.rows),
      contacts: mortal(contacts),
      pace: mortal(own.pace),
      channels: new Map(['zalo', 'zalo-phone'].map((kind) => [kind, mortal(channel)])),
      clock,
      rules: theRules(),
      perMinute: 60_000,
      isStillNeeded: async () => ({ now: 'send' }),
      singleProcess: true,
      log: {
        debug: () => undefined,
        info: () => undefined,
        warn: () => undefined,
        error: (facts, message) => errors.push({ message, facts }),
      },
      metrics,
      wait: (ms) => time.wait(ms, life),
      ...over,
    });
    // Before the start, as in the program: what a crash has left is asked after at once.
    latest = outbox;
    await outbox.start();
    const handle = { ...outbox, kill: () => void (life.dead = true) };
    started.push(handle);
    return handle;
  }

  return {
    clock,
    time,
    channel,
    metrics,
    rows,
    contacts,
    errors,
    process,
    /** The pace of the newest process, for requests that are no messages. */
    pace: async (): Promise<void> => latest?.pace(),
    /** Moves the clock and runs what is due then. */
    async to(outbox: Outbox, instant: string | Date): Promise<void> {
      clock.moveTo(new Date(instant));
      await outbox.sweep(clock.now());
      await outbox.settled();
    },
    async row(id: string): Promise<HeldRow> {
      const [row] = await rows.byIds([id]);
      if (!row) throw new Error(`no row ${id}`);
      return row;
    },
    /** Ends every process without a farewell; only their timers are taken away. */
    stopAll(): void {
      for (const outbox of started.splice(0)) {
        outbox.kill();
        void outbox.stop(0);
      }
    },
  };
}

export type World = ReturnType<typeof outboxWorld>;

/** For a whole file of tests: one store, and before each test a fresh world in it, which `use` takes. */
export function freshWorlds(use: (world: World, store: Connection) => void): void {
  let store: TestStore;
  let world: World;
  beforeAll(async () => {
    store = await freshStore();
  });
  beforeEach(async () => {
    for (const name of ['outbox', 'contacts', 'pace', 'outbox_senders'])
      await store.connection.collection(name).deleteMany({});
    world = outboxWorld(store.connection);
    use(world, store.connection);
  });
  afterEach(() => {
    world.stopAll();
  });
  afterAll(async () => {
    await store.stop();
  });
}

/** Waits in real time until the condition holds. */
export async function until(condition: () => boolean | Promise<boolean>, ms = 5_000): Promise<void> {
  for (let waited = 0; waited < ms; waited += 5) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  throw new Error('the condition never held');
}
