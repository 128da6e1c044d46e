import type { Connection } from 'mongoose';
import type { Ledger } from '../reporting/ledger';
import type { ReleasesRepo } from '../reporting/releases.repo';
import type { AuditService } from '../audit/audit.service';
import type { InboundEvent } from '../channels/channel';
import type { Config } from '../config/config';
import { callsBot, type OutsiderFacts } from '../dialogs/outsiders';
import { addressVars } from '../org/chat/people';
import type { CampaignsRepo } from '../campaigns/campaigns.repo';
import type { DirectivesRepo } from '../directives/directives.repo';
import { createEvidenceRepo } from '../evidence/evidence.repo';
import { createEvidenceService, type EvidenceService } from '../evidence/evidence.service';
import { createFetchMedia } from '../evidence/fetch-media';
import type { ThreadSweep } from '../handover/chat/thread-sweep';
import { createTakeoverRepo } from '../handover/takeover.repo';
import { Takeovers } from '../handover/takeovers';
import type { ConversationSession } from '../inbox/inbox-worker';
import type { InboxRepo, InboxRow } from '../inbox/inbox.repo';
import { systemClock, type Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { Erases } from '../kernel/erases';
import type { UserKey } from '../kernel/ids';
import { commaList } from '../kernel/lists';
import { MINUTE, vnDay } from '../kernel/vn-time';
import type { Words } from '../kernel/i18n';
import type { Article } from '../knowledge/article';
import type { MediaStore } from '../evidence/media-store';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { OrgDirectory } from '../org/directory';
import type { OrgRepo } from '../org/org.repo';
import { unitName } from '../org/names';
import { mayReport } from '../org/roles';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Outbox } from '../outbox/outbox';
import type { OutboxRepo } from '../outbox/outbox.repo';
import type { Preferences } from '../contacts/preferences';
import type { ReportsRepo } from '../reporting/reports.repo';
import { createErasePerson } from '../privacy/erase-person';
import { createNoter } from './event-handlers';
import { createOwnSends } from './own-messages';
import { botSilence } from './bot-silence';

export interface EventHandlingDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly singleProcess: boolean;
  readonly clock: Clock;
  readonly contacts: ContactsRepo & Erases;
  readonly outbox: Outbox;
  readonly preferences: Preferences;
  readonly preferencesRepo: Erases;
  readonly orgRepo: OrgRepo;
  readonly directory: OrgDirectory;
  readonly reports: ReportsRepo;
  readonly directives: DirectivesRepo;
  readonly classes: { unname(person: UserKey, stand: UserKey): Promise<void> };
  readonly campaigns: CampaignsRepo;
  readonly outboxRepo: OutboxRepo;
  readonly inboxRepo: InboxRepo;
  readonly threads: ThreadSweep;
  readonly conversations: Erases;
  readonly media: MediaStore;
  /** Opens the private chat with the bot. */
  readonly chatLink: string;
  readonly noteAccountEvent: (name: string, data: InboundEvent['data'], at: Date) => Promise<void> | void;
  readonly forgetConversation: (user: UserKey) => void;
  readonly wordsFor: (user: UserKey | null) => Words;
  readonly articles: (locale: string) => readonly Article[];
  readonly metrics: Metrics;
  readonly audit: AuditService;
  readonly releases: ReleasesRepo;
  readonly ledger: Pick<Ledger, 'unname'>;
  readonly log: Logger;
}

/** What stands between the inbox and the talks: who answers, what is only noted, and what is kept of pictures. */
export interface EventHandling {
  readonly evidence: EvidenceService;
  /** The floor of a person, silent while somebody of the office answers them. */
  floor(floor: ConversationSession, user: UserKey): ConversationSession;
  before(row: InboxRow): Promise<void>;
  note(row: InboxRow): Promise<void>;
  /** Forgets the person, and tells the commune of a post that is free now. */
  forget(user: UserKey, at: Date, cause: string): Promise<void>;
  /** The program's own address, once known: the simulator's pictures lie there. What died half-written is swept. */
  open(base: string): void;
}

export function createEventHandling(deps: EventHandlingDeps): EventHandling {
  const { config, connection, singleProcess, clock, contacts, outbox, directory, media, log } = deps;
  const origins: string[] = [];
  const evidence = createEvidenceService({
    repo: createEvidenceRepo(connection),
    media,
    fetchMedia: createFetchMedia({
      hosts: commaList(config.ZALO_MEDIA_HOSTS.toLowerCase()),
      origins: () => origins,
      timeoutMs: Math.max(config.ZALO_TIMEOUT_MS, 20_000),
    }),
    clock,
    log,
  });
  const takeovers = new Takeovers({
    repo: createTakeoverRepo(connection),
    forMs: config.HUMAN_TAKEOVER_MINUTES * MINUTE,
    singleProcess,
  });
  const erasePerson = createErasePerson({
    ...deps,
    evidence,
    takeovers,
    removeMedia: (name) => media.remove(name),
    settled: (user) => outbox.settled(user),
  });

  function outsiders(): OutsiderFacts {
    const words = deps.wordsFor(null);
    return { words, articles: deps.articles(words.locale), chatLink: deps.chatLink };
  }

  /** The commune hears that a post is free, so that the month does not stay without its figures. No name is told. */
  async function tellCommune(user: UserKey, at: Date, cause: string): Promise<void> {
    const day = vnDay(at);
    for (const office of directory.officesOf(user, at)) {
      const unit = directory.tree.getNearest(office.unit, day);
      if (!mayReport(office.role) || !unit?.parent) continue;
      for (const officer of directory.holdersOf(unit.parent, ['commune_officer'])) {
        const words = deps.wordsFor(officer.user);
        const text = words.t('onboarding:withdrew', { ...addressVars(words, officer), unit: unitName(unit) });
        await outbox.enqueue([
          {
            id: `${cause}:${office.id}:${officer.id}`,
            to: officer.user,
            purpose: 'notice',
            message: { kind: 'text', text },
            cause,
            createdAt: at,
          },
        ]);
      }
    }
  }

  async function forget(user: UserKey, at: Date, cause: string): Promise<void> {
    await tellCommune(user, at, cause);
    await erasePerson(user, at);
  }

  const noter = createNoter({
    contacts,
    outbox,
    takeovers,
    threads: deps.threads,
    ownSends: createOwnSends(deps.outboxRepo),
    erase: (row, user) => forget(user, row.arrivedAt, row.id),
    noteAccountEvent: deps.noteAccountEvent,
    outsiders,
    groupOpensWindow: config.ZALO_GROUP_OPENS_WINDOW === 'on',
    metrics: deps.metrics,
    log,
  });

  return {
    evidence,
    floor: (floor, user) => botSilence(floor, user, { takeovers, callsBot, log }),
    before: (row) => noter.before(row),
    note: (row) => noter.note(row),
    forget,
    open: (base) => {
      if (config.mode === 'simulator') origins.push(new URL(base).origin);
      media
        .sweepHalfWritten(systemClock.now())
        .catch((error: unknown) =>
          log.warn({ reason: messageOf(error) }, 'half-written media could not be swept'),
        );
    },
  };
}
