import type { Connection } from 'mongoose';
import { AppError } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { chunks } from '../kernel/lists';
import { isDuplicate } from '../kernel/store-faults';
import { FREE_POST, withoutPerson, type LeftPost } from './erasure';
import type { Office } from './office';
import type { HandOver } from './hand-over';
import type { Leave } from './leave';
import {
  orgModels,
  type AttemptsDoc,
  type Consent,
  type HandOverDoc,
  type OfficeDoc,
  type UnitDoc,
} from './org.model';
import type { UnitRecord } from './unit';

/** What changed in the store, counted; a tree or a list of offices read under one pair of numbers is stale under another. */
export interface Revision {
  readonly units: number;
  readonly offices: number;
}

/** A unit to be written, and the write count it was planned on (null: it must be new). */
export interface UnitWrite {
  readonly record: UnitRecord;
  readonly rev: number | null;
  /** Its spans as the plan knew them; null: it is new. */
  readonly was: UnitRecord['spans'] | null;
}

/** What changes units, kept with each of them. `id`: the effect or the sheet; `by` null: somebody at the machine. */
export interface UnitsChange {
  readonly id: string;
  readonly at: Date;
  readonly by: UserKey | null;
}

/** What a sheet changes in one office. */
export interface OfficeChange {
  readonly id: string;
  readonly set: Partial<Omit<OfficeDoc, '_id' | 'former'>>;
  /** Takes the code away. */
  readonly dropCode?: boolean;
  /** Only while the post is held by this person (null: by nobody); left alone when that changed meanwhile. */
  readonly whileUser?: UserKey | null;
  readonly former?: OfficeDoc['former'][number];
}

const BATCH = 1000;
const SIDE_BY_SIDE = 50;
const ORDER = { _id: 1 } as const;

export type OrgRepo = ReturnType<typeof createOrgRepo>;

/** Queries of the organisation. Nothing here decides; each write is safe to repeat and safe against another at the same time. */
export function createOrgRepo(connection: Connection) {
  const { units, offices, attempts, consents, meta } = orgModels(connection);

  return {
    async revision(): Promise<Revision> {
      const rows = await meta.find({ _id: { $in: ['revision:units', 'revision:offices'] } }).lean();
      const count = (name: string) => rows.find((row) => row._id === name)?.n ?? 0;
      return { units: count('revision:units'), offices: count('revision:offices') };
    },

    /** Tells every process that units or offices changed; answers the new count. Call it after the change is written. */
    async bump(what: keyof Revision): Promise<number> {
      const row = await meta
        .findOneAndUpdate(
          { _id: `revision:${what}` },
          { $inc: { n: 1 } },
          { upsert: true, returnDocument: 'after' },
        )
        .lean();
      return row.n;
    },

    async isMarked(name: string): Promise<boolean> {
      return (await meta.findOne({ _id: name }).lean()) !== null;
    },

    async mark(name: string): Promise<void> {
      await meta.updateOne({ _id: name }, { $setOnInsert: { n: 1 } }, { upsert: true });
    },

    async units(): Promise<UnitDoc[]> {
      return units.collection.find({}, { projection: { log: 0 } }).toArray() as unknown as Promise<UnitDoc[]>;
    },

    /** The units with every change that was made to them. */
    async unitsWithChanges(): Promise<UnitDoc[]> {
      return units.collection.find({}).sort(ORDER).toArray() as unknown as Promise<UnitDoc[]>;
    },

    /** Adds the units that are not there yet and leaves the others alone; answers how many were added. */
    async addUnits(records: readonly UnitRecord[]): Promise<number> {
      let added = 0;
      for (const batch of chunks(records, BATCH)) {
        const done = await units.bulkWrite(
          batch.map(({ code, level, spans }) => ({
            updateOne: {
              filter: { _id: code },
              update: { $setOnInsert: { level, spans: [...spans], rev: 1 } },
              upsert: true,
            },
          })),
          { ordered: false },
        );
        added += done.upsertedCount;
      }
      return added;
    },

    /** Writes planned units, each with what changed it; throws `import_refused` when one was changed by somebody else since it was read. */
    async writeUnits(writes: readonly UnitWrite[], change: UnitsChange): Promise<void> {
      for (const batch of chunks(writes, BATCH)) {
        const done = await units.bulkWrite(
          batch.map(({ record: { code, level, spans }, rev, was }) => {
            const entry = { ...change, was: was && [...was] };
            if (rev === null)
              return {
                updateOne: {
                  filter: { _id: code },
                  update: { $setOnInsert: { level, spans: [...spans], rev: 1, log: [entry] } },
                  upsert: true,
                },
              };
            const update = { $set: { spans: [...spans] }, $inc: { rev: 1 }, $push: { log: entry } };
            return { updateOne: { filter: { _id: code, rev }, update } };
          }),
          { ordered: false },
        );
        const created = batch.filter(({ rev }) => rev === null).length;
        if (done.upsertedCount !== created || done.matchedCount !== batch.length - created)
          throw new AppError('import_refused', { reason: 'changed_meanwhile' });
      }
    },

    async offices(): Promise<OfficeDoc[]> {
      return offices.find().sort(ORDER).lean<OfficeDoc[]>();
    },

    async office(id: string): Promise<OfficeDoc | null> {
      return offices.findById(id).lean<OfficeDoc | null>();
    },

    async officeByCode(codeHash: string): Promise<OfficeDoc | null> {
      return offices.findOne({ codeHash }).lean<OfficeDoc | null>();
    },

    async officesOfUser(user: UserKey): Promise<OfficeDoc[]> {
      return offices.find({ user }).sort(ORDER).lean<OfficeDoc[]>();
    },

    async officesByPhone(phoneHash: string): Promise<OfficeDoc[]> {
      return offices.find({ phoneHash }).sort(ORDER).lean<OfficeDoc[]>();
    },

    /** Adds the offices that are not there yet. One whose code already opens another post is added without its code. */
    async addOffices(docs: readonly OfficeDoc[]): Promise<number> {
      let added = 0;
      const put = async (batch: readonly OfficeDoc[]): Promise<void> => {
        const done = await offices.bulkWrite(
          batch.map(({ _id, ...rest }) => ({
            updateOne: { filter: { _id }, update: { $setOnInsert: rest }, upsert: true },
          })),
          { ordered: false },
        );
        added += done.upsertedCount;
      };
      for (const batch of chunks(docs, BATCH)) {
        try {
          await put(batch);
        } catch (error) {
          if (!isDuplicate(error)) throw error;
          for (const doc of batch) {
            try {
              await put([doc]);
            } catch (again) {
              if (!isDuplicate(again)) throw again;
              const { codeHash: _taken, ...rest } = doc;
              await put([rest]);
            }
          }
        }
      }
      return added;
    },

    /** Applies what a sheet changes; answers the ids that were left alone because their holder changed meanwhile. */
    async changeOffices(changes: readonly OfficeChange[]): Promise<string[]> {
      const left: string[] = [];
      // One by one in the store, so that each says whether it met its row; several under way at once.
      for (const batch of chunks(changes, SIDE_BY_SIDE)) {
        await Promise.all(
          batch.map(async ({ id, set, dropCode, whileUser, former }) => {
            const done = await offices.updateOne(
              { _id: id, ...(whileUser === undefined ? {} : { user: whileUser }) },
              {
                ...(Object.keys(set).length > 0 ? { $set: set } : {}),
                ...(dropCode ? { $unset: { codeHash: 1 } } : {}),
                ...(former ? { $push: { former } } : {}),
              },
            );
            if (done.matchedCount === 0) left.push(id);
          }),
        );
      }
      return left;
    },

    /**
     * Gives the post to the person if the code is still good; the code is spent by the same write. Who holds the post on
     * another account until then holds it no longer. Null when the code is spent, or the holder changed at this moment.
     */
    async claim(input: {
      officeId: string;
      codeHash: string;
      user: UserKey;
      at: Date;
      effectId: string;
      consent: Consent | null;
    }): Promise<OfficeDoc | null> {
      const { officeId, codeHash, user, at, effectId, consent } = input;
      const before = await offices.findOne({ _id: officeId, codeHash }).lean<OfficeDoc | null>();
      if (!before) return null;
      const { user: holder, fullName, claimedAt: from, claimEffect } = before;
      const former = {
        ...{ user: holder as UserKey, fullName, from, to: at },
        ...{ effectId, claimEffect, why: 'moved' as const },
      };
      return offices
        .findOneAndUpdate(
          { _id: officeId, codeHash, user: holder },
          {
            $set: { user, claimedAt: at, claimEffect: effectId, consent },
            $unset: { codeHash: 1 },
            ...(holder === null || holder === user ? {} : { $push: { former } }),
          },
          { returnDocument: 'after' },
        )
        .lean<OfficeDoc | null>();
    },

    /** Gives a post that nobody holds to the person whose number is kept with it; null when that changed at this moment. */
    async claimByPhone(input: {
      officeId: string;
      phoneHash: string;
      user: UserKey;
      at: Date;
      effectId: string;
      consent: Consent | null;
    }): Promise<OfficeDoc | null> {
      const { officeId: _id, phoneHash, user, at, effectId, consent } = input;
      return offices
        .findOneAndUpdate(
          { _id, phoneHash, user: null, closed: { $ne: true } },
          { $set: { user, claimedAt: at, claimEffect: effectId, consent }, $unset: { codeHash: 1 } },
          { returnDocument: 'after' },
        )
        .lean<OfficeDoc | null>();
    },

    /** Takes the post from the person who holds it and remembers that it was theirs; null when they do not hold it. */
    async leave(doc: OfficeDoc, user: UserKey, at: Date, effectId: string): Promise<OfficeDoc | null> {
      return offices
        .findOneAndUpdate(
          { _id: doc._id, user },
          {
            $set: { user: null, claimedAt: null, claimEffect: null, consent: null },
            $push: {
              former: {
                ...{ user, fullName: doc.fullName, from: doc.claimedAt, to: at },
                ...{ effectId, claimEffect: doc.claimEffect, why: 'left' },
              },
            },
          },
          { returnDocument: 'after' },
        )
        .lean<OfficeDoc | null>();
    },

    /**
     * Ends the post whose last day is over: nobody holds it, its code and the number of its holder are gone, and it is no
     * post of the unit any more. Null when the sheet or another process changed it meanwhile.
     */
    async endPost(doc: OfficeDoc, at: Date): Promise<OfficeDoc | null> {
      const { _id, user, fullName, claimedAt: from, claimEffect, ends } = doc;
      const effectId = `ends:${_id}:${ends ?? ''}`;
      return offices
        .findOneAndUpdate(
          { _id, ends: ends ?? null, user },
          {
            $set: { ...FREE_POST, fullName, address: doc.address, closed: true },
            $unset: { codeHash: 1 },
            ...(user === null
              ? {}
              : { $push: { former: { user, fullName, from, to: at, effectId, claimEffect, why: 'ended' } } }),
          },
          { returnDocument: 'after' },
        )
        .lean<OfficeDoc | null>();
    },

    async attempts(user: UserKey): Promise<AttemptsDoc['wrong']> {
      return (await attempts.findById(user).lean<AttemptsDoc | null>())?.wrong ?? [];
    },

    /** Notes a wrong code; the same effect twice is noted once. Only the newest `keep` are kept. */
    async addAttempt(user: UserKey, effectId: string, at: Date, keep = 20): Promise<void> {
      const put = (upsert: boolean) =>
        attempts.updateOne(
          { _id: user, 'wrong.id': { $ne: effectId } },
          { $push: { wrong: { $each: [{ id: effectId, at }], $slice: -keep } } },
          { upsert },
        );
      try {
        await put(true);
      } catch (error) {
        // The row is there: it holds this effect already, or another effect made it at the same moment.
        if (!isDuplicate(error)) throw error;
        await put(false);
      }
    },

    async clearAttempts(user: UserKey): Promise<void> {
      await attempts.deleteOne({ _id: user });
    },

    /** Keeps the confirmation and shows it on every post the person holds; the newest instant wins. */
    async addConsent(user: UserKey, consent: Consent): Promise<void> {
      const { version, at, eventId } = consent;
      await consents.updateOne({ _id: eventId }, { $setOnInsert: { user, version, at } }, { upsert: true });
      await offices.updateMany(
        { user, $or: [{ consent: null }, { 'consent.at': { $lte: at } }] },
        { $set: { consent } },
      );
    },

    async latestConsent(user: UserKey): Promise<Consent | null> {
      const row = await consents.findOne({ user }).sort({ at: -1, _id: -1 }).lean();
      return row ? { version: row.version, at: row.at, eventId: row._id } : null;
    },

    /**
     * Takes a person who asked to be forgotten out of every post, with name and number; answers the posts that are free
     * by it, so a second time none. Tell other processes with `bump`.
     */
    async leavePosts(person: UserKey, stand: UserKey, at: Date): Promise<LeftPost[]> {
      const docs = await offices
        .find({ $or: [{ user: person }, { 'former.user': person }] })
        .lean<OfficeDoc[]>();
      for (const doc of docs)
        await offices.updateOne(
          { _id: doc._id, user: doc.user },
          { $set: withoutPerson(doc, person, stand, at) },
        );
      // What was on its way to them, or from them, goes nowhere any more.
      const freed = docs.filter(({ user }) => user === person).map(({ _id }) => _id);
      const theirs = { $or: [{ _id: { $in: freed } }, { 'handover.user': person }] };
      await offices.updateMany({ handover: { $exists: true }, ...theirs }, { $unset: { handover: 1 } });
      await offices.updateMany({ invited: person }, { $set: { invited: null } });
      await offices.updateMany({ asking: person }, { $set: { asking: null } });
      return docs
        .filter(({ user }) => user === person)
        .map(({ _id, unit, role }) => ({ office: _id, unit, role }));
    },

    /** That a notice was confirmed or units changed stays, but not by whom; what was tried with codes goes. A second time changes nothing. */
    async unname(person: UserKey, stand: UserKey): Promise<void> {
      await consents.updateMany({ user: person }, { $set: { user: stand } });
      const changed = await units.find({ 'log.by': person }).lean<UnitDoc[]>();
      for (const { _id, log = [] } of changed) {
        const unnamed = log.map((entry) => (entry.by === person ? { ...entry, by: stand } : entry));
        await units.updateOne({ _id }, { $set: { log: unnamed } });
      }
      await attempts.deleteOne({ _id: person });
    },
  };
}

/** The office as the rest of the program sees it: no phone number, no hash. */
export function toOffice(doc: OfficeDoc): Office {
  return Object.freeze({
    id: doc._id,
    unit: doc.unit,
    role: doc.role,
    fullName: doc.fullName,
    address: doc.address,
    user: doc.user,
    claimedAt: doc.claimedAt,
    claimEffect: doc.claimEffect,
    consent: doc.consent,
    hasPhone: doc.phone !== null,
    ends: doc.ends ?? null,
    closed: doc.closed ?? false,
    handover: doc.handover ? toHandOver(doc.handover) : null,
    leave: doc.leave && doc.user !== null && doc.leave.claim === doc.claimEffect ? leaveIn(doc.leave) : null,
    invited: doc.invited ?? null,
    asking: doc.asking ?? null,
    former: doc.former.map(({ user, from, to, why, effectId }) => ({
      user,
      from,
      to,
      why: why ?? (to === null ? 'replaced' : 'left'),
      lostBy: why ? effectId : null,
    })),
  });
}

function leaveIn({ id, from, to }: Leave): Leave {
  return { id, from, to };
}

/** Without the number of the new holder. */
function toHandOver({
  id,
  day,
  until,
  fullName,
  address,
  user,
  agreedBy,
  acceptedBy,
}: HandOverDoc): HandOver {
  return {
    id,
    day,
    until: until ?? null,
    fullName,
    address,
    user,
    agreed: agreedBy !== undefined,
    accepted: acceptedBy !== undefined,
  };
}

export function toRecord(doc: UnitDoc): UnitRecord {
  return { code: doc._id, level: doc.level, spans: doc.spans };
}
