import type { Config } from '../config/config';
import type { Contacts } from '../contacts/contacts.module';
import type { openEvidence } from '../evidence/evidence.module';
import type { HttpServer } from '../http/server';
import type { openInbox } from '../inbox/inbox.module';
import type { InboxRepo } from '../inbox/inbox.repo';
import type { Jobs } from '../jobs/jobs';
import type { Clock } from '../kernel/clock';
import { messageOf, type AppError } from '../kernel/errors';
import { sleep } from '../kernel/retry';
import { MINUTE } from '../kernel/vn-time';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { Org } from '../org/org.module';
import type { Outbox } from '../outbox/outbox';
import type { Reporting } from '../reporting/reporting.module';
import type { ChannelModule } from './channel-module';
import { startHousekeeping } from './housekeeping';
import { prepareIndexes } from './indexes';
import type { ProgramClock } from './program-clock';
import type { Simulated } from './simulated';
import type { openSentSheets } from '../sheets/sheets.module';
import type { Stores } from './stores';

export interface App {
  /** Starts what the role asks for; resolves with the address once requests are taken. */
  start(): Promise<string>;
  /** Takes no more, finishes what is in hand within the limit, closes everything. Safe to call twice. */
  stop(limitMs: number): Promise<void>;
  /** Resolves when the program can no longer do its work and should be started anew. */
  readonly failed: Promise<AppError>;
}

export interface LifeDeps {
  readonly config: Config;
  readonly stores: Stores;
  readonly time: Pick<ProgramClock, 'keep'>;
  readonly clock: Clock;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly org: Org;
  readonly contacts: Contacts;
  readonly reporting: Reporting;
  readonly campaigns: { readonly equipment: { refresh(): Promise<void> } };
  readonly evidence: ReturnType<typeof openEvidence>;
  readonly sheets: Pick<ReturnType<typeof openSentSheets>, 'start'>;
  readonly channelModule: ChannelModule;
  readonly outbox: Outbox;
  readonly inbox: ReturnType<typeof openInbox>;
  readonly inboxRows: InboxRepo;
  readonly jobs: Jobs;
  readonly simulator: Simulated | null;
  readonly http: HttpServer;
  /** Looks for sheets that another program read into the store. */
  readonly watchSheets: () => Promise<void>;
  readonly failed: Promise<AppError>;
}

/** Indexes on a large database take minutes; nobody who writes waits for that. */
const INDEXES_WAIT_MS = 5_000;
/** A queue gets so long to close. */
const JOBS_STOP_MS = 3_000;

/** Start and stop of the joined parts, in the order in which they need each other. */
export function createLife(deps: LifeDeps): App {
  const { config, stores, clock, log, org, contacts, inbox, outbox, jobs, simulator, http, channelModule } =
    deps;
  const housekeeping = startHousekeeping({ log, metrics: deps.metrics, inboxRepo: deps.inboxRows });
  let sheetTimer: NodeJS.Timeout | null = null;
  let runsTimer: NodeJS.Timeout | null = null;
  let stopFollowing: () => void = () => undefined;
  let stopped: Promise<void> | null = null;

  return {
    failed: deps.failed,
    async start() {
      await prepareIndexes(stores.connection, { log, waitMs: INDEXES_WAIT_MS });
      await org.start(config.mode === 'simulator');
      await contacts.preferences.refresh();
      await deps.campaigns.equipment.refresh();
      watchChanges();
      // Before anything new comes in: what waits from an earlier life is known as such.
      const leftOver = inbox.answersHere
        ? await inbox.worker.find(new Date(clock.now().getTime() + MINUTE))
        : [];
      const { port } = await http.listen(config.PORT, config.HOST);
      const base = `http://${config.HOST.includes(':') ? `[${config.HOST}]` : config.HOST}:${port}`;
      const own = config.mode === 'simulator' ? base : null;
      deps.evidence.start(own);
      deps.sheets.start(own);
      await channelModule.start(base, outbox);
      simulator?.open(base);
      if (inbox.answersHere) await outbox.start();
      if (config.PROCESSING === 'on') for (const user of leftOver) inbox.worker.wake(user);
      jobs.start(config.ROLE);
      const queue = config.REDIS_URL === '' ? 'timers' : 'redis';
      const store = config.embeddedStore ? 'embedded' : 'mongodb';
      log.info({ mode: config.mode, channel: channelModule.name, role: config.ROLE, store, queue }, 'ready');
      return config.PUBLIC_URL === '' ? base : config.PUBLIC_URL;
    },
    stop: (limitMs) => (stopped ??= stop(limitMs)),
  };

  /** What other programs and processes write to the same store. */
  function watchChanges(): void {
    const onError = (error: unknown): void =>
      log.warn({ reason: messageOf(error) }, 'changes could not be read');
    org.directory.watch(1_000, onError);
    sheetTimer = setInterval(() => void deps.watchSheets().catch(onError), 1_000);
    if (stores.singleProcess) return;
    contacts.preferences.watch(2_000, onError);
    runsTimer = setInterval(() => void deps.campaigns.equipment.refresh().catch(onError), 1_000);
    stopFollowing = deps.reporting.rollup.follow(500, onError);
  }

  async function stop(limitMs: number): Promise<void> {
    housekeeping.stop();
    stopFollowing();
    if (sheetTimer) clearInterval(sheetTimer);
    if (runsTimer) clearInterval(runsTimer);
    org.directory.stop();
    contacts.preferences.stop();
    // The fake messenger answers through the same door that the bot's own sends use: it closes last of all.
    if (simulator === null) await http.close(Math.min(3_000, limitMs));
    await inbox.worker.stop();
    await Promise.all([
      // Jobs are wake-ups only: a queue that does not close in time is left as it is.
      Promise.race([jobs.stop(JOBS_STOP_MS), sleep(JOBS_STOP_MS)]),
      outbox.stop(Math.max(1_000, Math.min(5_000, limitMs - 4_000))),
    ]);
    await simulator?.close();
    if (simulator !== null) await http.close(1_000);
    await channelModule.stop();
    deps.time.keep();
    await stores.stop();
  }
}
