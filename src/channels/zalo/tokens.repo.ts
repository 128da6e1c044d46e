import type { Connection } from 'mongoose';
import { isDuplicate } from '../../kernel/store-faults';
import { tokenLeaseModel, tokenModel, type TokenDoc } from './tokens.model';

/** A stored pair as it lies there, still sealed. */
export type StoredTokens = Omit<TokenDoc, '_id'>;
export type NewTokens = Pick<StoredTokens, 'sealed' | 'obtainedAt' | 'expiresAt' | 'refreshSince'>;

/** Where the pair lives, shared by all processes. */
export interface TokenRepo {
  load(): Promise<StoredTokens | null>;
  /** Generation 1, only while nothing is stored; says whether it was written. `consent`: an administrator has just consented. */
  insertFirst(tokens: NewTokens, consent?: boolean): Promise<boolean>;
  /**
   * Replaces generation `from` by the next one and takes the alarm of a dead token back; false when another pair is there
   * by now. A pair out of a new `consent` ends a withdrawn permission as well.
   */
  advance(from: number, tokens: NewTokens, consent?: boolean): Promise<boolean>;
  /** Notes that the pair of this generation cannot be refreshed any more. */
  markDead(generation: number, code: number, since: Date): Promise<void>;
  /** Notes that the account withdrew its permission; nothing when an administrator consented after that. */
  markRevoked(at: Date): Promise<void>;
  /**
   * Takes the right to refresh when nobody has it, when `owner` has it already, or when it still is that of `stale`, whose
   * holder is taken for gone. Answers the fence of whoever has it then. No clock is asked: those of two machines differ.
   */
  lease(owner: string, stale: number | null): Promise<{ mine: boolean; fence: number }>;
  release(owner: string): Promise<void>;
}

export function createTokenRepo(connection: Connection, accountId: string): TokenRepo {
  const tokens = tokenModel(connection);
  const leases = tokenLeaseModel(connection);
  const _id = `zalo:${accountId}`;
  return {
    load: async () => {
      const found = await tokens.findById(_id).lean();
      return (
        found && {
          ...found,
          refreshSince: found.refreshSince ?? null,
          deadSince: found.deadSince ?? null,
          deadCode: found.deadCode ?? null,
          consentedAt: found.consentedAt ?? null,
          revokedAt: found.revokedAt ?? null,
        }
      );
    },
    insertFirst: async (first, consent = false) => {
      try {
        const consentedAt = consent ? first.obtainedAt : null;
        await tokens.create({ _id, ...first, generation: 1, consentedAt });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    advance: async (from, next, consent = false) => {
      const change = {
        ...next,
        generation: from + 1,
        deadSince: null,
        deadCode: null,
        ...(consent ? { consentedAt: next.obtainedAt, revokedAt: null } : {}),
      };
      return (await tokens.updateOne({ _id, generation: from }, { $set: change })).matchedCount === 1;
    },
    markDead: async (generation, code, since) => {
      await tokens.updateOne(
        { _id, generation, deadSince: null },
        { $set: { deadSince: since, deadCode: code } },
      );
    },
    markRevoked: async (at) => {
      const before = [{ consentedAt: null }, { consentedAt: { $lte: at } }];
      await tokens.updateOne({ _id, $or: before }, { $set: { revokedAt: at } });
    },
    lease: async (owner, stale) => {
      const free = [{ owner: '' }, { owner }, ...(stale === null ? [] : [{ fence: stale }])];
      try {
        const held = await leases
          .findOneAndUpdate(
            { _id, $or: free },
            { $set: { owner }, $inc: { fence: 1 } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean();
        return { mine: true, fence: held.fence };
      } catch (error) {
        // The upsert collides with the document of whoever holds it.
        if (!isDuplicate(error)) throw error;
        return { mine: false, fence: (await leases.findById(_id).lean())?.fence ?? 0 };
      }
    },
    release: async (owner) => {
      await leases.updateOne({ _id, owner }, { $set: { owner: '' } });
    },
  };
}
