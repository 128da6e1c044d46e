import type { Connection } from 'mongoose';
import { isDuplicate } from '../kernel/store-faults';
import { paceModel, type PaceDoc } from './pace.model';
import { NO_PACE, type PaceState } from './rate-limit';

/** A pace with the number of its write. */
export interface StoredPace {
  readonly rev: number;
  readonly state: PaceState;
}

/** The pace shared by all senders of a channel. */
export interface PaceRepo {
  load(): Promise<StoredPace>;
  /** Writes the pace that follows `rev`. False when somebody else wrote in between; then load again. */
  save(rev: number, state: PaceState): Promise<boolean>;
}

/** The pace in the document store, one small document for each channel. */
export function createPaceRepo(connection: Connection, channel: string): PaceRepo {
  const { collection } = paceModel(connection);
  return {
    async load() {
      const doc = (await collection.findOne({ _id: channel } as never)) as unknown as PaceDoc | null;
      if (!doc) return { rev: 0, state: NO_PACE };
      const { next, holdUntil, used, learned = null, struck = null } = doc;
      return { rev: doc.rev, state: { next, holdUntil, used, learned, struck } };
    },
    async save(rev, state) {
      const next = { rev: rev + 1, ...state };
      if (rev === 0) {
        try {
          await collection.insertOne({ _id: channel, ...next } as never);
          return true;
        } catch (error) {
          if (isDuplicate(error)) return false;
          throw error;
        }
      }
      const before = await collection.findOneAndUpdate(
        { _id: channel, rev } as never,
        { $set: next },
        { projection: { _id: 1 } },
      );
      return before !== null;
    },
  };
}
