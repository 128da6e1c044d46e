import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import type { Evidence, NewEvidence, Subject } from './evidence';
import { evidenceModel, type EvidenceDoc } from './evidence.model';

export type EvidenceRepo = ReturnType<typeof createEvidenceRepo>;

/** Evidence in the document store. Every write may be repeated. */
export function createEvidenceRepo(connection: Connection) {
  const rows = evidenceModel(connection).collection;

  async function find(filter: object, limit = 0): Promise<Evidence[]> {
    const docs = await rows
      .find(filter as never)
      .sort({ at: 1, _id: 1 })
      .limit(limit)
      .toArray();
    return (docs as unknown as EvidenceDoc[]).map(evidenceOf);
  }

  return {
    /** Adds what is not there yet, to be fetched from `at` on. */
    async add(pieces: readonly NewEvidence[]): Promise<void> {
      if (pieces.length === 0) return;
      await rows.bulkWrite(
        pieces.map(({ id, subject, ...piece }) => ({
          updateOne: {
            filter: { _id: id },
            update: {
              $setOnInsert: {
                ...{ form: subject.form, period: subject.period, unit: subject.unit },
                ...piece,
                ...{ state: 'waiting', media: null, bytes: null, reason: null, attempts: 0 },
                nextTryAt: piece.at,
              },
            },
            upsert: true,
          },
        })) as never[],
        { ordered: false },
      );
    },

    /** Takes a piece whose time has come in hand until `until`; null when it does not wait or somebody else has it. */
    async take(id: string, now: Date, until: Date): Promise<Evidence | null> {
      const found = await rows.findOneAndUpdate(
        { _id: id as never, state: 'waiting', nextTryAt: { $lte: now } },
        { $set: { nextTryAt: until }, $inc: { attempts: 1 } },
        { returnDocument: 'after' },
      );
      return found ? evidenceOf(found as unknown as EvidenceDoc) : null;
    },

    /** Ids of pieces that want to be fetched, oldest first. */
    async due(now: Date, limit: number): Promise<string[]> {
      const found = await rows
        .find({ nextTryAt: { $lte: now }, state: 'waiting' }, { projection: { _id: 1 } })
        .sort({ nextTryAt: 1 })
        .limit(limit)
        .toArray();
      return found.map(({ _id }) => String(_id));
    },

    async kept(id: string, media: string, bytes: number): Promise<void> {
      await rows.updateOne(
        { _id: id as never },
        { $set: { state: 'kept', media, bytes, reason: null }, $unset: { url: '', nextTryAt: '' } },
      );
    },

    /** Not this time; `reason` is one of a few fixed words. */
    async failed(id: string, reason: string, nextTryAt: Date): Promise<void> {
      await rows.updateOne({ _id: id as never, state: 'waiting' }, { $set: { reason, nextTryAt } });
    },

    async lost(id: string, reason: string): Promise<void> {
      await rows.updateOne(
        { _id: id as never, state: 'waiting' },
        { $set: { state: 'lost', reason }, $unset: { url: '', nextTryAt: '' } },
      );
    },

    async holds(media: string): Promise<boolean> {
      return (await rows.findOne({ media }, { projection: { _id: 1 } })) !== null;
    },

    /** The evidence of one unit for one thing, oldest first. */
    of: ({ form, period, unit }: Subject): Promise<Evidence[]> => find({ form, period, unit }),

    /** That of all units for one thing, oldest first. */
    ofAll: ({ form, period }: Omit<Subject, 'unit'>): Promise<Evidence[]> => find({ form, period }),

    /**
     * For whoever asked to be forgotten: a voice goes, records and all; pictures and papers of the office's work stay
     * with the office, without the sender and the name they gave. Answers the media names that no record holds any more.
     */
    async unname(person: UserKey, stand: UserKey): Promise<string[]> {
      const voices = await find({ by: person, kind: 'audio' });
      await rows.deleteMany({ by: person, kind: 'audio' });
      await rows.updateMany({ by: person }, { $set: { by: stand, name: null } });
      const names = [...new Set(voices.flatMap(({ media }) => (media === null ? [] : [media])))];
      const still = new Set((await find({ media: { $in: names } })).map(({ media }) => media));
      return names.filter((name) => !still.has(name));
    },
  };
}

function evidenceOf(doc: EvidenceDoc): Evidence {
  const { form, period, unit } = doc;
  return {
    id: doc._id,
    subject: { form, period, unit },
    figure: doc.figure,
    kind: doc.kind,
    url: doc.url ?? null,
    name: doc.name,
    by: doc.by,
    at: doc.at,
    eventId: doc.eventId,
    state: doc.state,
    media: doc.media,
    bytes: doc.bytes,
    reason: doc.reason,
    attempts: doc.attempts,
  };
}
