import { Schema, type Connection, type Model } from 'mongoose';
import type { UserKey } from '../kernel/ids';

/** A word of somebody unknown to an officer, as stored for a day. */
export interface StrangerNoticeDoc {
  _id: string;
  to: string;
  /** Digest of who it is from. */
  from: string;
  at: Date;
  /** Written to the officer at once; otherwise it waits for the list. */
  sent: boolean;
  text: string;
  /** What the officer may tap for it, by the name of its place. */
  button?: { readonly label: string; readonly payload: string };
  /** Once the list with it was written. */
  listed?: true;
}

const schema = new Schema<StrangerNoticeDoc>(
  {
    _id: { type: String, required: true },
    to: String,
    from: String,
    at: Date,
    sent: Boolean,
    text: String,
    button: Schema.Types.Mixed,
    listed: Boolean,
  },
  { collection: 'stranger_notices', versionKey: false },
);
schema.index({ to: 1, at: 1 });
schema.index({ at: 1 });

export function strangerNoticeModel(connection: Connection): Model<StrangerNoticeDoc> {
  return connection.models['StrangerNotice'] ?? connection.model<StrangerNoticeDoc>('StrangerNotice', schema);
}

export type StrangerNoticesRepo = ReturnType<typeof createStrangerNoticesRepo>;

/** Words of strangers to officers in the document store. Every write may be repeated. */
export function createStrangerNoticesRepo(connection: Connection) {
  const rows = strangerNoticeModel(connection).collection;
  const find = async (filter: object): Promise<StrangerNoticeDoc[]> =>
    (await rows
      .find(filter as never)
      .sort({ at: 1, _id: 1 })
      .toArray()) as unknown as StrangerNoticeDoc[];

  return {
    /** Keeps it unless it is there; answers whether it goes at once, as it was decided the first time. */
    async keep({ _id, ...row }: StrangerNoticeDoc): Promise<boolean> {
      await rows.updateOne({ _id: _id as never }, { $setOnInsert: row }, { upsert: true });
      const kept = (await rows.findOne({ _id: _id as never })) as unknown as StrangerNoticeDoc | null;
      return kept?.sent ?? row.sent;
    },

    /** Those to this officer since then, oldest first. */
    since: (to: UserKey, from: Date): Promise<StrangerNoticeDoc[]> => find({ to, at: { $gt: from } }),

    /** Those of before then that no list has named, oldest first. */
    unlisted: async (before: Date): Promise<StrangerNoticeDoc[]> =>
      (await find({ at: { $lte: before }, sent: false })).filter(({ listed }) => listed !== true),

    async noteListed(ids: readonly string[]): Promise<void> {
      await rows.updateMany({ _id: { $in: [...ids] } } as never, { $set: { listed: true } });
    },

    async forget(before: Date): Promise<void> {
      await rows.deleteMany({ at: { $lte: before } });
    },
  };
}
