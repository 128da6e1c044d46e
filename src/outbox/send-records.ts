import type { StoredEvent } from '../channels/stored-event';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { backoffMs, sleep } from '../kernel/retry';
import type { OutboxParts } from './outbox';
import type { NewOutboxMessage, OutboxRow } from './outbox-row';
import type { HeldRow, Outcome, OutboxRepo, Receipts } from './outbox.repo';
import { isGroup, isPhone } from './policy';

/** Receipts of so many messages are remembered while sends are under way; the oldest make room. */
const REMEMBERED = 10_000;

/**
 * What is known of messages that left: how their sends ended, and what the channel tells of them later. Who else has to
 * hear of an end hears of it before the row ends, so that a crash in between loses nothing.
 */
export class SendRecords {
  /** Messages of which a receipt came while sends were under way: it may be kept aside in the store. */
  private readonly early = new Set<string>();

  constructor(private readonly deps: OutboxParts) {}

  /** Written until it is written; only a stop gives up. */
  async record(row: HeldRow, outcome: Outcome): Promise<void> {
    const { rows, owner, log, wait = sleep, singleProcess } = this.deps;
    if (outcome.state === 'unreachable') await this.noteUnreachable(row);
    if (outcome.state === 'uncertain') await this.noteUncertain(row);
    for (let attempt = 1; ; attempt += 1) {
      try {
        await rows.record({ ...outcome, by: owner });
        break;
      } catch (error) {
        log.error({ messageId: outcome.id, error: messageOf(error) }, 'an outcome is not stored yet');
        await wait(backoffMs(attempt, 200, 5_000));
      }
    }
    const { messageId } = outcome;
    if (messageId === undefined) return;
    const came = this.early.delete(messageId);
    // Its receipt may also have come to a process that is gone, or to another one.
    if (came || row.look !== undefined || !singleProcess) await rows.noteEarly(messageId);
  }

  /** `sending`: sends are under way, so it may be of one that is not stored yet; then it is looked for once that is. */
  async noteReceipts(receipts: Receipts, sending: boolean): Promise<void> {
    if (!sending) this.early.clear();
    else for (const id of receipts.messageIds) this.remember(id);
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

/** How ids of such words end. */
export const PERHAPS_LOST = ':perhaps-lost';

/**
 * The word to a person whose answer may not have arrived, and never will be known to have: one for each cause, however
 * many rows of it were cut off, and none for a word of this kind. Null where nobody waits for an answer. It counts as part
 * of the answer, so it leaves by the window that was open for that.
 */
export function perhapsLost(row: OutboxRow, sayTo: (user: UserKey) => string): NewOutboxMessage | null {
  const { to, purpose, cause, createdAt } = row;
  if (purpose !== 'reply' || isGroup(to) || isPhone(to) || row.id.endsWith(PERHAPS_LOST)) return null;
  const message = { kind: 'text', text: sayTo(to) } as const;
  return { id: `${cause}${PERHAPS_LOST}`, to, purpose, message, cause, createdAt };
}

/** That a message arrived or was seen. Who reacts to one has it before them; a reaction that is taken back says nothing new. */
export function receiptEvents(outbox: { noteReceipts(receipts: Receipts): Promise<void> }) {
  const noted =
    (kind: 'received' | 'seen') =>
    async (stored: StoredEvent): Promise<void> => {
      const messageIds = stored.event.messageIds ?? [];
      const tracking = stored.event.data?.['trackingId'];
      const tracked = typeof tracking === 'string' ? { trackingId: tracking } : {};
      if (messageIds.length > 0 || typeof tracking === 'string')
        await outbox.noteReceipts({ messageIds, ...tracked, kind, at: stored.eventAt });
    };
  return { received: noted('received'), seen: noted('seen'), reaction: noted('seen') };
}

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
