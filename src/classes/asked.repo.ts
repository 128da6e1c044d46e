import type { Connection } from 'mongoose';
import { keyedHash, type UserKey } from '../kernel/ids';
import type { AskedRow } from './asked';
import { askedModel, type AskedDoc } from './asked.model';

export type AskedRepo = ReturnType<typeof createAskedRepo>;

export interface AskedOnce {
  readonly user: UserKey;
  readonly week: string;
  readonly topic: string;
  /** Null: not known. */
  readonly commune: string | null;
  /** What was asked and not understood, masked. */
  readonly words?: string;
  readonly at: Date;
}

/** Questions that stayed open, in the document store. `key` makes the hash of a person. Every write may be repeated. */
export function createAskedRepo(connection: Connection, key: Buffer) {
  const rows = askedModel(connection).collection;
  const whoIs = (user: UserKey): string => keyedHash(key, 'question', user).slice(0, 24);

  async function note({ user, week, topic, commune, words, at }: AskedOnce): Promise<string> {
    const who = whoIs(user);
    const id = `${week}:${topic}:${who}`;
    await rows.updateOne(
      { _id: id as never },
      {
        $setOnInsert: {
          ...{ week, topic, who, at },
          ...(commune === null ? { commune: null } : {}),
          ...(words === undefined ? {} : { words }),
        },
        ...(commune === null ? {} : { $set: { commune } }),
      },
      { upsert: true },
    );
    return id;
  }

  return {
    /** One person counts once for a question and week, however often they ask. */
    async note(asked: AskedOnce): Promise<void> {
      await note(asked);
    },

    /** It worked after all; whoever agreed to be invited still is. */
    async solved({ user, week, topic }: Pick<AskedOnce, 'user' | 'week' | 'topic'>): Promise<void> {
      await rows.deleteMany({ _id: `${week}:${topic}:${whoIs(user)}` as never, user: { $exists: false } });
    },

    /** The person agreed to be invited to a class about it. */
    async agree(asked: AskedOnce & { readonly commune: string }): Promise<void> {
      const id = await note(asked);
      await rows.updateOne({ _id: id as never }, { $set: { user: asked.user } });
    },

    /** The questions of a week, of one commune or of all. */
    async ofWeek(week: string, commune?: string): Promise<AskedRow[]> {
      const filter = commune === undefined ? { week } : { week, commune };
      const docs = (await rows.find(filter as never).toArray()) as unknown as AskedDoc[];
      return docs.map((doc) => ({
        week: doc.week,
        topic: doc.topic,
        commune: doc.commune,
        agreed: doc.user !== undefined,
        words: doc.words ?? null,
      }));
    },

    /** Those who agreed and were not invited yet, now invited to this class; asked again it answers the same. */
    async take(asked: { week: string; commune: string; topic: string; class: string }): Promise<UserKey[]> {
      const { week, commune, topic } = asked;
      const filter = { week, commune, topic, user: { $exists: true } };
      await rows.updateMany(
        { ...filter, invited: { $exists: false } },
        {
          $set: { invited: asked.class },
        },
      );
      const docs = (await rows
        .find({ ...filter, invited: asked.class } as never)
        .toArray()) as unknown as AskedDoc[];
      return docs.flatMap(({ user }) => user ?? []);
    },

    /** Wants no invitations: what they asked still counts, and nobody can tell who it was. */
    async withdraw(user: UserKey): Promise<void> {
      await rows.updateMany({ who: whoIs(user) }, { $unset: { user: '' } });
    },

    async erase(user: UserKey): Promise<void> {
      await rows.deleteMany({ who: whoIs(user) });
    },

    async agreedTo(user: UserKey): Promise<readonly string[]> {
      const docs = (await rows.find({ who: whoIs(user) } as never).toArray()) as unknown as AskedDoc[];
      return docs.flatMap((doc) => (doc.user === undefined ? [] : [doc.topic]));
    },

    async forget(before: Date, wordsBefore: Date): Promise<void> {
      await rows.deleteMany({ at: { $lt: before } });
      await rows.updateMany(
        { at: { $lt: wordsBefore }, words: { $exists: true } },
        { $unset: { words: '' } },
      );
    },
  };
}
