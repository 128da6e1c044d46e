import { basename } from 'node:path';
import type { Connection } from 'mongoose';
import { createAuditRepo } from '../src/audit/audit.repo';
import { AuditService } from '../src/audit/audit.service';
import type { Config } from '../src/config/config';
import { MINUTE } from '../src/kernel/vn-time';
import { OrgDirectory } from '../src/org/directory';
import { createOrgRepo } from '../src/org/org.repo';
import { workCalendar } from '../src/org/seed/days-off';
import type { FiguresPlan } from '../src/reporting/figures-import';
import { createReportsRepo } from '../src/reporting/reports.repo';
import { ReportsService } from '../src/reporting/reports.service';
import { openFiguresImport } from '../src/app/figures-import';
import { readProgramClock } from '../src/app/program-clock';
import type { Words } from '../src/kernel/i18n';
import { outcomeLines } from '../src/org/import/import';

/** `npm run import -- figures`: a sheet of figures for many units, in the name of the form's owner. */
export async function importFiguresFile(
  config: Config,
  connection: Connection,
  asked: {
    readonly bytes: Buffer;
    readonly file: string;
    readonly form: string;
    readonly period: string;
    readonly dryRun: boolean;
  },
): Promise<FiguresPlan> {
  const clock = readProgramClock(config);
  const directory = await OrgDirectory.load(createOrgRepo(connection));
  const reports = new ReportsService({
    repo: createReportsRepo(connection),
    units: () => directory.tree,
    calendars: { month: config, work: workCalendar() },
    optionalFigures: config.OPTIONAL_FIGURES,
    undoMs: config.UNDO_MINUTES * MINUTE,
    clock,
  });
  const audit = new AuditService({ repo: createAuditRepo(connection) });
  const figures = openFiguresImport({ connection, reports, directory, audit });
  const { bytes, form, period, dryRun } = asked;
  const sheet = { name: basename(asked.file), form, period, by: null, at: clock.now() };
  const plan = await figures.plan({ ...sheet, bytes });
  if (!dryRun && plan.refused.length === 0) await figures.apply(sheet, plan);
  return plan;
}

/** The outcome as lines to print, in one language. */
export function figureLines(plan: FiguresPlan, dryRun: boolean, words: Words): string[] {
  const { read, created, beside, unchanged, refused, ignored } = plan;
  return outcomeLines({ refused, ignored, dryRun }, words, (rows) =>
    words.t('import:figures_summary', { read, created, beside, unchanged, refused: rows }),
  );
}
