import type { Connection } from 'mongoose';
import type { OutboundMessage } from '../channels/channel';
import { Coalescer } from '../kernel/coalesce';
import { AppError } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { isDuplicate, refusedWrites } from '../kernel/store-faults';
import {
  reportsNamed,
  type NewOutboxMessage,
  type OutboxRow,
  type OutboxState,
  type Purpose,
  type RowFate,
} from './outbox-row';
import {
  docOf,
  earlyReceiptModel,
  outboxModel,
  paceModel,
  recordingOf,
  rowOf,
  senderModel,
  updateOf,
  type SentAs,
  type EarlyReceiptDoc,
  type OutboxDoc,
  type PaceDoc,
} from './outbox.model';
import { NO_PACE, type PaceState } from './rate-limit';

/** A row together with what only senders need. */
export interface HeldRow extends OutboxRow {
  readonly order: number;
  readonly owner: string | null;
  readonly begunAt?: Date;
  readonly sending?: SentAs;
  /** The template was refused by user id; only the phone is left. */
  readonly notByUser?: true;
  /** In memory only: whether its last send arrived is being asked. */
  readonly look?: Look;
  /** In memory only: how often it was sent again because it had not arrived. */
  readonly resent?: number;
}

/** A send that may have arrived. */
export interface Look {
  readonly since: Date;
  /** How often the channel was asked. */
  readonly asked: number;
  readonly detail: string;
  /** What the send is expected to have cost. */
  readonly cost: number;
}

/** A send that is about to begin; `sentAs` where it is not the row as it stands. */
export interface Claim {
  readonly id: string;
  readonly owner: string;
  readonly at: Date;
  readonly sentAs?: SentAs;
}

/** A new row and how it is first stored: `sending` when its sender begins at once, `owner` null when anyone may take it. */
export interface Insertion {
  readonly row: NewOutboxMessage;
  readonly order: number;
  readonly state: 'queued' | 'sending';
  readonly owner: string | null;
  /** What this sender knows better than the row asked for. */
  readonly notBefore: Date;
  /** With `sending`: when the send begins. */
  readonly begunAt?: Date;
}

/** How a row goes on or ends. `queued` waits until `notBefore`. */
export interface Outcome {
  readonly id: string;
  readonly state: OutboxState;
  readonly at: Date;
  /** Who says so: refused when another sender has the row by now, or has finished it. A send that succeeded always counts. */
  readonly by?: string;
  readonly reason?: string;
  readonly attempts: number;
  readonly notBefore?: Date;
  /** Who keeps a row that waits; null gives it free. */
  readonly owner: string | null;
  readonly messageId?: string;
  readonly quota?: Readonly<Record<string, unknown>>;
  /** The words that really left, where they differ from those stored. */
  readonly message?: OutboundMessage;
  readonly notByUser?: true;
  readonly cost?: number;
}

export interface Receipts {
  readonly messageIds: readonly string[];
  /** What a message to a phone was sent with; it names the message also when the answer to its send was lost. */
  readonly trackingId?: string;
  readonly kind: 'received' | 'seen';
  readonly at: Date;
}

/** The stored messages. Writes of one kind that come together go out together. */
export type OutboxRepo = ReturnType<typeof createOutboxRepo>;

const NOW_OPEN = { open: true };

/** The outbox in the document store. */
export function createOutboxRepo(connection: Connection) {
  const rows = outboxModel(connection).collection;
  const senders = senderModel(connection).collection;
  const early = earlyReceiptModel(connection).collection;

  const inserter = new Coalescer<Insertion, 'new' | 'already'>(insertAll, {
    max: 500,
    lanes: 2,
  });
  const claimer = new Coalescer<Claim, boolean>(claimAll, {
    max: 100,
    lanes: 2,
  });
  const recorder = new Coalescer<Outcome, void>(recordAll, { max: 500, lanes: 2 });

  async function insertAll(items: Insertion[]): Promise<('new' | 'already' | Error)[]> {
    const results: ('new' | 'already' | Error)[] = items.map(() => 'new');
    try {
      await rows.insertMany(items.map(docOf) as never[], { ordered: false });
    } catch (error) {
      const refused = refusedWrites(error);
      if (refused.length === 0) throw error;
      for (const fault of refused) {
        const { index, code, message } = fault;
        results[index] = isDuplicate(fault)
          ? 'already'
          : new AppError('store_unavailable', { code, detail: message });
      }
    }
    return results;
  }

  async function claimAll(items: Claim[]): Promise<boolean[]> {
    const owner = items[0]?.owner ?? '';
    const ids = items.map((item) => item.id);
    const mayTake = { $or: [{ state: 'queued' }, { state: 'sending', owner }] };
    const writes = items.map(({ id, at, sentAs }) => {
      const set = { state: 'sending', owner, begunAt: at, ...(sentAs ? { sending: sentAs } : {}) };
      const update = { $set: set, ...(sentAs ? {} : { $unset: { sending: '' } }) };
      return { updateOne: { filter: { _id: id, ...mayTake }, update } };
    });
    const { matchedCount } = await rows.bulkWrite(writes as never[], { ordered: false });
    if (matchedCount === ids.length) return ids.map(() => true);
    const held = await rows
      .find({ _id: { $in: ids }, state: 'sending', owner } as never, { projection: { _id: 1 } })
      .toArray();
    const claimed = new Set(held.map((doc) => String(doc._id)));
    return ids.map((id) => claimed.has(id));
  }

  async function recordAll(items: Outcome[]): Promise<void[]> {
    const writes = items.flatMap(recordingOf);
    await rows.bulkWrite(writes, { ordered: false });
    return items.map(() => undefined);
  }

  async function find(filter: object, sort: Record<string, 1 | -1>, limit = 0): Promise<HeldRow[]> {
    const docs = await rows
      .find(filter as never)
      .sort(sort)
      .limit(limit)
      .toArray();
    return (docs as unknown as OutboxDoc[]).map(rowOf);
  }

  return {
    /** Stores the row unless it is there; rows handed in together are written together. */
    insert: (item: Insertion): Promise<'new' | 'already'> => inserter.add(item),

    /** Marks a queued row as being sent by this sender, before the send. False when somebody else has it or it is finished. */
    claim: (claim: Claim): Promise<boolean> => claimer.add(claim),

    record: (outcome: Outcome): Promise<void> => recorder.add(outcome),

    /** Queued rows that are due, oldest first. */
    due: (now: Date, limit: number): Promise<HeldRow[]> =>
      find({ ...NOW_OPEN, state: 'queued', notBefore: { $lte: now } }, { createdAt: 1, order: 1 }, limit),

    /** Queued rows become this sender's, except those that moved meanwhile. */
    async adopt(ids: readonly string[], owner: string): Promise<void> {
      if (ids.length > 0)
        await rows.updateMany({ _id: { $in: [...ids] }, state: 'queued' } as never, { $set: { owner } });
    },

    byIds: (ids: readonly string[]): Promise<HeldRow[]> => find({ _id: { $in: [...ids] } }, { _id: 1 }),

    /** The newest message that left for this person, or may have, as it left; what was written because of `cause` is left aside. */
    async lastShown(to: UserKey, cause: string, before: Date): Promise<OutboundMessage | null> {
      const rows = await find(
        {
          to,
          createdAt: { $lte: before },
          cause: { $ne: cause },
          state: { $in: ['sending', 'sent', 'uncertain'] },
        },
        { createdAt: -1, order: -1 },
        8,
      );
      const begun = rows.filter(({ begunAt }) => begunAt !== undefined);
      // Of those begun at one instant the one written last stays ahead: sorting is stable.
      const [last] = begun.sort((a, b) => Number(b.begunAt) - Number(a.begunAt));
      return last?.sending?.message ?? last?.message ?? null;
    },

    /** Payloads that begin with these letters under what left for this person since then, or may have, the oldest first. */
    async offered(to: UserKey, letters: string, since: Date): Promise<readonly string[]> {
      const left = { to, createdAt: { $gte: since }, state: { $in: ['sending', 'sent', 'uncertain'] } };
      return (await find(left, { createdAt: 1, order: 1 }))
        .map(({ sending, message }) => sending?.message ?? message)
        .flatMap((message) => (message.kind === 'text' ? (message.buttons ?? []) : []))
        .flatMap((button) =>
          button.kind === 'reply' && button.payload.startsWith(letters) ? [button.payload] : [],
        );
    },

    /** Whether a row has been sent as one of these messages of the channel. */
    isKnown: async (messageIds: readonly string[]): Promise<boolean> =>
      (await rows.findOne({ messageId: { $in: [...messageIds] } }, { projection: { _id: 1 } })) !== null,

    /** Whether a send to this person is under way. */
    isSendingTo: async (to: UserKey): Promise<boolean> =>
      (await rows.findOne({ to, state: 'sending' }, { projection: { _id: 1 } })) !== null,

    /** Rows in somebody's hand. */
    sending: (): Promise<HeldRow[]> => find({ state: 'sending' }, { createdAt: 1, order: 1 }),

    /** What became of these rows, without what they said: for thousands at once. */
    async fates(ids: readonly string[]): Promise<RowFate[]> {
      const projection = { state: 1, reason: 1, sentAt: 1, deliveredAt: 1, seenAt: 1, createdAt: 1 };
      const docs = await rows.find({ _id: { $in: [...ids] } } as never, { projection }).toArray();
      return (docs as unknown as OutboxDoc[]).map((doc) => ({
        ...{ id: doc._id, state: doc.state, createdAt: doc.createdAt, reason: doc.reason ?? null },
        ...{ sentAt: doc.sentAt ?? null, deliveredAt: doc.deliveredAt ?? null, seenAt: doc.seenAt ?? null },
      }));
    },

    /** The unfinished rows of these people. */
    openOf: (users: readonly UserKey[]): Promise<HeldRow[]> =>
      find({ to: { $in: [...users] }, ...NOW_OPEN }, { createdAt: 1, order: 1 }),

    /** The earliest instant after `after` at which a queued row wakes by itself. */
    async nextDue(after: Date): Promise<Date | null> {
      const [row] = await find(
        { ...NOW_OPEN, state: 'queued', notBefore: { $gt: after } },
        { notBefore: 1 },
        1,
      );
      return row?.notBefore ?? null;
    },

    /** A row that stands in `sending` goes to another state, unless it moved meanwhile. */
    async settleSending(id: string, owner: string | null, outcome: Outcome): Promise<boolean> {
      const filter = { _id: id, state: 'sending', ...(owner === null ? {} : { owner }) };
      const { matchedCount } = await rows.updateOne(filter as never, updateOf(outcome));
      return matchedCount > 0;
    },

    /**
     * Delivery and seen events, each kept with its earliest instant. Of an id that no message has it is kept aside: its
     * message may have none yet (`noteEarly`), or is not ours and this is forgotten.
     */
    async noteReceipts({ messageIds, trackingId, kind, at }: Receipts): Promise<void> {
      const earliest = kind === 'seen' ? { seenAt: at, deliveredAt: at } : { deliveredAt: at };
      if (messageIds.length > 0) {
        const theirs = { messageId: { $in: [...messageIds] } };
        const { matchedCount } = await rows.updateMany(theirs, { $min: earliest });
        if (matchedCount < messageIds.length) {
          const writes = messageIds.map((id) => ({
            updateOne: { filter: { _id: id as never }, update: { $min: earliest }, upsert: true },
          }));
          await early.bulkWrite(writes, { ordered: false });
          // One may have got its id meanwhile, and found nothing kept aside yet.
          await rows.updateMany(theirs, { $min: earliest });
        }
      }
      if (trackingId === undefined) return;
      const tracked = { 'sending.message.trackingId': trackingId };
      const [messageId] = messageIds;
      const named = messageId === undefined ? {} : { $set: { messageId } };
      await rows.updateMany(tracked, { $min: earliest, ...named });
      await rows.updateMany(
        { ...tracked, state: 'uncertain' },
        {
          $set: { state: 'sent', sentAt: at },
          $unset: { reason: '' },
        },
      );
    },

    /** Gives a message that has its id now the receipts that came before; done again it changes nothing. */
    async noteEarly(messageId: string): Promise<void> {
      const found = (await early.findOne({ _id: messageId as never })) as unknown as EarlyReceiptDoc | null;
      if (!found) return;
      const { deliveredAt, seenAt } = found;
      await rows.updateMany({ messageId }, { $min: { deliveredAt, ...(seenAt ? { seenAt } : {}) } });
    },

    /** Early receipts from before that instant were of no message of ours. */
    async forgetEarly(before: Date): Promise<void> {
      await early.deleteMany({ deliveredAt: { $lt: before } });
    },

    /** Rows of these purposes written to these people with `createdAt` in [from, to). */
    toPeople: (users: readonly UserKey[], purposes: readonly Purpose[], from: Date, to: Date) =>
      find(
        {
          to: { $in: [...users] },
          createdAt: { $gte: from, $lt: to },
          purpose: { $in: [...purposes] },
        },
        { createdAt: 1, order: 1 },
      ),

    /** Every row, oldest first, that speaks of a report of this period by a unit of which one row could not be brought. */
    async troubled(period: string): Promise<HeldRow[]> {
      const ofPeriod = { 'onlyIf.period': period };
      const failed = await find({ ...ofPeriod, state: { $in: ['unreachable', 'dead'] } }, { createdAt: 1 });
      const units = [...new Set(failed.flatMap(({ onlyIf }) => reportsNamed(onlyIf)))].map(
        ({ unit }) => unit,
      );
      if (units.length === 0) return [];
      const named = [{ 'onlyIf.unit': { $in: units } }, { 'onlyIf.also.unit': { $in: units } }];
      return find({ ...ofPeriod, $or: named }, { createdAt: 1, order: 1 });
    },

    /** Rows set aside, oldest first. */
    dead: (limit = 500): Promise<HeldRow[]> => find({ state: 'dead' }, { createdAt: 1, order: 1 }, limit),

    /** Puts a finished row back at the operator's word; it leaves with the next sweep. False when there is none or it is not finished. */
    async requeue(id: string, now: Date): Promise<boolean> {
      const { matchedCount } = await rows.updateOne(
        { _id: id, state: { $in: ['dead', 'uncertain', 'dropped', 'unreachable'] } } as never,
        {
          $set: { state: 'queued', open: true, attempts: 0, notBefore: now },
          $unset: { reason: '', owner: '', finishedAt: '', expiresAt: '' },
        },
      );
      return matchedCount > 0;
    },

    /** What messages cost that left in [from, to), in VND, and how many of them cost something. */
    async spentIn(from: Date, to: Date): Promise<{ readonly vnd: number; readonly messages: number }> {
      const charged = rows.find({ chargedAt: { $gte: from, $lt: to } }, { projection: { _id: 0, cost: 1 } });
      let vnd = 0;
      let messages = 0;
      for await (const row of charged) {
        vnd += Number(row['cost'] ?? 0);
        messages += 1;
      }
      return { vnd, messages };
    },

    /** Queued rows of our own initiative, the soonest first. */
    waiting: (limit: number): Promise<HeldRow[]> =>
      find({ ...NOW_OPEN, state: 'queued', purpose: { $ne: 'reply' } }, { notBefore: 1 }, limit),

    /** Rows of the period that go to members known by phone only. */
    byPhone: (period: string): Promise<HeldRow[]> =>
      find({ 'onlyIf.period': period, to: { $regex: '-phone:' } }, { createdAt: 1, order: 1 }),

    /** Finished rows that ended before `before` are forgotten, at most `limit` at once. Answers how many. */
    async forget(before: Date, limit: number): Promise<number> {
      const old = await rows
        .find({ finishedAt: { $lt: before } } as never, { projection: { _id: 1 } })
        .limit(limit)
        .toArray();
      if (old.length === 0) return 0;
      const { deletedCount } = await rows.deleteMany({ _id: { $in: old.map((doc) => doc._id) } });
      return deletedCount;
    },

    /** Forgets everything to these addresses, but for what is being sent at this moment. */
    async erase(addresses: readonly UserKey[]): Promise<void> {
      await rows.deleteMany({ to: { $in: [...addresses] }, state: { $ne: 'sending' } });
    },

    /** Forgets what was written to the person up to `at` and has come to its end. */
    async eraseFinished(to: UserKey, at: Date): Promise<void> {
      await rows.deleteMany({ to, createdAt: { $lte: at }, state: { $nin: ['sending', 'queued'] } });
    },

    /** How many rows stand in each state. */
    async counts(): Promise<Readonly<Record<string, number>>> {
      const found: Record<string, number> = {};
      for await (const row of rows.find({}, { projection: { _id: 0, state: 1 } })) {
        const state = String(row['state']);
        found[state] = (found[state] ?? 0) + 1;
      }
      return found;
    },

    async beat(owner: string, aliveUntil: Date): Promise<void> {
      await senders.updateOne({ _id: owner } as never, { $set: { aliveUntil } }, { upsert: true });
    },

    async leave(owner: string): Promise<void> {
      await senders.deleteOne({ _id: owner } as never);
    },

    async aliveSenders(now: Date): Promise<ReadonlySet<string>> {
      const docs = await senders.find({ aliveUntil: { $gt: now } }).toArray();
      return new Set(docs.map((doc) => String(doc._id)));
    },
  };
}

/** A pace with the number of its write. */
export interface StoredPace {
  readonly rev: number;
  readonly state: PaceState;
}

/** The pace shared by all senders of a channel. */
export interface PaceRepo {
  load(): Promise<StoredPace>;
  /** Writes the pace that follows `rev`. False when somebody else wrote in between; then load again. */
  save(rev: number, state: PaceState): Promise<boolean>;
}

/** The pace in the document store, one small document for each channel. */
export function createPaceRepo(connection: Connection, channel: string): PaceRepo {
  const { collection } = paceModel(connection);
  return {
    async load() {
      const doc = (await collection.findOne({ _id: channel } as never)) as unknown as PaceDoc | null;
      if (!doc) return { rev: 0, state: NO_PACE };
      const { next, holdUntil, used, learned = null, struck = null } = doc;
      return { rev: doc.rev, state: { next, holdUntil, used, learned, struck } };
    },
    async save(rev, state) {
      const next = { rev: rev + 1, ...state };
      if (rev === 0) {
        try {
          await collection.insertOne({ _id: channel, ...next } as never);
          return true;
        } catch (error) {
          if (isDuplicate(error)) return false;
          throw error;
        }
      }
      const before = await collection.findOneAndUpdate(
        { _id: channel, rev } as never,
        { $set: next },
        { projection: { _id: 1 } },
      );
      return before !== null;
    },
  };
}
