import type { Clock } from '../kernel/clock';
import { sleep } from '../kernel/retry';
import type { PaceRepo, StoredPace } from './pace.repo';
import {
  blockSize,
  grant,
  hold,
  limitOf,
  returned,
  SLOT_GRACE_MS,
  struck,
  told,
  type Lane,
} from './rate-limit';

/** Longest single wait for a slot; then the clock is looked at again, since it may have been moved. */
const LONGEST_WAIT_MS = 1_000;

/** Refusals in a row, nothing accepted between them, after which they are no accident. */
const SURE = 3;
/** From so many a second on, no second holds more than its share of the minute. */
const EVEN_FROM = 10;
/** A second and a little, since what leaves evenly may arrive a little unevenly. */
const SECOND_MS = 1_010;

const CATCH_UP_MS = 1_000;

export interface PacerDeps {
  readonly pace: PaceRepo;
  readonly clock: Clock;
  readonly perMinute: number;
  /** No other process sends. */
  readonly singleProcess?: boolean;
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
  private retryAt: Record<Lane, number> = { reply: 0, campaign: 0 };
  private refusals = 0;
  private toldLimit: number | null = null;
  private activeSince: number | null = null;
  /** Slots let go, to be given back with the next write. */
  private unused: number[] = [];
  private readonly begun: number[] = [];
  private readonly block: number;
  private readonly perSecond: number;
  private readonly wait: (ms: number) => Promise<void>;

  constructor(private readonly deps: PacerDeps) {
    this.block = blockSize(deps.perMinute);
    this.perSecond = Math.floor(deps.perMinute / 60);
    this.wait = deps.wait ?? sleep;
  }

  /** A slot for a send that begins now, or null when none is in hand. A reply may take a campaign's. */
  take(lane: Lane): number | null {
    const now = this.deps.clock.now().getTime();
    for (const from of lane === 'reply' ? (['reply', 'campaign'] as const) : (['campaign'] as const)) {
      const fresh = this.hand[from].filter((slot) => slot + SLOT_GRACE_MS >= now && slot <= now + 60_000);
      if (fresh.length < this.hand[from].length)
        this.unused.push(...this.hand[from].filter((slot) => !fresh.includes(slot)));
      this.hand[from] = fresh;
      if (fresh[0] === undefined || fresh[0] > now) continue;
      const slot = fresh.shift() as number;
      // The next block is asked for before this one is used up, so that a busy sender does not stop for it.
      if ((from === 'campaign' || this.block > 1) && fresh.length < this.block / 2)
        void this.ask(from).catch(() => undefined);
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
    await this.evenly(lane);
  }

  /** Resolves when one request fits in, and counts it. */
  async request(): Promise<void> {
    while (this.take('reply') === null) await this.ready('reply');
    await this.evenly('campaign');
  }

  /** Resolves when the second has room, so that little is left to wait for once the row is claimed. */
  async room(lane: Lane): Promise<void> {
    const left = this.untilRoom(lane);
    if (left > 0) await this.wait(left);
  }

  /** A slot that was taken and then not needed. */
  giveBack(lane: Lane, slot: number): void {
    this.hand[lane].unshift(slot);
  }

  /** Resolves when it is worth calling `take` again. Rejects when the store cannot be asked. */
  async ready(lane: Lane): Promise<void> {
    const first = this.hand[lane][0];
    if (first === undefined || first + SLOT_GRACE_MS < this.deps.clock.now().getTime()) await this.ask(lane);
    const now = this.deps.clock.now().getTime();
    const at = this.hand[lane][0] ?? this.retryAt[lane];
    if (at > now) await this.wait(Math.min(at - now, LONGEST_WAIT_MS));
  }

  /** The channel refuses for now, and nobody knows yet whether by accident: better send one at a time. */
  get doubtful(): boolean {
    return this.refusals > 0;
  }

  /** The channel took something. */
  accepted(): void {
    this.refusals = 0;
  }

  /**
   * The channel said that it had enough. Once is an accident, which only that message feels; several times in a row
   * nobody sends for so long, in no process, and the limit may be lower than we thought.
   */
  async throttled(ms: number): Promise<void> {
    this.refusals += 1;
    if (this.refusals < SURE) return;
    const refused = this.refusals;
    this.refusals = 0;
    this.hand = { reply: [], campaign: [] };
    await this.change((stored) => {
      const now = this.deps.clock.now().getTime();
      // Another of those under way at once was told the same.
      if (stored.state.holdUntil > now) return hold(stored.state, now + ms);
      return hold(struck(stored.state, this.deps.perMinute, now, refused), now + ms);
    });
  }

  /** What the channel says of its limit, where it does; only news are stored. */
  async rate(rate: { readonly limit: number | null; readonly remain: number | null }): Promise<void> {
    const { perMinute, clock } = this.deps;
    const now = clock.now().getTime();
    const news = rate.limit !== null && rate.limit > 0 && rate.limit !== this.toldLimit;
    if (news) this.toldLimit = rate.limit;
    const used = rate.remain !== null && rate.remain <= 0;
    if (!news && !used) return;
    await this.change(({ state }) => {
      const next = news ? told(state, rate.limit, perMinute, now) : state;
      // The minute of the clock is used up, by us or by others of the same account.
      return used ? hold(next, (Math.floor(now / 60_000) + 1) * 60_000 + 50) : next;
    });
    if (news || used) this.hand = { reply: [], campaign: [] };
  }

  /** Waits until the second has room, and takes it; answers do not wait, but count. */
  private async evenly(lane: Lane): Promise<void> {
    for (let left = this.untilRoom(lane); left > 0; left = this.untilRoom(lane)) await this.wait(left);
    this.begun.push(this.deps.clock.now().getTime());
    while (this.begun.length > this.perSecond) this.begun.shift();
  }

  private untilRoom(lane: Lane): number {
    const oldest = this.begun[0];
    if (lane === 'reply' || this.perSecond < EVEN_FROM || oldest === undefined) return 0;
    if (this.begun.length < this.perSecond) return 0;
    const left = oldest + SECOND_MS - this.deps.clock.now().getTime();
    // A clock that was moved back must not keep anybody waiting.
    return left > SECOND_MS ? 0 : left;
  }

  private ask(lane: Lane): Promise<void> {
    this.asking[lane] ??= this.reserve(lane).finally(() => {
      this.asking[lane] = null;
    });
    return this.asking[lane];
  }

  private async reserve(lane: Lane): Promise<void> {
    let slots: readonly number[] = [];
    const unused = this.unused.splice(0);
    await this.change((stored) => {
      const now = this.deps.clock.now().getTime();
      const state = returned(stored.state, unused);
      const want = this.want(stored, lane);
      const got = grant(state, this.deps.perMinute, now, want, lane, this.catchUp(now));
      slots = got.slots;
      this.retryAt[lane] = got.retryAt;
      return slots.length > 0 ? got.state : null;
    });
    this.hand[lane].push(...slots);
  }

  /** A moment's delay is made good only where nobody else sends, and not right after a start: this process alone then knows the last second. */
  private catchUp(now: number): number {
    this.activeSince ??= now;
    return this.deps.singleProcess && now - this.activeSince > 2 * CATCH_UP_MS ? CATCH_UP_MS : 0;
  }

  /** Slots of replies are worth keeping ready only while there are plenty. */
  private want({ state }: StoredPace, lane: Lane): number {
    if (lane === 'campaign') return this.block;
    const used = state.used.reduce((sum, [, count]) => sum + count, 0);
    return used * 2 > limitOf(state, this.deps.perMinute) ? Math.ceil(this.block / 10) : this.block;
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
