import { Schema, type Connection, type Model } from 'mongoose';
import type { AnnexKind, AnnexState } from './annex';

/** A file that goes with a directive, as stored. */
export interface AnnexDoc {
  _id: string;
  directive: string;
  kind: AnnexKind;
  name: string;
  from: string;
  by: string;
  at: Date;
  state: AnnexState;
  url?: string;
  media?: string;
  bytes?: number;
  attempts: number;
  /** Only while it waits. */
  nextAt?: Date;
}

const schema = new Schema<AnnexDoc>(
  {
    _id: { type: String, required: true },
    directive: String,
    kind: String,
    name: String,
    from: String,
    by: String,
    at: Date,
    state: String,
    url: String,
    media: String,
    bytes: Number,
    attempts: Number,
    nextAt: Date,
  },
  { collection: 'directive_annexes', versionKey: false },
);
schema.index({ directive: 1, at: 1 });
schema.index({ nextAt: 1 }, { sparse: true });
schema.index({ media: 1 }, { sparse: true });

export function annexModel(connection: Connection): Model<AnnexDoc> {
  return connection.models['DirectiveAnnex'] ?? connection.model<AnnexDoc>('DirectiveAnnex', schema);
}
