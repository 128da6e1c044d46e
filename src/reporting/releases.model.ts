import { Schema, type Connection, type Model } from 'mongoose';

/** A release as stored. What it holds is written once; only who confirmed or refused it comes later, once. */
export interface ReleaseDoc {
  /** `2026-03-1` */
  _id: string;
  /** The effect that made it, so that making it twice is making it once. */
  effectId: string;
  period: string;
  number: number;
  at: Date;
  by: string;
  digest: string;
  confirmedBy: string | null;
  confirmedAt: Date | null;
  refusedBy: string | null;
  /** `FrozenForm`s. */
  forms: object[];
  /** `Difference`s. */
  differences: object[];
}

export function releaseModel(connection: Connection): Model<ReleaseDoc> {
  const known = connection.models['Release'] as Model<ReleaseDoc> | undefined;
  if (known) return known;
  const anything = { type: Schema.Types.Mixed } as const;
  const schema = new Schema<ReleaseDoc>(
    {
      _id: { type: String, required: true },
      effectId: String,
      period: String,
      number: Number,
      at: Date,
      by: String,
      digest: String,
      confirmedBy: String,
      confirmedAt: Date,
      refusedBy: String,
      forms: [anything],
      differences: [anything],
    },
    { collection: 'releases', versionKey: false, autoIndex: false, autoCreate: false, minimize: false },
  );
  schema.index({ period: 1, number: 1 });
  return connection.model<ReleaseDoc>('Release', schema);
}
