/**
 * `npm run import`: units or office holders out of a sheet, or the end of one post, into the store of the running server
 * or of its DATA_DIR.
 * Every line is printed in both languages, that of DEFAULT_LOCALE first. Ends with 1 when anything was refused.
 */
import { readFileSync } from 'node:fs';
import { chmod, open, rename, unlink } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { config as loadDotenv } from 'dotenv';
import { readConfig } from '../src/config/config';
import type { Connection } from 'mongoose';
import { createAuditRepo } from '../src/audit/audit.repo';
import { AuditService } from '../src/audit/audit.service';
import { sha256Hex } from '../src/kernel/ids';
import { isAppError, messageOf } from '../src/kernel/errors';
import { Dictionary, type Words } from '../src/kernel/i18n';
import { csvLine } from '../src/org/import/csv';
import { importMembers, importUnits, reportLines, type ImportReport } from '../src/org/import/import';
import { createOrgRepo } from '../src/org/org.repo';
import { seedUnits } from '../src/org/seed/seed';
import { figureLines, importFiguresFile } from './import-figures';
import { openKey } from '../src/app/open-key';
import { readProgramClock } from '../src/app/program-clock';
import { prepareIndexes } from '../src/app/indexes';
import { openToolStore } from '../src/app/tool-store';
import { runTool } from './tool';

const dictionary = new Dictionary({ vi: { import: words('vi') }, en: { import: words('en') } });

function words(locale: string): object {
  return JSON.parse(readFileSync(join('locales', locale, 'import.json'), 'utf8')) as object;
}

/** Prints each line in both languages. */
function say(first: string, lines: (words: Words) => string[]): void {
  const said = lines(dictionary.in(first));
  const again = lines(dictionary.in(first === 'vi' ? 'en' : 'vi'));
  for (const [i, line] of said.entries()) console.log(`${line}\n  ${again[i] ?? ''}`);
}

/** Writes the codes readable by the owner only; the old file stays until the new one is whole. */
async function writeSecret(path: string, text: string): Promise<void> {
  const half = `${path}.part`;
  const file = await open(half, 'w', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(half, 0o600);
  await rename(half, path).catch(async (error: unknown) => {
    await unlink(half);
    throw error;
  });
}

async function main(): Promise<number> {
  loadDotenv({ quiet: true });
  const config = readConfig(process.env);
  const locale = config.DEFAULT_LOCALE;
  const request = readArguments(process.argv.slice(2));
  if (!request) {
    say(locale, (w) => [w.t('import:usage')]);
    return 1;
  }
  const { what, file, dryRun, codes } = request;
  let bytes: Buffer;
  try {
    bytes = request.sheet ?? readFileSync(file);
  } catch (error) {
    say(locale, (w) => [w.t('import:file_unreadable', { file, message: messageOf(error) })]);
    return 1;
  }
  let unwritable = false;
  const writeCodes = async (path: string, csv: string): Promise<void> => {
    try {
      await writeSecret(path, csv);
    } catch (error) {
      unwritable = true;
      throw error;
    }
  };
  const store = await openToolStore(config);
  // That of the program, which a rehearsal has moved.
  const now = readProgramClock(config).now();
  try {
    const repo = createOrgRepo(store.connection);
    await prepareIndexes(store.connection);
    if (!dryRun || what === 'figures') await seedUnits(repo);
    if (what === 'figures') {
      const { form, period } = request;
      const plan = await importFiguresFile(config, store.connection, { bytes, file, form, period, dryRun });
      say(locale, (w) => figureLines(plan, dryRun, w));
      return plan.refused.length > 0 ? 1 : 0;
    }
    const report: ImportReport =
      what === 'units'
        ? await importUnits({ repo, bytes, dryRun, now })
        : await importMembers({
            repo,
            bytes,
            dryRun,
            now,
            key: await openKey(config, store),
            ...(codes === null ? {} : { writeCodes: (csv: string) => writeCodes(codes, csv) }),
          });
    if (!dryRun && report.refused.length === 0)
      await noteImport(store.connection, { what, bytes, report, at: now });
    say(locale, (w) => [
      ...reportLines(report, w),
      ...(report.codes > 0 && !dryRun && codes !== null ? [w.t('import:codes_file', { file: codes })] : []),
    ]);
    return report.refused.length > 0 ? 1 : 0;
  } catch (error) {
    const message = messageOf(error);
    say(locale, (w) => {
      if (what === 'figures' && (isAppError(error, 'not_found') || isAppError(error, 'bad_request')))
        return [w.t('import:figures_unknown', { form: request.form, period: request.period })];
      if (isAppError(error, 'import_refused')) return [w.t('import:changed_meanwhile')];
      if (unwritable) return [w.t('import:codes_unwritable', { file: codes ?? '', message })];
      return [w.t('import:failed', { message })];
    });
    return 1;
  } finally {
    await store.stop();
  }
}

/** The sheet is in the audit with its digest; nobody of the chat did it. */
async function noteImport(
  connection: Connection,
  done: {
    readonly what: Request['what'];
    readonly bytes: Buffer;
    readonly report: ImportReport;
    readonly at: Date;
  },
): Promise<void> {
  const { what, bytes, at } = done;
  const { read, created, changed } = done.report;
  const sheet = `sha256:${sha256Hex(bytes)}`;
  const act = `${what}.imported`;
  await new AuditService({ repo: createAuditRepo(connection) }).note({
    ...{ id: `${act}:${at.toISOString()}:${sheet}`, at, act, by: null, unit: null, subject: what },
    after: { sheet, rows: read, created, changed },
  });
}

interface Request {
  readonly what: 'units' | 'members' | 'figures';
  /** Of figures. */
  readonly form: string;
  readonly period: string;
  readonly file: string;
  /** The sheet itself, where the command line says all there is; null: in the file. */
  readonly sheet: Buffer | null;
  readonly dryRun: boolean;
  readonly codes: string | null;
}

/** What the command line asks; null when it cannot be understood. */
function readArguments(args: string[]): Request | null {
  try {
    const { values, positionals } = parseArgs({
      args,
      allowPositionals: true,
      options: {
        'dry-run': { type: 'boolean', default: false },
        codes: { type: 'string' },
        on: { type: 'string' },
        form: { type: 'string' },
        period: { type: 'string' },
      },
    });
    const dryRun = values['dry-run'];
    const ofFigures = values.form !== undefined || values.period !== undefined;
    if (ofFigures !== (positionals[0] === 'figures')) return null;
    if (positionals[0] === 'end') return endOfPost(positionals.slice(1), values, dryRun);
    const [what, file, ...more] = positionals;
    if (
      (what !== 'units' && what !== 'members' && what !== 'figures') ||
      file === undefined ||
      more.length > 0
    )
      return null;
    if (what === 'figures' && (!values.form || !values.period)) return null;
    if ((what !== 'members' && values.codes !== undefined) || values.on !== undefined) return null;
    const codes = values.codes === undefined ? null : resolve(values.codes);
    const { form = '', period = '' } = values;
    return { what, file: resolve(file), sheet: null, dryRun, codes, form, period };
  } catch {
    return null;
  }
}

/** `end UNIT ROLE NAME --on DAY` is a sheet of one row; the day is the last of the post. */
function endOfPost(
  [unit, role, name, ...more]: readonly string[],
  options: { readonly codes?: string | undefined; readonly on?: string | undefined },
  dryRun: boolean,
): Request | null {
  if (name === undefined || unit === undefined || role === undefined || more.length > 0) return null;
  if (options.codes !== undefined || options.on === undefined) return null;
  const row = csvLine([unit, role, name, options.on]);
  const sheet = Buffer.from(csvLine(['unit_code', 'role', 'full_name', 'ends']) + row);
  return { what: 'members', file: '', sheet, dryRun, codes: null, form: '', period: '' };
}

runTool(main);
