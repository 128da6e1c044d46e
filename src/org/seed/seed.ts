import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { repositoryRoot } from '../../kernel/root';
import { nextDay } from '../../kernel/work-calendar';
import { parseCsv } from '../import/csv';
import { foldName } from '../fold';
import { kindWord } from '../import/import-values';
import type { OrgRepo } from '../org.repo';
import type { UnitRecord, UnitSpan } from '../unit';

/** The province of this program, in the statistics office's list. */
export const PROVINCE = '24';

/** The day the present communes came into being; a unit that names neither its first day nor a known parent begins here. */
export const TREE_BEGINS = '2025-07-01';

/** The day on which twelve xã become phường and the province a city; known beforehand, so it stands in the tree from the start. */
const SECOND_DAY = '2026-09-20';

/** Its number grows with what is seeded, so that folders of earlier versions get what is new. */
export const SEED_UNITS_MARK = 'seed:units:2';

/**
 * Loads the province, its agencies and communes, and the sample villages once. Units that are there already stay as they are, so
 * that a load cut short is completed by the next; the mark is written last. Answers whether this call loaded.
 */
export async function seedUnits(repo: OrgRepo): Promise<boolean> {
  if (await repo.isMarked(SEED_UNITS_MARK)) return false;
  await repo.addUnits(seedUnitRecords());
  await repo.bump('units');
  await repo.mark(SEED_UNITS_MARK);
  return true;
}

/**
 * The units of the repository's own files. Villages get `COMMUNE-01`, `-02` … in the order of the file. Numbers the
 * files do not have, such as adults, stay null: nothing is estimated.
 */
export function seedUnitRecords(): UnitRecord[] {
  const agencies = readSeed('agencies.csv');
  const communes = readSeed('communes.csv');
  const villages = readSeed('villages.csv');
  const records: UnitRecord[] = [
    unit(PROVINCE, 'province', { name: 'Bắc Ninh', kind: 'tỉnh', parent: null }, 'thành phố'),
  ];
  for (const { code = '', name = '', kind = '' } of agencies)
    records.push(unit(code, 'agency', { name, kind, parent: PROVINCE }, kind));
  for (const row of communes) {
    const { code = '', name = '', type = '' } = row;
    const values = { name, kind: type, parent: PROVINCE, population: count(row['population']) };
    records.push(unit(code, 'commune', values, row['type_from_2026_09_20'] ?? type));
  }
  const numbers = new Map<string, number>();
  for (const row of villages) {
    const parent = row['commune_code'] ?? '';
    const number = (numbers.get(parent) ?? 0) + 1;
    numbers.set(parent, number);
    const kind = kindWord(row['village_kind'] ?? '');
    const values = {
      name: bareName(row['village_name'] ?? ''),
      kind,
      parent,
      households: count(row['households']),
      population: count(row['population']),
    };
    // A thôn of a commune that becomes a phường is renamed on a day of its own, which nobody has set yet.
    records.push(unit(`${parent}-${String(number).padStart(2, '0')}`, 'village', values, kind));
  }
  return records;
}

function unit(
  code: string,
  level: UnitRecord['level'],
  values: Pick<UnitSpan, 'name' | 'kind' | 'parent'> & Partial<UnitSpan>,
  laterKind: string,
): UnitRecord {
  const first = { adults: null, households: null, population: null, ...values, validFrom: TREE_BEGINS };
  if (laterKind === first.kind) return { code, level, spans: [{ ...first, validTo: null }] };
  const second = { ...first, kind: laterKind, validFrom: SECOND_DAY, validTo: null };
  return { code, level, spans: [{ ...first, validTo: nextDay(SECOND_DAY, -1) }, second] };
}

/** «Thôn thử Suối Một», an invented village, is called «Suối Một»; «Tổ dân phố thử số 1» is «số 1». Real names stay. */
function bareName(name: string): string {
  const words = name.split(' ');
  const tried = words.findIndex((word) => word.normalize('NFC') === 'thử');
  const isKind = tried > 0 && ['thon', 'to dan pho'].includes(foldName(words.slice(0, tried).join(' ')));
  return isKind ? words.slice(tried + 1).join(' ') : name;
}

function count(text: string | undefined): number | null {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : null;
}

/** The rows of a file of `src/org/seed`, by column. */
/** The rows of a file of this folder, by column. */
export function readSeed(file: string): Record<string, string>[] {
  const path = join(repositoryRoot(), 'src', 'org', 'seed', file);
  const [header, ...rows] = parseCsv(readFileSync(path, 'utf8')).records;
  const columns = header?.cells ?? [];
  return rows.map(({ cells }) => Object.fromEntries(columns.map((name, i) => [name, cells[i] ?? ''])));
}
