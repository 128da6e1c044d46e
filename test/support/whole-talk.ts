import type { Connection } from 'mongoose';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApplyEffect } from '../../src/app/apply-effect';
import { FEATURES, type FeatureParts } from '../../src/app/features';
import { loadLocales } from '../../src/app/load-locales';
import { openAudit } from '../../src/audit/audit.module';
import { openCampaigns } from '../../src/campaigns/campaigns.module';
import { openClasses } from '../../src/classes/classes.module';
import { readConfig } from '../../src/config/config';
import { openContacts } from '../../src/contacts/contacts.module';
import { advance, type Advanced } from '../../src/conversation/advance';
import {
  newConversation,
  type Conversation,
  type AnyEffect,
  type TurnEvent,
} from '../../src/conversation/dialog';
import type { DialogDeps } from '../../src/dialogs/deps';
import { createEngine } from '../../src/dialogs/router';
import { openDirectives } from '../../src/directives/directives.module';
import { createMediaStore } from '../../src/evidence/media-store';
import { openEvidence } from '../../src/evidence/evidence.module';
import type { GroupHost } from '../../src/groups/group-host';
import type { GroupsRepo } from '../../src/groups/groups.repo';
import { openGroups } from '../../src/groups/groups.module';
import { openHandover } from '../../src/handover/handover.module';
import type { Job } from '../../src/jobs/job';
import { MovableClock } from '../../src/kernel/clock';
import { Dictionary, type Words } from '../../src/kernel/i18n';
import { repositoryRoot } from '../../src/kernel/root';
import { maskSecrets } from '../../src/kernel/secrets';
import { openKnowledge } from '../../src/knowledge/knowledge.module';
import { createMetrics } from '../../src/observability/metrics';
import { openOrg, openPostNotices } from '../../src/org/org.module';
import { claimCodeHash } from '../../src/org/org.service';
import { readDaysOff, workCalendar } from '../../src/org/seed/days-off';
import { Conditions, type NewOutboxMessage } from '../../src/outbox/outbox-row';
import { noticeEffects } from '../../src/outbox/enqueue';
import { sendRules } from '../../src/outbox/send-rules';
import { openRecognition } from '../../src/recognition/recognition.module';
import { openCalendars, openReporting } from '../../src/reporting/reporting.module';
import { NOTHING_ELSE } from '../../scripts/nothing-else';
import { openSentSheets } from '../../src/sheets/sheets.module';
import { reminderEffects } from '../../src/reminders/chat/remind-effects';

/**
 * The whole talk over a store, without a messenger: every feature's dialogs and services as the program joins them, what
 * they write, and what would go out. A turn can be decided without being done, from any state of a conversation.
 */
export class WholeTalk {
  /** What was handed to the outbox, in order. */
  readonly sent: NewOutboxMessage[] = [];
  private turns = 0;

  private constructor(
    readonly clock: MovableClock,
    readonly reads: DialogDeps,
    /** Every kind of write that a feature does. */
    readonly kinds: readonly string[],
    /** What the features here do by themselves. */
    readonly jobs: readonly Job[],
    readonly apply: (effect: AnyEffect) => Promise<'done' | 'conflict'>,
    readonly org: ReturnType<typeof openOrg>,
    readonly groups: GroupsRepo,
    private readonly reporting: { readAgain(): Promise<void> },
    private readonly key: Buffer,
    private readonly wordsOf: (locale: string) => Words,
    sent: NewOutboxMessage[],
  ) {
    this.sent = sent;
  }

  static open(connection: Connection, at: Date): WholeTalk {
    const clock = MovableClock.startingAt(at);
    const config = readConfig({
      DATA_DIR: mkdtempSync(join(tmpdir(), 'whole-talk-')),
      ZALO_MEDIA_HOSTS: 'zdn.vn,127.0.0.1',
    });
    const key = Buffer.alloc(32, 7);
    const dictionary = new Dictionary(loadLocales());
    const wordsOf = (locale: string): Words => dictionary.in(locale === '' ? 'vi' : locale);
    const calendars = openCalendars(config, workCalendar());
    const log = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const base = { config, connection, singleProcess: false, key, clock, log, wordsOf, calendars };
    const org = openOrg({ ...base, metrics: createMetrics() });
    const contacts = openContacts(base);
    const audit = openAudit({ ...base, org, inboxRows: { oldestWaiting: async () => null } });
    const reporting = openReporting({ ...base, org, audit });
    const { articles } = openKnowledge({ locales: join(repositoryRoot(), 'locales'), banners: '', log });
    const sent: NewOutboxMessage[] = [];
    const enqueue = async (messages: readonly NewOutboxMessage[]): Promise<void> =>
      void sent.push(...messages);
    const outbox = {
      enqueue,
      reachOf: async (users: readonly string[]) =>
        new Map(users.map((user) => [user, { by: 'text', cost: 0 } as const])),
      rows: { fates: async () => [], toPeople: async () => [] },
      rules: sendRules(config, readDaysOff().tet),
      conditions: new Conditions(),
      ownSends: { isOurs: async () => false },
    };
    const { wordsFor, isMuted } = contacts;
    const shared = { ...base, org, contacts, audit, outbox, wordsFor, isMuted, articles };
    const posts = openPostNotices(org, { connection: base.connection, enqueue, wordsFor });
    const handover = openHandover({ ...shared, posts });
    const media = createMediaStore(join(config.DATA_DIR, 'media'));
    const evidence = openEvidence({ ...shared, media });
    const directives = openDirectives({ ...shared, stuck: handover.stuck, evidence });
    const sheets = openSentSheets({ ...shared, reporting });
    const campaigns = openCampaigns({ ...shared, reporting });
    // Orders about groups are kept; nobody carries them out here.
    const groups = openGroups({
      ...{ ...shared, reporting },
      channelModule: {
        groups: { admins: () => ['zalo:1'] } as unknown as GroupHost,
        chatLink: 'https://bot.example.vn',
      },
    });
    const recognition = openRecognition({ ...shared, reporting, outbox: outbox as never });
    const classes = openClasses({ ...shared, communeOf: handover.communeOf });
    const features = [
      ...[
        audit,
        reporting,
        contacts,
        org,
        posts,
        handover,
        directives,
        campaigns,
        groups,
        classes,
        recognition,
        sheets,
        evidence,
      ],
      { effects: noticeEffects(enqueue) },
      { effects: reminderEffects({ askFor: async () => undefined }) },
      { effects: { 'privacy.erase': async () => 'done' as const } },
    ] as const;
    const parts: readonly FeatureParts[] = features;
    const { reminders, lastContact, chains, shown, offered, kept } = NOTHING_ELSE;
    const reads: DialogDeps = {
      ...{ org: org.service, directory: org.directory, isMuted, articles },
      ...{ reports: reporting.reports, releases: reporting.releases, ledger: reporting.ledger },
      ...{ rollup: reporting.rollup, directives: directives.view, campaigns: campaigns.view },
      ...{
        classes: classes.view,
        handover: handover.view,
        groups: groups.view,
        recognition: recognition.view,
      },
      // Whether somebody was told comes from outside a talk.
      ...{ reminders, lastContact, chains, shown, offered, kept },
      ...{ sheets: sheets.service, evidence: evidence.service },
      settings: {
        ...{ calendars, optionalFigures: config.OPTIONAL_FIGURES, undoMinutes: config.UNDO_MINUTES },
        chairConfirms: true,
        ...{ noticeVersion: '2026-1', askPhoneImage: 'https://bot.example.vn/card.png' },
      },
    };
    return new WholeTalk(
      clock,
      reads,
      parts.flatMap(({ effects }) => Object.keys(effects ?? {})),
      parts.flatMap(({ jobs }) => jobs ?? []),
      settling(createApplyEffect(features), [
        directives.settled,
        () => sheets.service.settled(),
        () => evidence.service.settled(),
      ]),
      org,
      groups.repo,
      reporting,
      key,
      wordsOf,
      sent,
    );
  }

  /** What is held in memory is read again: the store was changed from outside. */
  async readAgain(): Promise<void> {
    await this.org.repo.bump('units');
    await this.org.repo.bump('offices');
    await this.org.directory.refresh();
    await this.reporting.readAgain();
  }

  begin(user: string): Conversation {
    return newConversation(user);
  }

  /** Decides one message of the person, from that state; nothing of it is done. */
  decide(conversation: Conversation, typed: string, more: Partial<TurnEvent> = {}): Promise<Advanced> {
    const masked = maskSecrets(typed, (digits) => claimCodeHash(this.key, digits));
    const at = this.clock.now();
    const event: TurnEvent = {
      ...{ id: `turn:${(this.turns += 1)}`, kind: 'text', text: masked.text, secrets: masked.secrets },
      ...{ codeHash: masked.codeHash ?? null, arrivedAt: at, eventAt: at },
      ...more,
    };
    return advance(ENGINE, conversation, event, this.reads, this.wordsOf);
  }

  /** Says it and does what follows; throws when what it wants was refused. */
  async say(conversation: Conversation, typed: string): Promise<Conversation> {
    const decided = await this.decide(conversation, typed);
    for (const effect of decided.effects)
      if ((await this.apply(effect)) !== 'done') throw new Error(`«${typed}»: ${effect.kind} was refused`);
    return { ...decided.conversation, turn: conversation.turn + 1 };
  }
}

const ENGINE = createEngine(FEATURES);

/** Each write waits for what it begins beside the talk. */
function settling(
  apply: (effect: AnyEffect) => Promise<'done' | 'conflict'>,
  settled: readonly (() => Promise<void>)[],
): typeof apply {
  return async (effect) => {
    const outcome = await apply(effect);
    for (const wait of settled) await wait();
    return outcome;
  };
}
