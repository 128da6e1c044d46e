import type { Clock } from '../kernel/clock';
import type { HeldRow, OutboxRepo } from './outbox.repo';
import { kindOf } from './person-queues';

/** How long a row of a person waits while another process has an earlier one. */
export const OTHERS_FIRST_MS = 300;

/**
 * Whether another process has an earlier row of this person in hand; what a dead one has left, and what was just taken up
 * from it, goes first.
 */
export async function othersFirst(
  deps: {
    readonly rows: Pick<OutboxRepo, 'openOf' | 'aliveSenders'>;
    readonly owner: string;
    readonly clock: Clock;
    /** No other process sends from this store. */
    readonly singleProcess: boolean;
  },
  row: HeldRow,
): Promise<boolean> {
  if (deps.singleProcess) return false;
  const { rows, owner, clock } = deps;
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
