import { Schema, type Connection, type Model } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import type { Leave } from './leave';
import type { LossOfPost } from './office';
import type { Role } from './roles';
import type { UnitLevel, UnitSpan } from './unit';

/** What the organisation keeps, as stored. Every `_id` is ours and text. */

export interface UnitDoc {
  /** The code of the unit. */
  _id: string;
  level: UnitLevel;
  spans: UnitSpan[];
  /** Counts the writes; a change planned on an older one is refused. */
  rev: number;
  /** Every change since it is kept, oldest first; absent for a unit that was only ever loaded. */
  log?: UnitChangeDoc[];
}

/** One change of a unit, written with it. What it became stands in the change after it, or in the unit. */
export interface UnitChangeDoc {
  /** The effect, or the sheet, that made it; units changed together have the same. */
  id: string;
  at: Date;
  /** Null: somebody at the program's machine. */
  by: UserKey | null;
  /** Its spans before; null: it began with this. */
  was: readonly UnitSpan[] | null;
}

export interface Consent {
  version: string;
  at: Date;
  eventId: string;
}

/** Somebody who held the post before. */
export interface FormerHolder {
  user: UserKey;
  fullName: string;
  from: Date | null;
  /** Null in rows of earlier versions, for a change that came with a sheet. */
  to: Date | null;
  /** The effect that took the post away. */
  effectId: string;
  /** The effect that had claimed it; absent in rows of earlier versions. */
  claimEffect?: string | null;
  /** Absent in rows of earlier versions, which knew replacing by a sheet (`to` null) and leaving. */
  why?: LossOfPost;
}

export interface OfficeDoc {
  /** `07795-01:village_head:1` */
  _id: string;
  unit: string;
  role: Role;
  fullName: string;
  address: string;
  title: string | null;
  user: UserKey | null;
  claimedAt: Date | null;
  /** The effect that claimed it, so that its repetition is known. */
  claimEffect: string | null;
  consent: Consent | null;
  /** Sealed; null when no number was given. */
  phone: string | null;
  phoneHash: string | null;
  /** Keyed hash of the one-time code; absent once used or when none was given out. */
  codeHash?: string;
  /** Invented for the simulator; a sheet that names the post makes it a real one. */
  demo: boolean;
  /** The last day of the post; absent or null while it lasts. */
  ends?: string | null;
  /** It ended and is no post of the unit any more, until a sheet names it again. */
  closed?: boolean;
  /** It is on its way to somebody else. */
  handover?: HandOverDoc;
  /** Days on which its holder is away: whoever holds it since the claim by this effect, and nobody after them. */
  leave?: Leave & { readonly claim: string | null };
  /** The account that the commune has vouched for. */
  invited?: UserKey | null;
  /** The account that says it is the holder's. */
  asking?: UserKey | null;
  former: FormerHolder[];
}

/** A post on its way to somebody else, as stored; `agreedBy` is set once the commune agreed. */
export interface HandOverDoc {
  id: string;
  day: string;
  /** The last day of somebody who stands in for a while; absent: for good. */
  until?: string;
  fullName: string;
  address: string;
  user: UserKey | null;
  phone: string | null;
  phoneHash: string | null;
  agreedBy?: UserKey;
  agreedAt?: Date;
  acceptedBy?: UserKey;
  consent?: Consent;
}

/** Wrong codes of one person, newest last. */
export interface AttemptsDoc {
  _id: UserKey;
  wrong: { id: string; at: Date }[];
}

/** One confirmation of the privacy notice. Never altered. */
export interface ConsentDoc {
  /** The event that said it. */
  _id: string;
  user: UserKey;
  version: string;
  at: Date;
}

/** `revision:units`, `revision:offices`: `n` counts changes. `seed:…`: loaded once. */
export interface MetaDoc {
  _id: string;
  n: number;
}

export interface OrgModels {
  units: Model<UnitDoc>;
  offices: Model<OfficeDoc>;
  attempts: Model<AttemptsDoc>;
  consents: Model<ConsentDoc>;
  meta: Model<MetaDoc>;
}

const options = (collection: string) =>
  ({ collection, versionKey: false, autoIndex: false, autoCreate: false, minimize: false }) as const;
const id = { type: String, required: true } as const;
const anything = { type: Schema.Types.Mixed } as const;

/** The models on a connection. Making them twice gives the same ones. Indexes are made by `prepare` of the repository. */
export function orgModels(connection: Connection): OrgModels {
  const model = <T>(name: string, make: () => Schema<T>): Model<T> =>
    (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, make());
  return {
    units: model<UnitDoc>(
      'OrgUnit',
      () =>
        new Schema<UnitDoc>(
          {
            _id: id,
            level: String,
            spans: [anything],
            rev: Number,
            log: { type: [anything], default: undefined },
          },
          options('org_units'),
        ),
    ),
    offices: model<OfficeDoc>('OrgOffice', officeSchema),
    attempts: model<AttemptsDoc>(
      'OrgAttempts',
      () => new Schema<AttemptsDoc>({ _id: id, wrong: [anything] }, options('org_claim_attempts')),
    ),
    consents: model<ConsentDoc>('OrgConsent', () => {
      const schema = new Schema<ConsentDoc>(
        { _id: id, user: String, version: String, at: Date },
        options('org_consents'),
      );
      schema.index({ user: 1, at: -1 });
      return schema;
    }),
    meta: model<MetaDoc>('OrgMeta', () => new Schema<MetaDoc>({ _id: id, n: Number }, options('org_meta'))),
  };
}

function officeSchema(): Schema<OfficeDoc> {
  const schema = new Schema<OfficeDoc>(
    {
      _id: id,
      unit: String,
      role: String,
      fullName: String,
      address: String,
      title: String,
      user: String,
      claimedAt: Date,
      claimEffect: String,
      consent: anything,
      phone: String,
      phoneHash: String,
      codeHash: String,
      demo: Boolean,
      ends: String,
      closed: Boolean,
      handover: anything,
      leave: anything,
      invited: String,
      asking: String,
      former: [anything],
    },
    options('org_offices'),
  );
  schema.index({ unit: 1, role: 1 });
  schema.index({ user: 1 }, { partialFilterExpression: { user: { $gt: '' } } });
  schema.index({ phoneHash: 1 }, { partialFilterExpression: { phoneHash: { $gt: '' } } });
  // One code opens one post, whoever gave the codes out.
  schema.index({ codeHash: 1 }, { unique: true, partialFilterExpression: { codeHash: { $exists: true } } });
  return schema;
}
