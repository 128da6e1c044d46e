import { stopwatch } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import { sleep } from '../kernel/retry';
import type { OutboxRepo } from './outbox.repo';

export interface OwnSends {
  /** Whether one of these messages to this person is of our own sending. */
  isOurs(to: UserKey | null, messageIds: readonly string[]): Promise<boolean>;
}

/** Longer than a send may take. */
const PATIENCE_MS = 10_000;
const LOOK_EVERY_MS = 100;

/**
 * Tells our own messages by the channel's ids. The channel may speak of a message before it has answered the send; so
 * while a send to that person is under way, its end is waited for.
 */
export function createOwnSends(
  rows: Pick<OutboxRepo, 'isKnown' | 'isSendingTo'>,
  patienceMs = PATIENCE_MS,
): OwnSends {
  return {
    async isOurs(to, messageIds) {
      if (messageIds.length === 0) return false;
      const since = stopwatch();
      for (;;) {
        // In this order: a send that ends in between has stored its id by then.
        const busy = to !== null && (await rows.isSendingTo(to));
        if (await rows.isKnown(messageIds)) return true;
        if (!busy || since() > patienceMs) return false;
        await sleep(LOOK_EVERY_MS);
      }
    },
  };
}
