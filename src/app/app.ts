import { join } from 'node:path';
import { openAudit } from '../audit/audit.module';
import { openCampaigns } from '../campaigns/campaigns.module';
import { readQuota } from '../channels/zalo/send-results';
import { openClasses } from '../classes/classes.module';
import type { Config } from '../config/config';
import { openContacts } from '../contacts/contacts.module';
import { outsiderEvents } from '../dialogs/outsider-events';
import { callsBot } from '../dialogs/outsiders';
import { openDirectives } from '../directives/directives.module';
import { openEvidence } from '../evidence/evidence.module';
import { createMediaStore } from '../evidence/media-store';
import { openGroups } from '../groups/groups.module';
import { openHandover } from '../handover/handover.module';
import { createInboxRepo } from '../inbox/inbox.repo';
import { openInbox } from '../inbox/inbox.module';
import { createCatchUp } from '../jobs/catch-up';
import { catalogueOf } from '../jobs/job';
import { openJobs } from '../jobs/open-jobs';
import type { AppError } from '../kernel/errors';
import { armFailpoint } from '../kernel/failpoint';
import { Dictionary } from '../kernel/i18n';
import { userKey } from '../kernel/ids';
import { repositoryRoot } from '../kernel/root';
import { openKnowledge } from '../knowledge/knowledge.module';
import type { Logger } from '../observability/logger';
import { createMetrics } from '../observability/metrics';
import { openOrg, openPostNotices } from '../org/org.module';
import { readDaysOff, workCalendar } from '../org/seed/days-off';
import { openOutbox } from '../outbox/outbox.module';
import { openPrivacy } from '../privacy/privacy.module';
import { openRecognition } from '../recognition/recognition.module';
import { openReminders } from '../reminders/reminders.module';
import { phoneAddressOf } from '../reminders/phones';
import { openCalendars, openReporting } from '../reporting/reporting.module';
import { openTime } from './advance-clock';
import { botSilence } from './bot-silence';
import { openChannelModule } from './channel-choice';
import { accountEvents, createNoter } from './event-handlers';
import { createApplyEffect } from './apply-effect';
import type { FeatureParts } from './features';
import { createSheetWatch } from './figures-import';
import { openSentSheets } from '../sheets/sheets.module';
import { createHttpApp } from './http-app';
import { createLife, type App } from './life';
import { loadLocales } from './load-locales';
import { openKey } from './open-key';
import { whenRepeated } from './simulated';
import { openStores } from './stores';
import { openConversations, openTalk } from './talk';
import { zaloJobs } from './zalo.jobs';

/**
 * The composition root: the only place where the parts are joined. Each feature makes its own (`<feature>.module.ts`) out
 * of those above it here; a part that must hear of another made later is told by that one. Nothing but `main` and the
 * scripts imports this folder.
 */
export async function buildApp(config: Config, log: Logger): Promise<App> {
  let fail: (error: AppError) => void = () => undefined;
  const failed = new Promise<AppError>((resolve) => (fail = resolve));
  armFailpoint(config.FAILPOINT);

  // What everybody needs.
  const stores = await openStores(config, log, fail);
  const key = await openKey(config, stores).catch(async (error: unknown) => {
    await stores.stop();
    throw error;
  });
  const { connection, singleProcess } = stores;
  const time = openTime(config);
  const { clock } = time;
  const metrics = createMetrics({ process: true });
  const dictionary = new Dictionary(loadLocales());
  const wordsOf = (locale: string) => dictionary.in(locale === '' ? config.DEFAULT_LOCALE : locale);
  const calendars = openCalendars(config, workCalendar());
  const base = { config, connection, singleProcess, key, clock, log, metrics, wordsOf, calendars };

  // Facts.
  const org = openOrg(base);
  const contacts = openContacts(base);
  const { wordsFor, isMuted } = contacts;
  const inboxRows = createInboxRepo(connection);
  const audit = openAudit({ ...base, org, inboxRows });
  const reporting = openReporting({ ...base, org, audit });
  const { articles } = openKnowledge({
    ...{ locales: join(repositoryRoot(), 'locales'), log },
    banners: config.BANNERS_FILE || join(config.DATA_DIR, 'banners.json'),
  });
  const media = createMediaStore(join(config.DATA_DIR, 'media'));

  // What goes out.
  const channelModule = openChannelModule({ ...base, media, phoneOf: org.phoneOf });
  const outbox = openOutbox({
    ...{ ...base, channelModule, contacts, wordsFor, restDays: readDaysOff().tet },
    ...{ paidBy: readQuota, wait: time.pause },
    phoneOf: (user, at) => phoneAddressOf(org.directory, user, at),
    putIn: org.withCodes,
  });
  const { enqueue } = outbox;
  const evidence = openEvidence({ ...base, media, org, audit, outbox });

  // The features that write to people.
  const shared = { ...base, org, contacts, audit, outbox, wordsFor, isMuted, articles };
  const posts = openPostNotices(org, { connection, enqueue, wordsFor });
  const handover = openHandover({ ...shared, posts });
  const directives = openDirectives({ ...shared, stuck: handover.stuck, evidence });
  const campaigns = openCampaigns({ ...shared, reporting });
  const groups = openGroups({ ...shared, reporting, channelModule });
  const classes = openClasses({ ...shared, communeOf: handover.communeOf });
  const sheets = openSentSheets({ ...shared, reporting });
  const conversations = openConversations(base);
  const reminders = openReminders({ ...shared, reporting, directives, conversations });
  const recognition = openRecognition({ ...shared, reporting });
  const privacy = openPrivacy({
    ...{ ...shared, conversations: conversations.repo, contacts: contacts.repo, outboxRepo: outbox.rows },
    ...{ inboxRepo: inboxRows, orgRepo: org.repo, directory: org.directory, audit: audit.service },
    ...{ preferences: contacts.preferences, preferencesRepo: contacts.preferencesRepo },
    ...{ reports: reporting.repo, releases: reporting.releasesRepo, ledger: reporting.ledger, classes },
    ...{ directives, campaigns: campaigns.repo, evidence: evidence.service },
    groups: groups.repo,
    sheets: sheets.service,
    keptIn: {
      ...{ contacts: contacts.repo, preferences: contacts.preferences, classes: classes.kept },
      threads: { of: handover.ofPerson },
    },
    ...{ takeovers: handover.takeovers, threads: handover.sweep },
    removeMedia: (name) => media.remove(name),
    forgetConversation: (user) => conversations.held.keep(user, null),
  });
  const outsiders = outsiderEvents({
    ...{ contacts: contacts.repo, takeovers: handover.takeovers, ownSends: outbox.ownSends, enqueue },
    wordsFor,
    outsiders: () => {
      const words = wordsOf('');
      return { words, articles: articles(words.locale), chatLink: channelModule.chatLink };
    },
    groupOpensWindow: config.ZALO_GROUP_OPENS_WINDOW === 'on',
  });

  /** What does effects, hears events and has jobs; a moved clock runs the jobs in this order, the outbox's after what writes to it. */
  const features = [
    ...[reporting, contacts, evidence, sheets, org, posts, handover, reminders, directives, campaigns],
    ...[groups, reminders.escalation, classes, recognition, privacy, reminders.approvals, outbox, audit],
    ...[{ events: outsiders }, { events: accountEvents(channelModule, log) }],
  ] as const;
  const parts: readonly FeatureParts[] = features;

  // The talk.
  const runner = openTalk({
    ...{ ...base, channelModule, conversations, contacts, outbox },
    applyEffect: createApplyEffect(features),
    reads: {
      ...{ org: org.service, directory: org.directory, isMuted, articles, wordsFor },
      ...{ reports: reporting.reports, releases: reporting.releases, ledger: reporting.ledger },
      ...{ rollup: reporting.rollup, reminders: reminders.service, chains: reminders.chains },
      ...{ sheets: sheets.service, evidence: evidence.service },
      ...{ directives: directives.view, campaigns: campaigns.view, classes: classes.view },
      ...{ groups: groups.view, handover: handover.view, recognition: recognition.view },
      kept: privacy.kept,
    },
  });
  const noter = createNoter({ contacts: contacts.repo, features: parts, metrics, log });
  const inbox = openInbox({
    ...{ ...base, ...noter, inboxRows },
    openSession: async (user) => {
      // Another process may have given this person a post a moment ago.
      if (!singleProcess) await org.directory.refresh();
      const session = await runner.openSession(user);
      return session && botSilence(session, user, { takeovers: handover.takeovers, callsBot, log });
    },
  });

  // Time.
  const catalogue = catalogueOf([
    ...zaloJobs(channelModule),
    ...inbox.jobs,
    ...parts.flatMap(({ jobs }) => jobs ?? []),
  ]);
  const jobs = await openJobs(config.REDIS_URL, catalogue, { logger: log, clock });
  groups.follow(jobs);
  const catchUp = createCatchUp(catalogue, clock.now());

  // The doors.
  const simulator =
    config.mode !== 'simulator'
      ? null
      : channelModule.simulate({
          ...{ config, clock, words: wordsOf(''), advanceClock: time.advance, listCodes: org.demoCodes },
          settled: async (id) => {
            await inbox.worker.settled(userKey(channelModule.name, id));
            await outbox.settled(userKey(channelModule.name, id));
          },
          nextDue: () => catchUp.nextDue(clock.now()),
        });
  time.follow(...(simulator ? [whenRepeated(simulator)] : []), catchUp, {
    nextDue: async () => null,
    runDue: async () => {
      await inbox.worker.settled();
      await evidence.service.settled();
      await sheets.service.settled();
      await directives.settled();
      await outbox.settled();
    },
  });
  const http = createHttpApp({
    ...{ ...base, ...reporting, channelModule, jobs, simulator, directory: org.directory },
    ...{ audit: audit.service, threads: handover.threads, directives: directives.view },
    ...{ classes: classes.service, claimCodes: org.claimCodes, advanceClock: time.advance },
    accept: inbox.accept(jobs),
    movable: time.movable !== null,
  });
  const watchSheets = createSheetWatch({
    ...{ connection, directory: org.directory, enqueue, wordsFor, forget: () => reporting.readAgain() },
  });
  return createLife({
    ...{ ...base, stores, time, org, contacts, reporting, evidence, sheets, channelModule, outbox, inbox },
    ...{ campaigns, inboxRows, jobs, simulator, http, watchSheets, failed },
  });
}
