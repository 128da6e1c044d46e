import { Schema, type Connection, type Model } from 'mongoose';
import type { Thread } from './thread';

/** A thread as stored, with what it is looked for by. */
export interface ThreadDoc extends Omit<Thread, 'id'> {
  _id: string;
  /** The person, while a citizen's talk is open: one at a time. */
  citizen?: string;
  /** Those who asked and the desk that answers, while it is open. */
  openBy?: string;
  openDesk?: string;
  /** Who answers, while it is open. */
  heldBy?: string;
  /** When the calendar does something to it; absent: never. */
  dueAt?: Date;
}

const schema = new Schema<ThreadDoc>(
  { _id: { type: String, required: true } },
  { collection: 'threads', versionKey: false, strict: false },
);
schema.index({ citizen: 1 }, { unique: true, sparse: true });
schema.index({ openBy: 1 }, { sparse: true });
schema.index({ openDesk: 1 }, { sparse: true });
schema.index({ heldBy: 1 }, { sparse: true });
schema.index({ dueAt: 1 }, { sparse: true });
schema.index({ by: 1, openedAt: 1 });
schema.index({ openedAt: 1 });

export function threadModel(connection: Connection): Model<ThreadDoc> {
  return connection.models['Thread'] ?? connection.model<ThreadDoc>('Thread', schema);
}
