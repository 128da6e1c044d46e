import type { Connection } from 'mongoose';
import { type Clock, systemClock } from '../kernel/clock';
import { Coalescer, lookUps } from '../kernel/coalesce';
import { AppError } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { isDuplicate, refusedWrites } from '../kernel/store-faults';
import { type FigureVersion, type Report, type ReportAct, reportId, type ReportKey } from './report';
import { type ReportDoc, reportModel, type StoredVersion } from './reports.model';
import type { CountedReport } from './totals';

/** A place in the order of writes. */
export interface WriteMark {
  readonly at: Date;
  /** Of the reports written at that same moment, those up to this id were seen; empty: none. */
  readonly id: string;
}

export interface ReportChange {
  readonly report: Report;
  readonly mark: WriteMark;
}

/** When a report was sent, and whether late; of reports that stand as sent. */
export type Sending = Pick<Report, 'unit' | 'late'> & { readonly submittedAt: Date };

/** Up to so many units are asked for by name; beyond that the whole period is read and sifted here. */
const BY_NAME = 200;

export type ReportsRepo = ReturnType<typeof createReportsRepo>;

/**
 * Queries of reports. `singleProcess`: no other process writes to this store. Nothing here decides. Versions, acts and applied effects are only ever pushed, never set, so no
 * code path can rewrite what somebody said.
 */
export function createReportsRepo(
  connection: Connection,
  { singleProcess = false, machine = systemClock }: { singleProcess?: boolean; machine?: Clock } = {},
) {
  const model = reportModel(connection);

  /** Reads asked for in the same moment, by however many turns, are one query. */
  const reader = lookUps(
    (ids) => model.collection.find<ReportDoc>({ _id: { $in: ids } } as never).toArray(),
    toReport,
    4,
  );

  /** First reports of many units go out together; one that is there already is not written again. */
  const inserter = new Coalescer<Report, boolean>(
    async (reports) => {
      const writtenAt = machine.now();
      const docs = reports.map((after) => {
        const { id, form, period, unit } = after;
        return { _id: id, form, period, unit, ...fieldsOf(after, writtenAt), ...newerThan(null, after) };
      });
      const results: boolean[] = docs.map(() => true);
      try {
        await model.collection.insertMany(docs as never[], { ordered: false });
      } catch (error) {
        const refused = refusedWrites(error);
        if (refused.length === 0 || !refused.every(isDuplicate)) throw error;
        for (const { index } of refused) results[index] = false;
      }
      return results;
    },
    { max: 200, lanes: 4 },
  );

  /**
   * Changes of many reports go out together, and only when one did not fit is it asked which. Another process could have
   * applied that very effect meanwhile; where there is one, each change goes out alone and its own answer tells.
   */
  const updater = new Coalescer<Change, boolean>(
    async (changes) => {
      const writtenAt = machine.now();
      const writes = changes.map((change) => ({ updateOne: updateOf(change, writtenAt) }));
      const { matchedCount } = await model.collection.bulkWrite(writes as never[], { ordered: false });
      if (matchedCount === changes.length) return changes.map(() => true);
      if (changes.length === 1) return [false];
      const ids = changes.map(({ after }) => after.id);
      const found = await model.collection
        .find({ _id: { $in: ids } } as never, { projection: { applied: 1 } })
        .toArray();
      const applied = new Map(
        (found as unknown as ReportDoc[]).map((doc) => [doc._id, new Set(doc.applied)]),
      );
      return changes.map(({ before, after }) =>
        newerThan(before, after).applied.every((effect) => applied.get(after.id)?.has(effect) === true),
      );
    },
    singleProcess ? { max: 200, lanes: 4 } : { max: 1, lanes: 16 },
  );

  return {
    /** The clock that stamps writes; not that of the program, which may be moved. */
    machineNow(): Date {
      return machine.now();
    },

    async get(key: ReportKey): Promise<Report | null> {
      return reader.add(reportId(key));
    },

    /** Those of the keys that exist, in no order. */
    async getMany(keys: readonly ReportKey[]): Promise<Report[]> {
      const found = await Promise.all(keys.map((key) => reader.add(reportId(key))));
      return found.filter((report) => report !== null);
    },

    /** Writes `after` if the stored report is still `before` (null: if there is none). False: somebody else was faster, nothing was written. */
    async save(before: Report | null, after: Report): Promise<boolean> {
      return before ? updater.add({ before, after }) : inserter.add(after);
    },

    /**
     * Takes a person's key out of what they said and did, for whoever asked to be forgotten: the figures stay with the
     * unit. The one exception to «only ever pushed»; nothing but who is touched. Answers how many reports held it.
     */
    async unname(person: UserKey, stand: UserKey): Promise<number> {
      const mine = { $or: [{ 'versions.by': person }, { 'acts.by': person }, { 'seconds.by': person }] };
      let changed = 0;
      for (let rounds = 0; rounds < 20; rounds += 1) {
        const docs = (await model.collection
          .find(mine as never)
          .limit(200)
          .toArray()) as unknown as ReportDoc[];
        if (docs.length === 0) return changed;
        const replaced = <T extends { by: UserKey }>(all: readonly T[]): T[] =>
          all.map((one) => (one.by === person ? { ...one, by: stand } : one));
        const withoutName = (act: ReportAct): ReportAct =>
          act.seconds
            ? {
                ...act,
                seconds: act.seconds.map(({ figure, before }) => ({
                  figure,
                  before: before?.by === person ? { ...before, by: stand } : before,
                })),
              }
            : act;
        for (const { _id, rev, versions, acts, seconds } of docs) {
          // One that was written meanwhile is met again in the next round.
          const done = await model.collection.updateOne({ _id, rev } as never, {
            $set: {
              versions: replaced(versions),
              acts: replaced(acts.map(withoutName)),
              seconds: replaced(seconds ?? []),
            },
          });
          changed += done.matchedCount;
        }
      }
      throw new AppError('store_unavailable', { what: 'reports keep changing' });
    },

    /** The reports of these units, in the order of the codes. Units without one are left out. */
    async ofUnits(form: string, period: string, units: readonly string[]): Promise<Report[]> {
      const docs = await model.find(ofThese(form, period, units)).lean<ReportDoc[]>();
      const byUnit = new Map(docs.map((doc) => [doc.unit, doc]));
      return units.flatMap((unit) => {
        const doc = byUnit.get(unit);
        return doc ? [toReport(doc)] : [];
      });
    },

    /** Unit → when it was sent, for every report of these units that stands as sent; others may be among them. */
    async sendings(form: string, period: string, units: readonly string[]): Promise<Map<string, Sending>> {
      const docs = await model
        .find(
          { ...ofThese(form, period, units), submittedAt: { $ne: null } },
          { unit: 1, submittedAt: 1, late: 1 },
        )
        .lean<Pick<ReportDoc, '_id' | 'unit' | 'submittedAt' | 'late'>[]>();
      return new Map(
        docs.map(({ unit, submittedAt, late }) => [unit, { unit, late, submittedAt: submittedAt as Date }]),
      );
    },

    /** Unit → its own lock, where that was moved in the period, for these units; others may be among them. */
    async extended(form: string, period: string, units: readonly string[]): Promise<Map<string, Date>> {
      const docs = await model
        .find({ ...ofThese(form, period, units), extendedTo: { $ne: null } }, { unit: 1, extendedTo: 1 })
        .lean<Pick<ReportDoc, 'unit' | 'extendedTo'>[]>();
      return new Map(docs.map(({ unit, extendedTo }) => [unit, extendedTo as Date]));
    },

    /** Hands every report of the period to `visit`, one at a time, without holding them all. */
    async eachOf(form: string, period: string, visit: (report: CountedReport) => void): Promise<void> {
      const cursor = model.find({ form, period }, { acts: 0, applied: 0 }).lean<ReportDoc>().cursor();
      for await (const doc of cursor) visit(toReport({ ...doc, acts: [], applied: [] }));
    },

    /** The next `limit` reports in the order in which they were last written, by any process, after the mark. */
    async changedSince(mark: WriteMark, limit: number): Promise<ReportChange[]> {
      const docs = await model
        .find({
          writtenAt: { $gte: mark.at },
          $or: [{ writtenAt: { $gt: mark.at } }, { writtenAt: mark.at, _id: { $gt: mark.id } }],
        })
        .sort({ writtenAt: 1, _id: 1 })
        .limit(limit)
        .lean<ReportDoc[]>();
      return docs.map((doc) => ({ report: toReport(doc), mark: { at: doc.writtenAt, id: doc._id } }));
    },
  };
}

function ofThese(form: string, period: string, units: readonly string[]) {
  return units.length <= BY_NAME ? { form, period, unit: { $in: [...units] } } : { form, period };
}

interface Change {
  readonly before: Report;
  readonly after: Report;
}

function fieldsOf(after: Report, writtenAt: Date) {
  return {
    state: after.state,
    receipt: after.receipt,
    submittedAt: after.submittedAt,
    late: after.late,
    extendedTo: after.extendedTo,
    states: after.versions.map((version) => version.state),
    seconds: Object.values(after.seconds),
    rev: after.rev,
    touchedAt: after.touchedAt,
    writtenAt,
  };
}

/** What `after` has beyond `before`. Every change applies at least one effect. */
function newerThan(before: Report | null, after: Report) {
  return {
    versions: after.versions.slice(before?.versions.length ?? 0).map(toStored),
    acts: after.acts.slice(before?.acts.length ?? 0),
    applied: after.applied.slice(before?.applied.length ?? 0),
  };
}

function updateOf({ before, after }: Change, writtenAt: Date) {
  const added = Object.entries(newerThan(before, after)).filter(([, items]) => items.length > 0);
  return {
    filter: { _id: after.id, rev: before.rev },
    update: {
      $set: fieldsOf(after, writtenAt),
      ...(added.length > 0
        ? { $push: Object.fromEntries(added.map(([name, items]) => [name, { $each: items }])) }
        : {}),
    },
  };
}

function toStored({ state: _state, ...said }: FigureVersion): StoredVersion {
  return said;
}

/** The report as the program knows it. The newest version of each figure is found, not stored, so the two cannot disagree. */
export function toReport(doc: ReportDoc): Report {
  const versions = doc.versions.map((said, i) => ({
    ...said,
    state: doc.states[i] as FigureVersion['state'],
  }));
  return {
    id: doc._id,
    form: doc.form,
    period: doc.period,
    unit: doc.unit,
    state: doc.state,
    receipt: doc.receipt,
    submittedAt: doc.submittedAt,
    late: doc.late,
    extendedTo: doc.extendedTo ?? null,
    figures: Object.fromEntries(versions.map((version) => [version.figure, version])),
    seconds: Object.fromEntries((doc.seconds ?? []).map((second) => [second.figure, second])),
    versions,
    acts: doc.acts,
    applied: doc.applied,
    rev: doc.rev,
    touchedAt: doc.touchedAt,
  };
}

/** So many reports are held; the one asked for longest ago goes first, being looked back at in a row of months does not count. A province of 2,850 villages has seven months in it. */
const HELD_MAX = 20_000;

/**
 * The reports of a process that is the only one to write them: what was read or written stays in memory, so that a turn
 * asks the store for nothing it already knows. Writes go to the store first and are held only once they are there; a
 * write that was refused or failed makes the next read look again. Where another process writes too, as a sheet read in does, `forget` must follow.
 */
export function holdReports(repo: ReportsRepo, max = HELD_MAX): ReportsRepo & { forget(): void } {
  const held = new Map<string, Report | null>();

  function hold(id: string, report: Report | null): void {
    held.delete(id);
    held.set(id, report);
    if (held.size > max) held.delete(held.keys().next().value as string);
  }

  async function get(key: ReportKey): Promise<Report | null> {
    const id = reportId(key);
    const known = held.get(id);
    if (known !== undefined) {
      hold(id, known);
      return known;
    }
    const read = await repo.get(key);
    // A write that ended while we read knows better.
    const newer = held.get(id);
    if (newer !== undefined) return newer;
    hold(id, read);
    return read;
  }

  return {
    ...repo,
    get,
    /** Lets go of everything: a sheet was read in beside this process. */
    forget: () => held.clear(),
    async getMany(keys) {
      // Nearly all is held: nothing is waited for then.
      const found = keys.map((key) => held.get(reportId(key)));
      const all = found.includes(undefined) ? await Promise.all(keys.map(get)) : (found as (Report | null)[]);
      return all.filter((report) => report !== null);
    },
    async unname(person, stand) {
      try {
        return await repo.unname(person, stand);
      } finally {
        held.clear();
      }
    },
    async save(before, after) {
      try {
        const saved = await repo.save(before, after);
        if (saved) hold(after.id, after);
        else held.delete(after.id);
        return saved;
      } catch (error) {
        held.delete(after.id);
        throw error;
      }
    },
  };
}
