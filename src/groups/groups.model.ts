import { Schema, type Connection, type Model } from 'mongoose';
import type { AssetTable } from './assets';
import type { CommuneGroup } from './group';

/** The groups of the communes as stored, and what is done once a day for all of them. */

export interface GroupDoc extends Omit<CommuneGroup, 'commune' | 'groupId' | 'order'> {
  /** Code of the commune. */
  _id: string;
  /** Counts the writes: each is made on what was read. */
  rev: number;
  /** Only while there is a group. */
  groupId?: string;
  /** Only while an order waits. */
  order?: CommuneGroup['order'];
  /** Until then somebody carries the order out. */
  inHandUntil?: Date;
}

export interface GroupMetaDoc {
  /** `assets`, or what is done once a day. */
  _id: string;
  day?: string;
  table?: AssetTable;
}

const groupSchema = new Schema<GroupDoc>(
  {
    _id: { type: String, required: true },
    rev: Number,
    state: String,
    groupId: String,
    name: String,
    link: String,
    asset: Schema.Types.Mixed,
    members: Schema.Types.Mixed,
    admins: [String],
    pending: Schema.Types.Mixed,
    left: Schema.Types.Mixed,
    notInvited: Schema.Types.Mixed,
    comparedAt: Date,
    order: Schema.Types.Mixed,
    lastOrder: String,
    inHandUntil: Date,
    creating: Schema.Types.Mixed,
    proposed: Schema.Types.Mixed,
  },
  { collection: 'commune_groups', versionKey: false },
);
groupSchema.index({ groupId: 1 }, { sparse: true });
groupSchema.index({ state: 1, comparedAt: 1 });
groupSchema.index({ 'order.at': 1 }, { sparse: true });

const metaSchema = new Schema<GroupMetaDoc>(
  { _id: { type: String, required: true }, day: String, table: Schema.Types.Mixed },
  { collection: 'group_meta', versionKey: false },
);

export function groupModel(connection: Connection): Model<GroupDoc> {
  return connection.models['CommuneGroup'] ?? connection.model<GroupDoc>('CommuneGroup', groupSchema);
}

export function groupMetaModel(connection: Connection): Model<GroupMetaDoc> {
  return connection.models['GroupMeta'] ?? connection.model<GroupMetaDoc>('GroupMeta', metaSchema);
}
