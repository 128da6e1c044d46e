import { Schema, type Connection, type Model } from 'mongoose';

/** The token pair of one account. `sealed` is encrypted; `generation` counts the pairs, so that a late writer is refused. */
export interface TokenDoc {
  _id: string;
  sealed: string;
  generation: number;
  obtainedAt: Date;
  expiresAt: Date;
  /** When Zalo issued the refresh token: with the pair, unless a renewal brought no new one. Null in pairs of older programs. */
  refreshSince: Date | null;
  deadSince: Date | null;
  deadCode: number | null;
  /** When an administrator consented; null for a pair out of the configuration. */
  consentedAt: Date | null;
  /** When Zalo told us that the account withdrew its permission; null again after a new consent. */
  revokedAt: Date | null;
}

/** Who may refresh now; nobody while `owner` is empty. `fence` grows with every holder. */
export interface TokenLeaseDoc {
  _id: string;
  owner: string;
  fence: number;
}

/** A pair that is acknowledged must survive: the old refresh token is worthless from then on. */
const JOURNALED = { w: 'majority', j: true, wtimeout: 5_000 } as const;

const tokenSchema = new Schema<TokenDoc>(
  {
    _id: { type: String, required: true },
    sealed: { type: String, required: true },
    generation: { type: Number, required: true },
    obtainedAt: { type: Date, required: true },
    expiresAt: { type: Date, required: true },
    refreshSince: { type: Date, default: null },
    deadSince: { type: Date, default: null },
    deadCode: { type: Number, default: null },
    consentedAt: { type: Date, default: null },
    revokedAt: { type: Date, default: null },
  },
  { collection: 'zalo_tokens', versionKey: false, writeConcern: JOURNALED },
);

const leaseSchema = new Schema<TokenLeaseDoc>(
  {
    _id: { type: String, required: true },
    owner: { type: String, default: '' },
    fence: { type: Number, required: true },
  },
  { collection: 'zalo_token_leases', versionKey: false, writeConcern: JOURNALED },
);

export function tokenModel(connection: Connection): Model<TokenDoc> {
  const known = connection.models['ZaloToken'] as Model<TokenDoc> | undefined;
  return known ?? connection.model<TokenDoc>('ZaloToken', tokenSchema);
}

export function tokenLeaseModel(connection: Connection): Model<TokenLeaseDoc> {
  const known = connection.models['ZaloTokenLease'] as Model<TokenLeaseDoc> | undefined;
  return known ?? connection.model<TokenLeaseDoc>('ZaloTokenLease', leaseSchema);
}
