import { NOTHING_ELSE } from '../nothing-else';
import { join } from 'node:path';
import { createOpenApi } from '../../src/channels/zalo/openapi';
import { createWebhookHandler } from '../../src/channels/zalo/webhook.routes';
import { createZaloChannel } from '../../src/channels/zalo/zalo-channel';
import { readConfig } from '../../src/config/config';
import { TurnRunner } from '../../src/conversation/run-turn';
import { createEngine } from '../../src/dialogs/router';
import { isUnfinished, joinEvents } from '../../src/dialogs/unfinished';
import { applyEffectsOf } from '../../src/app/apply-effect';
import { FEATURES } from '../../src/app/features';
import { createHttpServer } from '../../src/http/server';
import { InboxWorker } from '../../src/inbox/inbox-worker';
import { createIngest } from '../../src/inbox/ingest';
import { MovableClock, systemClock } from '../../src/kernel/clock';
import { repositoryRoot } from '../../src/kernel/root';
import { maskSecrets } from '../../src/kernel/secrets';
import { MINUTE } from '../../src/kernel/vn-time';
import { Dictionary } from '../../src/kernel/i18n';
import { loadArticles } from '../../src/knowledge/load';
import { createLog } from '../../src/observability/logger';
import { createMetrics } from '../../src/observability/metrics';
import { OrgDirectory } from '../../src/org/directory';
import { claimCodeHash, createOrgService, phoneHash } from '../../src/org/org.service';
import { noticeEffects } from '../../src/outbox/enqueue';
import { createOutbox } from '../../src/outbox/outbox';
import { receiptEvents } from '../../src/outbox/send-records';
import { sendRules } from '../../src/outbox/send-rules';
import { workCalendar } from '../../src/org/seed/days-off';
import { orgEffects } from '../../src/org/chat/org-effects';
import { reportEffects } from '../../src/reporting/chat/report-effects';
import { ReportsService } from '../../src/reporting/reports.service';
import { Rollup } from '../../src/reporting/rollup';
import { loadLocales } from '../../src/app/load-locales';
import { noDirectives } from './no-directives';
import { createNoter } from '../../src/app/event-handlers';
import { benchOffices, benchUnits } from './leaders';
import {
  memoryContacts,
  memoryConversations,
  memoryInbox,
  memoryOrg,
  memoryOutbox,
  memoryPace,
  memoryReports,
} from './memory-repos';

/**
 * The yardstick of S5, a process of its own: the program's whole path from the webhook to the reply, joined as in
 * `runtime/`, with repositories that only remember. Its configuration is that of the measured program.
 */
async function main(): Promise<void> {
  const config = readConfig(process.env);
  const { log } = createLog({ level: config.LOG_LEVEL, file: config.LOG_FILE });
  const clock = MovableClock.startingAt(new Date(config.CLOCK_START));
  const key = Buffer.from(config.ENCRYPTION_KEY, 'base64');
  const metrics = createMetrics({ process: true });
  const dictionary = new Dictionary(loadLocales());
  const wordsOf = (locale: string) => dictionary.in(locale === '' ? config.DEFAULT_LOCALE : locale);
  const articles = loadArticles(join(repositoryRoot(), 'locales', 'vi', 'faq'));

  const orgRepo = memoryOrg(benchUnits(), benchOffices());
  const directory = await OrgDirectory.load(orgRepo);
  const org = createOrgService({ repo: orgRepo, directory, key });
  const calendars = { month: config, work: workCalendar() };
  const repo = memoryReports(() => systemClock.now());
  const units = () => directory.tree;
  const { OPTIONAL_FIGURES: optionalFigures } = config;
  const undoMs = config.UNDO_MINUTES * MINUTE;
  const reports = new ReportsService({ repo, units, calendars, optionalFigures, undoMs, clock });
  const rollup = new Rollup({ repo, units, optionalFigures });
  reports.onChange((report) => rollup.note(report));

  const contacts = memoryContacts();
  const token = { accessToken: config.ZALO_ACCESS_TOKEN, generation: 1 };
  const channel = createZaloChannel({
    api: createOpenApi({ baseUrl: config.ZALO_OPENAPI_URL, timeoutMs: config.ZALO_TIMEOUT_MS }),
    tokens: { current: async () => token, renew: async () => token },
    clock,
    log,
  });
  const outbox = createOutbox({
    rows: memoryOutbox(),
    contacts,
    pace: memoryPace(),
    channels: new Map([['zalo', channel]]),
    clock,
    rules: sendRules(config),
    perMinute: config.ZALO_REQUESTS_PER_MINUTE,
    isStillNeeded: async () => ({ now: 'send' }),
    singleProcess: true,
    log,
    metrics,
  });
  const directives = noDirectives({ directory, calendar: calendars.work, words: wordsOf('') });
  const runner = new TurnRunner({
    repo: memoryConversations(),
    machineClock: systemClock,
    owner: 'bench',
    singleProcess: true,
    engine: createEngine(FEATURES),
    deps: {
      ...NOTHING_ELSE,
      org,
      directory,
      reports,
      rollup,
      directives: directives.view,
      articles: () => articles,
      settings: {
        askPhoneImage: null,
        calendars,
        optionalFigures,
        undoMinutes: config.UNDO_MINUTES,
        noticeVersion: '2026-1',
      },
    },
    wordsOf,
    // Nothing else is written by what this process is asked.
    applyEffect: applyEffectsOf([
      { effects: reportEffects(reports, org) },
      { effects: orgEffects(org) },
      { effects: noticeEffects(outbox.enqueue) },
    ]),
    reply: (replies) => outbox.enqueue(replies.map((reply) => ({ ...reply, purpose: 'reply' as const }))),
    isUnfinished,
    join: joinEvents,
  });
  const inbox = memoryInbox();
  const noter = createNoter({ contacts, features: [{ events: receiptEvents(outbox) }], metrics, log });
  const inboxWorker = new InboxWorker({
    repo: inbox,
    clock,
    openSession: (user) => runner.openSession(user),
    note: (row) => noter.note(row),
    before: (row) => noter.before(row),
    gatherMs: config.GATHER_MS,
    singleProcess: true,
    log,
    counted: (what) => metrics.inbox(what),
  });
  const webhook = createWebhookHandler({
    appId: config.ZALO_APP_ID,
    oaId: config.ZALO_OA_ID,
    secrets: [config.ZALO_OA_SECRET_KEY],
    accept: createIngest({
      repo: inbox,
      clock,
      wake: (row) => inboxWorker.wake(row.user, row),
      storing: inboxWorker.storing,
      counted: (what) => metrics.inbox(what),
    }),
    mask: (text) => maskSecrets(text, (digits) => claimCodeHash(key, digits)),
    hashPhone: (phone) => phoneHash(key, phone),
    clock,
    metrics,
    log,
  });
  const http = createHttpServer({ first: [webhook], routers: [], log });
  await outbox.start();
  await inboxWorker.sweep(clock.now());
  const { port } = await http.listen(0, '127.0.0.1');
  process.stdout.write(`Ready: http://127.0.0.1:${port}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
