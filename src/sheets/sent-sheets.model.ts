import { Schema, type Connection, type Model } from 'mongoose';
import type { SentSheetState } from './sent-sheet';

/** One sheet sent in chat, as stored. */
export interface SentSheetDoc {
  _id: string;
  by: string;
  name: string;
  at: Date;
  eventId: string;
  state: SentSheetState;
  url?: string;
  file: string | null;
  form: string | null;
  period: string | null;
  agreedAt: Date | null;
  told: string[] | null;
  attempts: number;
  /** When something is to be done with it: fetched, written, or given up. Absent: nothing any more. */
  nextAt?: Date;
}

export function sentSheetModel(connection: Connection): Model<SentSheetDoc> {
  const known = connection.models['SentSheet'] as Model<SentSheetDoc> | undefined;
  if (known) return known;
  const schema = new Schema<SentSheetDoc>(
    {
      _id: { type: String, required: true },
      by: String,
      name: String,
      at: Date,
      eventId: String,
      state: String,
      url: String,
      file: String,
      form: String,
      period: String,
      agreedAt: Date,
      told: { type: [String], default: null },
      attempts: Number,
      nextAt: Date,
    },
    { collection: 'sent_sheets', versionKey: false, autoIndex: false, autoCreate: false, minimize: false },
  );
  schema.index({ nextAt: 1 }, { sparse: true });
  schema.index({ by: 1, at: -1 });
  return connection.model<SentSheetDoc>('SentSheet', schema);
}
