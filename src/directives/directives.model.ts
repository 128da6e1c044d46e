import { Schema, type Connection, type Model } from 'mongoose';
import type { Actor, Answer, DirectiveState, GivenAnswer, Reached, Urgency } from './directive';

/** Directives and their recipients as stored. */

export interface DirectiveDoc {
  _id: string;
  number: string;
  short: string;
  text: string;
  urgency: Urgency;
  deadline: Date;
  deadlineBefore?: Date;
  checkEvery?: number;
  practice?: boolean;
  evidence: boolean;
  label: string;
  first?: 'commune_chair';
  units: string[];
  offices: number;
  from: string;
  by: Actor;
  state: DirectiveState;
  createdAt: Date;
  sendAt?: Date;
  issuedAt?: Date;
  confirmedBy?: Actor;
  supersedes?: string;
  supersededBy?: string;
  endedAt?: Date;
  reason?: string;
  /** When it is to leave, before it is out; then when the day's summary or the end falls due. */
  nextAt?: Date;
}

export interface RecipientDoc {
  /** `<directive>:<unit>` */
  _id: string;
  directive: string;
  unit: string;
  through?: string;
  reached: Reached;
  why?: string;
  answer: Answer;
  onBehalf?: string;
  answers: GivenAnswer[];
  evidence: string[];
  line?: string;
  steps: Record<string, Date>;
  last?: { step: string; rows: string[] };
  told: string[];
  askAt?: Date;
  quiet: boolean;
  movedTo?: string[];
  movedFrom?: string[];
  /** When to look at it again; only while its directive is out and something may fall due. */
  nextAt?: Date;
  /** Counts the writes; one planned on an older state is refused. */
  rev: number;
  /** Names the write that made it so. */
  wrote?: string;
}

const directiveSchema = new Schema<DirectiveDoc>(
  {
    _id: { type: String, required: true },
    number: String,
    short: String,
    text: String,
    urgency: String,
    deadline: Date,
    deadlineBefore: Date,
    checkEvery: Number,
    practice: Boolean,
    evidence: Boolean,
    label: String,
    first: String,
    units: [String],
    offices: Number,
    from: String,
    by: Schema.Types.Mixed,
    state: String,
    createdAt: Date,
    sendAt: Date,
    issuedAt: Date,
    confirmedBy: Schema.Types.Mixed,
    supersedes: String,
    supersededBy: String,
    endedAt: Date,
    reason: String,
    nextAt: Date,
  },
  { collection: 'directives', versionKey: false },
);
directiveSchema.index({ state: 1, createdAt: 1 });
directiveSchema.index({ short: 1 });
directiveSchema.index({ nextAt: 1 }, { sparse: true });

const recipientSchema = new Schema<RecipientDoc>(
  {
    _id: { type: String, required: true },
    directive: String,
    unit: String,
    through: String,
    reached: String,
    why: String,
    answer: String,
    onBehalf: String,
    answers: [Schema.Types.Mixed],
    evidence: [String],
    line: String,
    steps: Schema.Types.Mixed,
    last: Schema.Types.Mixed,
    told: [String],
    askAt: Date,
    quiet: Boolean,
    movedTo: { type: [String], default: undefined },
    movedFrom: { type: [String], default: undefined },
    nextAt: Date,
    rev: Number,
    wrote: String,
  },
  { collection: 'directive_recipients', versionKey: false },
);
recipientSchema.index({ directive: 1, unit: 1 });
recipientSchema.index({ unit: 1 });
recipientSchema.index({ nextAt: 1 }, { sparse: true });

export function directiveModel(connection: Connection): Model<DirectiveDoc> {
  return connection.models['Directive'] ?? connection.model<DirectiveDoc>('Directive', directiveSchema);
}

export function recipientModel(connection: Connection): Model<RecipientDoc> {
  return (
    connection.models['DirectiveRecipient'] ??
    connection.model<RecipientDoc>('DirectiveRecipient', recipientSchema)
  );
}
