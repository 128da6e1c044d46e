import { randomInt } from 'node:crypto';
import { sha256Hex } from '../../kernel/ids';
import { isClaimCode, printedCode } from '../../kernel/claim-code';
import type { Words } from '../../kernel/i18n';
import { csvLine } from './csv';
import { planMembers, type IssuedCode } from './import-members';
import { MEMBER_COLUMNS, MEMBER_COLUMNS_REQUIRED } from './member-rows';
import { planUnits, UNIT_COLUMNS, UNIT_COLUMNS_REQUIRED } from './import-units';
import { toRecord, type OrgRepo } from '../org.repo';
import { claimCodeHash, phoneHash } from '../org.service';
import { seal } from '../../kernel/seal';
import { SEED_UNITS_MARK, seedUnitRecords } from '../seed/seed';
import { readSheet, type Refusal } from './sheet';
import { UnitTree } from '../units';

/**
 * A sheet of units or of office holders → plan → apply. All or nothing: one refused row and nothing is written. Should
 * the process die while applying, the same import again completes it, and after that changes nothing.
 */
export interface ImportReport {
  readonly what: 'units' | 'members';
  readonly dryRun: boolean;
  /** Counts of rows. With `refused`, created and changed are what was not done, so they are 0. */
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
  /** Columns the sheet has and nobody understands. */
  readonly ignored: readonly string[];
  readonly codes: number;
  /** Of these, codes that move a claimed post to its holder's new account. */
  readonly codesForHolders: number;
  /** Posts of the sheet that nobody has claimed and that got no code now. */
  readonly withoutCode: number;
  /** Posts left alone because somebody claimed or left them during the import; their new codes are not valid. */
  readonly leftAlone: readonly string[];
}

const NOTHING_DONE = {
  created: 0,
  changed: 0,
  unchanged: 0,
  codes: 0,
  codesForHolders: 0,
  withoutCode: 0,
  leftAlone: [],
} as const;

export async function importUnits(input: {
  repo: OrgRepo;
  bytes: Buffer;
  dryRun: boolean;
  now: Date;
}): Promise<ImportReport> {
  const { repo, bytes, dryRun, now } = input;
  const { sheet, ignored, refused: unread } = await readSheet(bytes, UNIT_COLUMNS, UNIT_COLUMNS_REQUIRED);
  const base = { what: 'units', dryRun, read: sheet.rows.length, ignored } as const;
  if (unread.length > 0 || sheet.rows.length === 0)
    return { ...base, ...NOTHING_DONE, refused: unread.length > 0 ? unread : [emptyFile()] };
  const plan = planUnits(sheet, await knownUnits(repo));
  if (plan.refused.length > 0) return { ...base, ...NOTHING_DONE, refused: plan.refused };
  if (!dryRun && plan.writes.length > 0) {
    const id = `sheet:${now.toISOString()}:${sha256Hex(bytes).slice(0, 16)}`;
    await repo.writeUnits(plan.writes, { id, at: now, by: null });
    await repo.bump('units');
  }
  const { created, changed, unchanged } = plan;
  return { ...base, ...NOTHING_DONE, created, changed, unchanged, refused: [] };
}

export async function importMembers(input: {
  repo: OrgRepo;
  bytes: Buffer;
  dryRun: boolean;
  key: Buffer;
  now: Date;
  /** Takes the CSV of the new codes before anything is stored; without it no codes are made. */
  writeCodes?: (csv: string) => Promise<void>;
}): Promise<ImportReport> {
  const { repo, bytes, dryRun, key, now, writeCodes } = input;
  const { sheet, ignored, refused: unread } = await readSheet(bytes, MEMBER_COLUMNS, MEMBER_COLUMNS_REQUIRED);
  const base = { what: 'members', dryRun, read: sheet.rows.length, ignored } as const;
  if (unread.length > 0 || sheet.rows.length === 0)
    return { ...base, ...NOTHING_DONE, refused: unread.length > 0 ? unread : [emptyFile()] };
  const tree = new UnitTree((await knownUnits(repo)).map(({ record }) => record));
  const secrets = {
    hashPhone: (phone: string) => phoneHash(key, phone),
    sealPhone: (officeId: string, phone: string) => seal(key, officeId, phone),
    hashCode: (code: string) => claimCodeHash(key, code),
    newCode: randomCode,
  };
  const plan = planMembers(sheet, tree, await repo.offices(), secrets, writeCodes !== undefined, now);
  if (plan.refused.length > 0) return { ...base, ...NOTHING_DONE, refused: plan.refused };
  let leftAlone: string[] = [];
  if (!dryRun) {
    // The file first: a code that is stored but written nowhere could be given to nobody.
    if (writeCodes) await writeCodes(codesCsv(plan.codes));
    if (plan.adds.length > 0 || plan.changes.length > 0) {
      await repo.addOffices(plan.adds);
      leftAlone = await repo.changeOffices(plan.changes);
      await repo.bump('offices');
    }
  }
  const { created, changed, unchanged } = plan;
  return {
    ...base,
    created,
    changed,
    unchanged,
    refused: [],
    codes: plan.codes.length,
    codesForHolders: plan.codes.filter(({ moves }) => moves).length,
    withoutCode: writeCodes ? 0 : plan.adds.length,
    leftAlone,
  };
}

/** What is stored; before the first start also what that start will load. */
async function knownUnits(repo: OrgRepo) {
  const known = (await repo.units()).map((doc) => ({ record: toRecord(doc), rev: doc.rev }));
  if (await repo.isMarked(SEED_UNITS_MARK)) return known;
  const codes = new Set(known.map(({ record }) => record.code));
  const seeded = seedUnitRecords().filter((record) => !codes.has(record.code));
  return [...known, ...seeded.map((record) => ({ record, rev: 1 }))];
}

function emptyFile(): Refusal {
  return { row: 0, reason: 'empty_file', vars: {} };
}

/** A claim code by chance: eight digits that do not begin with 0, which a spreadsheet would drop, and that nobody types as anything else. */
export function randomCode(): string {
  for (;;) {
    const code = String(randomInt(10_000_000, 100_000_000));
    if (isClaimCode(code)) return code;
  }
}

function codesCsv(codes: readonly IssuedCode[]): string {
  const lines = codes.map(({ unit, role, fullName, code }) =>
    csvLine([unit, role, fullName, printedCode(code)]),
  );
  return csvLine(['unit_code', 'role', 'full_name', 'code']) + lines.join('');
}

/** The report as lines to print, in one language. */
export function reportLines(report: ImportReport, words: Words): string[] {
  const { read, created, changed, unchanged, refused, ignored, codes, codesForHolders } = report;
  const { withoutCode, leftAlone, dryRun } = report;
  const lines = outcomeLines({ refused, ignored, dryRun }, words, (rows) =>
    words.t('import:summary', { read, created, changed, unchanged, refused: rows }),
  );
  if (codes > 0 && !dryRun) lines.push(words.t('import:codes', { codes }));
  if (codesForHolders > 0 && !dryRun)
    lines.push(words.t('import:codes_for_holders', { codes: codesForHolders }));
  if (withoutCode > 0) lines.push(words.t('import:without_code', { offices: withoutCode }));
  if (leftAlone.length > 0) lines.push(words.t('import:left_alone', { offices: leftAlone.join(', ') }));
  return lines;
}

/** What every import says of a sheet: each refusal, what was ignored, its own summary by the rows refused, and whether anything was written. */
export function outcomeLines(
  outcome: {
    readonly refused: readonly Refusal[];
    readonly ignored: readonly string[];
    readonly dryRun: boolean;
  },
  words: Words,
  summary: (rowsRefused: number) => string,
): string[] {
  const { refused, ignored, dryRun } = outcome;
  const lines = refused.map(({ row, reason, vars }) => {
    const said = words.t(`import:reason.${reason}`, vars);
    return row === 0
      ? words.t('import:file', { reason: said })
      : words.t('import:row', { row, reason: said });
  });
  if (ignored.length > 0) lines.push(words.t('import:ignored', { columns: ignored.join(', ') }));
  lines.push(summary(new Set(refused.filter(({ row }) => row > 0).map(({ row }) => row)).size));
  if (refused.length > 0) lines.push(words.t('import:nothing_written'));
  else if (dryRun) lines.push(words.t('import:dry_run'));
  return lines;
}
