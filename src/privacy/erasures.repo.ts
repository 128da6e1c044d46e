import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { erasureModel, type ErasureDoc } from './erasures.model';

export type ErasuresRepo = ReturnType<typeof createErasuresRepo>;

/** Requests to be forgotten, kept until they are carried out; then only that one was. */
export function createErasuresRepo(connection: Connection) {
  const rows = erasureModel(connection).collection;
  return {
    /** The same request again adds nothing. */
    async ask(id: string, user: UserKey, at: Date, dueAt: Date): Promise<void> {
      await rows.updateOne(
        { _id: id as never },
        { $setOnInsert: { user, at, dueAt, doneAt: null } },
        { upsert: true },
      );
    },

    async due(now: Date): Promise<{ readonly id: string; readonly user: UserKey; readonly at: Date }[]> {
      const docs = await rows
        .find({ dueAt: { $lte: now } })
        .sort({ dueAt: 1 })
        .toArray();
      return (docs as unknown as ErasureDoc[]).flatMap(({ _id, user, at }) =>
        user === undefined ? [] : [{ id: _id, user, at }],
      );
    },

    async done(id: string, at: Date): Promise<void> {
      await rows.updateOne({ _id: id as never }, { $set: { doneAt: at }, $unset: { user: '', dueAt: '' } });
    },
  };
}
