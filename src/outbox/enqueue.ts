import type { Button, Channel, TemplateData } from '../channels/channel';
import { splitMessage } from '../channels/split-text';
import { channelWord, type UserKey } from '../kernel/ids';
import { WORDS_STAY } from './outbox-row';
import type { OutboxParts } from './outbox';
import {
  newRow,
  type Enqueue,
  type NewOutboxMessage,
  type Purpose,
  type StandingCondition,
} from './outbox-row';
import type { Sender } from './sender';
import type { Sweeper } from './sweep';

/** Rows of our own initiative beyond so many stay in the store until those in hand have left. */
const IN_HAND = 5_000;

export interface EnqueueDeps extends OutboxParts {
  readonly sender: Sender;
  readonly sweeper: Sweeper;
}

/** What comes in: messages become rows, and rows that may leave now go straight into the sender's hand, so that no read is needed. */
export class Enqueuer {
  /** Counts the rows of this process, so that those of one instant keep their order. */
  private written = 0;

  constructor(private readonly deps: EnqueueDeps) {}

  /**
   * Writes rows that are not there yet; those that exist stay as they are. Resolves once all are stored; rejects when one
   * could not be, while the others stand.
   */
  async enqueue(messages: readonly NewOutboxMessage[]): Promise<void> {
    const now = this.deps.clock.now();
    const writes: Promise<string | null>[] = [];
    for (const message of messages)
      for (const part of partsOf(message, this.deps.channels)) writes.push(this.store(part, now));
    const results = await Promise.allSettled(writes);
    const already: string[] = [];
    for (const result of results)
      if (result.status === 'fulfilled' && result.value !== null) already.push(result.value);
    // In case their sender never began.
    if (already.length > 0) await this.deps.sweeper.takeUp(already);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
  }

  /** Answers the id of a row that was there already, null for a new one. */
  private async store(message: NewOutboxMessage, now: Date): Promise<string | null> {
    const { rows, sender, sweeper, metrics } = this.deps;
    const { notBefore = message.createdAt } = message;
    const due = notBefore <= now;
    const order = (this.written += 1);
    const row = newRow(message, order, notBefore, this.deps.owner);
    const reserved = due ? sender.reserve(row) : null;
    const mine = due && (reserved !== null || row.purpose === 'reply' || sender.lanes.size < IN_HAND);
    const owner = mine ? row.owner : null;
    let stored: 'new' | 'already' | null = null;
    try {
      const item = { row: message, order, owner, notBefore };
      stored = await rows.insert(
        reserved ? { ...item, state: 'sending', begunAt: now } : { ...item, state: 'queued' },
      );
    } finally {
      if (reserved && stored !== 'new') sender.release(reserved);
    }
    if (stored === 'already') return row.id;
    metrics.outbox('queued');
    if (reserved) sender.begin(reserved);
    else if (mine) sender.add(row);
    else sweeper.later(notBefore);
    return null;
  }
}

/** A text longer than its channel takes becomes a row for each part; one whose words may still change stays whole. */
function partsOf(message: NewOutboxMessage, channels: ReadonlyMap<string, Channel>): NewOutboxMessage[] {
  const channel = channels.get(channelWord(message.to));
  const { onlyIf } = message;
  const mayChange = onlyIf !== undefined && !WORDS_STAY.has(onlyIf.kind);
  if (!channel || message.template !== undefined || mayChange) return [message];
  const parts = splitMessage(message.message, channel.limits.textMax);
  if (parts.length === 1) return [message];
  return parts.map((part, i) =>
    i === 0 ? { ...message, message: part } : { ...message, id: `${message.id}+${i}`, message: part },
  );
}

/** A sentence to somebody else, as an effect of a turn; the id makes it one. */
export interface SendNotice {
  readonly kind: 'notice.send';
  readonly id: string;
  readonly to: UserKey;
  readonly text: string;
  readonly at: Date;
  /** Absent: `notice`. */
  readonly purpose?: Extract<Purpose, 'notice' | 'returned'>;
  /** Their payloads are words of command, which never grow old. */
  readonly buttons?: readonly Button[];
  /** Not before this instant; absent: at once. */
  readonly notBefore?: Date;
  /** Asked again at the send. */
  readonly onlyIf?: StandingCondition;
  /** Where free text cannot go any more. */
  readonly template?: TemplateData;
}

/** Several at once, written together. */
export interface SendNotices {
  readonly kind: 'notices.send';
  readonly id: string;
  readonly notices: readonly SendNotice[];
}

/** The card on which somebody shares their phone number with us, in their own chat. */
export interface AskInfo {
  readonly kind: 'notice.askInfo';
  readonly id: string;
  readonly to: UserKey;
  readonly title: string;
  readonly subtitle: string;
  readonly imageUrl: string;
  readonly at: Date;
}

export function noticeEffects(enqueue: Enqueue) {
  return {
    async 'notice.send'(notice: SendNotice): Promise<'done'> {
      await enqueue([rowOf(notice)]);
      return 'done';
    },
    async 'notices.send'({ notices }: SendNotices): Promise<'done'> {
      await enqueue(notices.map(rowOf));
      return 'done';
    },
    async 'notice.askInfo'({ id, to, title, subtitle, imageUrl, at }: AskInfo): Promise<'done'> {
      const message = { kind: 'ask_info', title, subtitle, imageUrl } as const;
      await enqueue([{ id, to, purpose: 'reply', message, cause: id, createdAt: at }]);
      return 'done';
    },
  };
}

function rowOf(notice: SendNotice): NewOutboxMessage {
  const { id, to, text, at, purpose = 'notice', buttons, template, notBefore, onlyIf } = notice;
  return {
    ...{ id, to, purpose, cause: id, createdAt: at },
    message: { kind: 'text', text, ...(buttons && buttons.length > 0 ? { buttons } : {}) },
    ...(template ? { template } : {}),
    ...(notBefore ? { notBefore } : {}),
    ...(onlyIf ? { onlyIf } : {}),
  };
}
