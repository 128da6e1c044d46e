import { Schema, type Connection, type Model } from 'mongoose';

/**
 * `new`: stored, not handled. `done`: handled. `dead`: set aside after too many tries; `npm run replay` lists it.
 */
export type InboxState = 'new' | 'done' | 'dead';

export interface InboxDocument {
  /** The deduplication key of the event. */
  _id: string;
  user: string | null;
  kind: string;
  /** The masked event as the channel handed it in, without what stands beside it here. */
  event: unknown;
  eventAt: Date;
  arrivedAt: Date;
  /** Order of arrival within one process and instant. */
  seq: number;
  state: InboxState;
  attempts: number;
  /** How often it was taken up because a process may have died with it in hand; absent: never. */
  interrupted?: number;
  reason: string | null;
  /** For the clean-up: rows are kept long enough that a late copy of the event is still recognised. */
  expireAt: Date;
}

const schema = new Schema<InboxDocument>(
  {
    _id: { type: String, required: true },
    user: { type: String, default: null },
    kind: { type: String, required: true },
    event: { type: Schema.Types.Mixed, required: true },
    eventAt: { type: Date, required: true },
    arrivedAt: { type: Date, required: true },
    seq: { type: Number, required: true },
    state: { type: String, required: true },
    attempts: { type: Number, required: true },
    interrupted: { type: Number },
    reason: { type: String, default: null },
    expireAt: { type: Date, required: true },
  },
  { versionKey: false },
);
/** Only what is not done yet is in this index, so it stays small however long the rows are kept. */
schema.index({ user: 1, arrivedAt: 1 }, { name: 'waiting', partialFilterExpression: { state: 'new' } });
schema.index({ state: 1, arrivedAt: 1 }, { name: 'set_aside', partialFilterExpression: { state: 'dead' } });
schema.index({ expireAt: 1 }, { name: 'kept_until' });

export function inboxModel(connection: Connection): Model<InboxDocument> {
  return connection.models['Inbox'] ?? connection.model<InboxDocument>('Inbox', schema, 'inbox');
}
