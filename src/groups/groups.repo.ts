import type { Connection } from 'mongoose';
import { AppError } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import type { AssetTable } from './assets';
import { noGroup, withoutPerson, type CommuneGroup, type GroupState } from './group';
import { groupMetaModel, groupModel, type GroupDoc, type GroupMetaDoc } from './groups.model';

/** The mirrors of the communes' groups in the document store. Every write is made on what was read, so two at once are both kept. */
export type GroupsRepo = ReturnType<typeof createGroupsRepo>;

/** More than any number of writers of one group at the same moment. */
const TRIES = 12;

export function createGroupsRepo(connection: Connection) {
  const groups = groupModel(connection).collection;
  const meta = groupMetaModel(connection).collection;

  const read = async (commune: string): Promise<GroupDoc | null> =>
    (await groups.findOne({ _id: commune } as never)) as unknown as GroupDoc | null;

  async function find(filter: object, sort: Record<string, 1 | -1>, limit = 0): Promise<CommuneGroup[]> {
    const docs = await groups
      .find(filter as never)
      .sort(sort)
      .limit(limit)
      .toArray();
    return (docs as unknown as GroupDoc[]).map(groupOf);
  }

  /** Writes what `next` makes of the mirror and answers it. The same object back: nothing is written. */
  async function change(commune: string, next: (group: CommuneGroup) => CommuneGroup): Promise<CommuneGroup> {
    for (let tried = 0; tried < TRIES; tried += 1) {
      const doc = await read(commune);
      const before = doc ? groupOf(doc) : noGroup(commune);
      const after = next(before);
      if (after === before) return before;
      const rev = (doc?.rev ?? 0) + 1;
      const done = doc
        ? await groups.updateOne({ _id: commune, rev: doc.rev } as never, writing(after, rev))
        : await groups.updateOne(
            { _id: commune } as never,
            { $setOnInsert: { ...setOf(after), rev } },
            { upsert: true },
          );
      if (doc ? done.matchedCount > 0 : done.upsertedCount > 0) return after;
    }
    throw new AppError('store_unavailable', { what: 'a group is written by too many at once' });
  }

  return {
    async get(commune: string): Promise<CommuneGroup> {
      const doc = await read(commune);
      return doc ? groupOf(doc) : noGroup(commune);
    },

    async byGroupId(groupId: string): Promise<CommuneGroup | null> {
      const doc = await groups.findOne({ groupId } as never);
      return doc ? groupOf(doc as unknown as GroupDoc) : null;
    },

    change,

    inState: (state: GroupState): Promise<CommuneGroup[]> => find({ state }, { comparedAt: 1 }),

    /** The group that was not read from the messenger for the longest time, if that was before `before`. */
    async nextToCompare(before: Date): Promise<CommuneGroup | null> {
      for (const state of ['on', 'disabled'] as const) {
        const [oldest] = await find({ state, comparedAt: { $lt: before } }, { comparedAt: 1 }, 1);
        if (oldest) return oldest;
      }
      return null;
    },

    /** Communes for which something agreed to is not done yet, the oldest agreement first. */
    ordered: (): Promise<CommuneGroup[]> => find({ 'order.at': { $gt: new Date(0) } }, { 'order.at': 1 }),

    /** Takes the order in hand until then; false: another process has it. */
    async take(commune: string, now: Date, until: Date): Promise<boolean> {
      const free = { $or: [{ inHandUntil: { $exists: false } }, { inHandUntil: { $lte: now } }] };
      const done = await groups.updateOne({ _id: commune, ...free } as never, {
        $set: { inHandUntil: until },
      });
      return done.matchedCount > 0;
    },

    async release(commune: string): Promise<void> {
      await groups.updateOne({ _id: commune } as never, { $unset: { inHandUntil: '' } });
    },

    async assets(): Promise<AssetTable | null> {
      const doc = (await meta.findOne({ _id: 'assets' } as never)) as unknown as GroupMetaDoc | null;
      return doc?.table ?? null;
    },

    async keepAssets(table: AssetTable): Promise<void> {
      await meta.updateOne({ _id: 'assets' } as never, { $set: { table } }, { upsert: true });
    },

    /** The day on which this was last done for all; null: never. */
    async doneOn(what: DailyWork): Promise<string | null> {
      const doc = (await meta.findOne({ _id: what } as never)) as unknown as GroupMetaDoc | null;
      return doc?.day ?? null;
    },

    async noteDone(what: DailyWork, day: string): Promise<void> {
      await meta.updateOne({ _id: what } as never, { $set: { day } }, { upsert: true });
    },

    /** For whoever asked to be forgotten. */
    async erase(person: UserKey): Promise<void> {
      const named = { $or: FIELDS.map((field) => ({ [field]: person })) };
      for (const { commune } of await find(named, { _id: 1 }))
        await change(commune, (group) => withoutPerson(group, person));
    },
  };
}

export type DailyWork = 'look' | 'propose' | 'boards';

/** Where people are named. */
const FIELDS = ['members.user', 'pending.user', 'left.user', 'notInvited.user', 'admins'] as const;

function setOf({ commune: _id, groupId, order, ...rest }: CommuneGroup) {
  return { ...rest, ...(groupId === null ? {} : { groupId }), ...(order === null ? {} : { order }) };
}

function writing(group: CommuneGroup, rev: number) {
  const unset = {
    ...(group.groupId === null ? { groupId: '' } : {}),
    ...(group.order === null ? { order: '' } : {}),
  };
  return {
    $set: { ...setOf(group), rev },
    ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
  } as never;
}

function groupOf({ _id, rev: _rev, inHandUntil: _until, groupId, order, ...rest }: GroupDoc): CommuneGroup {
  return { ...rest, commune: _id, groupId: groupId ?? null, order: order ?? null };
}
