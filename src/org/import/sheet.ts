import { foldName } from '../fold';
import { decodeText, parseCsv } from './csv';
import { readWorkbook, ROWS_MAX, type RawRow } from './workbook';

/** A sheet of rows out of a CSV or XLSX file: cells are text, named by their column. Nothing is interpreted here. */
export interface Sheet {
  readonly columns: readonly string[];
  readonly rows: readonly SheetRow[];
}

export interface SheetRow {
  /** As the spreadsheet numbers it: the header is usually 1. */
  readonly row: number;
  /** Trimmed text by column; a cell left empty is ''. */
  readonly cells: Readonly<Record<string, string>>;
  /** Columns whose cell the spreadsheet keeps as a number: leading zeros may be gone. */
  readonly numbers: ReadonlySet<string>;
}

/** Why a row, or (row 0) the whole file, is refused: a key under `import:reason`. */
export interface Refusal {
  readonly row: number;
  readonly reason: string;
  readonly vars: Readonly<Record<string, string | number>>;
}

export function refusal(row: number, reason: string, vars: Refusal['vars'] = {}): Refusal {
  return { row, reason, vars };
}

/**
 * Reads a file of either kind, told apart by its first bytes and not by its name. `known` are the columns that are
 * understood and `required` those that must be there; others are ignored and named in `ignored`. `called`: other names of
 * known columns, folded.
 */
export async function readSheet(
  bytes: Buffer,
  known: readonly string[],
  required: readonly string[],
  called: Readonly<Record<string, string>> = {},
): Promise<{ sheet: Sheet; ignored: string[]; refused: Refusal[] }> {
  const nothing = { sheet: { columns: [], rows: [] }, ignored: [] };
  const raw = bytes[0] === 0x50 && bytes[1] === 0x4b ? await xlsxRows(bytes) : csvRows(bytes);
  if (!Array.isArray(raw)) return { ...nothing, refused: [raw] };
  const [header, ...body] = raw;
  if (!header) return { ...nothing, refused: [refusal(0, 'empty_file')] };
  const names = header.cells.map((cell) => {
    const name = foldName(cell.text).replace(/ /g, '_');
    return Object.hasOwn(called, name) ? (called[name] ?? name) : name;
  });
  const refused: Refusal[] = [];
  for (const column of required)
    if (!names.includes(column)) refused.push(refusal(header.row, 'column_missing', { column }));
  for (const [i, column] of names.entries())
    if (known.includes(column) && names.indexOf(column) !== i)
      refused.push(refusal(header.row, 'column_twice', { column }));
  if (refused.length > 0) return { ...nothing, refused };

  const rows: SheetRow[] = [];
  for (const { row, cells } of body) {
    const extra = cells.slice(names.length).find((cell) => cell.text.trim() !== '');
    if (extra) refused.push(refusal(row, 'too_many_cells', { value: extra.text.trim().slice(0, 40) }));
    const named = names.map((name, i) => [name, cells[i] ?? { text: '', number: false }] as const);
    const understood = named.filter(([name]) => known.includes(name));
    rows.push({
      row,
      cells: Object.fromEntries(understood.map(([name, cell]) => [name, clean(cell.text)])),
      numbers: new Set(understood.filter(([, cell]) => cell.number).map(([name]) => name)),
    });
  }
  return {
    sheet: { columns: names.filter((name) => known.includes(name)), rows },
    ignored: names.filter((name) => name !== '' && !known.includes(name)),
    refused,
  };
}

/** One form of each letter, no invisible characters, single spaces. */
function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/[\u200b-\u200f\u2060\ufeff]/g, '')
    .replace(/\s+/g, ' ')
    .trim();
}

function csvRows(bytes: Buffer): RawRow[] | Refusal {
  const text = decodeText(bytes);
  if (text === null) return refusal(0, 'not_utf8');
  const { records, openQuote } = parseCsv(text);
  if (openQuote !== null) return refusal(openQuote, 'open_quote');
  if (records.length > ROWS_MAX) return refusal(0, 'too_many_rows', { rows: ROWS_MAX });
  return records.map(({ row, cells }) => ({
    row,
    cells: cells.map((cell) => ({ text: cell, number: false })),
  }));
}

async function xlsxRows(bytes: Buffer): Promise<RawRow[] | Refusal> {
  const rows = await readWorkbook(bytes);
  return Array.isArray(rows) ? rows : refusal(0, rows.reason, { rows: ROWS_MAX });
}
