import type { Connection } from 'mongoose';
import { apiRoutes } from '../api/api.routes';
import type { Accept } from '../channels/channel';
import type { ClassesService } from '../classes/classes.service';
import type { Config } from '../config/config';
import type { AuditService } from '../audit/audit.service';
import { createHealthRouter, type PartState } from '../http/health.routes';
import { createSiteRouter } from '../http/site.routes';
import { createHttpServer, type HttpServer, type Mounted } from '../http/server';
import type { Jobs } from '../jobs/jobs';
import type { Clock } from '../kernel/clock';
import { typesFigures } from '../understanding/group-figures';
import { createDoorMask } from './door-mask';
import type { Words } from '../kernel/i18n';
import { monthName } from '../kernel/moment';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { OrgDirectory } from '../org/directory';
import { claimCodeHash, phoneHash } from '../org/org.service';
import type { Ledger } from '../reporting/ledger';
import type { Calendars } from '../reporting/deadlines';
import type { ReleasesService } from '../reporting/releases.service';
import { monthOwed } from '../reporting/tasks';
import type { ReportsService } from '../reporting/reports.service';
import type { Threads } from '../handover/threads';
import type { DirectivesView } from '../directives/view';
import type { Rollup } from '../reporting/rollup';
import type { ChannelModule } from './channel-module';
import { createStoreCheck } from './store-check';
import { rehearsalClockRouter, type Simulated } from './simulated';

export interface HttpAppDeps {
  readonly config: Config;
  readonly connection: Connection;
  readonly clock: Clock;
  readonly key: Buffer;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly channelModule: Pick<ChannelModule, 'part' | 'health' | 'webhook'>;
  readonly jobs: Pick<Jobs, 'health'>;
  readonly directory: OrgDirectory;
  readonly reports: ReportsService;
  readonly rollup: Rollup;
  readonly threads: Threads;
  readonly audit: AuditService;
  readonly directives: DirectivesView;
  readonly calendars: Calendars;
  readonly releases: ReleasesService;
  readonly ledger: Ledger;
  readonly classes: Pick<ClassesService, 'heldWithPeople'>;
  readonly accept: Accept;
  readonly wordsOf: (locale: string) => Words;
  readonly advanceClock: (to: Date) => Promise<Date>;
  readonly simulator: Simulated | null;
  /** Not well while too many wrong claim codes stop all. */
  readonly claimCodes: () => PartState;
  /** The clock of a live rehearsal may be moved. */
  readonly movable: boolean;
}

/** The one server of the program: the webhook in front, then the simulator, the API and the health checks. */
export function createHttpApp(deps: HttpAppDeps): HttpServer {
  const { config, connection, clock, key, log, metrics, channelModule, jobs, directory, reports, rollup } =
    deps;
  const { audit, claimCodes, simulator, advanceClock, movable, wordsOf } = deps;
  const units = () => directory.tree;
  const routers: Mounted[] = [
    ...(simulator?.routers ?? []),
    ...(simulator === null && movable ? [rehearsalClockRouter(config.API_TOKENS, advanceClock)] : []),
    {
      path: '/api/v1',
      router: apiRoutes({
        tokens: config.API_TOKENS,
        units,
        reports,
        rollup,
        threads: deps.threads,
        audit,
        directives: deps.directives,
        releases: deps.releases,
        classes: deps.classes,
        clock,
        ledger: deps.ledger,
        taskTitle: (task) => wordsOf('').t(`tasks:titles.${task}`),
        monthOwed: (at) => monthOwed(deps.calendars, at),
        monthTaskTitle: (task, period) => {
          const words = wordsOf('');
          const month = monthName(words, period, clock.now());
          return words.t(`tasks:titles.${task}`, { month, number: Number(period.slice(5)) });
        },
        releaseLabel: (number) => wordsOf('').t('release:label', { number }),
        measureName: (measure) => wordsOf('').t(`reports:measures.${measure}`),
      }),
    },
    {
      path: '/',
      router: createHealthRouter({
        live: [{ name: 'process', required: true, check: () => ({ ok: true }) }],
        ready: [
          { name: 'store', required: true, check: createStoreCheck(connection) },
          {
            name: 'queue',
            required: false,
            check: () => ({ ok: jobs.health() === 'up', detail: jobs.health() }),
          },
          { name: 'claim_codes', required: false, check: () => claimCodes() },
          { name: channelModule.part, required: false, check: () => channelModule.health() },
        ],
        metrics,
      }),
    },
  ];
  const site = createSiteRouter({
    codes: config.ZALO_SITE_VERIFICATION,
    words: [wordsOf(config.DEFAULT_LOCALE), wordsOf(config.DEFAULT_LOCALE === 'vi' ? 'en' : 'vi')],
  });
  routers.push({ path: '/', router: site });
  const webhook = channelModule.webhook({
    accept: deps.accept,
    mask: createDoorMask({
      hashCode: (digits) => claimCodeHash(key, digits),
      officesOf: (user, at) => directory.officesOf(user, at),
      now: () => clock.now(),
    }),
    hashPhone: (phone) => phoneHash(key, phone),
    typesFigures,
    clock,
    metrics,
    log,
  });
  return createHttpServer({ first: [webhook], routers, log });
}
