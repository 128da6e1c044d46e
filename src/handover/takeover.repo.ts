import type { Connection } from 'mongoose';
import { lookUps } from '../kernel/coalesce';
import type { UserKey } from '../kernel/ids';
import { takeoverModel, type TakeoverDoc } from './takeover.model';
import type { Takeover } from './takeovers';

export type TakeoverRepo = ReturnType<typeof createTakeoverRepo>;

/** Talks in human hands, in the document store. Instants only move forward, so every write may be repeated. */
export function createTakeoverRepo(connection: Connection) {
  const rows = takeoverModel(connection).collection;
  const reader = lookUps(
    (users) => rows.find<TakeoverDoc>({ _id: { $in: users } } as never).toArray(),
    takeoverOf,
    2,
  );

  return {
    /** People looked for in the same moment are one query. */
    find: (user: UserKey): Promise<Takeover | null> => reader.add(user),

    async all(): Promise<Takeover[]> {
      return (await rows.find<TakeoverDoc>({}).toArray()).map(takeoverOf);
    },

    async note(user: UserKey, what: Partial<Record<'humanAt' | 'backAt', Date>>): Promise<void> {
      await rows.updateOne({ _id: user as never }, { $max: what }, { upsert: true });
    },

    async forget(user: UserKey): Promise<void> {
      await rows.deleteOne({ _id: user as never });
    },
  };
}

function takeoverOf(doc: TakeoverDoc): Takeover {
  return { user: doc._id, humanAt: doc.humanAt ?? null, backAt: doc.backAt ?? null };
}
