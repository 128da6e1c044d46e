import type { Connection } from 'mongoose';
import type { InboundEvent } from '../channels/channel';
import { Coalescer } from '../kernel/coalesce';
import { AppError } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import { isDuplicate, refusedWrites } from '../kernel/store-faults';
import { inboxModel, type InboxDocument } from './inbox.model';

/** A stored event that waits for its turn. */
export interface InboxRow {
  readonly id: string;
  readonly user: UserKey | null;
  readonly event: InboundEvent;
  readonly eventAt: Date;
  readonly arrivedAt: Date;
  readonly seq: number;
  readonly attempts: number;
  /** How often it was taken up because a process may have died with it in hand. */
  readonly interrupted: number;
}

export interface SetAside {
  readonly id: string;
  readonly user: UserKey | null;
  readonly kind: string;
  readonly reason: string | null;
  readonly arrivedAt: Date;
}

/** So many waiting rows are looked through for the oldest. */
const OLDEST_OF = 2_000;

export interface InboxRepo {
  /** Stores the row durably, once: 'seen' when a row of this id is there already. Many callers share one write. */
  insert(row: InboxRow, expireAt: Date): Promise<'new' | 'seen'>;
  /** What waits for this person, in order of arrival. */
  waiting(user: UserKey | null, limit: number): Promise<InboxRow[]>;
  /** People with something waiting that arrived before `before`, longest wait first, out of the first `limit` rows; null stands for events that are nobody's. */
  waitingUsers(before: Date, limit: number): Promise<(UserKey | null)[]>;
  /** When the row that waits longest arrived, out of the first 2,000; null: none waits. */
  oldestWaiting(): Promise<Date | null>;
  /** Closes rows. Calling it again changes nothing. Many callers share one write. */
  done(id: string): Promise<void>;
  /** Counts, durably, that it is taken up though a process may have died with it in hand. Many callers share one write. */
  interrupted(id: string): Promise<void>;
  /** Counts a failed try. */
  failed(id: string, reason: string): Promise<void>;
  /** Takes the row out of the queue, with its reason, for a person to look at. */
  setAside(id: string, reason: string): Promise<void>;
  setAsideRows(limit: number): Promise<SetAside[]>;
  /** Puts a set-aside row back in the queue; false when there is none of that id. */
  requeue(id: string): Promise<boolean>;
  /** Removes handled rows whose time is over; answers how many. */
  forget(now: Date): Promise<number>;
  /**
   * Of handled events that came from the person, or spoke of them, up to `at`, only that they came is kept, so that a
   * late copy is still recognised; and the request to be erased, until its time is over. A second time changes nothing,
   * but for what was still in hand the first time.
   */
  erase(user: UserKey, at: Date): Promise<void>;
  /** How many wait, counted up to 1,000: with more it is enough to know that, and a long count would hold up what comes in. */
  countWaiting(): Promise<number>;
}

interface Look {
  readonly user: UserKey | null;
  readonly limit: number;
}

const COUNTED = 1_000;
/** A row that is handled but not closed yet is recognised by the conversation, so closing it can wait for company. */
const CLOSED_EVERY_MS = 20;

export function createInboxRepo(connection: Connection): InboxRepo {
  const rows = inboxModel(connection).collection;

  /** One unordered insert for all that came together; the unique `_id` is the duplicate check. Every write of the connection lasts. */
  const inserts = new Coalescer<InboxDocument, 'new' | 'seen'>(
    async (batch) => {
      const results = new Array<'new' | 'seen'>(batch.length).fill('new');
      try {
        await rows.insertMany(batch as never[], { ordered: false });
      } catch (error) {
        const refused = refusedWrites(error);
        if (refused.length === 0 || !refused.every(isDuplicate) || isUnsure(error)) throw asStoreError(error);
        for (const { index } of refused) results[index] = 'seen';
      }
      return results;
    },
    // Who sent it has long been told to send it again.
    { max: 256, limitMs: 3_000 },
  );

  const closes = new Coalescer<string, void>(
    async (ids) => {
      await rows.updateMany({ _id: { $in: ids as never[] } }, { $set: { state: 'done' } });
      return ids.map(() => undefined);
    },
    { max: 500, everyMs: CLOSED_EVERY_MS },
  );

  const interruptions = new Coalescer<string, void>(
    async (ids) => {
      await rows.updateMany({ _id: { $in: ids as never[] } }, { $inc: { interrupted: 1 } });
      return ids.map(() => undefined);
    },
    { max: 500 },
  );

  async function waitingOf(users: readonly (UserKey | null)[], limit: number): Promise<InboxRow[]> {
    const found = await rows
      .find({ state: 'new', user: users.length === 1 ? users[0] : { $in: users } } as never)
      .sort({ user: 1, arrivedAt: 1 })
      .limit(limit)
      .toArray();
    return (found as unknown as InboxDocument[]).map(toRow);
  }

  /** People looked for in the same moment are one query, unless somebody has so much waiting that others could be cut off. */
  const looks = new Coalescer<Look, InboxRow[]>(
    async (batch) => {
      const users = [...new Set(batch.map(({ user }) => user))];
      const most = Math.max(...batch.map(({ limit }) => limit));
      const all = await waitingOf(users, most * 2);
      if (all.length === most * 2)
        return Promise.all(batch.map(({ user, limit }) => waitingOf([user], limit)));
      const byUser = groupBy(all, (row) => row.user);
      return batch.map(({ user, limit }) => (byUser.get(user) ?? []).slice(0, limit));
    },
    { max: 64, lanes: 4 },
  );

  return {
    insert: (row, expireAt) =>
      inserts.add({
        _id: row.id,
        user: row.user,
        kind: row.event.kind,
        event: contentOf(row.event),
        eventAt: row.eventAt,
        arrivedAt: row.arrivedAt,
        seq: row.seq,
        state: 'new',
        attempts: row.attempts,
        reason: null,
        expireAt,
      }),

    waiting: (user, limit) => looks.add({ user, limit }),

    async waitingUsers(before, limit) {
      const found = await rows
        .find({ state: 'new' } as never, { projection: { user: 1, arrivedAt: 1 } })
        .sort({ user: 1, arrivedAt: 1 })
        .limit(limit)
        .toArray();
      const oldest = new Map<UserKey | null, Date>();
      for (const { user, arrivedAt } of found as unknown as InboxDocument[])
        if (arrivedAt < before && !oldest.has(user)) oldest.set(user, arrivedAt);
      return [...oldest].sort((a, b) => a[1].getTime() - b[1].getTime()).map(([user]) => user);
    },

    async oldestWaiting() {
      const found = await rows
        .find({ state: 'new' } as never, { projection: { arrivedAt: 1 } })
        .sort({ user: 1, arrivedAt: 1 })
        .limit(OLDEST_OF)
        .toArray();
      const times = (found as unknown as InboxDocument[]).map(({ arrivedAt }) => arrivedAt.getTime());
      return times.length === 0 ? null : new Date(Math.min(...times));
    },

    done: (id) => closes.add(id),

    interrupted: (id) => interruptions.add(id),

    async failed(id, reason) {
      await rows.updateOne({ _id: id as never }, { $inc: { attempts: 1 }, $set: { reason } });
    },

    async setAside(id, reason) {
      await rows.updateOne({ _id: id as never, state: 'new' }, { $set: { state: 'dead', reason } });
    },

    async setAsideRows(limit) {
      const found = await rows
        .find({ state: 'dead' } as never)
        .sort({ arrivedAt: 1 })
        .limit(limit)
        .toArray();
      return (found as unknown as InboxDocument[]).map(({ _id, user, kind, reason, arrivedAt }) => ({
        id: _id,
        user,
        kind,
        reason,
        arrivedAt,
      }));
    },

    async requeue(id) {
      const done = await rows.updateOne(
        { _id: id as never, state: 'dead' },
        { $set: { state: 'new', attempts: 0, interrupted: 0, reason: null } },
      );
      return done.matchedCount === 1;
    },

    async forget(now) {
      const gone = await rows.deleteMany({ expireAt: { $lte: now }, state: 'done' });
      return gone.deletedCount;
    },

    async erase(user, at) {
      const handled = { state: { $ne: 'new' }, arrivedAt: { $lte: at } } as const;
      await rows.updateMany(
        { user, kind: { $ne: 'withdrawn' }, ...handled },
        {
          $set: { user: null, reason: null },
          $unset: {
            'event.text': '',
            'event.codeHash': '',
            'event.attachments': '',
            'event.data': '',
            'event.from': '',
          },
        },
      );
      await rows.updateMany(
        { 'event.from': user, ...handled },
        { $unset: { 'event.text': '', 'event.from': '', 'event.data': '' } },
      );
    },

    async countWaiting() {
      // In the order of their index, which is why it can be used.
      const some = rows
        .find({ state: 'new' } as never, { projection: { _id: 1 } })
        .sort({ user: 1, arrivedAt: 1 })
        .limit(COUNTED);
      return (await some.toArray()).length;
    },
  };
}

/** What of an event the row itself does not say: every byte here is written before the sender hears «200». */
type Content = Omit<InboundEvent, 'id' | 'user' | 'kind' | 'eventAt' | 'secrets'> &
  Partial<Pick<InboundEvent, 'secrets'>>;

function contentOf({
  id: _id,
  user: _user,
  kind: _kind,
  eventAt: _at,
  secrets,
  ...rest
}: InboundEvent): Content {
  return secrets.length === 0 ? rest : { ...rest, secrets };
}

function eventOf(row: InboxDocument): InboundEvent {
  const content = row.event as Content;
  return {
    ...content,
    id: row._id,
    user: row.user,
    kind: row.kind as InboundEvent['kind'],
    eventAt: row.eventAt,
    secrets: content.secrets ?? [],
  };
}

function toRow(row: InboxDocument): InboxRow {
  return {
    id: row._id,
    user: row.user,
    event: eventOf(row),
    eventAt: row.eventAt,
    arrivedAt: row.arrivedAt,
    seq: row.seq,
    attempts: row.attempts,
    interrupted: row.interrupted ?? 0,
  };
}

/** Written, but the store does not vouch that it lasts. */
function isUnsure(error: unknown): boolean {
  const { result } = error as { result?: { getWriteConcernError?: () => unknown } };
  return Boolean(result?.getWriteConcernError?.());
}

function asStoreError(error: unknown): AppError {
  const full = (error as { code?: number }).code === 14031;
  return new AppError(full ? 'store_full' : 'store_unavailable', {}, { cause: error });
}
