import type { Connection } from 'mongoose';
import type { UserKey } from '../kernel/ids';
import { isDuplicate } from '../kernel/store-faults';
import type { Leave } from './leave';
import { orgModels, type Consent, type HandOverDoc, type OfficeDoc } from './org.model';

export type HandOverRepo = ReturnType<typeof createHandOverRepo>;

/** Writes of posts that change hands in chat. Each meets its row only as it was read, and is safe to repeat. */
export function createHandOverRepo(connection: Connection) {
  const { offices } = orgModels(connection);
  const change = (filter: object, update: object): Promise<OfficeDoc | null> =>
    offices.findOneAndUpdate(filter, update, { returnDocument: 'after' }).lean<OfficeDoc | null>();

  return {
    /** Keeps the wish of whoever holds the post; a newer one takes the place of one nobody agreed to. */
    propose: (officeId: string, holder: UserKey, handover: HandOverDoc): Promise<OfficeDoc | null> =>
      change(
        {
          _id: officeId,
          user: holder,
          $or: [{ 'handover.id': handover.id }, { 'handover.agreedBy': { $exists: false } }],
        },
        { $set: { handover } },
      ),

    agree: (officeId: string, id: string, by: UserKey, at: Date): Promise<OfficeDoc | null> =>
      change(
        { _id: officeId, 'handover.id': id },
        { $set: { 'handover.agreedBy': by, 'handover.agreedAt': at } },
      ),

    /** Takes the wish back; null when there is none of that id any more. */
    drop: (officeId: string, id: string): Promise<OfficeDoc | null> =>
      change({ _id: officeId, 'handover.id': id }, { $unset: { handover: 1 } }),

    accept: (officeId: string, id: string, user: UserKey, consent: Consent): Promise<OfficeDoc | null> =>
      change(
        { _id: officeId, 'handover.id': id, 'handover.user': user },
        { $set: { 'handover.acceptedBy': user, 'handover.consent': consent } },
      ),

    /** Gives the post to the new holder, or frees it for them when they have not said yes; the old one is remembered. */
    async carryOut(doc: OfficeDoc, at: Date): Promise<OfficeDoc | null> {
      const { handover, user } = doc;
      if (!handover) return null;
      const accepted = handover.acceptedBy ?? null;
      const former = {
        ...{ user: user as UserKey, fullName: doc.fullName, from: doc.claimedAt, to: at },
        ...{ effectId: handover.id, claimEffect: doc.claimEffect, why: 'replaced' as const },
      };
      return change(
        { _id: doc._id, 'handover.id': handover.id, user },
        {
          $set: {
            user: accepted,
            claimedAt: accepted === null ? null : at,
            claimEffect: accepted === null ? null : handover.id,
            consent: handover.consent ?? null,
            fullName: handover.fullName,
            address: handover.address,
            title: null,
            phone: handover.phone,
            phoneHash: handover.phoneHash,
            invited: accepted === null ? handover.user : null,
          },
          $unset: { handover: 1, codeHash: 1, leave: 1 },
          ...(user === null || user === accepted ? {} : { $push: { former } }),
        },
      );
    },

    /** The person whom the commune vouched for takes the post; who held it on another account holds it no longer. */
    async claimInvited(input: {
      officeId: string;
      user: UserKey;
      at: Date;
      effectId: string;
      consent: Consent;
    }): Promise<OfficeDoc | null> {
      const { officeId, user, at, effectId, consent } = input;
      const before = await offices.findOne({ _id: officeId, invited: user }).lean<OfficeDoc | null>();
      if (!before) return null;
      const { user: holder, fullName, claimedAt: from, claimEffect } = before;
      const former = {
        ...{ user: holder as UserKey, fullName, from, to: at },
        ...{ effectId, claimEffect, why: 'moved' as const },
      };
      return change(
        { _id: officeId, invited: user, user: holder },
        {
          $set: { user, claimedAt: at, claimEffect: effectId, consent, invited: null },
          $unset: { codeHash: 1 },
          ...(holder === null || holder === user ? {} : { $push: { former } }),
        },
      );
    },

    /** The commune vouches that this account is the holder's; only the one that asked. */
    invite: (officeId: string, user: UserKey): Promise<OfficeDoc | null> =>
      change(
        { _id: officeId, $or: [{ asking: user }, { invited: user }] },
        { $set: { invited: user, asking: null } },
      ),

    /** Somebody says that the post is theirs; nothing follows from it before the commune says so. */
    ask: (officeId: string, user: UserKey): Promise<OfficeDoc | null> =>
      change({ _id: officeId }, { $set: { asking: user } }),

    /** Who is to take a post that nobody holds; null when somebody does. */
    nameHead: ({
      _id,
      fullName,
      address,
      phone,
      phoneHash,
      invited,
    }: Pick<OfficeDoc, '_id' | 'fullName' | 'address' | 'phone' | 'phoneHash' | 'invited'>) =>
      change(
        { _id, user: null },
        {
          $set: { fullName, address, phone, phoneHash, invited: invited ?? null, asking: null, demo: false },
          $unset: { codeHash: 1, ends: 1, closed: 1 },
        },
      ),

    /** Days on which whoever holds the post is away; null: none. */
    setLeave: (
      { _id, user, claimEffect: claim }: Pick<OfficeDoc, '_id' | 'user' | 'claimEffect'>,
      leave: Leave | null,
    ): Promise<OfficeDoc | null> =>
      change(
        { _id, user },
        leave === null ? { $unset: { leave: 1 } } : { $set: { leave: { ...leave, claim } } },
      ),

    /** One code opens the post from now on; null: that code is another's already. */
    giveCode: async (officeId: string, codeHash: string): Promise<OfficeDoc | null> => {
      try {
        return await change({ _id: officeId, closed: { $ne: true } }, { $set: { codeHash } });
      } catch (error) {
        if (isDuplicate(error)) return null;
        throw error;
      }
    },

    /** The post lasts until that day. */
    end: (officeId: string, lastDay: string): Promise<OfficeDoc | null> =>
      change({ _id: officeId }, { $set: { ends: lastDay } }),
  };
}
