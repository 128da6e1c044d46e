import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { preferenceModel, type PreferenceDoc } from './preferences.model';

export type PreferencesRepo = Omit<ReturnType<typeof createPreferencesRepo>, 'erase'>;

/** What people asked about being written to, in the document store. */
export function createPreferencesRepo(connection: Connection) {
  const rows = preferenceModel(connection).collection;
  return {
    async all(): Promise<PreferenceDoc[]> {
      return (await rows.find({}).toArray()) as unknown as PreferenceDoc[];
    },

    /** Sets what is given and leaves the rest. */
    async set(
      user: UserKey,
      what: Partial<Pick<PreferenceDoc, 'muted' | 'locale' | 'commune' | 'manner' | 'address'>>,
      at: Date,
    ): Promise<void> {
      const others = { muted: false, locale: null, commune: null, manner: null, address: null, ...what };
      const insert = Object.fromEntries(Object.entries(others).filter(([key]) => !(key in what)));
      await rows.updateOne(
        { _id: user as never },
        { $set: { ...what, at }, $setOnInsert: insert },
        { upsert: true },
      );
    },

    /** All that the person asked for. */
    async erase(user: UserKey): Promise<void> {
      await rows.deleteOne({ _id: user as never });
    },
  };
}
