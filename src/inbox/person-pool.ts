import type { UserKey } from '../kernel/ids';
import { Signal } from '../kernel/signal';

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
