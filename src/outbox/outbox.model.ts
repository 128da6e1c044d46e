import { Schema, type Connection, type Model } from 'mongoose';
import type { OutboundMessage, TemplateData } from '../channels/channel';
import { UNKNOWN, type OutboxState, type Purpose, type StillTrue } from './outbox-row';
import type { HeldRow, Insertion, Outcome } from './outbox.repo';
import type { Learned } from './rate-limit';

/** A stored message. Fields that are not known yet are absent, so that `$min` and partial indexes work on them. */
export interface OutboxDoc {
  _id: string;
  to: string;
  purpose: Purpose;
  message: OutboundMessage;
  template?: TemplateData;
  notBefore: Date;
  expiresAt?: Date;
  onlyIf?: StillTrue;
  anyHour?: true;
  cause: string;
  createdAt: Date;
  /** Count of the process that wrote it: rows of one person go by (createdAt, order). */
  order: number;
  state: OutboxState;
  reason?: string;
  attempts: number;
  /** The sender that has it in memory; absent on rows that anyone may take once they are due. */
  owner?: string;
  /** Present exactly while the row is queued or sending. */
  open?: true;
  messageId?: string;
  sentAt?: Date;
  finishedAt?: Date;
  deliveredAt?: Date;
  seenAt?: Date;
  quota?: Record<string, unknown>;
  /** When the newest send of it was begun. */
  begunAt?: Date;
  /** What was sent then and to which address, where that differs from the row. */
  sending?: SentAs;
  /** The template was refused by user id. */
  notByUser?: true;
  cost?: number;
  /** Present exactly when it cost something. */
  chargedAt?: Date;
}

/** A message as it really leaves. */
export interface SentAs {
  readonly to: string;
  readonly message: OutboundMessage;
}

/** A sender that is alive, for the others; only written where several processes share a store. */
export interface SenderDoc {
  _id: string;
  aliveUntil: Date;
}

const outboxSchema = new Schema<OutboxDoc>(
  {
    _id: { type: String, required: true },
    to: { type: String, required: true },
    purpose: { type: String, required: true },
    message: { type: Schema.Types.Mixed, required: true },
    template: Schema.Types.Mixed,
    notBefore: { type: Date, required: true },
    expiresAt: Date,
    onlyIf: Schema.Types.Mixed,
    anyHour: Boolean,
    cause: String,
    createdAt: { type: Date, required: true },
    order: Number,
    state: { type: String, required: true },
    reason: String,
    attempts: Number,
    owner: String,
    open: Boolean,
    messageId: String,
    sentAt: Date,
    finishedAt: Date,
    deliveredAt: Date,
    seenAt: Date,
    quota: Schema.Types.Mixed,
    begunAt: Date,
    sending: Schema.Types.Mixed,
    notByUser: Boolean,
    cost: Number,
    chargedAt: Date,
  },
  { collection: 'outbox', versionKey: false },
);
outboxSchema.index({ notBefore: 1 }, { partialFilterExpression: { open: true } });
/** At most a handful at any time, so it costs little and spares looking through all that was ever sent. */
outboxSchema.index(
  { state: 1, createdAt: 1, order: 1 },
  { name: 'being_sent', partialFilterExpression: { state: 'sending' } },
);
outboxSchema.index({ to: 1, createdAt: 1 });
outboxSchema.index({ messageId: 1 }, { sparse: true });
outboxSchema.index({ 'sending.message.trackingId': 1 }, { sparse: true });
outboxSchema.index({ chargedAt: 1 }, { sparse: true });
outboxSchema.index({ finishedAt: 1 }, { sparse: true });
outboxSchema.index({ 'onlyIf.period': 1 }, { sparse: true });

const senderSchema = new Schema<SenderDoc>(
  { _id: { type: String, required: true }, aliveUntil: { type: Date, required: true } },
  { collection: 'outbox_senders', versionKey: false },
);

senderSchema.index({ aliveUntil: 1 });

/** A receipt that came before its message had the id of the channel; kept for a day in case the sender dies meanwhile. */
export interface EarlyReceiptDoc {
  /** The channel's id of the message. */
  _id: string;
  deliveredAt: Date;
  seenAt?: Date;
}

const earlyReceiptSchema = new Schema<EarlyReceiptDoc>(
  { _id: { type: String, required: true }, deliveredAt: { type: Date, required: true }, seenAt: Date },
  { collection: 'outbox_early_receipts', versionKey: false },
);
earlyReceiptSchema.index({ deliveredAt: 1 });

/** The rows on a connection. */
export function outboxModel(connection: Connection): Model<OutboxDoc> {
  return connection.models['Outbox'] ?? connection.model<OutboxDoc>('Outbox', outboxSchema);
}

/** The receipts that came early on a connection. */
export function earlyReceiptModel(connection: Connection): Model<EarlyReceiptDoc> {
  return (
    connection.models['OutboxEarlyReceipt'] ??
    connection.model<EarlyReceiptDoc>('OutboxEarlyReceipt', earlyReceiptSchema)
  );
}

/** The living senders on a connection. */
export function senderModel(connection: Connection): Model<SenderDoc> {
  return connection.models['OutboxSender'] ?? connection.model<SenderDoc>('OutboxSender', senderSchema);
}

/** The pace of one channel; `rev` counts the writes, so that two processes never grant the same slots. */
export interface PaceDoc {
  _id: string;
  rev: number;
  next: number;
  holdUntil: number;
  used: [number, number][];
  learned?: Learned | null;
  struck?: { at: number; accepted: number } | null;
}

const paceSchema = new Schema<PaceDoc>(
  {
    _id: { type: String, required: true },
    rev: Number,
    next: Number,
    holdUntil: Number,
    used: Schema.Types.Mixed,
    learned: Schema.Types.Mixed,
    struck: Schema.Types.Mixed,
  },
  { collection: 'pace', versionKey: false },
);

/** The paces on a connection. */
export function paceModel(connection: Connection): Model<PaceDoc> {
  return connection.models['Pace'] ?? connection.model<PaceDoc>('Pace', paceSchema);
}

interface Update {
  readonly $set: Partial<OutboxDoc>;
  readonly $unset: Readonly<Record<string, ''>>;
}

interface Recording {
  readonly updateOne: { readonly filter: object; readonly update: Update };
}

/** Without the fields that are not known, so that none is stored as null. */
function known<T extends object>(fields: {
  [K in keyof T]: object extends Pick<T, K> ? T[K] | undefined : T[K];
}): T {
  const found: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(fields)) if (value !== undefined) found[name] = value;
  return found as T;
}

/** A new row as it is first stored. */
export function docOf({ row, order, state, owner, notBefore, begunAt }: Insertion): OutboxDoc {
  const { id, to, purpose, message, template, expiresAt, onlyIf, anyHour, cause, createdAt } = row;
  return known<OutboxDoc>({
    ...{ _id: id, to, purpose, message, template, notBefore, expiresAt, onlyIf, anyHour, cause, createdAt },
    ...{ order, state, attempts: 0, owner: owner ?? undefined, begunAt, open: true },
  });
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
  const filter = { _id: item.id, ...mine };
  if (item.state !== 'uncertain') return [{ updateOne: { filter, update: updateOf(item) } }];
  // Its receipt may have come before.
  const { reason: _, ...arrived } = { ...item, state: 'sent' as const };
  return [
    { updateOne: { filter: { ...filter, deliveredAt: { $exists: true } }, update: updateOf(arrived) } },
    { updateOne: { filter: { ...filter, deliveredAt: { $exists: false } }, update: updateOf(item) } },
  ];
}

/** What a row becomes by its outcome. */
export function updateOf(item: Outcome): Update {
  const { state, attempts, notBefore, messageId, quota, message, notByUser, cost, at } = item;
  const waits = state === 'queued' || state === 'sending';
  const owner = (waits && item.owner) || undefined;
  return {
    $set: known<Partial<OutboxDoc>>({
      ...{ state, attempts, notBefore, messageId, quota, message, notByUser, cost, owner },
      reason: item.reason?.slice(0, 200),
      chargedAt: cost ? at : undefined,
      sentAt: state === 'sent' ? at : undefined,
      open: waits ? true : undefined,
      finishedAt: waits ? undefined : at,
    }),
    $unset: { ...(waits ? {} : { open: '' }), ...(owner ? {} : { owner: '' }) },
  };
}

/** The row as senders know it. */
export function rowOf({ _id, open: _, finishedAt: _ended, chargedAt: _paid, ...doc }: OutboxDoc): HeldRow {
  return { ...UNKNOWN, ...doc, id: _id };
}
