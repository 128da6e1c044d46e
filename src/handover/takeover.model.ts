import { Schema, type Connection, type Model } from 'mongoose';

/** One talk in which a person of the office has written by hand. Absent instants: never. */
export interface TakeoverDoc {
  /** The person, or the address of a visitor. */
  _id: string;
  humanAt?: Date;
  backAt?: Date;
}

const schema = new Schema<TakeoverDoc>(
  { _id: { type: String, required: true }, humanAt: Date, backAt: Date },
  { collection: 'takeovers', versionKey: false },
);

export function takeoverModel(connection: Connection): Model<TakeoverDoc> {
  return connection.models['Takeover'] ?? connection.model<TakeoverDoc>('Takeover', schema);
}
