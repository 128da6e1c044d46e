import type { UserKey } from '../kernel/ids';
import { Signal } from '../kernel/retry';
import { type InboundEvent, TALK_KINDS } from '../channels/channel';
import type { InboxRow } from './inbox.repo';
import type { Clock } from '../kernel/clock';

/** A turn mostly waits for the store, and the writes of turns that wait together share one sync. */
const MOST = 64;

/** One person being handled. */
export interface InHand {
  /** Something came meanwhile. */
  again: boolean;
}

export interface PersonPoolOptions {
  /** Handles the person; must not reject. */
  readonly run: (user: UserKey | null, entry: InHand) => Promise<void>;
  /** Somebody for whom something came meanwhile is to be handled once more. */
  readonly again: (user: UserKey | null) => void;
  /** People handled at once; absent: 64. */
  readonly most?: number;
}

/** Whom this process has in hand: so many people at once, in the order in which they came, and nobody twice. */
export class PersonPool {
  private readonly active = new Map<UserKey | null, InHand & { done: Promise<void> }>();
  private readonly queue: (UserKey | null)[] = [];
  private readonly queued = new Set<UserKey | null>();
  private readonly changed = new Signal();
  private held = false;

  constructor(private readonly options: PersonPoolOptions) {}

  get paused(): boolean {
    return this.held;
  }

  /** How many people are being handled. */
  get atWork(): number {
    return this.active.size;
  }

  /** Nobody is handled and nobody waits. */
  get isIdle(): boolean {
    return this.active.size === 0 && this.queued.size === 0;
  }

  has(user: UserKey | null): boolean {
    return this.active.has(user) || this.queued.has(user);
  }

  /** Handles the person as soon as there is room; who is in hand is handled once more. */
  take(user: UserKey | null): void {
    const current = this.active.get(user);
    if (current) {
      current.again = true;
      return;
    }
    if (this.queued.has(user)) return;
    this.queued.add(user);
    this.queue.push(user);
    this.pump();
  }

  /** Holds everybody back; `false` lets them go again. */
  pause(on: boolean): void {
    this.held = on;
    if (!on) this.pump();
  }

  /** Resolves when that is so, looked at each time somebody was handled. */
  async until(isSo: () => boolean): Promise<void> {
    while (!isSo()) await this.changed.next();
  }

  /** Takes nobody more, and resolves when those in hand are done. */
  async stop(): Promise<void> {
    this.queue.length = 0;
    this.queued.clear();
    await Promise.all([...this.active.values()].map((entry) => entry.done));
  }

  private pump(): void {
    while (!this.held && this.active.size < (this.options.most ?? MOST)) {
      const user = this.queue.shift();
      if (user === undefined) return;
      this.queued.delete(user);
      const entry = { again: false, done: Promise.resolve() };
      this.active.set(user, entry);
      entry.done = this.options.run(user, entry).finally(() => {
        this.active.delete(user);
        if (entry.again) this.options.again(user);
        this.pump();
        this.changed.fire();
      });
    }
  }
}

/** A person's conversation held by this process, so that nobody else answers meanwhile. */
export interface ConversationSession {
  /** Handles rows in one turn: decides, commits. Throws when it could not; the rows then stay. */
  turn(rows: readonly InboxRow[]): Promise<void>;
  /** Whether these rows are visibly unfinished, so that the rest is waited for before anything is answered. */
  unfinished(rows: readonly InboxRow[]): Promise<boolean>;
  /** Tells the person kindly that a message could not be handled. */
  apologise(row: InboxRow, reason: string): Promise<void>;
  leave(): Promise<void>;
}

const TALK: ReadonlySet<InboundEvent['kind']> = new Set(TALK_KINDS);

/** Whether the event takes a turn of somebody's talk; the rest is noted. */
export function isTalk(event: InboundEvent): boolean {
  return event.user !== null && TALK.has(event.kind);
}

/** People whose unfinished message waits for the rest, and for how long. */
export class Gathering {
  private readonly users = new Set<UserKey | null>();

  constructor(private readonly options: { readonly clock: Clock; readonly gatherMs: number }) {}

  has(user: UserKey | null): boolean {
    return this.users.has(user);
  }

  /** Whether these rows are unfinished and the rest may still come. */
  async waitsFor(session: ConversationSession, group: readonly InboxRow[]): Promise<boolean> {
    return this.left(group) > 0 && session.unfinished(group);
  }

  /** The person's rows wait now; answers after how many milliseconds they are looked at again. */
  begin(user: UserKey, group: readonly InboxRow[]): number {
    this.users.add(user);
    return Math.max(10, this.left(group) + 5);
  }

  /** What came is taken up; answers whether it had waited. */
  end(user: UserKey): boolean {
    return this.users.delete(user);
  }

  clear(): void {
    this.users.clear();
  }

  private left(group: readonly InboxRow[]): number {
    const newest = Math.max(...group.map((row) => row.arrivedAt.getTime()));
    return this.options.gatherMs - (this.options.clock.now().getTime() - newest);
  }
}
