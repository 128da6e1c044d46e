import { sha256Hex, type UserKey } from '../kernel/ids';
import { seal, unseal } from '../kernel/seal';
import { codeGiven } from './codes';
import type { OrgDirectory } from './directory';
import { isDue } from './hand-over';
import type { HandOverRepo } from './hand-over.repo';
import type { HandOverDoc, OfficeDoc } from './org.model';
import type { OrgRepo } from './org.repo';
import { claimCodeHash, phoneHash, type OrgService } from './org.service';
import { saysWhoHolds } from './rights';
import { standInRole } from './roles';

/**
 * Posts that change hands in chat. The holder asks, those above agree, and at 00:00 of the day said the post leaves its
 * holder: drafts, directives and reminders belong to the post and stay with it. Each write carries the id of its effect; the
 * right to it is asked of the store.
 */
export interface HandOversDeps {
  readonly repo: HandOverRepo;
  readonly orgRepo: Pick<OrgRepo, 'bump' | 'office' | 'officesByPhone' | 'addConsent' | 'addOffices'>;
  readonly org: Pick<OrgService, 'mayDo' | 'leave'>;
  readonly directory: OrgDirectory;
  readonly key: Buffer;
}

export interface Proposal {
  readonly id: string;
  readonly officeId: string;
  readonly by: UserKey;
  readonly day: string;
  /** Stands in until the end of this day, as a further deputy; null: for good. */
  readonly until: string | null;
  readonly fullName: string;
  readonly address: string;
  /** The post of the deputy who is meant: their account and number go with them. Null: somebody else. */
  readonly deputy: string | null;
  /** `84…`; null when none was given. */
  readonly phone: string | null;
}

export type HandOvers = ReturnType<typeof createHandOvers>;

export function createHandOvers({ repo, orgRepo, org, directory, key }: HandOversDeps) {
  async function show(doc: OfficeDoc | null): Promise<boolean> {
    if (doc) directory.put(doc, await orgRepo.bump('offices'));
    return doc !== null;
  }

  /** Whether the person agrees to changes of that post. */
  async function mayAgree(by: UserKey, officeId: string, at: Date): Promise<boolean> {
    const office = await orgRepo.office(officeId);
    return office !== null && org.mayDo(by, (posts, tree) => saysWhoHolds(posts, tree, office, at));
  }

  async function carryOut(officeId: string, at: Date): Promise<void> {
    const doc = await orgRepo.office(officeId);
    if (doc?.handover?.until) await standIn(doc, doc.handover, doc.handover.until, at);
    else if (doc?.handover) await show(await repo.carryOut(doc, at));
  }

  /** Whether that wish made somebody a deputy for a while already. */
  async function stoodIn(post: OfficeDoc, handover: string): Promise<boolean> {
    return (await orgRepo.office(standInId(post, handover))) !== null;
  }

  /** A further post that ends with the day said; the holder's own stays as it is. */
  async function standIn(doc: OfficeDoc, handover: HandOverDoc, ends: string, at: Date): Promise<void> {
    const officeId = doc._id;
    const id = standInId(doc, handover.id);
    const number = handover.phone === null ? null : unseal(key, officeId, handover.phone);
    const accepted = handover.acceptedBy ?? null;
    const deputy: OfficeDoc = {
      ...{ _id: id, unit: doc.unit, role: standInRole(doc.role), fullName: handover.fullName },
      ...{ address: handover.address, title: null, user: accepted, consent: handover.consent ?? null },
      ...(accepted === null
        ? { claimedAt: null, claimEffect: null, invited: handover.user }
        : { claimedAt: at, claimEffect: handover.id, invited: null }),
      phone: number === null ? null : seal(key, id, number),
      ...{ phoneHash: handover.phoneHash, demo: false, ends, former: [] },
    };
    await orgRepo.addOffices([deputy]);
    await show(await orgRepo.office(id));
    await show(await repo.drop(officeId, handover.id));
  }

  return {
    async propose(asked: Proposal): Promise<boolean> {
      const { id, officeId, by, day, until, fullName, address, phone } = asked;
      const deputy = asked.deputy === null ? null : await orgRepo.office(asked.deputy);
      const hash = phone === null ? null : phoneHash(key, phone);
      // Somebody known by that number under another post has an account already.
      const known = hash === null ? [] : await orgRepo.officesByPhone(hash);
      const user = deputy?.user ?? known.find((office) => office.user !== null)?.user ?? null;
      const number = phone ?? (deputy?.phone ? unseal(key, deputy._id, deputy.phone) : null);
      return show(
        await repo.propose(officeId, by, {
          ...{ id, day, fullName, address, user, ...(until === null ? {} : { until }) },
          phone: number === null ? null : seal(key, officeId, number),
          phoneHash: number === null ? null : phoneHash(key, number),
        }),
      );
    },

    /** Those above say yes; a day that has begun already begins now. */
    async agree(officeId: string, id: string, by: UserKey, at: Date): Promise<boolean> {
      if (!(await mayAgree(by, officeId, at))) return false;
      const before = await orgRepo.office(officeId);
      if (before && !before.handover) {
        const done = before.former.some(({ effectId }) => effectId === id);
        return (done || (await stoodIn(before, id))) && show(before);
      }
      if (!(await show(await repo.agree(officeId, id, by, at)))) return false;
      const handover = directory.office(officeId)?.handover;
      if (handover && isDue(handover, at)) await carryOut(officeId, at);
      return true;
    },

    /** Those above say no, or the holder takes it back. */
    async drop(officeId: string, id: string, by: UserKey, at: Date): Promise<boolean> {
      const office = await orgRepo.office(officeId);
      if (office?.user !== by && !(await mayAgree(by, officeId, at))) return false;
      await show(await repo.drop(officeId, id));
      return true;
    },

    /** The new holder says yes under the notice: before the day it is kept, from the day on the post is theirs. */
    async accept(input: {
      officeId: string;
      user: UserKey;
      effectId: string;
      at: Date;
      notice: { readonly version: string; readonly eventId: string };
    }): Promise<boolean> {
      const { officeId, user, effectId, at, notice } = input;
      const consent = { version: notice.version, at, eventId: notice.eventId };
      const doc = await orgRepo.office(officeId);
      // Done already; that it is may not have been told when the process died over it.
      if (doc?.user === user) return show(doc);
      await orgRepo.addConsent(user, consent);
      if (doc?.handover?.user === user)
        return show(await repo.accept(officeId, doc.handover.id, user, consent));
      return show(await repo.claimInvited({ officeId, user, at, effectId, consent }));
    },

    /** Those above vouch that the account is that of the post's holder, who may then take it without a code. */
    async invite(officeId: string, user: UserKey, by: UserKey, at: Date): Promise<boolean> {
      return (await mayAgree(by, officeId, at)) && show(await repo.invite(officeId, user));
    },

    /** Notes that somebody says the post is theirs. */
    async ask(officeId: string, user: UserKey): Promise<boolean> {
      return show(await repo.ask(officeId, user));
    },

    /** Those above say that the account is not the holder's after all: it holds the post no longer. */
    async cut(officeId: string, user: UserKey, by: UserKey, effectId: string, at: Date): Promise<boolean> {
      if (!(await mayAgree(by, officeId, at))) return false;
      await org.leave({ officeId, user, effectId, at });
      return true;
    },

    /** Those above end the post with that day. */
    async end(officeId: string, lastDay: string, by: UserKey, at: Date): Promise<boolean> {
      return (await mayAgree(by, officeId, at)) && show(await repo.end(officeId, lastDay));
    },

    /** A new code for whoever is to take the post; one given before opens it no longer. */
    async giveCode(officeId: string, effectId: string, by: UserKey, at: Date): Promise<boolean> {
      if (!(await mayAgree(by, officeId, at))) return false;
      return show(await repo.giveCode(officeId, claimCodeHash(key, codeGiven(key, officeId, effectId))));
    },

    /** Carries out what was agreed and whose day has come; a second time finds none. */
    async carryOutDue(now: Date): Promise<void> {
      for (const { id, handover } of directory.all())
        if (handover && isDue(handover, now)) await carryOut(id, now);
    },
  };
}

/** Behind the posts that last, which are numbered. */
function standInId({ unit, role }: OfficeDoc, handover: string): string {
  return `${unit}:${standInRole(role)}:s${sha256Hex(handover).slice(0, 12)}`;
}
