import type { Connection } from 'mongoose';
import { Coalescer } from '../kernel/coalesce';
import type { Erases } from '../kernel/erases';
import type { UserKey } from '../kernel/ids';
import { isDuplicate } from '../kernel/store-faults';
import { type Conversation, type Frame, newConversation } from './dialog';
import { type ConversationDocument, conversationModel } from './conversation.model';

/** A conversation in hand: nobody else answers this person until it is put back or the lease runs out. */
export interface Lease {
  readonly conversation: Conversation;
  readonly fence: number;
}

export interface ConversationRepo {
  /**
   * Takes the person's conversation for `leaseMs`; null when another process has it.
   * `now` is the machine's time, not the program's: leases are about processes, not about deadlines.
   */
  take(user: UserKey, owner: string, now: Date, leaseMs: number): Promise<Lease | null>;
  /** Stores the state if the lease still holds; false when it was lost, and then nothing is written. `release` gives it back in the same write. */
  save(
    conversation: Conversation,
    fence: number,
    options: { release: boolean; until: Date },
  ): Promise<boolean>;
  /** Moves the end of a lease that still holds; one that was lost stays lost. */
  renew(user: UserKey, fence: number, until: Date): Promise<void>;
  /** Gives the lease back without a change; harmless when it was lost. */
  release(user: UserKey, fence: number): Promise<void>;
  find(user: UserKey): Promise<Conversation | null>;
}

interface Save {
  readonly user: UserKey;
  readonly fence: number;
  readonly set: Partial<ConversationDocument>;
}

/** `singleProcess`: no other process shares this store, so a lease left behind by one that died is simply taken over. */
export function createConversationRepo(
  connection: Connection,
  options: { singleProcess: boolean },
): ConversationRepo & Erases {
  const rows = conversationModel(connection).collection;

  /** States of many people go out together. Only when some lease was lost is it asked whose. */
  const saves = new Coalescer<Save, boolean>(
    async (batch) => {
      const writes = batch.map(({ user, fence, set }) => ({
        updateOne: { filter: { _id: user as never, fence }, update: { $set: set } },
      }));
      const { matchedCount } = await rows.bulkWrite(writes, { ordered: false });
      if (matchedCount === batch.length) return batch.map(() => true);
      const found = (await rows
        .find({ _id: { $in: batch.map(({ user }) => user as never) } }, { projection: { fence: 1 } })
        .toArray()) as unknown as Pick<ConversationDocument, '_id' | 'fence'>[];
      const fences = new Map(found.map(({ _id, fence }) => [_id, fence]));
      return batch.map(({ user, fence }) => fences.get(user) === fence);
    },
    // Their answers are on the way already.
    { max: 200, lanes: 2, everyMs: 10 },
  );

  return {
    async take(user, owner, now, leaseMs) {
      const leaseUntil = new Date(now.getTime() + leaseMs);
      const filter = options.singleProcess
        ? { _id: user as never }
        : {
            _id: user as never,
            $or: [{ leaseUntil: null }, { leaseUntil: { $lte: now } }, { leaseOwner: owner }],
          };
      const blank = newConversation(user);
      try {
        const found = (await rows.findOneAndUpdate(
          filter,
          {
            $set: { leaseOwner: owner, leaseUntil },
            $inc: { fence: 1 },
            $setOnInsert: { turn: 0, lastEvents: [], stack: [], locale: blank.locale },
          },
          { upsert: true, returnDocument: 'after' },
        )) as unknown as ConversationDocument | null;
        if (!found) return null;
        return { conversation: toConversation(found), fence: found.fence };
      } catch (error) {
        if (isDuplicate(error)) return null;
        throw error;
      }
    },

    async save(conversation, fence, { release, until }) {
      const set = {
        turn: conversation.turn,
        lastEvents: [...conversation.lastEvents],
        stack: [...conversation.stack],
        locale: conversation.locale,
        offered: conversation.offered ?? 0,
        listed: conversation.listed ?? null,
        ...(release ? { leaseOwner: null, leaseUntil: null } : { leaseUntil: until }),
      };
      return saves.add({ user: conversation.user, fence, set });
    },

    async renew(user, fence, until) {
      await rows.updateOne({ _id: user as never, fence }, { $set: { leaseUntil: until } });
    },

    async release(user, fence) {
      await rows.updateOne({ _id: user as never, fence }, { $set: { leaseOwner: null, leaseUntil: null } });
    },

    async find(user) {
      const found = (await rows.findOne({ _id: user as never })) as unknown as ConversationDocument | null;
      return found ? toConversation(found) : null;
    },

    /** The whole talk; the next one begins anew. Only while nobody holds the conversation. */
    async erase(user) {
      await rows.deleteOne({ _id: user as never });
    },
  };
}

function toConversation(row: ConversationDocument): Conversation {
  return {
    user: row._id,
    turn: row.turn,
    lastEvents: row.lastEvents,
    stack: row.stack as Frame[],
    locale: row.locale,
    ...(row.offered ? { offered: row.offered } : {}),
    ...(row.listed ? { listed: row.listed } : {}),
  };
}

/** So many conversations are held; the one answered longest ago goes first. */
const KEPT = 10_000;

/** Conversations that this process read and still holds, which are good only while it is the only one. */
export class HeldConversations {
  private readonly held = new Map<UserKey, Lease>();

  get(user: UserKey): Lease | undefined {
    return this.held.get(user);
  }

  /** Holds what was saved last; null lets go of it. */
  keep(user: UserKey, lease: Lease | null): void {
    this.held.delete(user);
    if (lease === null) return;
    this.held.set(user, lease);
    if (this.held.size > KEPT) this.held.delete(this.held.keys().next().value as UserKey);
  }
}
