import { digestOfText } from '../audit/entry';
import type { AuditService } from '../audit/audit.service';
import type { EvidenceService } from '../evidence/evidence.service';
import type { Takeovers } from '../handover/takeovers';
import type { InboxRepo } from '../inbox/inbox.repo';
import { messageOf } from '../kernel/errors';
import type { Erases } from '../kernel/erases';
import type { UserKey } from '../kernel/ids';
import { sleep } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import type { OrgDirectory } from '../org/directory';
import type { LeftPost } from '../org/erasure';
import type { OrgRepo } from '../org/org.repo';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { OutboxRepo } from '../outbox/outbox.repo';
import type { Preferences } from '../contacts/preferences';
import type { Ledger } from '../reporting/ledger';
import type { ReleasesRepo } from '../reporting/releases.repo';
import type { ReportsRepo } from '../reporting/reports.repo';

/** Stands wherever the person stood: what they reported is traced to the office from then on, not to them. */
export const ERASED: UserKey = 'erased:person';

/** What each part forgets stands with that part; all of it may be done twice. */
export interface EraseDeps {
  readonly contacts: Pick<ContactsRepo, 'noteUnfollowed'> & Erases;
  readonly orgRepo: Pick<OrgRepo, 'leavePosts' | 'unname' | 'bump'>;
  readonly directory: Pick<OrgDirectory, 'refresh'>;
  readonly outboxRepo: Pick<OutboxRepo, 'erase' | 'eraseFinished'>;
  readonly reports: Pick<ReportsRepo, 'unname'>;
  readonly ledger: Pick<Ledger, 'unname'>;
  readonly sheets: { unname(person: UserKey, stand: UserKey): Promise<void> };
  readonly releases: Pick<ReleasesRepo, 'unname'>;
  readonly evidence: Pick<EvidenceService, 'unname'>;
  readonly classes: { unname(person: UserKey, stand: UserKey): Promise<void> };
  readonly directives: { unname(person: UserKey, stand: UserKey): Promise<void> };
  readonly campaigns: { unname(person: UserKey, stand: UserKey): Promise<void> };
  /** Forgets whether they are or were in the group of a commune; the group itself is Zalo's. */
  readonly groups: Erases;
  /** Removes a file of the media store that nothing names any more; a file that is gone already is no fault. */
  readonly removeMedia: (name: string) => Promise<void>;
  readonly preferencesRepo: Erases;
  readonly preferences: Pick<Preferences, 'refresh'>;
  readonly takeovers: Pick<Takeovers, 'forget'>;
  readonly threads: { erase(user: UserKey, as: UserKey, at: Date): Promise<void> };
  readonly conversations: Erases;
  /** Lets go of what this process holds of the person's conversation. */
  readonly forgetConversation: (user: UserKey) => void;
  readonly inboxRepo: Pick<InboxRepo, 'erase'>;
  readonly audit: Pick<AuditService, 'note' | 'catchUp' | 'forget'>;
  /** Resolves when nothing to the person is on its way. */
  readonly settled: (user: UserKey) => Promise<void>;
  /** After so long, in milliseconds, what was still in hand at the erasure is blanked too. */
  readonly againAfterMs?: number;
  readonly log: Pick<Logger, 'warn'>;
}

const AGAIN_AFTER_MS = 60_000;

/** A send takes no longer than this. */
const ON_ITS_WAY_MS = 5_000;

/**
 * Forgets a person who asked for it: the link between them and their post with name and number, what they wrote and
 * what was written to them, how they can be reached, their voice. What they reported for their unit stays with the unit.
 * Kept on purpose: that this address must not be written to, and the row of the request itself until its time is over.
 * Each step may be repeated; a crash in between is mended by doing it all again. Answers the posts that are free now.
 */
export function createErasePerson(deps: EraseDeps): (user: UserKey, at: Date) => Promise<LeftPost[]> {
  const { contacts, orgRepo, outboxRepo, inboxRepo, log } = deps;

  /** What arrived just before and is only now answered: its words and the answers to them. */
  function tidyLater(user: UserKey, at: Date): void {
    const again = setTimeout(() => {
      const tidied = Promise.all([inboxRepo.erase(user, at), outboxRepo.eraseFinished(user, at)]);
      tidied.catch((error: unknown) =>
        log.warn({ reason: messageOf(error) }, 'an erasure was not tidied up'),
      );
    }, deps.againAfterMs ?? AGAIN_AFTER_MS);
    again.unref();
  }

  return async (user, at) => {
    // What they did so far is told of them by their opaque id before nothing leads to it any more.
    await deps.audit.catchUp();
    // First what would write to them again.
    await contacts.noteUnfollowed(user, at);
    const left = await orgRepo.leavePosts(user, ERASED, at);
    await orgRepo.bump('offices');
    await deps.directory.refresh();
    await Promise.race([deps.settled(user), sleep(ON_ITS_WAY_MS)]);
    await outboxRepo.erase([user, ...left.map(({ office }) => `zalo-phone:${office}`)]);
    const erased = {
      id: `erased:${digestOfText(`${user}:${at.toISOString()}`)}`,
      at,
      act: 'person.erased',
      by: user,
    };
    const [first = null] = left;
    await deps.audit.note({ ...erased, unit: first?.unit ?? null, subject: 'person' });
    await deps.audit.forget(user);
    await deps.reports.unname(user, ERASED);
    await deps.directives.unname(user, ERASED);
    await deps.campaigns.unname(user, ERASED);
    await deps.groups.erase(user);
    await deps.releases.unname(user, ERASED);
    await deps.classes.unname(user, ERASED);
    await deps.ledger.unname(user, ERASED);
    await deps.sheets.unname(user, ERASED);
    for (const name of await deps.evidence.unname(user, ERASED)) await deps.removeMedia(name);
    await orgRepo.unname(user, ERASED);
    await deps.preferencesRepo.erase(user);
    await deps.preferences.refresh();
    await deps.threads.erase(user, ERASED, at);
    await deps.takeovers.forget(user);
    await deps.conversations.erase(user);
    deps.forgetConversation(user);
    await inboxRepo.erase(user, at);
    tidyLater(user, at);
    await contacts.erase(user);
    log.warn({ posts: left.map(({ office }) => office) }, 'a person was erased on request');
    return left;
  };
}
