import { Schema, type Connection, type Model } from 'mongoose';
import type { FigureDetail } from './report';

/** Why a gap between two sources is there, as it was tapped. Never altered; the newest of a unit, month and indicator counts. */
export interface ExplanationDoc {
  /** The effect that said it. */
  _id: string;
  period: string;
  unit: string;
  figure: string;
  village: number;
  police: number;
  why: string;
  by: string;
  at: Date;
}

/** A task of the plan that a unit has done: the first time it said so. */
export interface TaskDoc {
  /** `<task>:<unit>` */
  _id: string;
  task: string;
  unit: string;
  doneAt: Date;
  by: string;
  evidence: object[];
}

/** A correction that was asked for after the lock. */
export interface AdjustmentDoc {
  /** `adjustmentId` of the effect that asked. */
  _id: string;
  form: string;
  period: string;
  unit: string;
  figure: string;
  from: number | null;
  to: number;
  fromDetail?: FigureDetail;
  toDetail?: FigureDetail;
  reason: string;
  onBehalf: boolean;
  by: string;
  at: Date;
  /** Only until the department has said yes or no. */
  waits?: boolean;
  settledBy?: string;
  approved?: boolean;
}

/** Why a unit gives nothing for a period. Never altered; the newest of a unit counts. */
export interface SilenceDoc {
  /** The effect that said it. */
  _id: string;
  form: string;
  period: string;
  unit: string;
  reason: string;
  by: string;
  at: Date;
}

export interface LedgerModels {
  silences: Model<SilenceDoc>;
  adjustments: Model<AdjustmentDoc>;
  explanations: Model<ExplanationDoc>;
  tasks: Model<TaskDoc>;
}

const id = { type: String, required: true } as const;
const options = (collection: string) =>
  ({ collection, versionKey: false, autoIndex: false, autoCreate: false, minimize: false }) as const;

export function ledgerModels(connection: Connection): LedgerModels {
  const model = <T>(name: string, make: () => Schema<T>): Model<T> =>
    (connection.models[name] as Model<T> | undefined) ?? connection.model<T>(name, make());
  return {
    explanations: model<ExplanationDoc>('GapExplanation', () => {
      const said = { period: String, unit: String, figure: String, village: Number, police: Number };
      const fields = { _id: id, ...said, why: String, by: String, at: Date };
      const schema = new Schema<ExplanationDoc>(fields, options('gap_explanations'));
      schema.index({ period: 1, unit: 1, at: 1 });
      return schema;
    }),
    adjustments: model<AdjustmentDoc>('Adjustment', () => {
      const about = { form: String, period: String, unit: String, figure: String, from: Number, to: Number };
      const anything = { type: Schema.Types.Mixed } as const;
      const details = { fromDetail: anything, toDetail: anything };
      const said = { ...details, reason: String, onBehalf: Boolean, by: String, at: Date };
      const end = { waits: Boolean, settledBy: String, approved: Boolean };
      const schema = new Schema<AdjustmentDoc>(
        { _id: id, ...about, ...said, ...end },
        options('adjustments'),
      );
      schema.index({ waits: 1 }, { sparse: true });
      return schema;
    }),
    silences: model<SilenceDoc>('Silence', () => {
      const said = { form: String, period: String, unit: String, reason: String, by: String, at: Date };
      const schema = new Schema<SilenceDoc>({ _id: id, ...said }, options('silences'));
      schema.index({ period: 1, form: 1, at: 1 });
      return schema;
    }),
    tasks: model<TaskDoc>('PlanTask', () => {
      const fields = { task: String, unit: String, doneAt: Date, by: String };
      const evidence = [{ type: Schema.Types.Mixed }];
      return new Schema<TaskDoc>({ _id: id, ...fields, evidence }, options('plan_tasks'));
    }),
  };
}
