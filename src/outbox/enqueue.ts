import type { Clock } from '../kernel/clock';
import type { Metrics } from '../observability/metrics';
import type { NewOutboxMessage } from './outbox-row';
import type { HeldRow, OutboxRepo } from './outbox.repo';
import type { Sender } from './sender';

/** Rows of our own initiative beyond so many stay in the store until those in hand have left. */
const IN_HAND = 5_000;

export interface EnqueueDeps {
  readonly rows: OutboxRepo;
  readonly sender: Sender;
  readonly clock: Clock;
  readonly owner: string;
  readonly metrics: Pick<Metrics, 'outbox'>;
  /** Counts the rows of this process, so that those of one instant keep their order. */
  readonly nextOrder: () => number;
  /** Told of rows that were left in the store, with the instant from which they may leave. */
  readonly left: (at: Date) => void;
  /** Takes up rows that were there already, in case their sender never began. */
  readonly takeUp: (ids: readonly string[]) => Promise<void>;
}

/**
 * Writes rows that are not there yet and wakes the sender with them in hand, so that no read is needed. Rows that
 * exist stay as they are. Resolves once all are stored; rejects when one could not be, while the others stand.
 */
export async function enqueue(deps: EnqueueDeps, messages: readonly NewOutboxMessage[]): Promise<void> {
  const now = deps.clock.now();
  const results = await Promise.allSettled(
    messages.map((message) => store(deps, message, deps.nextOrder(), now)),
  );
  const already = results.flatMap((result) =>
    result.status === 'fulfilled' && result.value !== null ? [result.value] : [],
  );
  if (already.length > 0) await deps.takeUp(already);
  for (const result of results) if (result.status === 'rejected') throw result.reason;
}

/** Answers the id of a row that was there already, null for a new one. */
async function store(
  deps: EnqueueDeps,
  message: NewOutboxMessage,
  order: number,
  now: Date,
): Promise<string | null> {
  const { rows, sender } = deps;
  const notBefore = message.notBefore ?? message.createdAt;
  const row: HeldRow = heldRow(message, order, notBefore, deps.owner);
  const slot = notBefore <= now ? sender.reserve(row) : null;
  if (slot !== null) {
    let stored: 'new' | 'already' | null = null;
    const since = sender.stopwatch();
    try {
      stored = await rows.insert({
        row: message,
        order,
        state: 'sending',
        owner: deps.owner,
        notBefore,
        begunAt: now,
      });
    } finally {
      if (stored !== 'new') sender.release(row, slot);
    }
    if (stored === 'already') return row.id;
    deps.metrics.outbox('queued');
    sender.begin(row, slot, since);
    return null;
  }
  const mine = notBefore <= now && (row.purpose === 'reply' || sender.lanes.size < IN_HAND);
  const owner = mine ? deps.owner : null;
  if ((await rows.insert({ row: message, order, state: 'queued', owner, notBefore })) === 'already')
    return row.id;
  deps.metrics.outbox('queued');
  if (mine) sender.add(row);
  else deps.left(notBefore);
  return null;
}

function heldRow(message: NewOutboxMessage, order: number, notBefore: Date, owner: string): HeldRow {
  return {
    ...message,
    notBefore,
    order,
    owner,
    state: 'queued',
    reason: null,
    attempts: 0,
    messageId: null,
    sentAt: null,
    deliveredAt: null,
    seenAt: null,
    quota: null,
  };
}
