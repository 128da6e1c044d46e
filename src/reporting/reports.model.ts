import { Schema, type Connection, type Model } from 'mongoose';
import type { FigureState, FigureVersion, ReportAct, ReportState, SecondValue } from './report';

/** What a version says; fixed for ever once written. Its state is kept apart, since only that moves. */
export type StoredVersion = Omit<FigureVersion, 'state'>;

/** One report, all of it, so that a write is one write: it is all there or not at all. */
export interface ReportDoc {
  /** `village-month:2026-03:99001-07` */
  _id: string;
  form: string;
  period: string;
  unit: string;
  state: ReportState;
  receipt: string | null;
  submittedAt: Date | null;
  late: boolean;
  /** The lock of this unit alone; absent in what was written before locks could be moved. */
  extendedTo?: Date | null;
  /** Only ever added to. */
  versions: StoredVersion[];
  /** The state of the version at the same place in `versions`. */
  states: FigureState[];
  /** Undecided second values; absent in what was written before there were any. */
  seconds?: SecondValue[];
  /** Only ever added to. */
  acts: ReportAct[];
  /** Only ever added to. */
  applied: string[];
  rev: number;
  touchedAt: Date;
  /** When it was written, by the machine's clock: how other processes find what changed. Never shown. */
  writtenAt: Date;
}

/** The model on a connection. Making it twice gives the same one. Indexes are made by `prepare` of the repository. */
export function reportModel(connection: Connection): Model<ReportDoc> {
  const known = connection.models['Report'] as Model<ReportDoc> | undefined;
  if (known) return known;
  const anything = { type: Schema.Types.Mixed } as const;
  const schema = new Schema<ReportDoc>(
    {
      _id: { type: String, required: true },
      form: String,
      period: String,
      unit: String,
      state: String,
      receipt: String,
      submittedAt: Date,
      late: Boolean,
      extendedTo: Date,
      versions: [anything],
      states: [String],
      seconds: [anything],
      acts: [anything],
      applied: [String],
      rev: Number,
      touchedAt: Date,
      writtenAt: Date,
    },
    { collection: 'reports', versionKey: false, autoIndex: false, autoCreate: false, minimize: false },
  );
  schema.index({ form: 1, period: 1, unit: 1 });
  schema.index({ writtenAt: 1, _id: 1 });
  return connection.model<ReportDoc>('Report', schema);
}
