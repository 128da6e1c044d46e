import { TALK_KINDS, type InboundEvent } from '../channels/channel';
import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { withEventId } from '../observability/trace';
import { Attempts, type AttemptsOptions } from './attempts';
import { RecentRows } from './recent-rows';
import type { InboxRepo, InboxRow } from './inbox.repo';

/** A person's conversation held by this process, so that nobody else answers meanwhile. */
export interface ConversationSession {
  /** Handles rows in one turn: decides, commits, and leaves the floor to the next. Throws when it could not; the rows then stay. */
  turn(rows: readonly InboxRow[]): Promise<void>;
  /** Whether these rows are visibly unfinished, so that the rest is waited for before anything is answered. */
  unfinished(rows: readonly InboxRow[]): Promise<boolean>;
  /** Tells the person kindly that a message could not be handled. */
  apologise(row: InboxRow, reason: string): Promise<void>;
  leave(): Promise<void>;
}

export interface InboxWorkerOptions extends AttemptsOptions {
  readonly repo: AttemptsOptions['repo'] & Pick<InboxRepo, 'waiting' | 'waitingUsers' | 'countWaiting'>;
  readonly clock: Clock;
  /** Takes the floor of a person; null while another process has it. */
  readonly openSession: (user: UserKey) => Promise<ConversationSession | null>;
  /** Events that are not part of the talk: receipts, echoes, group events. May run twice. */
  readonly note: (row: InboxRow) => Promise<void>;
  /** Beside the turn of an event: what must be remembered of it whatever the turn does. Begun before it; may run twice. */
  readonly before?: (row: InboxRow) => Promise<void>;
  /** How long an unfinished message waits for the rest, in milliseconds of real time. */
  readonly gatherMs: number;
  /** No other process stores rows here, so those handed over with a wake-up need not be looked up. */
  readonly singleProcess?: boolean;
  /** People handled at once. */
  readonly lanes?: number;
}

const TALK: ReadonlySet<InboundEvent['kind']> = new Set(TALK_KINDS);

/** Whether the event takes a turn of somebody's talk; the rest is noted. */
export function isTalk(event: InboundEvent): boolean {
  return event.user !== null && TALK.has(event.kind);
}

const BATCH = 50;
/** A turn mostly waits for the store, and the writes of turns that wait together share one sync. */
const LANES = 64;
/** With so many waiting, one look does not find everybody. */
const MANY = 1_000;
/** Found waiting, so few are tried one by one at once; of more, only those that are found a second time. */
const FEW = 64;
/** A floor refused this often, half a second apart, was kept longer than any turn takes. */
const LONG_REFUSED = 4;
/** A suspect looks this often, and so far apart, whether nobody else is in hand. */
const STAND_BACK_TIMES = 5;
const STAND_BACK_MS = 150;
/**
 * Hands the rows of each person on, in order, never two at once for one person. Rows that wait together are taken in the
 * order of the channel's own timestamps (a retry may arrive after newer messages); otherwise the order is that of arrival.
 * A row that fails is tried again a few times, then set aside and the person told. Rows that nobody handed over but that
 * were found waiting may have been in hand at a death, and are suspected of it (see `attempts.ts`).
 */
export class InboxWorker {
  private readonly active = new Map<UserKey | null, { again: boolean; done: Promise<void> }>();
  private readonly queue: (UserKey | null)[] = [];
  private readonly queued = new Set<UserKey | null>();
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly attempts: Attempts;
  private readonly hand = new RecentRows();
  /** Whether all that an earlier process left behind has been found: before that, everybody is looked up. */
  private foundAll = false;
  /** People whose rows nobody handed over: the first of them may have been in hand when a process died. */
  private readonly found = new Set<UserKey | null>();
  /** How many people were found waiting at the last look. */
  private crowd = 0;
  /** How often in a row another process had the floor of a person. */
  private readonly refused = new Map<UserKey, number>();
  /** How often a suspect has let others go first. */
  private readonly standing = new Map<UserKey | null, number>();
  private running = 0;
  private stopping = false;
  private paused = false;
  private idle: (() => void)[] = [];

  constructor(private readonly options: InboxWorkerOptions) {
    this.attempts = new Attempts(options);
  }

  /** For `ingest`: rows on their way into the store. */
  readonly storing = {
    begin: (id: string): void => {
      if (this.handsOver) this.hand.begin(id);
    },
    end: (id: string): void => {
      const left = this.handsOver ? this.hand.end(id) : null;
      if (left) this.wake(left.user);
    },
  };

  private get handsOver(): boolean {
    return this.options.singleProcess === true;
  }

  /**
   * Somebody has something waiting: the row given, or what the store knows of. Returns at once; safe to call any number
   * of times, but with each row only once.
   */
  wake(user: UserKey | null, row?: InboxRow): void {
    if (this.stopping) return;
    if (row && this.handsOver) this.hand.give(row);
    if (!row || this.paused || (user !== null && this.gathering.has(user))) this.hand.lookUp(user);
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

  /** Finds rows whose wake-up was lost (a crash, another process that died) and wakes their people. */
  async sweep(before: Date): Promise<number> {
    if (this.paused) return 0;
    const users = await this.find(before);
    for (const user of users) this.wake(user);
    return users.length;
  }

  /** Notes for whom something waits that nobody has in hand, and wakes nobody yet; answers for whom anything waits. */
  async find(before: Date): Promise<readonly (UserKey | null)[]> {
    const { repo } = this.options;
    const few = this.handsOver && !this.foundAll && (await repo.countWaiting()) < MANY;
    const users = await repo.waitingUsers(before, 5_000);
    if (few) this.foundAll = true;
    const found = users.filter((user) => !this.hasInHand(user));
    for (const user of found) this.found.add(user);
    if (found.length > 0) this.crowd = this.found.size;
    return users;
  }

  private hasInHand(user: UserKey | null): boolean {
    return this.active.has(user) || this.queued.has(user) || (user !== null && this.gathering.has(user));
  }

  /** Resolves when nothing is being handled and nobody is queued, unfinished messages included. */
  async settled(user?: UserKey): Promise<void> {
    const busy = (): boolean =>
      user === undefined
        ? this.active.size > 0 || this.queued.size > 0 || this.timers.size > 0
        : this.hasInHand(user);
    while (busy()) await new Promise<void>((resolve) => this.idle.push(resolve));
  }

  /** Holds everything back (for measuring what is stored alone); `false` lets it go again. */
  pause(on: boolean): void {
    this.paused = on;
    if (!on) this.pump();
  }

  /** Takes no more and resolves when the turns in hand are done. What waits stays stored. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.gathering.clear();
    this.queue.length = 0;
    this.queued.clear();
    await Promise.all([...this.active.values()].map((entry) => entry.done));
  }

  private readonly gathering = new Set<UserKey>();

  private pump(): void {
    while (!this.paused && this.running < (this.options.lanes ?? LANES)) {
      const user = this.queue.shift();
      if (user === undefined) return;
      this.queued.delete(user);
      this.running += 1;
      const entry = { again: false, done: Promise.resolve() };
      this.active.set(user, entry);
      entry.done = withEventId(undefined, () => this.run(user, entry)).finally(() => {
        this.running -= 1;
        this.active.delete(user);
        if (entry.again) this.wake(user);
        this.pump();
        const waiting = this.idle;
        this.idle = [];
        for (const resolve of waiting) resolve();
      });
    }
  }

  private async run(user: UserKey | null, entry: { again: boolean }): Promise<void> {
    let found = false;
    let first: InboxRow | undefined;
    try {
      do {
        entry.again = false;
        found = this.found.delete(user);
        if (found || !this.handsOver || !this.foundAll) this.hand.lookUp(user);
        const rows = this.hand.take(user) ?? (await this.lookedUp(user, entry));
        first = rows[0];
        if (rows.length === 0) continue;
        if (found && this.mustStandBack(user, rows)) return;
        const talk = await this.noteOthers(rows, found);
        if (user === null || talk.length === 0) continue;
        const converse = () => this.converse(user, talk, entry, found);
        if (!(await withEventId(talk[0]?.id, converse))) return;
      } while (entry.again && !this.stopping);
    } catch (error) {
      withEventId(first?.id, () => this.options.log.warn({ reason: messageOf(error) }, 'turn put off'));
      if (found) this.found.add(user);
      this.later(user, 500);
    }
  }

  private async lookedUp(user: UserKey | null, entry: { again: boolean }): Promise<InboxRow[]> {
    const rows = await this.options.repo.waiting(user, BATCH);
    if (rows.length === BATCH) {
      entry.again = true;
      this.hand.lookUp(user);
    }
    return this.hand.sift(user, rows);
  }

  /**
   * Who is suspected of a death comes after everybody else, for a while at least: then a process that dies of something
   * else, again and again, is not likely to do so just in that turn.
   */
  private mustStandBack(user: UserKey | null, rows: readonly InboxRow[]): boolean {
    if (!rows.some((row) => this.attempts.isSuspected(row))) return false;
    const times = this.standing.get(user) ?? 0;
    if (times >= STAND_BACK_TIMES || (this.found.size === 0 && this.active.size === 1)) {
      this.standing.delete(user);
      return false;
    }
    this.standing.set(user, times + 1);
    this.found.add(user);
    this.later(user, STAND_BACK_MS);
    return true;
  }

  /** Notes what is not talk and answers what is, ordered by the channel's timestamps. */
  private async noteOthers(rows: readonly InboxRow[], found: boolean): Promise<InboxRow[]> {
    const talk: InboxRow[] = [];
    let suspect = found;
    for (const row of rows) {
      if (isTalk(row.event)) talk.push(row);
      else {
        await this.attempt(row, null, () => this.options.note(row), suspect);
        suspect = false;
      }
    }
    return talk.sort((a, b) => a.eventAt.getTime() - b.eventAt.getTime() || a.seq - b.seq);
  }

  /** False when this person must wait: another process has the floor, or the rest of a message is waited for. */
  private async converse(
    user: UserKey,
    rows: InboxRow[],
    entry: { again: boolean },
    found: boolean,
  ): Promise<boolean> {
    const floor = await this.options.openSession(user);
    if (!floor) {
      // Who keeps it so long may have died of it.
      const times = (this.refused.get(user) ?? 0) + 1;
      if (found || times >= LONG_REFUSED) this.found.add(user);
      this.refused.set(user, times);
      this.later(user, 500);
      return false;
    }
    this.refused.delete(user);
    try {
      // What came while an unfinished message waited belongs to it, also when it was sent before and delivered after.
      const gathered = this.gathering.delete(user);
      for (let i = 0; i < rows.length && !this.stopping;) {
        const group = gathered ? rows.slice(i) : [rows[i] as InboxRow];
        while (i + group.length < rows.length && (await floor.unfinished(group)))
          group.push(rows[i + group.length] as InboxRow);
        const last = i + group.length === rows.length;
        if (last && (await this.mustGather(floor, group))) {
          this.gather(user, group);
          entry.again = false;
          return false;
        }
        await this.turn(floor, group, found && i === 0);
        i += group.length;
      }
      return true;
    } finally {
      await floor.leave();
    }
  }

  private async mustGather(floor: ConversationSession, group: readonly InboxRow[]): Promise<boolean> {
    const newest = Math.max(...group.map((row) => row.arrivedAt.getTime()));
    if (this.options.clock.now().getTime() - newest >= this.options.gatherMs) return false;
    return floor.unfinished(group);
  }

  private gather(user: UserKey, group: readonly InboxRow[]): void {
    const newest = Math.max(...group.map((row) => row.arrivedAt.getTime()));
    const wait = this.options.gatherMs - (this.options.clock.now().getTime() - newest);
    this.gathering.add(user);
    this.later(user, Math.max(10, wait + 5));
  }

  /** Tries again after a while. What comes for the person meanwhile stands behind what is put off now. */
  private later(user: UserKey | null, ms: number): void {
    if (this.stopping) return;
    this.hand.lookUp(user);
    const timer = setTimeout(() => {
      this.timers.delete(timer);
      this.wake(user);
    }, ms);
    timer.unref();
    this.timers.add(timer);
  }

  private async turn(floor: ConversationSession, group: InboxRow[], suspect: boolean): Promise<void> {
    const row = group[0] as InboxRow;
    const work = async (): Promise<void> => {
      const noted = Promise.all(group.map(async (each) => this.options.before?.(each)));
      const [turned] = await Promise.allSettled([floor.turn(group), noted]);
      if (turned.status === 'rejected') throw turned.reason;
      await noted;
      // Before the next turn, after which the conversation no longer remembers these events.
      await Promise.all(group.slice(1).map((other) => this.options.repo.done(other.id)));
    };
    await this.attempt(row, floor, work, suspect);
  }

  /** Who is talked with hears of a row that is set aside. */
  private attempt(
    row: InboxRow,
    floor: ConversationSession | null,
    work: () => Promise<void>,
    suspect: boolean,
  ): Promise<void> {
    const circumstances = { suspect, crowded: this.crowd > FEW };
    return this.attempts.attempt(row, work, circumstances, async (reason) => floor?.apologise(row, reason));
  }
}
