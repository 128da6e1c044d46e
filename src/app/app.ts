import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readQuota } from '../channels/zalo/quota';
import type { Config } from '../config/config';
import { createConversationRepo } from '../conversation/conversation.repo';
import { newConversation } from '../conversation/dialog';
import { payloadUnder } from '../conversation/payload';
import { TurnRunner } from '../conversation/run-turn';
import { spoken } from '../dialogs/spoken';
import { createEngine } from '../dialogs/router';
import { isAsked, isUnfinished, joinEvents } from '../dialogs/unfinished';
import { createApplyEffect, FEATURES } from './features';
import { InboxWorker } from '../inbox/inbox-worker';
import { createInboxRepo, type InboxRow } from '../inbox/inbox.repo';
import { handlePerson } from '../inbox/inbox.jobs';
import { createIngest } from '../inbox/ingest';
import { createCatchUp } from '../jobs/catch-up';
import { openJobs } from '../jobs/open-jobs';
import { systemClock } from '../kernel/clock';
import { AppError, messageOf } from '../kernel/errors';
import { armFailpoint } from '../kernel/failpoint';
import { channelUserId, userKey, type UserKey } from '../kernel/ids';
import { sleep } from '../kernel/retry';
import { repositoryRoot } from '../kernel/root';
import { DAY, MINUTE } from '../kernel/vn-time';
import { Dictionary, type Words } from '../kernel/i18n';
import { loadArticles } from '../knowledge/load';
import { createMediaStore } from '../evidence/media-store';
import type { Logger } from '../observability/logger';
import { createMetrics } from '../observability/metrics';
import { OrgDirectory } from '../org/directory';
import { createOrgRepo } from '../org/org.repo';
import { createOrgService } from '../org/org.service';
import { createDemoCodes, seedHolders } from '../org/seed/demo-holders';
import { readDaysOff, workCalendar } from '../org/seed/days-off';
import { createHandOverRepo } from '../org/hand-over.repo';
import { createHandOvers } from '../org/hand-over.service';
import { addressVars } from '../org/chat/people';
import { createSweepPosts } from '../org/chat/lost-notices';
import { WrongCodes } from '../org/wrong-codes';
import { seedUnits } from '../org/seed/seed';
import { createContactsRepo, lastContacts } from '../contacts/contacts.repo';
import { askOwners } from '../outbox/conditions';
import { createOutbox } from '../outbox/outbox';
import { perhapsLost } from '../outbox/perhaps-lost';
import { createOutboxRepo } from '../outbox/outbox.repo';
import { createPaceRepo } from '../outbox/pace.repo';
import { isPhone, sendRules } from '../outbox/policy';
import { Preferences } from '../contacts/preferences';
import { createPreferencesRepo } from '../contacts/preferences.repo';
import { EscalationService } from '../reminders/escalation/escalation.service';
import { ESCALATION_STEPS } from '../reminders/escalation/steps';
import { unansweredDirectives } from '../reminders/other-works';
import { remindedForms } from '../reminders/periods';
import { ApprovalLists } from '../reminders/approval-list';
import { phoneAddressOf } from '../reminders/phones';
import { planSettings } from '../reminders/plan';
import { createRemindersRepo } from '../reminders/reminders.repo';
import { usualHours } from '../reminders/usual-hour';
import { RemindersService } from '../reminders/reminders.service';
import { FORMS } from '../reporting/forms';
import { holdReports } from '../reporting/held-reports';
import { createReportsRepo } from '../reporting/reports.repo';
import { createLedger } from '../reporting/ledger.repo';
import { createReleasesRepo } from '../reporting/releases.repo';
import { ReleasesService } from '../reporting/releases.service';
import { ReportsService } from '../reporting/reports.service';
import { Rollup } from '../reporting/rollup';
import { createTimeKeeper } from './advance-clock';
import { createEraseAsked } from '../privacy/erase-asked';
import { createErasuresRepo } from '../privacy/erasures.repo';
import { openAudit } from './audit';
import { openChannelModule } from './channel-choice';
import { createSheetWatch } from './figures-import';
import { isOfThread } from '../handover/chat/tell';
import { createHandover, stuckTalks } from './handover';
import { createHttpApp } from './http-app';
import { startHousekeeping } from './housekeeping';
import { jobCatalogue } from './job-catalogue';
import { loadLocales } from './load-locales';
import { openProgramClock } from './program-clock';
import { createCampaigns } from '../campaigns/campaigns';
import { createCampaignsRepo } from '../campaigns/campaigns.repo';
import { createDirectives, type Directives } from '../directives/directives';
import { createDirectivesRepo } from '../directives/directives.repo';
import { Offices } from '../directives/offices';
import { readUnitTags } from '../org/seed/tags';
import { createEventHandling } from './event-handling';
import { openKey } from './open-key';
import { prepareIndexes } from './indexes';
import { openClasses } from './open-classes';
import { openStores } from './stores';

/**
 * The composition root: the only place where the parts are made and joined, in the order of the path — webhook, inbox,
 * conversation, dialogs, domain, outbox, channel; then time, which joins at the outbox. Nothing but `main` and the
 * scripts imports this folder.
 */
export interface App {
  /** Starts what the role asks for; resolves with the address once requests are taken. */
  start(): Promise<string>;
  /** Takes no more, finishes what is in hand within the limit, closes everything. Safe to call twice. */
  stop(limitMs: number): Promise<void>;
  /** Resolves when the program can no longer do its work and should be started anew. */
  readonly failed: Promise<AppError>;
}

/** Indexes on a large database take minutes; nobody who writes waits for that. */
const INDEXES_WAIT_MS = 5_000;
/** A queue gets so long to close. */
const JOBS_STOP_MS = 3_000;

/** Version of the privacy notice: raise it when `onboarding:notice` changes its meaning, so that it is shown again. */
const NOTICE_VERSION = '2026-1';

export async function buildApp(config: Config, log: Logger): Promise<App> {
  let fail: (error: AppError) => void = () => undefined;
  const failed = new Promise<AppError>((resolve) => (fail = resolve));
  armFailpoint(config.FAILPOINT);

  const stores = await openStores(config, log, fail);
  const { connection, singleProcess } = stores;
  const key = await openKey(config, stores).catch(async (error: unknown) => {
    await stores.stop();
    throw error;
  });
  const { clock, ...time } = openProgramClock(config);
  const media = createMediaStore(join(config.DATA_DIR, 'media'));
  const metrics = createMetrics({ process: true });
  const dictionary = new Dictionary(loadLocales());
  const wordsOf = (locale: string) => dictionary.in(locale === '' ? config.DEFAULT_LOCALE : locale);
  const articles = new Map(
    ['vi', 'en'].map((locale) => [locale, loadArticles(join(repositoryRoot(), 'locales', locale, 'faq'))]),
  );

  // The organisation.
  const orgRepo = createOrgRepo(connection);
  const directory = new OrgDirectory(orgRepo);
  const wrongCodes = new WrongCodes(orgRepo, log);
  metrics.gauge('claim_codes_wrong_in_hour', 'Wrong claim codes of the last hour, from all people', () =>
    wrongCodes.inTheHour(clock.now()),
  );
  const org = createOrgService({
    wrongCodes,
    repo: orgRepo,
    directory,
    key,
  });

  const handOvers = createHandOvers({
    repo: createHandOverRepo(connection),
    orgRepo,
    org,
    directory,
    key,
  });

  // Reporting.
  const calendars = { month: config, work: workCalendar() };
  const storedReports = createReportsRepo(connection, { singleProcess });
  const heldReports = singleProcess ? holdReports(storedReports) : null;
  const reportsRepo = heldReports ?? storedReports;
  const units = () => directory.tree;
  const reports = new ReportsService({
    repo: reportsRepo,
    units,
    calendars,
    optionalFigures: config.OPTIONAL_FIGURES,
    undoMs: config.UNDO_MINUTES * MINUTE,
    clock,
  });
  const rollup = new Rollup({ repo: reportsRepo, units, optionalFigures: config.OPTIONAL_FIGURES });
  reports.onChange((report) => rollup.note(report));

  // The channel and what goes out.
  const channelModule = openChannelModule({
    config,
    connection,
    clock,
    key,
    log,
    media,
    metrics,
    onRate: (rate) => outbox.noteRate(rate),
    pace: () => outbox.pace(),
    phoneOf: async (to) => (isPhone(to) ? org.phoneOf(channelUserId(to)) : null),
  });
  const channels = new Map(channelModule.addresses.map((word) => [word, channelModule.channel]));
  const { windows } = channelModule.channel.limits;
  const paced = sendRules(config, readDaysOff().tet);
  const rules = windows === false ? { ...paced, windows } : paced;
  const outboxRepo = createOutboxRepo(connection);
  const contacts = createContactsRepo(connection);
  const preferencesRepo = createPreferencesRepo(connection);
  const preferences = new Preferences(preferencesRepo);
  const wordsFor = (user: UserKey): Words => wordsOf(preferences.localeOf(user) ?? '');
  const owners = askOwners({
    report_owed: {
      isStillNeeded: (row, at) => reminders.isStillNeeded(row, at),
      onUnreachable: (row, at) => reminders.onUnreachable(row, at),
    },
    directive_open: { isStillNeeded: (row, at) => directives.isStillNeeded(row, at) },
    late_units: {
      isStillNeeded: (row, at) => escalation.isStillNeeded(row, at),
      onUnreachable: (row, at) => escalation.onUnreachable(row, at),
    },
    approval_waits: { isStillNeeded: (row, at) => approvalLists.isStillNeeded(row, at) },
  });
  const outbox = createOutbox({
    rows: outboxRepo,
    contacts,
    pace: createPaceRepo(connection, channelModule.name),
    channels,
    clock,
    rules,
    perMinute: config.ZALO_REQUESTS_PER_MINUTE,
    isStillNeeded: (row, at) => owners.isStillNeeded(row, at),
    onUnreachable: async (row, at) => {
      await owners.onUnreachable(row, at);
      if (isOfThread(row)) await handover.sweep.notReached(row.to, at);
    },
    onUncertain: async (row) => {
      const word = perhapsLost(row, (user) => wordsFor(user).t('common:perhaps_lost'));
      if (word) await outbox.enqueue([word]);
    },
    phoneOf: (user, at) => phoneAddressOf(directory, user, at),
    paidBy: readQuota,
    keepMs: config.OUTBOX_KEEP_DAYS * DAY,
    wait: (ms) => timeKeeper.pause(ms),
    singleProcess,
    log,
    metrics,
  });
  const conversations = createConversationRepo(connection, { singleProcess });
  const reminders: RemindersService = new RemindersService({
    forms: remindedForms(FORMS.values()),
    reports,
    directory,
    outbox,
    rows: outboxRepo,
    runs: createRemindersRepo(connection),
    wordsFor,
    isMuted: (user) => preferences.isMuted(user),
    isAsked: async (user) => isAsked((await conversations.find(user)) ?? newConversation(user)),
    otherWorks: async (user, at) =>
      unansweredDirectives(await directives.view.unanswered(user, at), user, wordsFor(user)),
    usualHours: (users) => usualHours(contacts, users),
    settings: planSettings(config, calendars.work),
  });

  const campaignsRepo = createCampaignsRepo(connection);
  const campaigns = createCampaigns({
    ...{ repo: campaignsRepo, offices: new Offices(directory), org, outbox, addressVars },
    wordsFor,
  });

  const escalation: EscalationService = new EscalationService({
    ...{
      steps: ESCALATION_STEPS,
      forms: remindedForms(FORMS.values()),
      reports,
      directory,
      contacts,
      outbox,
    },
    phoneOf: (office) => org.phoneOf(office),
    unreachable: (period, now) => reminders.unreachable(period, now),
    runs: createRemindersRepo(connection, 'escalation'),
    calendar: calendars.work,
    wordsFor,
    isMuted: (user) => preferences.isMuted(user),
  });

  const approvalLists: ApprovalLists = new ApprovalLists({
    forms: [...FORMS.values()],
    reports,
    directory,
    calendars,
    enqueue: outbox.enqueue,
    wordsFor,
    isMuted: (user) => preferences.isMuted(user),
    usualHours: (users) => usualHours(contacts, users),
    settings: planSettings(config, calendars.work),
  });

  const sweepPosts = createSweepPosts({
    repo: orgRepo,
    org,
    handOvers,
    directory,
    enqueue: outbox.enqueue,
    wordsFor,
  });

  const inboxRepo = createInboxRepo(connection);
  const audit = openAudit({ connection, clock, orgRepo, directory, reportsRepo, inboxRepo });
  const handover = createHandover({
    ...{ config, connection, singleProcess, work: calendars.work, directory },
    ...{ preferences, contacts, outbox, rules, audit },
    wordsFor,
  });

  const directivesRepo = createDirectivesRepo(connection);
  const directives: Directives = createDirectives({
    repo: directivesRepo,
    offices: new Offices(directory),
    org,
    outbox,
    rows: outboxRepo,
    calendar: calendars.work,
    wordsFor,
    tags: readUnitTags(),
    pilots: config.PILOT_COMMUNES,
    stuck: stuckTalks(handover, directory),
    audit,
  });
  directory.onChange(() => directives.timers.notePeopleChanged());

  const classes = openClasses(connection, {
    ...{ org, directory, clock, key, calendar: calendars.work, enqueue: outbox.enqueue },
    communeOf: (user, at) => handover.view.communeOf(user, at),
    titleOf: (locale, topic) =>
      (articles.get(locale) ?? []).find(({ id }) => id === topic)?.title ??
      wordsOf(locale).t('classes:asked.other'),
    wordsFor,
    isMuted: (user) => preferences.isMuted(user),
  });

  // What is no part of a talk, and what is kept of pictures.
  const ledger = createLedger(connection, audit);
  const releasesRepo = createReleasesRepo(connection);
  const releases = new ReleasesService({
    repo: releasesRepo,
    reports: reportsRepo,
    units,
    optionalFigures: config.OPTIONAL_FIGURES,
    audit,
  });
  const receiving = createEventHandling({
    ...{
      config,
      connection,
      singleProcess,
      clock,
      contacts,
      outbox,
      preferences,
      orgRepo,
      directory,
      metrics,
      log,
    },
    ...{ outboxRepo, inboxRepo, preferencesRepo, conversations, media },
    reports: reportsRepo,
    directives: directivesRepo,
    threads: handover.sweep,
    classes: { unname: (user, stand) => classes.unname(user, stand) },
    campaigns: campaignsRepo,
    chatLink: channelModule.chatLink,
    noteAccountEvent: (name, data, at) => channelModule.noteAccountEvent?.(name, data, at),
    audit,
    releases: releasesRepo,
    ledger,
    forgetConversation: (user) => runner.forget(user),
    wordsFor: (user) => wordsOf((user === null ? null : preferences.localeOf(user)) ?? ''),
    articles: (locale) => articles.get(locale) ?? [],
  });

  const erasures = createEraseAsked({
    repo: createErasuresRepo(connection),
    forget: (user, at, cause) => receiving.forget(user, at, cause),
  });

  // The conversation.
  const runner = new TurnRunner({
    repo: conversations,
    machineClock: systemClock,
    owner: randomUUID(),
    singleProcess,
    engine: createEngine(FEATURES),
    deps: {
      org,
      directory,
      reports,
      releases,
      ledger,
      rollup,
      reminders,
      directives: directives.view,
      classes: classes.view,
      campaigns: campaigns.view,
      isMuted: (user) => preferences.isMuted(user),
      articles: (locale) => articles.get(locale) ?? [],
      lastContact: (users) => lastContacts(contacts, users),
      unreachable: (period, at) => reminders.unreachable(period, at),
      handover: handover.view,
      shown: async (user, digit, { id, arrivedAt }) =>
        payloadUnder(await outboxRepo.lastShown(user, id, arrivedAt), digit),
      settings: {
        calendars,
        optionalFigures: config.OPTIONAL_FIGURES,
        undoMinutes: config.UNDO_MINUTES,
        noticeVersion: NOTICE_VERSION,
      },
    },
    wordsOf,
    applyEffect: createApplyEffect({
      reports,
      releases,
      ledger,
      org,
      handOvers,
      directives: directives.service,
      campaigns: campaigns.service,
      preferences,
      privacy: erasures,
      classes: classes.service,
      asked: classes.asked,
      threads: handover.service,
      evidence: receiving.evidence,
      enqueue: outbox.enqueue,
      reminders,
    }),
    reply: (replies) => outbox.enqueue(replies.map((reply) => ({ ...reply, purpose: 'reply' as const }))),
    spokenTo: (user) =>
      spoken(preferences.mannerOf(user), preferences.localeOf(user) ?? config.DEFAULT_LOCALE),
    isUnfinished,
    join: joinEvents,
  });

  // The inbox.
  const inboxWorker = new InboxWorker({
    repo: inboxRepo,
    clock,
    openSession: async (user) => {
      // Another process may have given this person a post a moment ago.
      if (!singleProcess) await directory.refresh();
      const floor = await runner.openSession(user);
      return floor && receiving.floor(floor, user);
    },
    note: (row) => receiving.note(row),
    before: (row) => receiving.before(row),
    gatherMs: config.GATHER_MS,
    singleProcess,
    log,
    counted: (what) => metrics.inbox(what),
  });
  if (config.PROCESSING === 'paused') inboxWorker.pause(true);
  const answersHere = config.ROLE !== 'web';
  const ingest = createIngest({
    repo: inboxRepo,
    clock,
    wake: (row: InboxRow) => {
      if (answersHere) inboxWorker.wake(row.user, row);
      else if (row.user !== null) jobs.wake(handlePerson, { user: row.user }, { dedupeId: row.user });
    },
    storing: inboxWorker.storing,
    counted: (what) => metrics.inbox(what),
  });

  // Time.
  const catalogue = jobCatalogue({
    inbox: { inboxWorker, repo: inboxRepo },
    outbox,
    reminders,
    directives: directives.timers,
    campaigns: campaigns.timers,
    escalation,
    approvalLists,
    evidence: receiving.evidence,
    sweepPosts,
    handover: handover.sweep,
    nextOfThreads: (after) => handover.threads.nextDue(after),
    audit,
    classes: classes.timers,
    eraseAsked: (now) => erasures.eraseAsked(now),
    renewTokens: () => channelModule.renewIfDue(),
  });
  const jobs = await openJobs(config.REDIS_URL, catalogue, { logger: log, clock });
  const catchUp = createCatchUp(catalogue, clock.now());
  const timeKeeper = createTimeKeeper({
    clock: { clock, ...time },
    nextDue: async (after) =>
      earliest([await catchUp.nextDue(after), later(simulator?.nextDue() ?? null, after)]),
    runDue: async (now) => {
      await simulator?.runDue();
      await catchUp.runDue(now);
      await inboxWorker.settled();
      await receiving.evidence.settled();
      await outbox.settled();
    },
  });

  // The doors.
  const simulator =
    config.mode === 'simulator'
      ? channelModule.simulate({
          config,
          clock,
          words: wordsOf(''),
          advanceClock: timeKeeper.advance,
          settled: async (id) => {
            await inboxWorker.settled(userKey(channelModule.name, id));
            await outbox.settled(userKey(channelModule.name, id));
          },
          listCodes: createDemoCodes({ repo: orgRepo, directory, key, clock }),
          nextDue: () => catchUp.nextDue(clock.now()),
        })
      : null;
  const http = createHttpApp({
    config,
    connection,
    clock,
    key,
    log,
    metrics,
    channelModule,
    jobs,
    directory,
    reports,
    rollup,
    threads: handover.threads,
    audit,
    directives: directives.view,
    releases,
    ledger,
    classes: classes.service,
    accept: ingest,
    wordsOf,
    advanceClock: timeKeeper.advance,
    simulator,
    claimCodes: () => {
      const standing = wrongCodes.standing(clock.now());
      return standing ? { ok: false, detail: 'too many wrong claim codes' } : { ok: true };
    },
    movable: time.movable !== null,
  });
  const housekeeping = startHousekeeping({
    log,
    metrics,
    inboxRepo,
  });

  const watchSheets = createSheetWatch({
    ...{ connection, directory, enqueue: outbox.enqueue },
    wordsFor,
    forget: async () => {
      heldReports?.forget();
      await rollup.catchUp();
    },
  });
  let sheetTimer: NodeJS.Timeout | null = null;

  let stopFollowing: () => void = () => undefined;
  let stopped: Promise<void> | null = null;
  return {
    failed,
    async start() {
      await prepareIndexes(connection, { log, waitMs: INDEXES_WAIT_MS });
      const fresh = await seedUnits(orgRepo);
      if (config.mode === 'simulator') await seedHolders(orgRepo, key);
      if (fresh) log.info({}, 'the province, its communes and the sample villages were loaded');
      await directory.refresh();
      await preferences.refresh();
      const onError = (error: unknown): void =>
        log.warn({ reason: messageOf(error) }, 'changes could not be read');
      directory.watch(1_000, onError);
      sheetTimer = setInterval(() => void watchSheets().catch(onError), 1_000);
      if (!singleProcess) {
        preferences.watch(2_000, onError);
        stopFollowing = rollup.follow(500, onError);
      }
      // Before anything new comes in: what waits from an earlier life is known as such.
      const leftOver = answersHere ? await inboxWorker.find(new Date(clock.now().getTime() + MINUTE)) : [];
      const { port } = await http.listen(config.PORT, config.HOST);
      const base = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
      receiving.open(base);
      await channelModule.start(base);
      simulator?.open(base);
      if (answersHere) await outbox.start();
      if (config.PROCESSING === 'on') for (const user of leftOver) inboxWorker.wake(user);
      jobs.start(config.ROLE);
      log.info(
        {
          mode: config.mode,
          channel: channelModule.name,
          role: config.ROLE,
          store: config.embeddedStore ? 'embedded' : 'mongodb',
          queue: config.REDIS_URL === '' ? 'timers' : 'redis',
        },
        'ready',
      );
      return config.PUBLIC_URL === '' ? base : config.PUBLIC_URL;
    },
    stop: (limitMs) => (stopped ??= stop(limitMs)),
  };

  async function stop(limitMs: number): Promise<void> {
    housekeeping.stop();
    stopFollowing();
    if (sheetTimer) clearInterval(sheetTimer);
    directory.stop();
    preferences.stop();
    // The fake messenger answers through the same door that the bot's own sends use: it closes last of all.
    if (simulator === null) await http.close(Math.min(3_000, limitMs));
    await inboxWorker.stop();
    await Promise.all([
      // Jobs are wake-ups only: a queue that does not close in time is left as it is.
      Promise.race([jobs.stop(JOBS_STOP_MS), sleep(JOBS_STOP_MS)]),
      outbox.stop(Math.max(1_000, Math.min(5_000, limitMs - 4_000))),
    ]);
    await simulator?.close();
    if (simulator !== null) await http.close(1_000);
    await channelModule.stop();
    time.keep();
    await stores.stop();
  }
}

function earliest(instants: readonly (Date | null)[]): Date | null {
  const known = instants.filter((at): at is Date => at !== null);
  return known.length === 0 ? null : known.reduce((a, b) => (a < b ? a : b));
}

/** The instant when it lies after the other; null otherwise. */
function later(at: Date | null, after: Date): Date | null {
  return at !== null && at > after ? at : null;
}
