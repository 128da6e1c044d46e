import { Schema, type Connection, type Model } from 'mongoose';

/** A file that Zalo holds for us: what Zalo calls it, and since when. */
export interface AssetDoc {
  /** `<account>:<kind>:<what it is>`. */
  _id: string;
  asset: string;
  uploadedAt: Date;
}

const assetSchema = new Schema<AssetDoc>(
  {
    _id: { type: String, required: true },
    asset: { type: String, required: true },
    uploadedAt: { type: Date, required: true },
  },
  { collection: 'zalo_assets', versionKey: false },
);
assetSchema.index({ uploadedAt: 1 });

export function assetModel(connection: Connection): Model<AssetDoc> {
  const known = connection.models['ZaloAsset'] as Model<AssetDoc> | undefined;
  return known ?? connection.model<AssetDoc>('ZaloAsset', assetSchema);
}
