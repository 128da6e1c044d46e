import type { HeldRow, Insertion, Outcome } from './outbox.repo';
import type { OutboxDoc } from './outbox.model';

/** How rows of the outbox lie in the store: rows to documents, outcomes to updates, documents to rows. Pure. */
interface Update {
  readonly $set: Partial<OutboxDoc>;
  readonly $unset: Readonly<Record<string, ''>>;
}

interface Recording {
  readonly updateOne: { readonly filter: object; readonly update: Update };
}

/** A new row as it is first stored. */
export function docOf({ row, order, state, owner, notBefore, begunAt }: Insertion): OutboxDoc {
  return {
    _id: row.id,
    to: row.to,
    purpose: row.purpose,
    message: row.message,
    ...(row.template ? { template: row.template } : {}),
    notBefore,
    ...(row.expiresAt ? { expiresAt: row.expiresAt } : {}),
    ...(row.onlyIf ? { onlyIf: row.onlyIf } : {}),
    ...(row.anyHour ? { anyHour: true as const } : {}),
    cause: row.cause,
    createdAt: row.createdAt,
    order,
    state,
    attempts: 0,
    ...(owner === null ? {} : { owner }),
    ...(begunAt ? { begunAt } : {}),
    open: true,
  };
}

/**
 * The writes that record how a row goes on or ends, of which at most one fits. An operator may have put the row back by
 * hand meanwhile; what really happened to it still stands.
 */
export function recordingOf(item: Outcome): Recording[] {
  const mine =
    item.by === undefined || item.state === 'sent'
      ? {}
      : { open: true as const, $or: [{ owner: item.by }, { owner: { $exists: false } }] };
  const as = (what: Outcome, state: Outcome['state'], which: object): Recording => ({
    updateOne: { filter: { _id: item.id, ...mine, ...which }, update: updateOf({ ...what, state }) },
  });
  if (item.state !== 'uncertain') return [as(item, item.state, {})];
  // Its receipt may have come before.
  const { reason: _, ...arrived } = item;
  return [
    as(arrived, 'sent', { deliveredAt: { $exists: true } }),
    as(item, 'uncertain', { deliveredAt: { $exists: false } }),
  ];
}

/** What a row becomes by its outcome. */
export function updateOf(item: Outcome): Update {
  const waits = item.state === 'queued' || item.state === 'sending';
  return {
    $set: {
      state: item.state,
      attempts: item.attempts,
      ...(item.reason === undefined ? {} : { reason: item.reason.slice(0, 200) }),
      ...(item.notBefore ? { notBefore: item.notBefore } : {}),
      ...(item.messageId === undefined ? {} : { messageId: item.messageId }),
      ...(item.quota ? { quota: item.quota } : {}),
      ...(item.message ? { message: item.message } : {}),
      ...(item.notByUser ? { notByUser: true as const } : {}),
      ...(item.cost === undefined ? {} : { cost: item.cost }),
      ...(item.cost ? { chargedAt: item.at } : {}),
      ...(item.state === 'sent' ? { sentAt: item.at } : {}),
      ...(waits ? { open: true as const } : { finishedAt: item.at }),
      ...(waits && item.owner !== null ? { owner: item.owner } : {}),
    },
    $unset: { ...(waits ? {} : { open: '' }), ...(waits && item.owner !== null ? {} : { owner: '' }) },
  };
}

/** The row as senders know it. */
export function rowOf(doc: OutboxDoc): HeldRow {
  return {
    id: doc._id,
    to: doc.to,
    purpose: doc.purpose,
    message: doc.message,
    ...(doc.template ? { template: doc.template } : {}),
    notBefore: doc.notBefore,
    ...(doc.expiresAt ? { expiresAt: doc.expiresAt } : {}),
    ...(doc.onlyIf ? { onlyIf: doc.onlyIf } : {}),
    ...(doc.anyHour ? { anyHour: true as const } : {}),
    cause: doc.cause,
    createdAt: doc.createdAt,
    order: doc.order,
    state: doc.state,
    reason: doc.reason ?? null,
    attempts: doc.attempts,
    owner: doc.owner ?? null,
    messageId: doc.messageId ?? null,
    sentAt: doc.sentAt ?? null,
    deliveredAt: doc.deliveredAt ?? null,
    seenAt: doc.seenAt ?? null,
    quota: doc.quota ?? null,
    ...(doc.begunAt ? { begunAt: doc.begunAt } : {}),
    ...(doc.sending ? { sending: doc.sending } : {}),
    ...(doc.notByUser ? { notByUser: true as const } : {}),
    ...(doc.cost === undefined ? {} : { cost: doc.cost }),
  };
}
