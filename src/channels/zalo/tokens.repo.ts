import type { Connection } from 'mongoose';
import { tokenLeaseModel, tokenModel, type TokenDoc } from './tokens.model';

/** A stored pair as it lies there, still sealed. */
export type StoredTokens = Omit<TokenDoc, '_id'>;
export type NewTokens = Pick<StoredTokens, 'sealed' | 'obtainedAt' | 'expiresAt'>;

/** Where the pair lives, shared by all processes. */
export interface TokenRepo {
  load(): Promise<StoredTokens | null>;
  /** Generation 1, only while nothing is stored; says whether it was written. */
  insertFirst(tokens: NewTokens): Promise<boolean>;
  /** Replaces generation `from` by the next one and takes any alarm back; false when another pair is there by now. */
  advance(from: number, tokens: NewTokens): Promise<boolean>;
  /** Notes that the pair of this generation cannot be refreshed any more. */
  markDead(generation: number, code: number, since: Date): Promise<void>;
  /** Takes or prolongs the right to refresh until `until`; null when another owner has it. */
  lease(owner: string, now: Date, until: Date): Promise<{ fence: number } | null>;
  release(owner: string): Promise<void>;
}

export function createTokenRepo(connection: Connection, accountId: string): TokenRepo {
  const tokens = tokenModel(connection);
  const leases = tokenLeaseModel(connection);
  const _id = `zalo:${accountId}`;
  return {
    load: async () => {
      const found = await tokens.findById(_id).lean();
      return found && { ...found, deadSince: found.deadSince ?? null, deadCode: found.deadCode ?? null };
    },
    insertFirst: async (first) => {
      try {
        await tokens.create({ _id, ...first, generation: 1, deadSince: null, deadCode: null });
        return true;
      } catch (error) {
        if (isDuplicate(error)) return false;
        throw error;
      }
    },
    advance: async (from, next) => {
      const change = { $set: { ...next, generation: from + 1, deadSince: null, deadCode: null } };
      return (await tokens.updateOne({ _id, generation: from }, change)).matchedCount === 1;
    },
    markDead: async (generation, code, since) => {
      await tokens.updateOne(
        { _id, generation, deadSince: null },
        { $set: { deadSince: since, deadCode: code } },
      );
    },
    lease: async (owner, now, until) => {
      try {
        const held = await leases
          .findOneAndUpdate(
            { _id, $or: [{ owner }, { until: { $lte: now } }] },
            { $set: { owner, until }, $inc: { fence: 1 } },
            { upsert: true, returnDocument: 'after' },
          )
          .lean();
        return held && { fence: held.fence };
      } catch (error) {
        // The upsert collides with the document of whoever holds it.
        if (isDuplicate(error)) return null;
        throw error;
      }
    },
    release: async (owner) => {
      await leases.updateOne({ _id, owner }, { $set: { until: new Date(0) } });
    },
  };
}

function isDuplicate(error: unknown): boolean {
  return (error as { code?: unknown }).code === 11000;
}
