import { Schema, type Connection, type Model } from 'mongoose';

/** One sheet of figures that was read in. */
export interface SheetDoc {
  /** `<digest>:<form>:<period>` */
  _id: string;
  name: string;
  digest: string;
  form: string;
  period: string;
  by: string;
  at: Date;
  /** Units that are to hear of it: those of an open period whose report it changed. */
  units: string[];
  /** The running program has not looked at it yet. Absent: it has. */
  fresh?: boolean;
}

export function sheetModel(connection: Connection): Model<SheetDoc> {
  const known = connection.models['ReportSheet'] as Model<SheetDoc> | undefined;
  if (known) return known;
  const schema = new Schema<SheetDoc>(
    {
      _id: { type: String, required: true },
      name: String,
      digest: String,
      form: String,
      period: String,
      by: String,
      at: Date,
      units: [String],
      fresh: Boolean,
    },
    { collection: 'report_sheets', versionKey: false, autoIndex: false, autoCreate: false, minimize: false },
  );
  schema.index({ fresh: 1 }, { sparse: true });
  return connection.model<SheetDoc>('ReportSheet', schema);
}
