import { messageOf } from '../kernel/errors';
import { backoffMs, sleep } from '../kernel/retry';
import { withEventId } from '../observability/trace';
import type { Delivered } from './send-outcome';
import { Breaker } from './breaker';
import { Deliverer, type DeliverDeps, type Stopwatch } from './deliver';
import { kindOf, PersonQueues } from './person-queues';
import type { HeldRow, Outcome, Receipts } from './outbox.repo';
import type { Pacer } from './pacer';
import type { Lane } from './rate-limit';
import { Signal } from './signal';

/** Sends under way at once; also what a kill can leave uncertain. */
const IN_FLIGHT = 8;
/** How long a row of a person waits while another process has an earlier one. */
export const OTHERS_FIRST_MS = 300;
const STORE_PAUSE_MS = 1_000;
const EARLY_RECEIPTS = 1_000;

export interface SenderDeps extends DeliverDeps {
  readonly pacer: Pacer;
  /** No other process sends from this store, so nobody needs to be asked about a person's earlier rows. */
  readonly singleProcess: boolean;
  /** Told of a row whose person cannot be reached, before that is stored; perhaps more than once. */
  readonly onUnreachable?: (row: HeldRow, at: Date) => Promise<void>;
  readonly onUncertain?: (row: HeldRow) => Promise<void>;
  /** Waits in real time; a test moves its clock instead. */
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * Sends the rows in hand: one at a time for each person, replies first, at most eight under way, at the pace all
 * processes share. It never loses a row: whatever it lets go of stands in the store and is found by the next sweep.
 */
export class Sender {
  readonly lanes = new PersonQueues();
  private readonly deliverer: Deliverer;
  private readonly breaker = new Breaker();
  private readonly changed = new Signal();
  private readonly early = new Map<string, Receipts>();
  private readonly wait: (ms: number) => Promise<void>;
  private inFlight = 0;
  private pumping = false;
  private stopping = false;

  /** `later` is told of every instant at which a row in the store will want to leave. */
  constructor(
    private readonly deps: SenderDeps,
    private readonly later: (at: Date) => void,
  ) {
    this.deliverer = new Deliverer(deps);
    this.wait = deps.wait ?? sleep;
  }

  /**
   * When nothing hinders it, the row is taken in hand right now and must be stored as `sending`, after which `begin`
   * sends it; so the claim costs no write of its own. Otherwise null, and the row goes the ordinary way.
   */
  reserve(row: HeldRow): number | null {
    if (!this.deps.singleProcess || this.stopping || this.breaker.open) return null;
    if (this.inFlight >= this.most || !this.lanes.nothingReady || !this.lanes.isIdle(row.to)) return null;
    if (!this.deliverer.leavesAtOnce(row, this.deps.clock.now())) return null;
    const slot = this.deps.pacer.take('reply');
    if (slot === null) return null;
    this.inFlight += 1;
    this.lanes.addBusy(row);
    return slot;
  }

  /** Sends a reserved row that is now stored; `since` ran since before that. */
  begin(row: HeldRow, slot: number, since: Stopwatch): void {
    void this.carry(row, 'reply', slot, since);
  }

  /** Begun before a reserved row is written; `begin` wants it. */
  stopwatch(): Stopwatch {
    return this.deliverer.stopwatch();
  }

  /** A reserved row was not stored, or was there already. */
  release(row: HeldRow, slot: number): void {
    this.deps.pacer.giveBack('reply', slot);
    this.inFlight -= 1;
    this.lanes.finish(row, this.deps.clock.now().getTime());
    this.moved();
  }

  /** Whether the row's last send can be asked after. */
  canLookUp(row: HeldRow): boolean {
    return this.deliverer.canLookUp(row);
  }

  /** Takes a stored row in hand: a queued one, or one of which it is to be asked whether it arrived. */
  add(row: HeldRow): void {
    if (this.stopping) return;
    if (this.lanes.add(row, this.deps.clock.now().getTime())) this.moved();
  }

  /** Rows that waited for their time are offered again. */
  wake(): void {
    const next = this.lanes.wake(this.deps.clock.now().getTime());
    if (next !== null) this.later(new Date(next));
    this.moved();
  }

  /** Resolves when nothing of the person (of anybody, when not given) is under way or could leave now. */
  async settled(user?: string): Promise<void> {
    const pending = (): boolean => {
      const now = this.deps.clock.now().getTime();
      return (user === undefined ? this.lanes.users() : [user]).some((each) =>
        this.lanes.isPending(each, now),
      );
    };
    while (pending()) await this.changed.next();
  }

  /** Begins no further send and waits for those under way, at most so long. Answers whether all were finished. */
  async stop(limitMs: number): Promise<boolean> {
    this.stopping = true;
    this.changed.fire();
    const limit = sleep(limitMs).then(() => 'late' as const);
    while (this.inFlight > 0)
      if ((await Promise.race([this.changed.next(), limit])) === 'late') return this.inFlight === 0;
    return true;
  }

  /** A receipt may overtake the record of its own send; then it is kept until that is stored. */
  async noteReceipts(receipts: Receipts): Promise<void> {
    if (this.inFlight > 0)
      for (const id of receipts.messageIds)
        if (this.early.size < EARLY_RECEIPTS) this.early.set(`${receipts.kind}:${id}`, receipts);
    await this.deps.rows.noteReceipts(receipts);
  }

  /** Sends that may be under way at once. */
  private get most(): number {
    return this.breaker.open || this.deps.pacer.doubtful ? 1 : IN_FLIGHT;
  }

  private moved(): void {
    this.lanes.wake(this.deps.clock.now().getTime());
    this.changed.fire();
    if (this.pumping || this.stopping || this.lanes.nextKind() === null) return;
    this.pumping = true;
    // Rows of many people follow, whoever set it going.
    void withEventId(undefined, () => this.pump());
  }

  private async pump(): Promise<void> {
    for (;;) {
      const kind = this.lanes.nextKind();
      if (kind === null || this.stopping) break;
      try {
        await this.step(kind);
      } catch (error) {
        this.deps.log.error({ error: messageOf(error) }, 'the pace could not be asked for');
        await this.wait(STORE_PAUSE_MS);
      }
    }
    this.pumping = false;
  }

  /** Begins one send, or waits for what hinders it; then everything is looked at again, so that a reply can go first. */
  private async step(kind: Lane): Promise<void> {
    const { clock, pacer } = this.deps;
    if (this.inFlight >= this.most) return this.changed.next();
    const pause = this.breaker.pauseMs(clock.now().getTime());
    if (pause > 0) return Promise.race([this.wait(pause), this.changed.next()]);
    const slot = pacer.take(kind);
    if (slot === null) return Promise.race([pacer.ready(kind), this.changed.next()]);
    const row = this.lanes.begin(kind);
    if (!row) return pacer.giveBack(kind, slot);
    this.inFlight += 1;
    void this.carry(row, kind, slot, null);
  }

  private carry(row: HeldRow, kind: Lane, slot: number, claimed: Stopwatch | null): Promise<void> {
    return withEventId(row.cause, () => this.carryOut(row, kind, slot, claimed));
  }

  /** Never rejects: whatever happens, the row is stored with its outcome or stays in hand. */
  private async carryOut(row: HeldRow, kind: Lane, slot: number, claimed: Stopwatch | null): Promise<void> {
    const { clock, pacer, log } = this.deps;
    try {
      if (row.look) {
        // The channel asks for the pace of its own requests, which may be several.
        pacer.giveBack(kind, slot);
        this.breaker.began(clock.now().getTime());
        await this.apply(row, await this.deliverer.look(row, row.look, this.breaker.open));
        return;
      }
      if (!claimed && (await this.othersFirst(row))) {
        pacer.giveBack(kind, slot);
        this.block(row, new Date(clock.now().getTime() + OTHERS_FIRST_MS));
        return;
      }
      await pacer.room(kind);
      this.breaker.began(clock.now().getTime());
      const delivered = await this.deliverer.deliver(row, claimed, this.breaker.open, () =>
        pacer.renew(kind, slot),
      );
      const unused = delivered.next === 'lost' || delivered.health.kind === 'untried';
      if (unused) pacer.giveBack(kind, slot);
      await this.apply(row, delivered);
    } catch (error) {
      log.error({ messageId: row.id, error: messageOf(error) }, 'a message could not be looked at');
      this.block(row, new Date(clock.now().getTime() + STORE_PAUSE_MS));
    } finally {
      this.inFlight -= 1;
      this.moved();
    }
  }

  private async apply(row: HeldRow, delivered: Delivered): Promise<void> {
    if (delivered.next === 'lost') {
      // What else is in hand of this person stays; it does not leave before what others have.
      this.lanes.finish(row, this.deps.clock.now().getTime());
      return;
    }
    const { health } = delivered;
    if (health.kind === 'failed') this.breaker.failed(row.to);
    else if (health.kind !== 'untried') this.breaker.answered();
    if (health.kind === 'throttled') await this.throttled(health.ms);
    else if (health.kind === 'answered') this.deps.pacer.accepted();
    if (delivered.next === 'look') {
      const { look, sending, until } = delivered;
      return this.block({ ...row, look, sending }, until);
    }
    if (delivered.next === 'again') {
      const { look: _, ...again } = row;
      return this.block({ ...again, resent: (row.resent ?? 0) + 1 }, this.deps.clock.now());
    }
    const { outcome, hold } = delivered;
    if (outcome.state === 'unreachable') await this.onUnreachable(row);
    if (outcome.state === 'uncertain') await this.noteUncertain(row);
    await this.record(outcome);
    this.deps.ledger.stored(outcome.id, outcome.cost ?? 0);
    const now = this.deps.clock.now().getTime();
    if (hold && outcome.notBefore) {
      const { attempts, notBefore, notByUser } = outcome;
      this.block({ ...row, attempts, notBefore, ...(notByUser ? { notByUser } : {}) }, notBefore);
    } else {
      this.lanes.finish(row, now);
      if (outcome.notBefore) this.later(outcome.notBefore);
    }
  }

  /** Somebody else may have to hear onUnreachable: written before the row ends, so that a crash in between loses nothing. */
  private async onUnreachable(row: HeldRow): Promise<void> {
    try {
      await this.deps.onUnreachable?.(row, this.deps.clock.now());
    } catch (error) {
      this.deps.log.error({ messageId: row.id, error: messageOf(error) }, 'nobody could be told instead');
    }
  }

  /** The same for whoever waits for an answer that may have got lost. */
  async noteUncertain(row: HeldRow): Promise<void> {
    try {
      await this.deps.onUncertain?.(row);
    } catch (error) {
      this.deps.log.error(
        { messageId: row.id, error: messageOf(error) },
        'nobody could be told of an answer that may be lost',
      );
    }
  }

  private block(row: HeldRow, until: Date): void {
    this.lanes.block(row, until.getTime(), this.deps.clock.now().getTime());
    this.later(until);
  }

  private async throttled(ms: number): Promise<void> {
    try {
      await this.deps.pacer.throttled(ms);
    } catch (error) {
      this.deps.log.warn({ error: messageOf(error) }, 'the pause could not be shared');
    }
  }

  /** What became of a send is written until it is written; only a stop gives up. */
  private async record(outcome: Outcome): Promise<void> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        await this.deps.rows.record({ ...outcome, by: this.deps.owner });
        break;
      } catch (error) {
        this.deps.log.error(
          { messageId: outcome.id, error: messageOf(error) },
          'an outcome is not stored yet',
        );
        await this.wait(backoffMs(attempt, 200, 5_000));
      }
    }
    for (const kind of ['received', 'seen']) {
      const receipts = this.early.get(`${kind}:${outcome.messageId}`);
      if (!receipts) continue;
      this.early.delete(`${kind}:${outcome.messageId}`);
      await this.deps.rows.noteReceipts(receipts);
    }
    if (this.inFlight <= 1) this.early.clear();
  }

  /** Whether another process has an earlier row of this person in hand; what a dead one has left, and what was just taken up from it, goes first. */
  private async othersFirst(row: HeldRow): Promise<boolean> {
    if (this.deps.singleProcess) return false;
    const { rows, owner, clock } = this.deps;
    const earlier = (await rows.openOf([row.to])).filter(
      (other) =>
        other.id !== row.id &&
        kindOf(other) === kindOf(row) &&
        other.owner !== null &&
        (other.createdAt < row.createdAt ||
          (other.createdAt.getTime() === row.createdAt.getTime() && other.order < row.order)),
    );
    if (earlier.length === 0) return false;
    const alive = await rows.aliveSenders(clock.now());
    return earlier.some(
      (other) =>
        (other.owner !== owner && alive.has(other.owner as string)) ||
        other.state === 'sending' ||
        other.notBefore <= clock.now(),
    );
  }
}
