import type { Connection } from 'mongoose';
import type { Plain } from '../kernel/canonical-json';
import type { UserKey } from '../kernel/ids';
import { isDuplicate, refusedWrites } from '../kernel/store-faults';
import { auditModels, type AuditDoc, type AuditPersonDoc } from './audit.model';
import type { AuditEntry, AuditWords, ChainHead } from './entry';

/** A note that waits for its place. */
export interface Waiting {
  readonly id: string;
  readonly words: AuditWords;
}

export interface NewWords extends Waiting {
  readonly at: Date;
}

export type AuditRepo = ReturnType<typeof createAuditRepo>;

/** The audit in the document store. Notes are only ever added, and each is linked once. Nothing here decides. */
export function createAuditRepo(connection: Connection) {
  const { entries, people, marks } = auditModels(connection);
  const linkedOnly = { seq: { $gt: 0 } };

  async function one(filter: object, sort: Record<string, 1 | -1>): Promise<AuditDoc | null> {
    const [doc] = await entries.collection
      .find(filter as never)
      .sort(sort)
      .limit(1)
      .toArray();
    return (doc as unknown as AuditDoc | undefined) ?? null;
  }

  return {
    /** Adds the notes that are not there yet. */
    async add(notes: readonly NewWords[]): Promise<void> {
      if (notes.length === 0) return;
      const docs = notes.map(({ id, at, words }) => ({
        ...{ _id: id, seq: 0, happenedAt: at, unit: words.unit, words },
      }));
      try {
        await entries.collection.insertMany(docs as never[], { ordered: false });
      } catch (error) {
        const refused = refusedWrites(error);
        if (refused.length === 0 || !refused.every(isDuplicate)) throw error;
      }
    },

    /** The next notes to be linked, in the order in which they happened; only those before `until` when it is given. */
    async waiting(until: Date | null, limit: number): Promise<Waiting[]> {
      const filter = until === null ? { seq: 0 } : { seq: 0, happenedAt: { $lt: until } };
      const docs = await entries.collection
        .find(filter as never)
        .sort({ happenedAt: 1, _id: 1 })
        .limit(limit)
        .toArray();
      return (docs as unknown as AuditDoc[]).map(({ _id, words }) => ({
        id: _id,
        words: words as AuditWords,
      }));
    },

    async head(): Promise<ChainHead | null> {
      const doc = await one(linkedOnly, { seq: -1 });
      return doc ? { seq: doc.seq, digest: doc.digest ?? '' } : null;
    },

    /** Puts the notes in their places, in order. False: another writer was there first; what was put before that stands. */
    async link(all: readonly { readonly id: string; readonly entry: AuditEntry }[]): Promise<boolean> {
      const writes = all.map(({ id, entry: { seq, previous, digest } }) => ({
        updateOne: { filter: { _id: id, seq: 0 }, update: { $set: { seq, previous, digest } } },
      }));
      try {
        const { matchedCount } = await entries.collection.bulkWrite(writes as never[], { ordered: true });
        return matchedCount === all.length;
      } catch (error) {
        if (!isDuplicate(error) && !refusedWrites(error).every(isDuplicate)) throw error;
        return false;
      }
    },

    /** Linked entries from `from` on, oldest first; of these units only, when they are given. */
    async page(from: number, units: readonly string[] | null, limit: number): Promise<AuditEntry[]> {
      const place = { seq: { $gte: Math.max(1, from) } };
      const filter = units === null ? place : { unit: { $in: [...units] }, ...place };
      const docs = await entries.collection
        .find(filter as never)
        .sort({ seq: 1 })
        .limit(limit)
        .toArray();
      return (docs as unknown as AuditDoc[]).map(toEntry);
    },

    /** The opaque id of a person; `fresh` becomes it when there is none yet. */
    async personOf(user: UserKey, fresh: string): Promise<string> {
      const found = await people.collection.findOneAndUpdate(
        { _id: user as never },
        { $setOnInsert: { person: fresh } },
        { upsert: true, returnDocument: 'after' },
      );
      return (found as unknown as AuditPersonDoc).person;
    },

    /** From then on nobody can tell whom the id stands for. */
    async forget(user: UserKey): Promise<void> {
      await people.collection.deleteOne({ _id: user as never });
    },

    async markOf(source: string): Promise<Plain> {
      const found = await marks.findById(source).lean();
      return (found?.mark ?? null) as Plain;
    },

    async setMark(source: string, mark: Plain): Promise<void> {
      await marks.collection.updateOne({ _id: source as never }, { $set: { mark } }, { upsert: true });
    },
  };
}

function toEntry({ words, seq, digest = '', previous = null }: AuditDoc): AuditEntry {
  return { seq, ...(words as AuditWords), digest, previous };
}
