import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { isDuplicate } from '../kernel/store-faults';
import type { Difference, FrozenForm, Release, ReleaseHead } from './release';
import { releaseModel, type ReleaseDoc } from './releases.model';

export type ReleasesRepo = ReturnType<typeof createReleasesRepo>;

/** Releases in the document store. Nothing in one is ever changed but who confirmed or refused it, each once. */
export function createReleasesRepo(connection: Connection) {
  const rows = releaseModel(connection).collection;

  return {
    /** Stores a new release; false when its number is taken. The same effect again answers true. */
    async insert(release: Release, effectId: string): Promise<boolean> {
      const { id, ...rest } = release;
      try {
        await rows.insertOne({ _id: id, effectId, ...rest } as never);
        return true;
      } catch (error) {
        if (!isDuplicate(error)) throw error;
        const known = await rows.findOne({ _id: id as never }, { projection: { effectId: 1 } });
        return known?.['effectId'] === effectId;
      }
    },

    /** Every release of the month without its figures, in order of number; refused ones too. */
    async heads(period: string): Promise<ReleaseHead[]> {
      const docs = await rows
        .find({ period } as never, { projection: { forms: 0 } })
        .sort({ number: 1 })
        .toArray();
      return (docs as unknown as ReleaseDoc[]).map(headOf);
    },

    async get(id: string): Promise<Release | null> {
      const doc = (await rows.findOne({ _id: id as never })) as unknown as ReleaseDoc | null;
      return doc ? { ...headOf(doc), forms: doc.forms as FrozenForm[] } : null;
    },

    /** The second key, once; false when it was turned before, either way. */
    async settle(id: string, by: UserKey, at: Date, confirms: boolean): Promise<boolean> {
      const open = { _id: id as never, confirmedBy: null, refusedBy: null };
      const set = confirms ? { confirmedBy: by, confirmedAt: at } : { refusedBy: by };
      const { matchedCount } = await rows.updateOne(open, { $set: set });
      return matchedCount === 1;
    },

    /** `stand` stands where the person stood. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      for (const field of ['by', 'confirmedBy', 'refusedBy'])
        await rows.updateMany({ [field]: person }, { $set: { [field]: stand } });
    },
  };
}

function headOf({ _id, period, number, at, by, digest, ...doc }: ReleaseDoc): ReleaseHead {
  const { confirmedBy, confirmedAt, refusedBy } = doc;
  const differences = doc.differences as Difference[];
  return { id: _id, period, number, at, by, digest, confirmedBy, confirmedAt, refusedBy, differences };
}
