import type { Address } from '../kernel/address';
import { Schema, type Connection, type Model } from 'mongoose';

/** `slow`: short pieces, one thing at a time. `aloud`: short sentences with numbers in words, to be read to the person. */
export type Manner = 'usual' | 'slow' | 'aloud';

/** What a person asked of us about being written to. */
export interface PreferenceDoc {
  _id: string;
  /** Asked not to be written to unasked. */
  muted: boolean;
  /** The language chosen; null: that of the configuration. */
  locale: string | null;
  /** The commune the person said they live in; null or absent: they never did. */
  commune?: string | null;
  /** How the person wants to be spoken to; null or absent: as usual. */
  manner?: Manner | null;
  /** How the person wants to be called; null or absent: they never said. */
  address?: Address | null;
  /** Arrival of the message that said so. */
  at: Date;
}

const schema = new Schema<PreferenceDoc>(
  {
    _id: { type: String, required: true },
    muted: { type: Boolean, required: true },
    locale: { type: String, default: null },
    commune: { type: String, default: null },
    manner: { type: String, default: null },
    address: { type: String, default: null },
    at: { type: Date, required: true },
  },
  { versionKey: false },
);

export function preferenceModel(connection: Connection): Model<PreferenceDoc> {
  return (
    connection.models['Preference'] ?? connection.model<PreferenceDoc>('Preference', schema, 'preferences')
  );
}
