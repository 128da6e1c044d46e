import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import type { NewSentSheet, SentSheet, SentSheetState } from './sent-sheet';
import { sentSheetModel, type SentSheetDoc } from './sent-sheets.model';

export type SentSheetsRepo = ReturnType<typeof createSentSheetsRepo>;

/** What a step makes of a sheet; what is not named stays. */
export type SentSheetChange = Partial<
  Pick<SentSheetDoc, 'file' | 'form' | 'period' | 'agreedAt' | 'told' | 'url'>
> & { readonly state: SentSheetState; readonly nextAt: Date | null };

/** Sheets sent in chat, in the document store. Every write may be repeated. */
export function createSentSheetsRepo(connection: Connection) {
  const rows = sentSheetModel(connection).collection;
  const one = (doc: unknown): SentSheet | null => (doc === null ? null : sheetOf(doc as SentSheetDoc));
  return {
    /** Adds it to be fetched from its arrival on; the same again changes nothing. */
    async add({ id, ...sheet }: NewSentSheet): Promise<void> {
      const fresh = { file: null, form: null, period: null, agreedAt: null, told: null, attempts: 0 };
      await rows.updateOne(
        { _id: id as never },
        { $setOnInsert: { ...sheet, ...fresh, state: 'waiting', nextAt: sheet.at } },
        { upsert: true },
      );
    },

    get: async (id: string): Promise<SentSheet | null> => one(await rows.findOne({ _id: id as never })),

    /** The newest sheets of the person, the newest first. */
    async newestOf(by: UserKey, limit: number): Promise<SentSheet[]> {
      const found = await rows.find({ by }).sort({ at: -1 }).limit(limit).toArray();
      return (found as unknown as SentSheetDoc[]).map(sheetOf);
    },

    /** Ids of sheets with which something is to be done, the longest due first. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await rows
        .find({ nextAt: { $lte: now } }, { projection: { _id: 1 } })
        .sort({ nextAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => String(_id));
    },

    /** Takes it in hand until `until`; null when its time has not come or somebody else has it. */
    async take(id: string, now: Date, until: Date): Promise<SentSheet | null> {
      return one(
        await rows.findOneAndUpdate(
          { _id: id as never, nextAt: { $lte: now } },
          { $set: { nextAt: until }, $inc: { attempts: 1 } },
          { returnDocument: 'after' },
        ),
      );
    },

    /** Moves it on; `false`: it is not in the state `from` any more. `nextAt` null: nothing is to be done with it of itself. */
    async move(id: string, from: readonly SentSheetState[], change: SentSheetChange): Promise<boolean> {
      const { nextAt, url, ...set } = change;
      const gone = { ...(nextAt === null ? { nextAt: '' } : {}), ...(url === undefined ? { url: '' } : {}) };
      const moved = await rows.updateOne(
        { _id: id as never, state: { $in: [...from] } },
        {
          $set: { ...set, ...(nextAt === null ? {} : { nextAt }), ...(url === undefined ? {} : { url }) },
          ...(Object.keys(gone).length > 0 ? { $unset: gone } : {}),
        },
      );
      return moved.matchedCount === 1;
    },

    /** Whether another sheet keeps the same bytes. */
    async isKept(file: string, except: string): Promise<boolean> {
      return (await rows.findOne({ file, _id: { $ne: except as never } })) !== null;
    },

    /** For whoever asked to be forgotten: what they sent stays with what it wrote, without them. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      await rows.updateMany({ by: person }, { $set: { by: stand } });
    },
  };
}

function sheetOf(doc: SentSheetDoc): SentSheet {
  const { _id, by, name, at, eventId, state, file, form, period, agreedAt, told, attempts } = doc;
  return {
    ...{ id: _id, by, name, at, eventId, state, file, form, period, agreedAt, told, attempts },
    url: doc.url ?? null,
  };
}
