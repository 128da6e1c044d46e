import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { withEventId } from '../observability/logger';
import { Attempts, type AttemptsOptions } from './attempts';
import { type ConversationSession, Gathering, type InHand, isTalk, PersonPool } from './person-pool';
import { RecentRows } from './recent-rows';
import { STAND_BACK_MS, Suspects } from './suspects';
import type { InboxRepo, InboxRow } from './inbox.repo';

export interface InboxWorkerOptions extends AttemptsOptions {
  readonly repo: AttemptsOptions['repo'] & Pick<InboxRepo, 'waiting' | 'waitingUsers' | 'countWaiting'>;
  readonly clock: Clock;
  /** Takes the conversation of a person in hand; null while another process has it. */
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

const BATCH = 50;
/** With so many waiting, one look does not find everybody. */
const MANY = 1_000;

/**
 * Hands the rows of each person on, in order, never two at once for one person. Rows that wait together are taken in the
 * order of the channel's own timestamps (a retry may arrive after newer messages); otherwise the order is that of arrival.
 * A row that fails is tried again a few times, then set aside and the person told. Rows that nobody handed over but that
 * were found waiting may have been in hand at a death, and are suspected of it (see `attempts.ts`).
 */
export class InboxWorker {
  private readonly people: PersonPool;
  private readonly suspects = new Suspects();
  private readonly gathering: Gathering;
  private readonly timers = new Set<NodeJS.Timeout>();
  private readonly attempts: Attempts;
  private readonly hand = new RecentRows();
  /** Whether all that an earlier process left behind has been found: before that, everybody is looked up. */
  private foundAll = false;
  private readonly handsOver: boolean;
  private stopping = false;

  constructor(private readonly options: InboxWorkerOptions) {
    this.attempts = new Attempts(options);
    this.handsOver = options.singleProcess === true;
    this.gathering = new Gathering(options);
    this.people = new PersonPool({
      run: (user, entry) => withEventId(undefined, () => this.run(user, entry)),
      again: (user) => this.wake(user),
      ...(options.lanes === undefined ? {} : { most: options.lanes }),
    });
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

  /**
   * Somebody has something waiting: the row given, or what the store knows of. Returns at once; safe to call any number
   * of times, but with each row only once.
   */
  wake(user: UserKey | null, row?: InboxRow): void {
    if (this.stopping) return;
    if (row && this.handsOver) this.hand.give(row);
    if (!row || this.people.paused || this.gathering.has(user)) this.hand.lookUp(user);
    this.people.take(user);
  }

  /** Finds rows whose wake-up was lost (a crash, another process that died) and wakes their people. */
  async sweep(before: Date): Promise<number> {
    if (this.people.paused) return 0;
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
    this.suspects.note(users.filter((user) => !this.hasInHand(user)));
    return users;
  }

  private hasInHand(user: UserKey | null): boolean {
    return this.people.has(user) || this.gathering.has(user);
  }

  /** Resolves when nothing is being handled and nobody is queued, unfinished messages included. */
  settled(user?: UserKey): Promise<void> {
    const { people, timers } = this;
    return people.until(() =>
      user === undefined ? people.isIdle && timers.size === 0 : !this.hasInHand(user),
    );
  }

  /** Holds everything back (for measuring what is stored alone); `false` lets it go again. */
  pause(on: boolean): void {
    this.people.pause(on);
  }

  /** Takes no more and resolves when the turns in hand are done. What waits stays stored. */
  async stop(): Promise<void> {
    this.stopping = true;
    for (const timer of this.timers) clearTimeout(timer);
    this.timers.clear();
    this.gathering.clear();
    await this.people.stop();
  }

  private async run(user: UserKey | null, entry: InHand): Promise<void> {
    let found = false;
    let first: InboxRow | undefined;
    try {
      do {
        entry.again = false;
        found = this.suspects.take(user);
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
      if (found) this.suspects.again(user);
      this.later(user, 500);
    }
  }

  private async lookedUp(user: UserKey | null, entry: InHand): Promise<InboxRow[]> {
    const rows = await this.options.repo.waiting(user, BATCH);
    if (rows.length === BATCH) {
      entry.again = true;
      this.hand.lookUp(user);
    }
    return this.hand.sift(user, rows);
  }

  private mustStandBack(user: UserKey | null, rows: readonly InboxRow[]): boolean {
    if (!rows.some((row) => this.attempts.isSuspected(row))) return false;
    if (!this.suspects.standsBack(user, this.people.atWork === 1)) return false;
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

  /** False when this person must wait: another process has the conversation, or the rest of a message is waited for. */
  private async converse(user: UserKey, rows: InboxRow[], entry: InHand, found: boolean): Promise<boolean> {
    const session = await this.options.openSession(user);
    if (!session) {
      this.suspects.refused(user, found);
      this.later(user, 500);
      return false;
    }
    this.suspects.given(user);
    try {
      // What came while an unfinished message waited belongs to it, also when it was sent before and delivered after.
      const gathered = this.gathering.end(user);
      for (let i = 0; i < rows.length && !this.stopping;) {
        const group = gathered ? rows.slice(i) : [rows[i] as InboxRow];
        while (i + group.length < rows.length && (await session.unfinished(group)))
          group.push(rows[i + group.length] as InboxRow);
        const last = i + group.length === rows.length;
        if (last && (await this.gathering.waitsFor(session, group))) {
          this.later(user, this.gathering.begin(user, group));
          entry.again = false;
          return false;
        }
        await this.turn(session, group, found && i === 0);
        i += group.length;
      }
      return true;
    } finally {
      await session.leave();
    }
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

  private async turn(session: ConversationSession, group: InboxRow[], suspect: boolean): Promise<void> {
    const row = group[0] as InboxRow;
    const work = async (): Promise<void> => {
      const noted = Promise.all(group.map(async (each) => this.options.before?.(each)));
      const [turned] = await Promise.allSettled([session.turn(group), noted]);
      if (turned.status === 'rejected') throw turned.reason;
      await noted;
      // Before the next turn, after which the conversation no longer remembers these events.
      await Promise.all(group.slice(1).map((other) => this.options.repo.done(other.id)));
    };
    await this.attempt(row, session, work, suspect);
  }

  /** Who is talked with hears of a row that is set aside. */
  private attempt(
    row: InboxRow,
    session: ConversationSession | null,
    work: () => Promise<void>,
    suspect: boolean,
  ): Promise<void> {
    const circumstances = { suspect, crowded: this.suspects.isCrowd };
    return this.attempts.attempt(row, work, circumstances, async (reason) => session?.apologise(row, reason));
  }
}
