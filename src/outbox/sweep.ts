import { messageOf } from '../kernel/errors';
import { groupBy } from '../kernel/lists';
import { DAY } from '../kernel/vn-time';
import { OneByOne } from '../kernel/retry';
import { withEventId } from '../observability/logger';
import { SPENT_MS } from './deliver';
import type { OutboxDeps } from './outbox';
import type { HeldRow } from './outbox.repo';
import { isBefore, kindOf } from './person-queues';
import type { Sender, SenderDeps } from './sender';

/** Rows taken in hand by one sweep. */
const SWEEP_ROWS = 5_000;
/** How often the outbox keeps house, and how many rows it forgets each time. */
const HOUSE_MS = 60_000;
const FORGET_ROWS = 2_000;
/** A sweep that failed is tried again after this. */
const AGAIN_MS = 1_000;
/** Waits longer than this are left to the scheduled sweep. */
const LONGEST_TIMER_MS = 600_000;
const BEAT_MS = 1_000;
/** A sender not heard of for so long is taken for dead; what it had under way is then uncertain. */
const ALIVE_MS = 3_500;
const LONG_AGO = new Date(0);

/** How long a row of a person waits while another process has an earlier one. */
export const OTHERS_FIRST_MS = 300;

/**
 * Makes good what a crash or a lost wake-up has left: sends whose process is gone become uncertain, rows whose time has
 * come are taken in hand. Done twice, or by two processes, it does no harm. One timer leads from each sweep to the next.
 */
export class Sweeper {
  private timer: { readonly at: number; readonly handle: NodeJS.Timeout } | null = null;
  private readonly sweeps = new OneByOne();
  private keptAt = Number.NEGATIVE_INFINITY;
  private stopped = false;

  constructor(private readonly deps: SenderDeps & { readonly sender: Sender }) {}

  /** Told of every instant at which a row in the store will want to leave. */
  later(at: Date): void {
    const { clock, log } = this.deps;
    const ms = Math.max(0, at.getTime() - clock.now().getTime());
    if (this.stopped || ms > LONGEST_TIMER_MS || (this.timer && this.timer.at <= at.getTime())) return;
    if (this.timer) clearTimeout(this.timer.handle);
    const handle = setTimeout(() => {
      this.timer = null;
      withEventId(undefined, () => this.sweep()).catch((error: unknown) => {
        log.error({ error: messageOf(error) }, 'the outbox could not be swept');
        this.later(new Date(clock.now().getTime() + AGAIN_MS));
      });
    }, ms);
    handle.unref();
    this.timer = { at: at.getTime(), handle };
  }

  /** Sweeps never overlap in a process; one that is asked for meanwhile runs after. */
  sweep(): Promise<void> {
    return this.sweeps.run(() => this.sweepOnce());
  }

  /** Rows that an enqueue found there already: those of ours, or of nobody, that nobody has in hand. */
  async takeUp(ids: readonly string[]): Promise<void> {
    const { rows, sender, owner, clock } = this.deps;
    const now = clock.now();
    for (const row of await rows.byIds(ids)) {
      if (row.state === 'sending' && row.owner === owner) await this.recoverOwn(row, now);
      else if (row.state === 'queued' && (row.owner === null || row.owner === owner) && row.notBefore <= now)
        sender.add(row);
    }
  }

  stop(): void {
    this.stopped = true;
    if (this.timer) clearTimeout(this.timer.handle);
  }

  private async sweepOnce(): Promise<void> {
    if (this.stopped) return;
    const { rows, sender, clock } = this.deps;
    const now = clock.now();
    sender.wake();
    if (await this.takeDue(now)) void sender.settled().then(() => this.later(clock.now()));
    const next = await rows.nextDue(now);
    if (next) this.later(next);
    await this.keepHouse(now);
  }

  /** Answers whether there may be more. */
  private async takeDue(now: Date): Promise<boolean> {
    const { rows, sender, owner, others } = this.deps;
    const alive = await others.alive();
    const elsewhere = (row: HeldRow): boolean =>
      row.owner !== null && row.owner !== owner && (alive.has(row.owner) || others.spentAt(row) > now);
    const sending = await rows.sending();
    for (const row of sending) {
      if (row.owner === owner) await this.recoverOwn(row, now);
      else if (!elsewhere(row)) await this.giveUp(row, now);
      else if (!alive.has(row.owner as string)) this.later(others.spentAt(row));
    }
    const due = await rows.due(now, SWEEP_ROWS);
    // Rows of one person leave in order: none is taken while an earlier one is in another process's hand.
    const held = groupBy([...sending, ...due].filter(elsewhere), (row) => row.to);
    const free = due.filter((row) => !sender.lanes.has(row.id) && !held.has(row.to));
    await rows.adopt(
      free.filter((row) => row.owner !== owner).map((row) => row.id),
      owner,
    );
    for (const row of free) sender.add({ ...row, owner });
    // Those behind another's row go on soon after it, not only when the next sweep is scheduled.
    if (due.some((row) => !sender.lanes.has(row.id) && !elsewhere(row)))
      this.later(new Date(now.getTime() + OTHERS_FIRST_MS));
    return due.length === SWEEP_ROWS;
  }

  /**
   * Stored as being sent by us, yet not in our hand: its write was acknowledged too late, and a send only begins after
   * the acknowledgement. So it was certainly not sent.
   */
  private async recoverOwn(row: HeldRow, now: Date): Promise<void> {
    const { rows, sender, owner } = this.deps;
    if (sender.lanes.has(row.id)) return;
    const waits = { id: row.id, state: 'queued' as const, at: now, attempts: row.attempts, owner };
    if (await rows.settleSending(row.id, owner, waits)) sender.add({ ...row, state: 'queued' });
  }

  /** Whether it arrived is asked, where the channel can be asked; otherwise nobody knows. */
  private async giveUp(row: HeldRow, now: Date): Promise<void> {
    const { rows, sender, deliverer, records, owner, log, metrics } = this.deps;
    if (row.deliveredAt === null && deliverer.canLookUp(row)) {
      const held = { id: row.id, state: 'sending' as const, at: now, attempts: row.attempts, owner };
      if (!(await rows.settleSending(row.id, row.owner, held))) return;
      const since = row.begunAt ?? row.createdAt;
      const look = { since, asked: 0, detail: 'process_ended', cost: row.cost ?? 0 };
      sender.add({ ...row, owner, look });
      return;
    }
    const ended = { id: row.id, at: now, attempts: row.attempts + 1, owner: null };
    if (row.deliveredAt !== null) {
      await rows.settleSending(row.id, row.owner, { ...ended, state: 'sent' });
      return;
    }
    await records.noteUncertain(row);
    const uncertain = { ...ended, state: 'uncertain' as const, reason: 'process_ended' };
    if (!(await rows.settleSending(row.id, row.owner, uncertain))) return;
    metrics.outbox('uncertain');
    withEventId(row.cause, () => log.warn({ messageId: row.id }, 'a send was cut short and is uncertain'));
  }

  /** What is long past is forgotten, and the figures of the month are looked up for who asks for them. */
  private async keepHouse(now: Date): Promise<void> {
    const { rows, ledger, metrics, keepMs } = this.deps;
    if (Math.abs(now.getTime() - this.keptAt) < HOUSE_MS) return;
    this.keptAt = now.getTime();
    if (metrics.gauge) await ledger.ready(now);
    await rows.forgetEarly(new Date(now.getTime() - DAY));
    if (keepMs !== undefined) await rows.forget(new Date(now.getTime() - keepMs), FORGET_ROWS);
  }
}

/**
 * The other processes that send from the same store, and what they have in hand. Each shows every second that it lives.
 * Where there is only one process, nobody is asked and nothing is written.
 */
export class OtherSenders {
  private beating: NodeJS.Timeout | null = null;

  /** `owner` is this process. */
  constructor(
    private readonly deps: Pick<OutboxDeps, 'rows' | 'clock' | 'singleProcess' | 'log'>,
    private readonly owner: string,
  ) {}

  /** Shows the others from now on that this one lives. */
  async start(): Promise<void> {
    if (this.deps.singleProcess) return;
    await this.beat();
    this.beating = setInterval(() => {
      this.beat().catch((error: unknown) =>
        this.deps.log.warn({ error: messageOf(error) }, 'a sign of life was lost'),
      );
    }, BEAT_MS);
    this.beating.unref();
  }

  /** One that was cut off may still be sending, so it is missed only after a while. */
  async stop(finished: boolean): Promise<void> {
    if (this.beating) clearInterval(this.beating);
    if (!this.deps.singleProcess && finished) await this.deps.rows.leave(this.owner);
  }

  /** Who lives, this process included. */
  async alive(): Promise<ReadonlySet<string>> {
    const { singleProcess, rows, clock } = this.deps;
    return new Set([this.owner, ...(singleProcess ? [] : await rows.aliveSenders(clock.now()))]);
  }

  /**
   * Whether another process has an earlier row of this person in hand; what a dead one has left, and what was just taken
   * up from it, goes first.
   */
  async goFirst(row: HeldRow): Promise<boolean> {
    const { singleProcess, rows, clock } = this.deps;
    if (singleProcess) return false;
    const earlier = (await rows.openOf([row.to])).filter(
      (other) =>
        other.id !== row.id && other.owner !== null && kindOf(other) === kindOf(row) && isBefore(other, row),
    );
    if (earlier.length === 0) return false;
    const alive = await this.alive();
    return earlier.some(
      ({ owner, state, notBefore }) =>
        (owner !== this.owner && alive.has(owner as string)) ||
        state === 'sending' ||
        notBefore <= clock.now(),
    );
  }

  /**
   * From when on a send of a process that is gone can certainly not begin or arrive any more, should that process only
   * have been frozen. A row that waits can be taken at once: whoever sends it must claim it first.
   */
  spentAt(row: HeldRow): Date {
    if (this.deps.singleProcess || row.state !== 'sending') return LONG_AGO;
    return new Date((row.begunAt ?? row.createdAt).getTime() + SPENT_MS);
  }

  private async beat(): Promise<void> {
    const { rows, clock } = this.deps;
    await rows.beat(this.owner, new Date(clock.now().getTime() + ALIVE_MS));
  }
}
