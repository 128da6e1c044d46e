import { Schema, type Connection, type Model } from 'mongoose';

/** One person who asked in chat to be forgotten. */
export interface ErasureDoc {
  /** The id of the effect that asked. */
  _id: string;
  /** Gone once it is done. */
  user?: string;
  /** When to do it; gone once it is done. */
  dueAt?: Date;
  at: Date;
  doneAt: Date | null;
}

const schema = new Schema<ErasureDoc>(
  { _id: { type: String, required: true }, user: String, dueAt: Date, at: Date, doneAt: Date },
  { collection: 'erasures', versionKey: false },
);
schema.index({ dueAt: 1 }, { sparse: true });

export function erasureModel(connection: Connection): Model<ErasureDoc> {
  return connection.models['Erasure'] ?? connection.model<ErasureDoc>('Erasure', schema);
}
