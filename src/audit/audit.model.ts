import { Schema, type Connection, type Model } from 'mongoose';

/** One entry as stored. What it says is fixed when it is noted, its place in the chain when it is linked; nothing is written after that. */
export interface AuditDoc {
  /** The id of the note. */
  _id: string;
  /** 0: noted, and not linked yet. */
  seq: number;
  /** When it happened, for the order in which entries are linked. */
  happenedAt: Date;
  unit: string | null;
  /** `AuditWords`, as they are served. */
  words: object;
  previous?: string | null;
  digest?: string;
}

/** Which person an opaque id stands for; apart from the entries, so that forgetting one changes no entry. */
export interface AuditPersonDoc {
  /** The person's key. */
  _id: string;
  person: string;
}

/** How far what others wrote was noted, by source. */
export interface AuditMarkDoc {
  _id: string;
  mark: unknown;
}

export interface AuditModels {
  entries: Model<AuditDoc>;
  people: Model<AuditPersonDoc>;
  marks: Model<AuditMarkDoc>;
}

const id = { type: String, required: true } as const;
const anything = { type: Schema.Types.Mixed } as const;
const options = (collection: string) =>
  ({ collection, versionKey: false, autoIndex: false, autoCreate: false, minimize: false }) as const;

export function auditModels(connection: Connection): AuditModels {
  const model = <T>(name: string, make: () => Schema<T>): Model<T> =>
    (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, make());
  return {
    entries: model<AuditDoc>('AuditEntry', entrySchema),
    people: model<AuditPersonDoc>(
      'AuditPerson',
      () => new Schema<AuditPersonDoc>({ _id: id, person: String }, options('audit_people')),
    ),
    marks: model<AuditMarkDoc>(
      'AuditMark',
      () => new Schema<AuditMarkDoc>({ _id: id, mark: anything }, options('audit_marks')),
    ),
  };
}

function entrySchema(): Schema<AuditDoc> {
  const schema = new Schema<AuditDoc>(
    {
      _id: id,
      seq: Number,
      happenedAt: Date,
      unit: String,
      words: anything,
      previous: String,
      digest: String,
    },
    options('audit'),
  );
  // Of two writers one gets a place.
  schema.index({ seq: 1 }, { name: 'linked', unique: true, partialFilterExpression: { seq: { $gt: 0 } } });
  schema.index({ seq: 1, happenedAt: 1, _id: 1 });
  schema.index({ unit: 1, seq: 1 });
  return schema;
}
