import type { Connection } from 'mongoose';
import { conversationModel } from '../conversation/conversation.model';
import type { EvidenceService } from '../evidence/evidence.service';
import type { Takeovers } from '../handover/takeovers';
import { inboxModel } from '../inbox/inbox.model';
import { messageOf } from '../kernel/errors';
import type { UserKey } from '../kernel/ids';
import { sleep } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import type { OrgDirectory } from '../org/directory';
import type { OfficeDoc } from '../org/org.model';
import { orgModels } from '../org/org.model';
import type { OrgRepo } from '../org/org.repo';
import { contactModel } from '../outbox/contacts.model';
import type { ContactsRepo } from '../outbox/contacts.repo';
import { outboxModel } from '../outbox/outbox.model';
import type { Preferences } from '../outbox/preferences';
import { preferenceModel } from '../outbox/preferences.model';
import type { ReportsRepo } from '../reporting/reports.repo';

/** Stands wherever the person stood: what they reported is traced to the office from then on, not to them. */
export const ERASED: UserKey = 'erased:person';

export interface EraseDeps {
  readonly connection: Connection;
  readonly contacts: Pick<ContactsRepo, 'noteUnfollowed'>;
  readonly preferences: Pick<Preferences, 'refresh'>;
  readonly orgRepo: Pick<OrgRepo, 'bump'>;
  readonly directory: Pick<OrgDirectory, 'refresh'>;
  readonly reports: Pick<ReportsRepo, 'unname'>;
  readonly evidence: Pick<EvidenceService, 'unname'>;
  readonly takeovers: Pick<Takeovers, 'forget'>;
  /** Removes a file of the media store that nothing names any more; a file that is gone already is no fault. */
  readonly removeMedia: (name: string) => Promise<void>;
  /** Lets go of what this process holds of the person's conversation. */
  readonly forgetConversation: (user: UserKey) => void;
  /** Resolves when nothing to the person is on its way. */
  readonly settled: (user: UserKey) => Promise<void>;
  /** After so long, in milliseconds, what was still in hand at the erasure is blanked too. */
  readonly againAfterMs?: number;
  readonly log: Pick<Logger, 'warn'>;
}

const AGAIN_AFTER_MS = 60_000;

/** A send takes no longer than this. */
const ON_ITS_WAY_MS = 5_000;

/** One post that the person held, as it stood. */
export interface LeftPost {
  readonly office: string;
  readonly unit: string;
  readonly role: OfficeDoc['role'];
}

/**
 * Forgets a person who asked for it: the link between them and their post with name and number, what they wrote and
 * what was written to them, how they can be reached, their voice. What they reported for their unit stays with the unit.
 * Kept on purpose: that this address must not be written to, and the row of the request itself until its time is over.
 * Each step may be repeated; a crash in between is mended by doing it all again. Answers the posts that are free now.
 */
export function createErasePerson(deps: EraseDeps): (user: UserKey, at: Date) => Promise<LeftPost[]> {
  const { connection, log } = deps;
  const org = orgModels(connection);
  const inbox = inboxModel(connection).collection;
  const outbox = outboxModel(connection).collection;

  async function leavePosts(user: UserKey, at: Date): Promise<LeftPost[]> {
    const docs = (await org.offices.collection
      .find({ $or: [{ user }, { 'former.user': user }] } as never)
      .toArray()) as unknown as OfficeDoc[];
    const left: LeftPost[] = [];
    for (const { _id, unit, role, user: holder, claimedAt, former } of docs) {
      const past = former.map((one) => (one.user === user ? { ...one, user: ERASED, fullName: '' } : one));
      const held = holder === user;
      const now = { user: ERASED, fullName: '', from: claimedAt, to: at, effectId: `erased:${_id}` };
      await org.offices.collection.updateOne({ _id, user: holder } as never, {
        $set: {
          former: held ? [...past, now] : past,
          ...(held ? FREE_POST : {}),
        },
      });
      if (held) left.push({ office: _id, unit, role });
    }
    if (docs.length > 0) {
      await deps.orgRepo.bump('offices');
      await deps.directory.refresh();
    }
    return left;
  }

  /** Of handled events that came before, only that they came is kept, so that a late copy is still recognised. */
  async function blankInbox(user: UserKey, at: Date): Promise<void> {
    await inbox.updateMany(
      { user, state: { $ne: 'new' }, kind: { $ne: 'withdrawn' }, arrivedAt: { $lte: at } },
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
    await inbox.updateMany(
      { 'event.from': user, state: { $ne: 'new' }, arrivedAt: { $lte: at } },
      { $unset: { 'event.text': '', 'event.from': '', 'event.data': '' } },
    );
  }

  async function forgetAnswers(user: UserKey, at: Date): Promise<void> {
    await outbox.deleteMany({ to: user, createdAt: { $lte: at }, state: { $nin: ['sending', 'queued'] } });
  }

  return async (user, at) => {
    // First what would write to them again.
    await deps.contacts.noteUnfollowed(user, at);
    const left = await leavePosts(user, at);
    await Promise.race([deps.settled(user), sleep(ON_ITS_WAY_MS)]);
    const addresses = [user, ...left.map(({ office }) => `zalo-phone:${office}`)];
    await outbox.deleteMany({ to: { $in: addresses }, state: { $ne: 'sending' } });
    await deps.reports.unname(user, ERASED);
    for (const name of await deps.evidence.unname(user, ERASED)) await deps.removeMedia(name);
    await org.consents.collection.updateMany({ user }, { $set: { user: ERASED } });
    await org.attempts.collection.deleteOne({ _id: user as never });
    await preferenceModel(connection).collection.deleteOne({ _id: user as never });
    await deps.preferences.refresh();
    await deps.takeovers.forget(user);
    await conversationModel(connection).collection.deleteOne({ _id: user as never });
    deps.forgetConversation(user);
    await blankInbox(user, at);
    // What arrived just before and is only now answered: its words and the answers to them.
    const again = setTimeout(() => {
      const tidied = Promise.all([blankInbox(user, at), forgetAnswers(user, at)]);
      tidied.catch((error: unknown) =>
        log.warn({ reason: messageOf(error) }, 'an erasure was not tidied up'),
      );
    }, deps.againAfterMs ?? AGAIN_AFTER_MS);
    again.unref();
    await contactModel(connection).collection.updateOne(
      { _id: user as never },
      {
        $unset: {
          lastInteractionAt: '',
          closedAt: '',
          unreachableAt: '',
          unreachableReason: '',
          humanUntil: '',
        },
      },
    );
    log.warn({ posts: left.map(({ office }) => office) }, 'a person was erased on request');
    return left;
  };
}

/** A post without anything of a person; an import may bring a name and a number again, with a new code. */
const FREE_POST = {
  user: null,
  claimedAt: null,
  claimEffect: null,
  consent: null,
  fullName: '',
  address: '',
  phone: null,
  phoneHash: null,
};
