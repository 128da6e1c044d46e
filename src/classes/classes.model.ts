import type { Teacher } from './teachers';
import { Schema, type Connection, type Model } from 'mongoose';

/** A class as stored. */
export interface ClassDoc {
  _id: string;
  unit: string;
  topic: string | null;
  place: string | null;
  /** Absent in rows from before it was asked. */
  teacher?: Teacher | null;
  startsAt: Date;
  capacity: number | null;
  planned: boolean;
  announced: boolean;
  moved: { from: Date; reason: string | null } | null;
  cancelled: { at: Date; reason: string | null } | null;
  attended: number | null;
  question: { topic: string; asked: number } | null;
  by: string;
  at: Date;
  version: number;
  /** The effect that changed it last, so that a repeat is known. */
  lastEffect: string;
}

/** One person in one class: `<class>:<user>`. */
export interface SignUpDoc {
  _id: string;
  class: string;
  user: string;
  at: Date;
  relatives: Date[];
  live: boolean;
}

const classSchema = new Schema<ClassDoc>(
  {
    _id: { type: String, required: true },
    unit: String,
    topic: String,
    place: String,
    teacher: String,
    startsAt: Date,
    capacity: Number,
    planned: Boolean,
    announced: Boolean,
    moved: Schema.Types.Mixed,
    cancelled: Schema.Types.Mixed,
    attended: Number,
    question: Schema.Types.Mixed,
    by: String,
    at: Date,
    version: Number,
    lastEffect: String,
  },
  { collection: 'classes', versionKey: false },
);
classSchema.index({ startsAt: 1 });
classSchema.index({ unit: 1, startsAt: 1 });
classSchema.index({ by: 1 });

const signUpSchema = new Schema<SignUpDoc>(
  {
    _id: { type: String, required: true },
    class: String,
    user: String,
    at: Date,
    relatives: [Date],
    live: Boolean,
  },
  { collection: 'class_people', versionKey: false },
);
signUpSchema.index({ class: 1 });
signUpSchema.index({ user: 1 });

export function classModel(connection: Connection): Model<ClassDoc> {
  return connection.models['Class'] ?? connection.model<ClassDoc>('Class', classSchema);
}

export function signUpModel(connection: Connection): Model<SignUpDoc> {
  return connection.models['ClassSignUp'] ?? connection.model<SignUpDoc>('ClassSignUp', signUpSchema);
}
