import { messageOf } from '../kernel/errors';
import { Signal, sleep } from '../kernel/retry';
import { withEventId } from '../observability/logger';
import type { Deliverer, Stopwatch } from './deliver';
import type { OutboxParts } from './outbox';
import type { HeldRow } from './outbox.repo';
import { PersonQueues } from './person-queues';
import type { Lane } from './rate-limit';
import type { Delivered } from './send-outcome';
import type { SendRecords } from './send-records';
import { OTHERS_FIRST_MS } from './sweep';

const STORE_PAUSE_MS = 1_000;

export interface SenderDeps extends OutboxParts {
  readonly deliverer: Deliverer;
  readonly records: SendRecords;
}

/** A row in the sender's hand that leaves as soon as it is stored as `sending`. */
export interface Reserved {
  readonly row: HeldRow;
  readonly slot: number;
  /** Runs since before the row is on its way to the store. */
  readonly since: Stopwatch;
}

/**
 * Sends the rows in hand: one at a time for each person, replies first, as many as the pace allows. It never loses a row:
 * whatever it lets go of stands in the store and is found by the next sweep.
 */
export class Sender {
  readonly lanes = new PersonQueues();
  private readonly changed = new Signal();
  private inFlight = 0;
  private pumping = false;
  private stopping = false;

  /** `later` is told of every instant at which a row in the store will want to leave. */
  constructor(
    private readonly deps: SenderDeps,
    private readonly later: (at: Date) => void,
  ) {}

  /** Whether sends are under way. */
  get busy(): boolean {
    return this.inFlight > 0;
  }

  /**
   * When nothing hinders it, the row is taken in hand right now and must be stored as `sending`, after which `begin`
   * sends it; so the claim costs no write of its own. Otherwise null, and the row goes the ordinary way.
   */
  reserve(row: HeldRow): Reserved | null {
    const { singleProcess, pacer, ways, deliverer } = this.deps;
    if (!singleProcess || this.stopping || pacer.down || this.inFlight >= pacer.most) return null;
    if (this.lanes.nextKind() !== null || !this.lanes.isIdle(row.to)) return null;
    if (!ways.leavesAtOnce(row, this.deps.clock.now())) return null;
    const slot = pacer.take('reply');
    if (slot === null) return null;
    this.inFlight += 1;
    this.lanes.addBusy(row);
    return { row, slot, since: deliverer.stopwatch() };
  }

  /** Sends a reserved row that is now stored. */
  begin({ row, slot, since }: Reserved): void {
    this.carry(row, 'reply', slot, since);
  }

  /** A reserved row was not stored, or was there already. */
  release({ row, slot }: Reserved): void {
    this.deps.pacer.giveBack('reply', slot);
    this.inFlight -= 1;
    this.lanes.finish(row, this.now);
    this.moved();
  }

  /** Takes a stored row in hand: a queued one, or one of which it is to be asked whether it arrived. */
  add(row: HeldRow): void {
    if (!this.stopping && this.lanes.add(row, this.now)) this.moved();
  }

  /** Rows that waited for their time are offered again. */
  wake(): void {
    const next = this.lanes.wake(this.now);
    if (next !== null) this.later(new Date(next));
    this.moved();
  }

  /** Resolves when nothing of the person (of anybody, when not given) is under way or could leave now. */
  async settled(user?: string): Promise<void> {
    while (this.lanes.isPending(user, this.now)) await this.changed.next();
  }

  /** Begins no further send and waits for those under way, at most so long. Answers whether all were finished. */
  async stop(limitMs: number): Promise<boolean> {
    this.stopping = true;
    this.changed.fire();
    const limit = sleep(limitMs).then(() => 'late' as const);
    while (this.busy) if ((await Promise.race([this.changed.next(), limit])) === 'late') return !this.busy;
    return true;
  }

  private get now(): number {
    return this.deps.clock.now().getTime();
  }

  private moved(): void {
    this.lanes.wake(this.now);
    this.changed.fire();
    if (this.pumping || this.stopping || this.lanes.nextKind() === null) return;
    this.pumping = true;
    // Rows of many people follow, whoever set it going.
    void withEventId(undefined, () => this.pump());
  }

  private async pump(): Promise<void> {
    const { log, wait = sleep } = this.deps;
    for (let kind = this.lanes.nextKind(); kind !== null && !this.stopping; kind = this.lanes.nextKind()) {
      try {
        await this.step(kind);
      } catch (error) {
        log.error({ error: messageOf(error) }, 'the pace could not be asked for');
        await wait(STORE_PAUSE_MS);
      }
    }
    this.pumping = false;
  }

  /** Begins one send, or waits for what hinders it; then everything is looked at again, so that a reply can go first. */
  private async step(kind: Lane): Promise<void> {
    const { pacer, wait = sleep } = this.deps;
    const { most, pause } = pacer;
    if (this.inFlight >= most) return this.changed.next();
    if (pause > 0) return Promise.race([wait(pause), this.changed.next()]);
    const slot = pacer.take(kind);
    if (slot === null) return Promise.race([pacer.ready(kind), this.changed.next()]);
    const row = this.lanes.begin(kind);
    if (!row) return pacer.giveBack(kind, slot);
    this.inFlight += 1;
    this.carry(row, kind, slot, null);
  }

  private carry(row: HeldRow, kind: Lane, slot: number, claimed: Stopwatch | null): void {
    void withEventId(row.cause, () => this.carryOut(row, kind, slot, claimed));
  }

  /** Never rejects: whatever happens, the row is stored with its outcome or stays in hand. */
  private async carryOut(row: HeldRow, kind: Lane, slot: number, claimed: Stopwatch | null): Promise<void> {
    const { log, clock } = this.deps;
    try {
      await this.apply(row, await this.tried(row, kind, slot, claimed));
    } catch (error) {
      log.error({ messageId: row.id, error: messageOf(error) }, 'a message could not be looked at');
      this.block(row, new Date(clock.now().getTime() + STORE_PAUSE_MS));
    } finally {
      this.inFlight -= 1;
      this.moved();
    }
  }

  /** Asks after the row's last send, or makes a new one. */
  private async tried(row: HeldRow, kind: Lane, slot: number, claimed: Stopwatch | null): Promise<Delivered> {
    const { clock, pacer, deliverer, others } = this.deps;
    if (row.look) {
      // The channel asks for the pace of its own requests, which may be several.
      pacer.giveBack(kind, slot);
      await pacer.begins('reply');
      return deliverer.look(row, row.look);
    }
    if (!claimed && (await others.goFirst(row))) {
      pacer.giveBack(kind, slot);
      const until = new Date(clock.now().getTime() + OTHERS_FIRST_MS);
      return { health: { kind: 'untried' }, keep: { row, until } };
    }
    await pacer.begins(kind);
    const delivered = await deliverer.deliver(row, claimed, () => pacer.renew(kind, slot));
    if (delivered.health.kind === 'untried') pacer.giveBack(kind, slot);
    return delivered;
  }

  private async apply(row: HeldRow, { health, outcome, keep }: Delivered): Promise<void> {
    const { pacer, records, ledger } = this.deps;
    await pacer.heard(row.to, health);
    if (outcome) {
      await records.record(row, outcome);
      ledger.stored(outcome.id, outcome.cost ?? 0);
    }
    if (keep) return this.block(keep.row, keep.until);
    // What else is in hand of this person stays; where another sender has this row, it does not leave before that.
    this.lanes.finish(row, this.now);
    if (outcome?.notBefore) this.later(outcome.notBefore);
  }

  private block(row: HeldRow, until: Date): void {
    this.lanes.block(row, until.getTime(), this.now);
    this.later(until);
  }
}
