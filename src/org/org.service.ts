import { keyedHash, type UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import { attemptState, DEFAULT_LIMITS, type AttemptLimits } from './attempts';
import { codeMark } from './codes';
import type { OrgDirectory } from './directory';
import type { Office } from './office';
import type { OfficeDoc } from './org.model';
import { toOffice, type OrgRepo } from './org.repo';
import { mayActFor, mayActOnBehalf } from './rights';
import { mayReport, type Role } from './roles';
import type { UnitTree } from './units';
import type { WrongCodes } from './wrong-codes';
import { unseal } from '../kernel/seal';

/** `taken`: the code is spent or void, or somebody else holds the post by now. Nothing was changed. */
export type ClaimOutcome = 'claimed' | 'already' | 'taken';

/** What a typed code would do. `wrong` and `blocked` say nothing about which codes exist. */
export type CodeLookup =
  | { readonly outcome: 'office'; readonly office: Office }
  /** `left`: wrong codes that may still follow once this one is noted. At 0 the person is blocked until `blockedUntil`. */
  | { readonly outcome: 'wrong'; readonly left: number; readonly blockedUntil: Date | null }
  | { readonly outcome: 'blocked'; readonly until: Date }
  /** A good code of a unit that is gone: `since` its first day without, `into` what followed it. */
  | {
      readonly outcome: 'ended';
      readonly unit: string;
      readonly since: string;
      readonly into: readonly string[];
    };

export interface ClaimInput {
  readonly officeId: string;
  readonly codeHash: string;
  readonly user: UserKey;
  readonly effectId: string;
  readonly at: Date;
}

export interface OrgServiceDeps {
  readonly repo: OrgRepo;
  readonly directory: OrgDirectory;
  /** The program's key: opens phone numbers, and hashes codes as the webhook does. */
  readonly key: Buffer;
  readonly limits?: AttemptLimits;
  /** The cap over all people; absent: only each person's own limit holds. */
  readonly wrongCodes?: Pick<WrongCodes, 'blockedUntil' | 'note'>;
}

/** The hash under which a claim code is kept; the webhook masks a typed code to the same. */
export function claimCodeHash(key: Buffer, digits: string): string {
  return keyedHash(key, 'claim', digits);
}

/** The hash by which a normalised phone number (`84…`) is found. */
export function phoneHash(key: Buffer, phone: string): string {
  return keyedHash(key, 'phone', phone);
}

export type OrgService = ReturnType<typeof createOrgService>;

/**
 * Use cases of the organisation: claiming a post, confirming the privacy notice, leaving. Each write carries the id
 * of its effect and is safe to repeat; of two people with one code, one gets the post.
 */
export function createOrgService({
  repo,
  directory,
  key,
  limits = DEFAULT_LIMITS,
  wrongCodes,
}: OrgServiceDeps) {
  async function show(doc: OfficeDoc): Promise<void> {
    directory.put(doc, await repo.bump('offices'));
  }

  return {
    /** The post that the code would give, or null. Says nothing about the person's wrong tries: use `lookUp` in a talk. */
    async findByCode(codeHash: string): Promise<Office | null> {
      const doc = await repo.officeByCode(codeHash);
      return doc ? toOffice(doc) : null;
    },

    /**
     * What the typed code does for this person, without writing. On `wrong` the caller adds the effect `noteWrongCode`
     * with the same `effectId`; a replay of the turn, when that is already noted, gets the same answer.
     */
    async lookUp(input: {
      codeHash: string;
      user: UserKey;
      effectId: string;
      at: Date;
    }): Promise<CodeLookup> {
      const { codeHash, user, effectId, at } = input;
      const noted = (await repo.attempts(user)).filter((entry) => entry.id !== effectId);
      const before = attemptState(noted, at, limits);
      const until = before.blockedUntil ?? (await wrongCodes?.blockedUntil(at, effectId)) ?? null;
      if (until) return { outcome: 'blocked', until };
      const doc = await repo.officeByCode(codeHash);
      const end = doc ? directory.tree.endOf(doc.unit, vnDay(at)) : null;
      if (doc && end) return { outcome: 'ended', unit: doc.unit, ...end };
      if (doc) return { outcome: 'office', office: toOffice(doc) };
      const after = attemptState([...noted, { at }], at, limits);
      return { outcome: 'wrong', left: after.left, blockedUntil: after.blockedUntil };
    },

    /** Counts a wrong code against the person; the same effect twice counts once. */
    async noteWrongCode(input: { user: UserKey; effectId: string; at: Date }): Promise<void> {
      await repo.addAttempt(input.user, input.effectId, input.at);
      await wrongCodes?.note(input.effectId, input.at);
    },

    /** Until when no code of the person is looked at; null when they may try. */
    async blockedUntil(user: UserKey, at: Date): Promise<Date | null> {
      return attemptState(await repo.attempts(user), at, limits).blockedUntil;
    },

    /** Gives the post to the person, from their old account if the code was for a new one, and spends the code. The same effect again answers `claimed` again. */
    async claim({ officeId, codeHash, user, effectId, at }: ClaimInput): Promise<ClaimOutcome> {
      const consent = await repo.latestConsent(user);
      const claimed = await repo.claim({ officeId, codeHash, user, at, effectId, consent });
      const doc = claimed ?? (await repo.office(officeId));
      if (!doc || doc.user !== user) return 'taken';
      if (claimed || doc.claimEffect === effectId) {
        await repo.clearAttempts(user);
        await show(doc);
        return 'claimed';
      }
      return 'already';
    },

    /** Gives a free village post to the person who shared the number that is kept with it. The same effect again answers `claimed` again. */
    async claimByPhone(input: {
      readonly officeId: string;
      readonly phoneHash: string;
      readonly user: UserKey;
      readonly effectId: string;
      readonly at: Date;
    }): Promise<Exclude<ClaimOutcome, 'already'>> {
      const { officeId, user, effectId } = input;
      const before = await repo.office(officeId);
      if (before?.user === user && before.claimEffect === effectId) {
        await show(before);
        return 'claimed';
      }
      if (!before || !mayReport(before.role)) return 'taken';
      const claimed = await repo.claimByPhone({ ...input, consent: await repo.latestConsent(user) });
      if (!claimed) return 'taken';
      await show(claimed);
      return 'claimed';
    },

    /** The person has read the notice in this version. Kept for good, and shown on every post they hold or will claim. */
    async recordConsent(input: { user: UserKey; version: string; at: Date; eventId: string }): Promise<void> {
      const { user, version, at, eventId } = input;
      await repo.addConsent(user, { version, at, eventId });
      for (const doc of await repo.officesOfUser(user)) await show(doc);
    },

    /** The version the person last confirmed, on any post or before holding one; null when never. */
    async consentOf(user: UserKey): Promise<{ version: string; at: Date; eventId: string } | null> {
      return repo.latestConsent(user);
    },

    /** Takes the person off the post; drafts and duties stay with it, and a new code is needed to hold it. */
    async leave(input: {
      officeId: string;
      user: UserKey;
      effectId: string;
      at: Date;
    }): Promise<'left' | 'already'> {
      const { officeId, user, effectId, at } = input;
      const doc = await repo.office(officeId);
      if (!doc) return 'already';
      if (doc.former.some((holder) => holder.effectId === effectId)) {
        await show(doc);
        return 'left';
      }
      const left = await repo.leave(doc, user, at, effectId);
      if (!left) return 'already';
      await show(left);
      return 'left';
    },

    /**
     * Whether `may` holds of the person's posts as the store has them now, so that a post given away a moment ago in another
     * process counts; what this process knows is brought up to date when it is refused.
     */
    async mayDo(user: UserKey, may: (posts: readonly Office[], tree: UnitTree) => boolean): Promise<boolean> {
      const posts = (await repo.officesOfUser(user)).map(toOffice);
      if (may(posts, directory.tree)) return true;
      await directory.refresh();
      return false;
    },

    /** Whether the person may write for the unit now, asked of the store. */
    async mayWriteFor(input: { user: UserKey; unit: string; onBehalf: boolean; at: Date }): Promise<boolean> {
      const { user, unit, onBehalf, at } = input;
      const may = onBehalf ? mayActOnBehalf : mayActFor;
      return this.mayDo(user, (posts, tree) => may(posts, tree, unit, at));
    },

    /** Ends the posts whose last day is over at that moment; a second time finds none. */
    async endPosts(at: Date): Promise<void> {
      const day = vnDay(at);
      for (const { id, ends, closed } of directory.all()) {
        if (closed || ends == null || day <= ends) continue;
        const doc = await repo.office(id);
        const ended = doc && !doc.closed && doc.ends === ends ? await repo.endPost(doc, at) : null;
        if (ended) await show(ended);
      }
    },

    /** The posts the person holds on the day of `at`, leading posts first. From memory. */
    officesOf(user: UserKey, at: Date): readonly Office[] {
      return directory.officesOf(user, at);
    },

    /** The claimed posts of the unit in these roles. From memory. */
    holdersOf(unit: string, roles: readonly Role[]): readonly (Office & { readonly user: UserKey })[] {
      return directory.holdersOf(unit, roles);
    },

    /** The number kept with the post (`84…`), for a person who is allowed to call; null when none is kept. */
    async phoneOf(officeId: string): Promise<string | null> {
      const doc = await repo.office(officeId);
      return doc?.phone ? unseal(key, officeId, doc.phone) : null;
    },

    /** What stands in a text for the code that the act gives to the post. */
    codeMark(officeId: string, effectId: string): string {
      return codeMark(key, officeId, effectId);
    },

    /** The posts kept with the number of this hash. */
    async findByPhone(hash: string): Promise<Office[]> {
      return (await repo.officesByPhone(hash)).map(toOffice);
    },
  };
}
