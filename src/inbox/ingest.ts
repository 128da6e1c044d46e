import type { Accept, InboundEvent } from '../channels/channel';
import type { Clock } from '../kernel/clock';
import { failpoint } from '../kernel/failpoint';
import { DAY } from '../kernel/vn-time';
import type { InboxRepo, InboxRow } from './inbox.repo';

/**
 * The inbox: what people sent, stored before it is acknowledged and kept until it is handled. One row for each event,
 * keyed by the event's own id, so that a second delivery is recognised for as long as rows are kept. The channel hands
 * events in through `ingest`; `inbox-worker` hands them on, one person's in order.
 */

/** How long a handled row is kept, so that a late copy is still recognised (Zalo repeats for about two hours; we promise 48 h). */
export const KEPT_FOR_MS = 8 * DAY;

export interface IngestOptions {
  readonly repo: Pick<InboxRepo, 'insert'>;
  readonly clock: Clock;
  /** Told of each new row after it is stored; must not throw or block. */
  readonly wake: (row: InboxRow) => void;
  /** Told of each row before it is stored, and again when that was tried and, if it is new, somebody woken. */
  readonly storing?: { begin(id: string): void; end(id: string): void };
  readonly counted?: (what: 'received' | 'stored' | 'duplicate') => void;
}

/** Makes the channel's `accept`: resolves after the row is durable. */
export function createIngest(options: IngestOptions): Accept {
  const { repo, clock, wake, storing, counted } = options;
  let seq = 0;
  return async (event: InboundEvent) => {
    const arrivedAt = clock.now();
    const row: InboxRow = {
      id: event.id,
      user: event.user,
      event,
      eventAt: event.eventAt,
      arrivedAt,
      seq: ++seq,
      attempts: 0,
      interrupted: 0,
    };
    failpoint('before_store');
    storing?.begin(row.id);
    try {
      const outcome = await repo.insert(row, new Date(arrivedAt.getTime() + KEPT_FOR_MS));
      counted?.('received');
      counted?.(outcome === 'new' ? 'stored' : 'duplicate');
      failpoint('after_store');
      if (outcome === 'new') wake(row);
      return outcome;
    } finally {
      storing?.end(row.id);
    }
  };
}
