import { never } from '../../kernel/lists';
import { nextDay } from '../../kernel/work-calendar';
import { kindWord, readCode, readCount, readDay, type Read } from './import-values';
import { TREE_BEGINS } from '../seed/seed';
import { refusal, type Refusal, type Sheet, type SheetRow } from './sheet';
import { holdsOn } from '../days';
import { covers, mergeSpan, type SaidOfUnit } from '../spans';
import { UNIT_LEVELS, type UnitLevel, type UnitRecord, type UnitSpan } from '../unit';
import type { UnitWrite } from '../org.repo';

export const UNIT_COLUMNS = [
  'code',
  'level',
  'name',
  'kind',
  'parent_code',
  'valid_from',
  'valid_to',
  'adults',
  'households',
  'population',
  'merged_into',
] as const;
export const UNIT_COLUMNS_REQUIRED = UNIT_COLUMNS.slice(0, 5);

export interface KnownUnit {
  readonly record: UnitRecord;
  readonly rev: number;
}

/** What a sheet would do. Rows are counted, not units. With anything in `refused`, nothing of it is done. */
export interface UnitPlan {
  readonly read: number;
  readonly created: number;
  readonly changed: number;
  readonly unchanged: number;
  readonly refused: readonly Refusal[];
  readonly writes: readonly UnitWrite[];
}

interface UnitRow {
  readonly row: number;
  readonly code: string;
  readonly level: UnitLevel;
  readonly said: SaidOfUnit;
}

interface Draft {
  readonly level: UnitLevel;
  readonly rev: number | null;
  spans: readonly UnitSpan[];
  /** The last row that touched it; null for a unit the sheet does not name. */
  row: number | null;
  changed: boolean;
}

/**
 * Plans a sheet of units against what is known. Pure. The sheet adds and changes and never removes: a unit ends by
 * `valid_to`. An empty number, or a column that is not there, leaves what is known.
 */
export function planUnits(sheet: Sheet, known: readonly KnownUnit[]): UnitPlan {
  const drafts = new Map<string, Draft>(
    known.map(({ record: { code, level, spans }, rev }) => [
      code,
      { level, rev, spans, row: null, changed: false },
    ]),
  );
  const refused: Refusal[] = [];
  const rows = readRows(sheet, drafts, refused);
  const counts = { created: 0, changed: 0, unchanged: 0 };
  const seen = new Map<string, number>();
  for (const { row, code, level, said } of rows) {
    const twin = seen.get(`${code} ${said.validFrom ?? ''}`);
    if (twin !== undefined) {
      refused.push(refusal(row, 'row_twice', { code, other: twin }));
      continue;
    }
    seen.set(`${code} ${said.validFrom ?? ''}`, row);
    const draft: Draft = drafts.get(code) ?? { level, rev: null, spans: [], row: null, changed: false };
    if (draft.level !== level) {
      refused.push(refusal(row, 'level_changed', { code, level: draft.level }));
      continue;
    }
    const above = said.parent === null ? undefined : drafts.get(said.parent)?.spans[0];
    const merged = mergeSpan(draft.spans, said, above?.validFrom ?? TREE_BEGINS);
    if ('reason' in merged) {
      refused.push(refusal(row, merged.reason, { code }));
      continue;
    }
    counts[draft.spans.length === 0 ? 'created' : merged.changed ? 'changed' : 'unchanged'] += 1;
    draft.spans = merged.spans;
    draft.changed ||= merged.changed;
    draft.row = row;
    drafts.set(code, draft);
  }
  refused.push(...treeFaults(drafts), ...followerFaults(rows, drafts));
  refused.sort((a, b) => a.row - b.row);
  const before = new Map(known.map(({ record }) => [record.code, record.spans]));
  const writes = [...drafts]
    .filter(([, draft]) => draft.changed)
    .map(([code, { level, spans, rev }]) => ({
      ...{ record: { code, level, spans }, rev },
      was: before.get(code) ?? null,
    }));
  return { read: sheet.rows.length, ...counts, refused, writes };
}

/** The rows that can be read, parents before children and each unit's in order of time. */
function readRows(sheet: Sheet, drafts: ReadonlyMap<string, Draft>, refused: Refusal[]): UnitRow[] {
  // A code that a text cell spells out is as good as a known one for cells that lost their zeros.
  const spelled = new Set(
    sheet.rows.filter((row) => !row.numbers.has('code')).map((row) => row.cells['code'] ?? ''),
  );
  const known = { has: (code: string) => drafts.has(code) || spelled.has(code) };
  const stored = { has: (code: string) => drafts.has(code) };
  const coded: { row: SheetRow; level: UnitLevel; code: string }[] = [];
  for (const row of sheet.rows) {
    const level = UNIT_LEVELS.find((word) => word === row.cells['level']?.toLowerCase());
    if (!level) {
      refused.push(refusal(row.row, 'level_bad', { value: row.cells['level'] ?? '' }));
      continue;
    }
    const code = readCode(row, 'code', row.numbers.has('code') ? known : stored, level);
    if ('reason' in code)
      refused.push(refusal(row.row, code.reason, { column: 'code', value: row.cells['code'] ?? '' }));
    else coded.push({ row, level, code: code.value });
  }
  const codes = new Set(coded.map(({ code }) => code));
  const parents = { has: (code: string) => drafts.has(code) || codes.has(code) };
  const rows: UnitRow[] = [];
  for (const { row, level, code } of coded) {
    const said = readSaid(row, level, parents, refused);
    if (said) rows.push({ row: row.row, code, level, said });
  }
  const order = (entry: UnitRow): string =>
    `${UNIT_LEVELS.indexOf(entry.level)} ${entry.code} ${entry.said.validFrom ?? ''}`;
  const keyed = rows.map((entry) => ({ entry, key: order(entry) }));
  return keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0)).map(({ entry }) => entry);
}

/** What the row says, or null after noting every fault it has. */
function readSaid(
  row: SheetRow,
  level: UnitLevel,
  parents: { has(code: string): boolean },
  refused: Refusal[],
): SaidOfUnit | null {
  const before = refused.length;
  const take = <T>(column: string, read: Read<T>): T | null => {
    if ('value' in read) return read.value;
    refused.push(refusal(row.row, read.reason, { column, value: row.cells[column] ?? '' }));
    return null;
  };
  const cell = (column: string): string => row.cells[column] ?? '';
  for (const column of ['name', 'kind'])
    if (cell(column) === '') refused.push(refusal(row.row, 'cell_empty', { column }));
    else if (cell(column).length > 80) refused.push(refusal(row.row, 'cell_long', { column }));
  if (level === 'province' && cell('parent_code') !== '')
    refused.push(refusal(row.row, 'province_has_parent', { value: cell('parent_code') }));
  if (level !== 'province' && cell('parent_code') === '')
    refused.push(refusal(row.row, 'cell_empty', { column: 'parent_code' }));
  const parent =
    level === 'province' || cell('parent_code') === ''
      ? null
      : take('parent_code', readCode(row, 'parent_code', parents, levelAbove(level)));
  if (parent !== null && !parents.has(parent))
    refused.push(refusal(row.row, 'parent_unknown', { value: cell('parent_code') }));
  const validTo = take('valid_to', readDay(cell('valid_to')));
  const mergedInto = cell('merged_into') === '' ? null : cell('merged_into').split(/[\s,;]+/);
  if (mergedInto && validTo === null && cell('valid_to') === '')
    refused.push(refusal(row.row, 'merged_without_end'));
  const said: SaidOfUnit = {
    name: cell('name'),
    kind: kindWord(cell('kind')),
    parent,
    validFrom: take('valid_from', readDay(cell('valid_from'))),
    validTo,
    adults: take('adults', readCount(cell('adults'))),
    households: take('households', readCount(cell('households'))),
    population: take('population', readCount(cell('population'))),
    ...(mergedInto ? { mergedInto } : {}),
  };
  return refused.length === before ? said : null;
}

function levelAbove(level: Exclude<UnitLevel, 'province'>): UnitLevel {
  switch (level) {
    case 'agency':
    case 'commune':
      return 'province';
    case 'village':
      return 'commune';
    default:
      return never(level);
  }
}

/** Rows that name as a follower what is none: an unknown code, another level, or a unit that is not there the day after. */
function followerFaults(rows: readonly UnitRow[], drafts: ReadonlyMap<string, Draft>): Refusal[] {
  const faults: Refusal[] = [];
  for (const { row, code, level, said } of rows) {
    const { validTo, mergedInto } = said;
    if (validTo === null) continue;
    const next = nextDay(validTo, 1);
    for (const follower of mergedInto ?? []) {
      const draft = drafts.get(follower);
      const fits =
        draft?.level === level && follower !== code && draft.spans.some((span) => holdsOn(span, next));
      if (!fits) faults.push(refusal(row, 'merged_into_bad', { code, value: follower, day: next }));
    }
  }
  return faults;
}

/** Units the sheet would leave without a parent of the right level on some day: they would fall out of every total unseen. */
function treeFaults(drafts: ReadonlyMap<string, Draft>): Refusal[] {
  const faults: Refusal[] = [];
  for (const [code, draft] of drafts) {
    if (draft.level === 'province') continue;
    for (const span of draft.spans) {
      const above = drafts.get(span.parent ?? '');
      // Only what this sheet touched can have become wrong.
      const row = draft.row ?? above?.row;
      if (row == null) continue;
      if (!above || above.spans.length === 0 || above.level !== levelAbove(draft.level)) {
        if (draft.row !== null && above)
          faults.push(refusal(row, 'parent_level', { code, parent: span.parent ?? '' }));
      } else if (!covers(above.spans, span.validFrom, span.validTo)) {
        const reason = draft.row === null ? 'child_left' : 'parent_not_valid';
        faults.push(refusal(row, reason, { code, parent: span.parent ?? '' }));
      }
    }
  }
  return faults;
}
