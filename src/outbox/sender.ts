import { messageOf } from '../kernel/errors';
import { sleep } from '../kernel/retry';
import { withEventId } from '../observability/trace';
import type { Delivered } from './send-outcome';
import { Deliverer, type DeliverDeps, type Stopwatch } from './deliver';
import { OTHERS_FIRST_MS, othersFirst } from './others-first';
import { PersonQueues } from './person-queues';
import type { HeldRow, Receipts } from './outbox.repo';
import type { Pacer } from './pacer';
import type { Lane } from './rate-limit';
import { SendRecords, type SendRecordDeps } from './send-records';
import { Signal } from '../kernel/signal';

const STORE_PAUSE_MS = 1_000;

export interface SenderDeps extends DeliverDeps, SendRecordDeps {
  readonly pacer: Pacer;
  /** No other process sends from this store, so nobody needs to be asked about a person's earlier rows. */
  readonly singleProcess: boolean;
}

/**
 * Sends the rows in hand: one at a time for each person, replies first, at most eight under way, at the pace all
 * processes share. It never loses a row: whatever it lets go of stands in the store and is found by the next sweep.
 */
export class Sender {
  readonly lanes = new PersonQueues();
  private readonly deliverer: Deliverer;
  private readonly changed = new Signal();
  private readonly records: SendRecords;
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
    this.records = new SendRecords(deps);
  }

  /**
   * When nothing hinders it, the row is taken in hand right now and must be stored as `sending`, after which `begin`
   * sends it; so the claim costs no write of its own. Otherwise null, and the row goes the ordinary way.
   */
  reserve(row: HeldRow): number | null {
    if (!this.deps.singleProcess || this.stopping || this.deps.pacer.down) return null;
    if (this.inFlight >= this.deps.pacer.most || !this.lanes.nothingReady || !this.lanes.isIdle(row.to))
      return null;
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

  /** A receipt may overtake the record of its own send. */
  noteReceipts(receipts: Receipts): Promise<void> {
    return this.records.noteReceipts(receipts, this.inFlight > 0);
  }

  /** Somebody may have to hear of an answer that may have got lost. */
  noteUncertain(row: HeldRow): Promise<void> {
    return this.records.noteUncertain(row);
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
    const { pacer } = this.deps;
    if (this.inFlight >= this.deps.pacer.most) return this.changed.next();
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
        pacer.probes();
        await this.apply(row, await this.deliverer.look(row, row.look, pacer.down));
        return;
      }
      if (!claimed && (await othersFirst(this.deps, row))) {
        pacer.giveBack(kind, slot);
        this.block(row, new Date(clock.now().getTime() + OTHERS_FIRST_MS));
        return;
      }
      await pacer.room(kind);
      pacer.probes();
      const delivered = await this.deliverer.deliver(row, claimed, pacer.down, () => pacer.renew(kind, slot));
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
    await this.deps.pacer.heard(row.to, delivered.health);
    if (delivered.next === 'look') {
      const { look, sending, until } = delivered;
      return this.block({ ...row, look, sending }, until);
    }
    if (delivered.next === 'again') {
      const { look: _, ...again } = row;
      return this.block({ ...again, resent: (row.resent ?? 0) + 1 }, this.deps.clock.now());
    }
    const { outcome, hold } = delivered;
    await this.records.record(row, outcome, () => this.inFlight <= 1);
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

  private block(row: HeldRow, until: Date): void {
    this.lanes.block(row, until.getTime(), this.deps.clock.now().getTime());
    this.later(until);
  }
}
