import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import type { Annex, NewAnnex } from './annex';
import { annexModel, type AnnexDoc } from './annexes.model';

export type AnnexesRepo = ReturnType<typeof createAnnexesRepo>;

/** Files that go with directives, in the document store. Every write may be repeated. */
export function createAnnexesRepo(connection: Connection) {
  const rows = annexModel(connection).collection;

  return {
    /** Adds what is not there yet: a link is kept at once, a file is to be fetched from its arrival on. */
    async add({ id, url, ...annex }: NewAnnex): Promise<void> {
      const fresh =
        annex.kind === 'link'
          ? { state: 'kept', url, attempts: 0 }
          : { state: 'waiting', url, attempts: 0, nextAt: annex.at };
      await rows.updateOne({ _id: id as never }, { $setOnInsert: { ...annex, ...fresh } }, { upsert: true });
    },

    /** Those of one directive, oldest first. */
    async of(directive: string): Promise<Annex[]> {
      const found = await rows.find({ directive }).sort({ at: 1 }).toArray();
      return (found as unknown as AnnexDoc[]).map(annexOf);
    },

    /** Takes one whose time has come in hand until `until`; null when it does not wait or somebody else has it. */
    async take(id: string, now: Date, until: Date): Promise<Annex | null> {
      const found = await rows.findOneAndUpdate(
        { _id: id as never, state: 'waiting', nextAt: { $lte: now } },
        { $set: { nextAt: until }, $inc: { attempts: 1 } },
        { returnDocument: 'after' },
      );
      return found ? annexOf(found as unknown as AnnexDoc) : null;
    },

    /** Ids of those to be fetched, the longest due first. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await rows
        .find({ nextAt: { $lte: now } }, { projection: { _id: 1 } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => String(_id));
    },

    async later(id: string, nextAt: Date): Promise<void> {
      await rows.updateOne({ _id: id as never, state: 'waiting' }, { $set: { nextAt } });
    },

    async kept(id: string, media: string, bytes: number): Promise<void> {
      await rows.updateOne(
        { _id: id as never, state: 'waiting' },
        { $set: { state: 'kept', media, bytes }, $unset: { url: '', nextAt: '' } },
      );
    },

    async refused(id: string): Promise<void> {
      await rows.updateOne(
        { _id: id as never, state: 'waiting' },
        { $set: { state: 'refused' }, $unset: { url: '', nextAt: '' } },
      );
    },

    async removeOf(directive: string): Promise<void> {
      await rows.deleteMany({ directive });
    },

    async holds(media: string): Promise<boolean> {
      return (await rows.findOne({ media }, { projection: { _id: 1 } })) !== null;
    },

    /** For whoever asked to be forgotten: the paper stays with its office. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      await rows.updateMany({ by: person }, { $set: { by: stand } });
    },
  };
}

function annexOf(doc: AnnexDoc): Annex {
  const { _id, url, media, bytes, nextAt: _nextAt, ...rest } = doc;
  return { ...rest, id: _id, url: url ?? null, media: media ?? null, bytes: bytes ?? null };
}
