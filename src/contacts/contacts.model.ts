import { Schema, type Connection, type Model } from 'mongoose';

/** What is stored about reaching a person; absent means never. */
export interface ContactDoc {
  _id: string;
  lastInteractionAt?: Date;
  closedAt?: Date;
  unreachableAt?: Date;
  unreachableReason?: string;
  unfollowedAt?: Date;
  humanUntil?: Date;
  /** Day of the month → hour of the day; a later month takes the place of an earlier one. */
  wrote?: Record<string, number>;
}

const contactSchema = new Schema<ContactDoc>(
  {
    _id: { type: String, required: true },
    lastInteractionAt: Date,
    closedAt: Date,
    unreachableAt: Date,
    unreachableReason: String,
    unfollowedAt: Date,
    humanUntil: Date,
    wrote: Schema.Types.Mixed,
  },
  { collection: 'contacts', versionKey: false },
);

/** The contacts on a connection. */
export function contactModel(connection: Connection): Model<ContactDoc> {
  return connection.models['Contact'] ?? connection.model<ContactDoc>('Contact', contactSchema);
}
