import type { Connection } from 'mongoose';
import { reminderRunModel } from './reminders.model';

/** How far something planned by the clock has come, by name. The rows in the outbox are the truth; this only spares looking back a whole day. */
export interface RemindersRepo {
  /** Null before the first reminder was planned. */
  plannedUntil(): Promise<Date | null>;
  /** Only moves forward. */
  notePlanned(until: Date): Promise<void>;
}

export function createRemindersRepo(connection: Connection, name = 'reminders'): RemindersRepo {
  const model = reminderRunModel(connection);
  return {
    async plannedUntil() {
      const doc = await model.findById(name).lean();
      return doc?.plannedUntil ?? null;
    },
    async notePlanned(until) {
      await model.updateOne({ _id: name }, { $max: { plannedUntil: until } }, { upsert: true });
    },
  };
}
