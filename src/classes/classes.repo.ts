import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import type { ClassRecord } from './class';
import { classModel, signUpModel, type ClassDoc, type SignUpDoc } from './classes.model';
import type { SignUp } from './seats';

export type ClassesRepo = ReturnType<typeof createClassesRepo>;

/** What a change of a class may set. */
export type ClassChange = Partial<
  Pick<
    ClassRecord,
    'startsAt' | 'place' | 'topic' | 'teacher' | 'capacity' | 'planned' | 'moved' | 'cancelled' | 'attended'
  >
>;

/** Classes and who signed up for them, in the document store. Every write may be repeated. */
export function createClassesRepo(connection: Connection) {
  const rows = classModel(connection).collection;
  const people = signUpModel(connection).collection;

  async function list(filter: object): Promise<ClassRecord[]> {
    const docs = await rows
      .find(filter as never)
      .sort({ startsAt: 1, _id: 1 })
      .toArray();
    return (docs as unknown as ClassDoc[]).map(recordOf);
  }

  return {
    /** Adds a class that is not there yet. */
    async add(record: ClassRecord, effectId: string): Promise<void> {
      const { id, ...rest } = record;
      await rows.updateOne(
        { _id: id as never },
        { $setOnInsert: { ...rest, lastEffect: effectId } },
        { upsert: true },
      );
    },

    async get(id: string): Promise<ClassRecord | null> {
      const found = await rows.findOne({ _id: id as never });
      return found ? recordOf(found as unknown as ClassDoc) : null;
    },

    /** Those of them that are there, the next first. */
    getMany: (ids: readonly string[]): Promise<ClassRecord[]> => list({ _id: { $in: ids } }),

    /** Changes the class as it was read; `conflict` when somebody else has changed it since. */
    async change(
      record: Pick<ClassRecord, 'id' | 'version'>,
      set: ClassChange,
      effectId: string,
    ): Promise<'done' | 'conflict'> {
      const { matchedCount } = await rows.updateOne(
        { _id: record.id as never, version: record.version },
        { $set: { ...set, lastEffect: effectId }, $inc: { version: 1 } },
      );
      if (matchedCount === 1) return 'done';
      const now = await rows.findOne({ _id: record.id as never, lastEffect: effectId });
      return now ? 'done' : 'conflict';
    },

    /** Classes that begin in [from, to), by their beginning; of these units, or of all. */
    between(from: Date, to: Date, units: readonly string[] | null = null): Promise<ClassRecord[]> {
      const time = { startsAt: { $gte: from, $lt: to } };
      return list(units === null ? time : { unit: { $in: units }, ...time });
    },

    async peopleOf(classes: readonly string[]): Promise<SignUp[]> {
      if (classes.length === 0) return [];
      const docs = await people.find({ class: { $in: classes } } as never).toArray();
      return (docs as unknown as SignUpDoc[]).map(signUpOf);
    },

    /** What the person signed up for and did not call off. */
    async ofPerson(user: UserKey): Promise<SignUp[]> {
      const docs = await people.find({ user, live: true } as never).toArray();
      return (docs as unknown as SignUpDoc[]).map(signUpOf);
    },

    /** Whoever is in keeps their place; whoever had called it off comes back at the end. */
    async signUp(classId: string, user: UserKey, at: Date): Promise<void> {
      const _id = `${classId}:${user}` as never;
      await people.updateOne(
        { _id },
        { $setOnInsert: { class: classId, user, at, relatives: [], live: true } },
        { upsert: true },
      );
      await people.updateOne({ _id, live: false }, { $set: { at, relatives: [], live: true } });
    },

    async setRelatives(classId: string, user: UserKey, relatives: readonly Date[]): Promise<void> {
      await people.updateOne({ _id: `${classId}:${user}` as never, live: true }, { $set: { relatives } });
    },

    async leave(classId: string, user: UserKey): Promise<void> {
      await people.updateOne(
        { _id: `${classId}:${user}` as never },
        { $set: { live: false, relatives: [] } },
      );
    },

    /** Forgets what the person signed up for. Classes they led stay with the unit, without them. */
    async unname(user: UserKey, stand: UserKey): Promise<void> {
      await people.deleteMany({ user });
      await rows.updateMany({ by: user }, { $set: { by: stand } });
    },
  };
}

function recordOf({ _id, lastEffect: _last, ...rest }: ClassDoc): ClassRecord {
  return { id: _id, ...rest, teacher: rest.teacher ?? null };
}

function signUpOf({ class: id, user, at, relatives, live }: SignUpDoc): SignUp {
  return { class: id, user, at, relatives, live };
}
