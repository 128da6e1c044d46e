import { Schema, type Connection, type Model } from 'mongoose';
import type { Learned } from './rate-limit';

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
