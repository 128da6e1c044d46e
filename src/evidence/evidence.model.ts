import { Schema, type Connection, type Model } from 'mongoose';
import type { EvidenceKind, EvidenceState } from './evidence';

/** One piece of evidence as stored. */
export interface EvidenceDoc {
  _id: string;
  form: string;
  period: string;
  unit: string;
  figure: string | null;
  kind: EvidenceKind;
  /** Only while its bytes are still to be fetched. */
  url?: string;
  name: string | null;
  by: string;
  at: Date;
  eventId: string;
  state: EvidenceState;
  media: string | null;
  bytes: number | null;
  reason: string | null;
  attempts: number;
  /** Only while it waits. */
  nextTryAt?: Date;
}

const schema = new Schema<EvidenceDoc>(
  {
    _id: { type: String, required: true },
    form: String,
    period: String,
    unit: String,
    figure: String,
    kind: String,
    url: String,
    name: String,
    by: String,
    at: Date,
    eventId: String,
    state: String,
    media: String,
    bytes: Number,
    reason: String,
    attempts: Number,
    nextTryAt: Date,
  },
  { collection: 'evidence', versionKey: false },
);
schema.index({ form: 1, period: 1, unit: 1, at: 1 });
schema.index({ nextTryAt: 1 }, { sparse: true });
schema.index({ by: 1 });

export function evidenceModel(connection: Connection): Model<EvidenceDoc> {
  return connection.models['Evidence'] ?? connection.model<EvidenceDoc>('Evidence', schema);
}
