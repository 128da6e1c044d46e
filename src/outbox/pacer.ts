import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { OneByOne, sleep } from '../kernel/retry';
import type { OutboxDeps } from './outbox';
import type { StoredPace } from './outbox.repo';
import * as limit from './rate-limit';
import type { Lane, PaceState } from './rate-limit';

/** Sends under way at once; also what a kill can leave uncertain. */
const IN_FLIGHT = 8;
/** Longest single wait for a slot; then the clock is looked at again, since it may have been moved. */
const LONGEST_WAIT_MS = 1_000;
/** Refusals in a row, nothing accepted between them, after which they are no accident. */
const SURE = 3;
/** So many people in a row to whom nothing went through: it is not them, it is the channel. */
const PEOPLE = 6;
const PROBE_MS = 1_000;
/** A moment's delay of so much is made good. */
const CATCH_UP_MS = 1_000;

export type PacerDeps = Pick<OutboxDeps, 'pace' | 'clock' | 'perMinute' | 'log' | 'singleProcess' | 'wait'>;

/** What a try teaches about the channel as a whole. */
export type ChannelHealth =
  | { readonly kind: 'untried' | 'answered' | 'failed' }
  | { readonly kind: 'throttled'; readonly ms: number };

/**
 * How fast this process may send. Ordinarily eight at once, each with a slot of the limit that all processes share; slots
 * are reserved in small blocks by one write each, and one not used in time is let go, never saved up. *Doubtful*, the
 * channel having refused for now: one at a time, until it takes something. *Held*, having refused several times in a row:
 * nobody, in no process, until then. *Down*, nothing having gone through to several people in a row: one at a time and one
 * a second, until it answers anything; one person's own trouble never leads there.
 */
export class Pacer {
  private hand: Record<Lane, number[]> = { reply: [], campaign: [] };
  private readonly asking: Record<Lane, Promise<void> | null> = { reply: null, campaign: null };
  private readonly retryAt: Record<Lane, number> = { reply: 0, campaign: 0 };
  /** Slots let go, to be given back with the next write. */
  private unused: number[] = [];
  private known: StoredPace | null = null;
  private readonly changes = new OneByOne();
  private refusals = 0;
  private readonly failing = new Set<UserKey>();
  private probedAt = Number.NEGATIVE_INFINITY;
  private toldLimit: number | null = null;
  private activeSince: number | null = null;
  private readonly begun: number[] = [];
  private readonly block: number;
  private readonly perSecond: number;
  private readonly wait: (ms: number) => Promise<void>;

  constructor(private readonly deps: PacerDeps) {
    this.block = limit.blockSize(deps.perMinute);
    this.perSecond = Math.floor(deps.perMinute / 60);
    this.wait = deps.wait ?? sleep;
  }

  private get now(): number {
    return this.deps.clock.now().getTime();
  }

  /** Whether the channel as a whole seems to be down. */
  get down(): boolean {
    return this.failing.size >= PEOPLE;
  }

  /** Sends that may be under way at once. */
  get most(): number {
    return this.down || this.refusals > 0 ? 1 : IN_FLIGHT;
  }

  /** Milliseconds until the channel may be tried again; 0 unless it is down and was tried just now. */
  get pause(): number {
    const since = this.now - this.probedAt;
    // A clock that was moved back must not keep the probes waiting.
    return !this.down || since < 0 ? 0 : Math.max(0, PROBE_MS - since);
  }

  /** A slot for a send that begins now, or null when none is in hand. A reply may take a campaign's. */
  take(lane: Lane): number | null {
    const now = this.now;
    const lanes: readonly Lane[] = lane === 'reply' ? ['reply', 'campaign'] : ['campaign'];
    for (const from of lanes) {
      const fresh: number[] = [];
      for (const slot of this.hand[from])
        (slot + limit.SLOT_GRACE_MS >= now && slot <= now + 60_000 ? fresh : this.unused).push(slot);
      this.hand[from] = fresh;
      if (fresh[0] === undefined || fresh[0] > now) continue;
      const slot = fresh.shift() as number;
      // The next block is asked for before this one is used up, so that a busy sender does not stop for it. Where that
      // fails, `ready` asks again and says so.
      if ((from === 'campaign' || this.block > 1) && fresh.length < this.block / 2)
        void this.ask(from).catch(() => undefined);
      return slot;
    }
    return null;
  }

  /** Resolves when it is worth calling `take` again. Rejects when the store cannot be asked. */
  async ready(lane: Lane): Promise<void> {
    const first = this.hand[lane][0];
    if (first === undefined || first + limit.SLOT_GRACE_MS < this.now) await this.ask(lane);
    const now = this.now;
    const at = this.hand[lane][0] ?? this.retryAt[lane];
    if (at > now) await this.wait(Math.min(at - now, LONGEST_WAIT_MS));
  }

  /** A slot that was taken and then not needed. */
  giveBack(lane: Lane, slot: number): void {
    this.hand[lane].unshift(slot);
  }

  /** The channel is about to be asked. Resolves when the second has room, so that little is left to wait for once the row is claimed. */
  async begins(lane: Lane): Promise<void> {
    const left = this.untilRoom(lane);
    if (left > 0) await this.wait(left);
    this.probedAt = this.now;
  }

  /** Resolves at once while the slot may still be used, otherwise with one that may; for a send that was held up after taking it. */
  async renew(lane: Lane, slot: number): Promise<void> {
    let held: number | null = slot;
    while (held === null || this.now > held + limit.SLOT_GRACE_MS) {
      held = this.take(lane);
      if (held === null) await this.ready(lane);
    }
    await this.evenly(lane);
  }

  /** Resolves when one request fits in, and counts it; for what is no message. */
  async request(): Promise<void> {
    while (this.take('reply') === null) await this.ready('reply');
    await this.evenly('campaign');
  }

  /** Notes what a try for this person has taught. Never rejects. */
  async heard(user: UserKey, health: ChannelHealth): Promise<void> {
    if (health.kind === 'failed' && !this.down) this.failing.add(user);
    if (health.kind === 'failed' || health.kind === 'untried') return;
    this.failing.clear();
    if (health.kind === 'throttled') await this.throttled(health.ms);
    else this.refusals = 0;
  }

  /** What the channel says of its limit, where it does; only news are stored. Never rejects. */
  async rate({ limit: most, remain }: limit.ToldRate): Promise<void> {
    const now = this.now;
    const news = most !== null && most > 0 && most !== this.toldLimit;
    if (news) this.toldLimit = most;
    const used = remain !== null && remain <= 0;
    if (!news && !used) return;
    await this.change(({ state }) => {
      const next = news ? limit.told(state, most, this.deps.perMinute, now) : state;
      // The minute of the clock is used up, by us or by others of the same account.
      return used ? limit.hold(next, (Math.floor(now / 60_000) + 1) * 60_000 + 50) : next;
    }).catch(this.unshared);
    this.hand = { reply: [], campaign: [] };
  }

  /**
   * The channel said that it had enough. Once is an accident, which only that message feels; several times in a row the
   * limit may be lower than we thought.
   */
  private async throttled(ms: number): Promise<void> {
    this.refusals += 1;
    if (this.refusals < SURE) return;
    const refused = this.refusals;
    this.refusals = 0;
    this.hand = { reply: [], campaign: [] };
    await this.change(({ state }) => {
      const now = this.now;
      // Another of those under way at once was told the same.
      const next = state.holdUntil > now ? state : limit.struck(state, this.deps.perMinute, now, refused);
      return limit.hold(next, now + ms);
    }).catch(this.unshared);
  }

  private readonly unshared = (error: unknown): void =>
    this.deps.log.warn({ error: messageOf(error) }, 'what the channel said of its limit could not be shared');

  /** Waits until the second has room, and takes it; answers do not wait, but count. */
  private async evenly(lane: Lane): Promise<void> {
    for (let left = this.untilRoom(lane); left > 0; left = this.untilRoom(lane)) await this.wait(left);
    this.begun.push(this.now);
    while (this.begun.length > this.perSecond) this.begun.shift();
  }

  private untilRoom(lane: Lane): number {
    return lane === 'reply' ? 0 : limit.untilRoom(this.begun, this.perSecond, this.now);
  }

  private ask(lane: Lane): Promise<void> {
    this.asking[lane] ??= this.reserve(lane).finally(() => (this.asking[lane] = null));
    return this.asking[lane];
  }

  private async reserve(lane: Lane): Promise<void> {
    const { perMinute, singleProcess } = this.deps;
    const unused = this.unused.splice(0);
    let slots: readonly number[] = [];
    await this.change((stored) => {
      const now = this.now;
      this.activeSince ??= now;
      // A delay is made good only where nobody else sends, and not right after a start: then we know the last second.
      const catchUp = singleProcess && now - this.activeSince > 2 * CATCH_UP_MS ? CATCH_UP_MS : 0;
      const state = limit.returned(stored.state, unused);
      const want = limit.worthAsking(stored.state, perMinute, this.block, lane);
      const got = limit.grant(state, perMinute, now, want, lane, catchUp);
      slots = got.slots;
      this.retryAt[lane] = got.retryAt;
      return slots.length > 0 ? got.state : null;
    });
    this.hand[lane].push(...slots);
  }

  /** Applies a change to the shared pace, over again when another process was first. Null changes nothing. */
  private change(next: (stored: StoredPace) => PaceState | null): Promise<void> {
    return this.changes.run(async () => {
      for (;;) {
        const stored = this.known ?? (await this.deps.pace.load());
        // What we know may be old: another process may have waited, or the hold may be over.
        this.known = null;
        const state = next(stored);
        if (state === null) return;
        if (await this.deps.pace.save(stored.rev, state))
          return void (this.known = { rev: stored.rev + 1, state });
      }
    });
  }
}
