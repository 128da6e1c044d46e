import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { isDuplicate } from '../kernel/store-faults';
import { isOpen, type Thread, type ThreadState } from './thread';
import { threadModel, type ThreadDoc } from './thread.model';

export type ThreadsRepo = ReturnType<typeof createThreadsRepo>;

/** Threads in the document store. A write names the version it was decided on; the first of two wins. */
export function createThreadsRepo(connection: Connection) {
  const rows = threadModel(connection).collection;

  async function find(filter: object): Promise<Thread[]> {
    const docs = await rows
      .find(filter as never)
      .sort({ openedAt: 1, _id: 1 })
      .toArray();
    return (docs as unknown as ThreadDoc[]).map(threadOf);
  }

  return {
    async get(id: string): Promise<Thread | null> {
      const doc = await rows.findOne({ _id: id as never });
      return doc ? threadOf(doc as unknown as ThreadDoc) : null;
    },

    /** False when the id is taken, or the citizen has another open talk. */
    async insert(thread: Thread, dueAt: Date | null): Promise<boolean> {
      try {
        await rows.insertOne(docOf(thread, dueAt) as never);
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    /** Puts the thread in the place of its version `before`; false when that is not the one stored. */
    async replace(thread: Thread, before: number, dueAt: Date | null): Promise<boolean> {
      const { _id, ...rest } = docOf(thread, dueAt);
      const gone = LOOKED_FOR.filter((field) => rest[field] === undefined);
      try {
        const result = await rows.updateOne(
          { _id: _id as never, version: before },
          {
            $set: rest,
            ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map((field) => [field, ''])) } : {}),
          },
        );
        return result.matchedCount === 1;
      } catch (error) {
        // Opened again while the person has begun another talk.
        if (isDuplicate(error)) return false;
        throw error;
      }
    },

    openOf: (user: UserKey): Promise<Thread[]> => find({ openBy: user }),
    openAt: (desks: readonly string[]): Promise<Thread[]> => find({ openDesk: { $in: desks } }),
    /** Open ones that somebody has. */
    held: (): Promise<Thread[]> => find({ heldBy: { $gt: '' } }),
    heldBy: (user: UserKey): Promise<Thread[]> => find({ heldBy: user }),
    open: (): Promise<Thread[]> => find({ openBy: { $gt: '' } }),
    due: (now: Date): Promise<Thread[]> => find({ dueAt: { $lte: now } }),
    of: (user: UserKey): Promise<Thread[]> => find({ by: user }),
    all: (state?: ThreadState): Promise<Thread[]> =>
      find({ openedAt: { $gt: new Date(0) }, ...(state ? { 'standing.state': state } : {}) }),

    /** The earliest instant after `after` at which the calendar does something to a thread. */
    async nextDue(after: Date): Promise<Date | null> {
      const [first] = await rows
        .find({ dueAt: { $gt: after } }, { projection: { dueAt: 1 } })
        .sort({ dueAt: 1 })
        .limit(1)
        .toArray();
      return (first as { dueAt?: Date } | undefined)?.dueAt ?? null;
    },
  };
}

const LOOKED_FOR = ['citizen', 'openBy', 'openDesk', 'heldBy', 'dueAt'] as const;

function docOf(thread: Thread, dueAt: Date | null): ThreadDoc {
  const { id, ...rest } = thread;
  const holder = thread.standing.holder?.user ?? null;
  const open = isOpen(thread);
  return {
    _id: id,
    ...rest,
    ...(open ? { openBy: thread.by, openDesk: thread.desk } : {}),
    ...(open && thread.kind === 'citizen' ? { citizen: thread.by } : {}),
    ...(open && holder !== null ? { heldBy: holder } : {}),
    ...(dueAt ? { dueAt } : {}),
  };
}

function threadOf(doc: ThreadDoc): Thread {
  const { _id, citizen: _c, openBy: _b, openDesk: _d, heldBy: _h, dueAt: _t, ...rest } = doc;
  return { id: _id, ...rest };
}
