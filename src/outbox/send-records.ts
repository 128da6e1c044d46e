import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { backoffMs, sleep } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import type { HeldRow, Outcome, OutboxRepo, Receipts } from './outbox.repo';

export interface SendRecordDeps {
  readonly rows: OutboxRepo;
  readonly owner: string;
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  /** Told of a row whose person cannot be reached, before that is stored; perhaps more than once. */
  readonly onUnreachable?: (row: HeldRow, at: Date) => Promise<void>;
  /** Told of a row of which nobody will know whether it arrived, before that is stored; perhaps more than once. */
  readonly onUncertain?: (row: HeldRow) => Promise<void>;
  readonly clock: Clock;
  /** No other process sends from this store, or hears of what is sent. */
  readonly singleProcess: boolean;
  /** Waits in real time; a test moves its clock instead. */
  readonly wait?: (ms: number) => Promise<void>;
}

/** Receipts of so many messages are remembered while sends are under way; the oldest make room. */
const REMEMBERED = 10_000;

/**
 * What became of sends, and their receipts, in the store. Who else has to hear of an end hears of it before the row ends,
 * so that a crash in between loses nothing.
 */
export class SendRecords {
  /** Messages of which a receipt came while sends were under way: it may be kept aside in the store. */
  private readonly early = new Set<string>();
  private readonly wait: (ms: number) => Promise<void>;

  constructor(private readonly deps: SendRecordDeps) {
    this.wait = deps.wait ?? sleep;
  }

  /** Written until it is written; only a stop gives up. `last`: no other send is under way by then. */
  async record(row: HeldRow, outcome: Outcome, last: () => boolean): Promise<void> {
    if (outcome.state === 'unreachable') await this.noteUnreachable(row);
    if (outcome.state === 'uncertain') await this.noteUncertain(row);
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
    const { messageId } = outcome;
    const came = messageId !== undefined && this.early.delete(messageId);
    if (last()) this.early.clear();
    // Its receipt may also have come to a process that is gone, or to another one.
    if (messageId !== undefined && (came || row.look !== undefined || !this.deps.singleProcess))
      await this.deps.rows.noteEarly(messageId);
  }

  /** While sends are under way it may be of one that is not stored yet; then it is looked for once that is. */
  async noteReceipts(receipts: Receipts, sending: boolean): Promise<void> {
    if (sending) for (const id of receipts.messageIds) this.remember(id);
    await this.deps.rows.noteReceipts(receipts);
  }

  /** Whoever waits for an answer that may have got lost. */
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

  private async noteUnreachable(row: HeldRow): Promise<void> {
    try {
      await this.deps.onUnreachable?.(row, this.deps.clock.now());
    } catch (error) {
      this.deps.log.error({ messageId: row.id, error: messageOf(error) }, 'nobody could be told instead');
    }
  }

  private remember(id: string): void {
    this.early.add(id);
    const [oldest] = this.early;
    if (this.early.size > REMEMBERED && oldest !== undefined) this.early.delete(oldest);
  }
}
