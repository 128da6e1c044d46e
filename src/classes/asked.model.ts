import { Schema, type Connection, type Model } from 'mongoose';

/** One person stuck at one question in one week: `<week>:<topic>:<who>`. */
export interface AskedDoc {
  _id: string;
  week: string;
  topic: string;
  commune: string | null;
  /** A keyed hash, so that the same person is counted once and cannot be read from it. */
  who: string;
  /** Only of somebody who agreed to be invited. */
  user?: string;
  /** The class they were invited to. */
  invited?: string;
  /** Of a question nobody understood, masked; goes before the row does. */
  words?: string;
  at: Date;
}

const schema = new Schema<AskedDoc>(
  {
    _id: { type: String, required: true },
    week: String,
    topic: String,
    commune: String,
    who: String,
    user: String,
    invited: String,
    words: String,
    at: Date,
  },
  { collection: 'class_questions', versionKey: false },
);
schema.index({ week: 1, commune: 1 });
schema.index({ who: 1 });
schema.index({ at: 1 });

export function askedModel(connection: Connection): Model<AskedDoc> {
  return connection.models['ClassQuestion'] ?? connection.model<AskedDoc>('ClassQuestion', schema);
}
