import { Schema, type Connection, type Model } from 'mongoose';
import type { Actor } from '../directives/directive';
import type { CampaignKind, CampaignState } from './campaign';

/** Surveys and head-counts as stored, and a row for each village that is asked. */

export interface CampaignDoc {
  _id: string;
  kind: CampaignKind;
  question: string;
  label: string;
  units: string[];
  from: string;
  by: Actor;
  closesAt: Date;
  state: CampaignState;
  createdAt: Date;
  run?: string;
  startedAt?: Date;
  /** When the results are to be given back; only until they were. */
  nextAt?: Date;
}

export interface CampaignUnitDoc {
  /** `<campaign>:<unit>` */
  _id: string;
  campaign: string;
  unit: string;
  /** Once its question was written. */
  asked?: true;
  /** The villages before it from which it took the question over. */
  movedFrom?: string[];
  /** Absent: no answer. */
  value?: number;
  by?: string;
  at?: Date;
}

const campaignSchema = new Schema<CampaignDoc>(
  {
    _id: { type: String, required: true },
    kind: String,
    question: String,
    label: String,
    units: [String],
    from: String,
    by: Schema.Types.Mixed,
    closesAt: Date,
    state: String,
    createdAt: Date,
    run: String,
    startedAt: Date,
    nextAt: Date,
  },
  { collection: 'campaigns', versionKey: false },
);
campaignSchema.index({ from: 1, createdAt: -1 });
campaignSchema.index({ nextAt: 1 }, { sparse: true });
campaignSchema.index({ run: 1 }, { unique: true, sparse: true });

const unitSchema = new Schema<CampaignUnitDoc>(
  {
    _id: { type: String, required: true },
    campaign: String,
    unit: String,
    asked: Boolean,
    movedFrom: { type: [String], default: undefined },
    value: Number,
    by: String,
    at: Date,
  },
  { collection: 'campaign_units', versionKey: false },
);
unitSchema.index({ campaign: 1, unit: 1 });
unitSchema.index({ unit: 1 });

export function campaignModel(connection: Connection): Model<CampaignDoc> {
  return connection.models['Campaign'] ?? connection.model<CampaignDoc>('Campaign', campaignSchema);
}

export function campaignUnitModel(connection: Connection): Model<CampaignUnitDoc> {
  return connection.models['CampaignUnit'] ?? connection.model<CampaignUnitDoc>('CampaignUnit', unitSchema);
}
