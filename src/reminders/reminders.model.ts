import { Schema, type Connection, type Model } from 'mongoose';

/** How far the planning of reminders has come. */
export interface ReminderRunDoc {
  _id: string;
  plannedUntil: Date;
}

const runSchema = new Schema<ReminderRunDoc>(
  { _id: { type: String, required: true }, plannedUntil: { type: Date, required: true } },
  { collection: 'reminder_runs', versionKey: false },
);

/** The planning runs on a connection. */
export function reminderRunModel(connection: Connection): Model<ReminderRunDoc> {
  return connection.models['ReminderRun'] ?? connection.model<ReminderRunDoc>('ReminderRun', runSchema);
}
