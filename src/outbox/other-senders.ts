import { messageOf } from '../kernel/errors';
import { SPENT_MS } from './deliver';
import type { OutboxDeps } from './outbox';
import type { HeldRow } from './outbox.repo';
import { isBefore, kindOf } from './person-queues';

const BEAT_MS = 1_000;
/** A sender not heard of for so long is taken for dead; what it had under way is then uncertain. */
const ALIVE_MS = 3_500;
const LONG_AGO = new Date(0);

/** How long a row of a person waits while another process has an earlier one. */
export const OTHERS_FIRST_MS = 300;

type OtherSendersDeps = Pick<OutboxDeps, 'rows' | 'clock' | 'singleProcess' | 'log'>;

/**
 * The other processes that send from the same store, and what they have in hand. Each shows every second that it lives.
 * Where there is only one process, nobody is asked and nothing is written.
 */
export class OtherSenders {
  private beating: NodeJS.Timeout | null = null;

  /** `owner` is this process. */
  constructor(
    private readonly deps: OtherSendersDeps,
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
