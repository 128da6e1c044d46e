import type { Clock } from '../kernel/clock';
import { sleep } from '../kernel/retry';
import type { PaceRepo, StoredPace } from './pace.repo';
import { blockSize, grant, hold, SLOT_GRACE_MS, type Lane } from './rate-limit';

/** Longest single wait for a slot; then the clock is looked at again, since it may have been moved. */
const LONGEST_WAIT_MS = 1_000;

export interface PacerDeps {
  readonly pace: PaceRepo;
  readonly clock: Clock;
  readonly perMinute: number;
  /** Waits in real time; a test moves its clock instead. */
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * Hands out the slots of the shared limit to this process. Slots are reserved in small blocks by one write each; a
 * slot not used in time is let go, never saved up.
 */
export class Pacer {
  private hand: Record<Lane, number[]> = { reply: [], campaign: [] };
  private asking: Record<Lane, Promise<void> | null> = { reply: null, campaign: null };
  private known: StoredPace | null = null;
  private turn: Promise<unknown> = Promise.resolve();
  private readonly block: number;
  private readonly wait: (ms: number) => Promise<void>;

  constructor(private readonly deps: PacerDeps) {
    this.block = blockSize(deps.perMinute);
    this.wait = deps.wait ?? sleep;
  }

  /** A slot for a send that begins now, or null when none is in hand. A reply may take a campaign's. */
  take(lane: Lane): number | null {
    const now = this.deps.clock.now().getTime();
    for (const from of lane === 'reply' ? (['reply', 'campaign'] as const) : (['campaign'] as const)) {
      const fresh = this.hand[from].filter((slot) => slot + SLOT_GRACE_MS >= now && slot <= now + 60_000);
      this.hand[from] = fresh;
      if (fresh[0] === undefined || fresh[0] > now) continue;
      const slot = fresh.shift() as number;
      // The next block is asked for before this one is used up, so that a busy sender does not stop for it.
      if (lane === 'reply' && this.block > 1 && fresh.length < this.block / 2)
        void this.ask('reply').catch(() => undefined);
      return slot;
    }
    return null;
  }

  /** Resolves at once while the slot may still be used, otherwise with one that may; for a send that was held up after taking it. */
  async renew(lane: Lane, slot: number): Promise<void> {
    let held: number | null = slot;
    while (held === null || this.deps.clock.now().getTime() > held + SLOT_GRACE_MS) {
      held = this.take(lane);
      if (held === null) await this.ready(lane);
    }
  }

  /** A slot that was taken and then not needed. */
  giveBack(lane: Lane, slot: number): void {
    this.hand[lane].unshift(slot);
  }

  /** Resolves when it is worth calling `take` again. Rejects when the store cannot be asked. */
  async ready(lane: Lane): Promise<void> {
    const now = this.deps.clock.now().getTime();
    const next = this.hand[lane][0];
    if (next === undefined || next + SLOT_GRACE_MS < now) return this.ask(lane);
    if (next > now) await this.wait(Math.min(next - now, LONGEST_WAIT_MS));
  }

  /** The channel said that it had enough: nobody sends for so long, in no process. */
  async pause(ms: number): Promise<void> {
    this.hand = { reply: [], campaign: [] };
    await this.change((stored) => {
      return hold(stored.state, this.deps.clock.now().getTime() + ms);
    });
  }

  private ask(lane: Lane): Promise<void> {
    this.asking[lane] ??= this.reserve(lane).finally(() => {
      this.asking[lane] = null;
    });
    return this.asking[lane];
  }

  private async reserve(lane: Lane): Promise<void> {
    let retryAt = 0;
    let slots: readonly number[] = [];
    await this.change((stored) => {
      const now = this.deps.clock.now().getTime();
      const got = grant(stored.state, this.deps.perMinute, now, this.want(stored, lane), lane);
      ({ slots, retryAt } = got);
      return got.slots.length > 0 ? got.state : null;
    });
    this.hand[lane].push(...slots);
    const now = this.deps.clock.now().getTime();
    const at = slots[0] ?? retryAt;
    if (at > now) await this.wait(Math.min(at - now, LONGEST_WAIT_MS));
  }

  /** Slots of replies are worth keeping ready only while there are plenty. */
  private want({ state }: StoredPace, lane: Lane): number {
    if (lane === 'campaign') return this.block;
    const used = state.used.reduce((sum, [, count]) => sum + count, 0);
    return used * 2 > this.deps.perMinute ? Math.ceil(this.block / 10) : this.block;
  }

  /** Applies a change to the shared pace, over again when another process was first. Null changes nothing. */
  private change(next: (stored: StoredPace) => StoredPace['state'] | null): Promise<void> {
    const run = async (): Promise<void> => {
      for (;;) {
        const stored = this.known ?? (await this.deps.pace.load());
        this.known = null;
        const state = next(stored);
        if (state === null) {
          // What we know may be old: another process may have waited, or the hold may be over.
          return;
        }
        if (await this.deps.pace.save(stored.rev, state)) {
          this.known = { rev: stored.rev + 1, state };
          return;
        }
      }
    };
    const done = this.turn.then(run, run);
    this.turn = done.catch(() => undefined);
    return done;
  }
}
