import type { Connection } from 'mongoose';
import type { AuditService } from '../audit/audit.service';
import type { Clock } from '../kernel/clock';
import { MINUTE } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import { ledgerEffects } from './chat/ledger-effects';
import { releaseEffects } from './chat/release-effects';
import { reportEffects } from './chat/report-effects';
import type { Calendars } from './deadlines';
import type { OptionalFigures } from './forms';
import { createReportsRepo, holdReports } from './reports.repo';
import { createLedger } from './ledger.repo';
import { createReleasesRepo } from './releases.repo';
import { ReleasesService } from './releases.service';
import { reportSource } from './report-audit';
import { ReportsService } from './reports.service';
import { Rollup } from './rollup';
import { RunBook } from './runs';

/** Reports, their sums, what is published of them and the ledger of VNeID: the parts of this folder, joined. */
export type Reporting = ReturnType<typeof openReporting>;

export interface ReportingModuleDeps {
  readonly config: {
    readonly OPTIONAL_FIGURES: OptionalFigures;
    readonly UNDO_MINUTES: number;
    readonly CHAIR_CONFIRMS: 'on' | 'off';
  };
  readonly connection: Connection;
  /** No other process writes reports: what was read may be held in memory. */
  readonly singleProcess: boolean;
  readonly calendars: Calendars;
  readonly clock: Clock;
  readonly audit: { readonly service: AuditService };
  readonly org: { readonly directory: OrgDirectory; readonly service: OrgService };
}

/** The calendars with a book of runs, empty until it is filled (`campaigns`). */
export function openCalendars(month: Calendars['month'], work: Calendars['work']) {
  return { month, work, runs: new RunBook() };
}

export function openReporting(deps: ReportingModuleDeps) {
  const { connection, singleProcess, calendars, clock, org } = deps;
  const { OPTIONAL_FIGURES: optionalFigures, UNDO_MINUTES } = deps.config;
  const audit = deps.audit.service;
  const units = () => org.directory.tree;
  const stored = createReportsRepo(connection, { singleProcess });
  const held = singleProcess ? holdReports(stored) : null;
  const repo = held ?? stored;
  const reports = new ReportsService({
    ...{ repo, units, calendars, optionalFigures, undoMs: UNDO_MINUTES * MINUTE, clock },
    chairConfirms: deps.config.CHAIR_CONFIRMS === 'on',
  });
  const rollup = new Rollup({
    ...{ repo, units, optionalFigures },
    ...(calendars.runs ? { runs: calendars.runs } : {}),
  });
  reports.onChange((report) => rollup.note(report));
  audit.hears(reportSource(repo, (unit, at) => org.directory.holderAt(unit, at)));
  const ledger = createLedger(connection, audit);
  const releasesRepo = createReleasesRepo(connection);
  const releases = new ReleasesService({ repo: releasesRepo, reports: repo, units, optionalFigures, audit });
  return {
    repo,
    releasesRepo,
    reports,
    rollup,
    releases,
    ledger,
    effects: {
      ...reportEffects(reports, org.service),
      ...ledgerEffects(ledger, org.service, reports),
      ...releaseEffects(releases, org.service),
    },
    /** Lets go of what this process holds of reports, and reads what changed: another program wrote to the same store. */
    async readAgain(): Promise<void> {
      held?.forget();
      await rollup.catchUp();
    },
  };
}
