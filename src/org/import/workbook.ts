import ExcelJS from 'exceljs';
import { unpacksWithin } from './unpacked';

/** The only place that reads XLSX: rows of text out of the first sheet that has any. Nothing is interpreted here. */

export interface RawCell {
  readonly text: string;
  /** The spreadsheet keeps it as a number. */
  readonly number: boolean;
}
/** Cells by their column, from 0; what is empty, or far to the right of the first row, is not there. */
export interface RawRow {
  readonly row: number;
  readonly cells: readonly RawCell[];
}

/** Two thousand villages with all columns unpack to about one. */
const UNPACKED_MAX = 20 * 1024 * 1024;
export const ROWS_MAX = 20_000;
/** One cell beyond the first row's last is kept, so that a row that is too long is seen. */
const BEYOND = 1;
const EMPTY: RawCell = { text: '', number: false };
/** Parts that span whole ranges and say nothing of values: a range over the sheet would be built cell by cell. */
const IGNORED = ['mergeCells', 'dataValidations', 'conditionalFormatting', 'cols', 'drawing', 'extLst'];

/** A key under `import:reason` where the file cannot be read, or is larger than any sheet of this program. */
export async function readWorkbook(bytes: Buffer): Promise<RawRow[] | { readonly reason: string }> {
  const fits = unpacksWithin(bytes, UNPACKED_MAX);
  if (fits === false) return { reason: 'too_large' };
  const book = new ExcelJS.Workbook();
  try {
    if (fits === null) return { reason: 'not_a_workbook' };
    // The library's type names an older Buffer; the bytes are the same.
    await book.xlsx.load(bytes as unknown as ArrayBuffer, { ignoreNodes: IGNORED });
  } catch {
    return { reason: 'not_a_workbook' };
  }
  const sheet = book.worksheets.find((candidate) => candidate.actualRowCount > 0);
  const rows: RawRow[] = [];
  let width = Infinity;
  sheet?.eachRow({ includeEmpty: false }, (row, number) => {
    if (rows.length > ROWS_MAX) return;
    const cells = cellsOf(row, width);
    if (!cells.some((cell) => cell.text.trim() !== '')) return;
    if (rows.length === 0) width = cells.length + BEYOND;
    rows.push({ row: number, cells });
  });
  return rows.length > ROWS_MAX ? { reason: 'too_many_rows' } : rows;
}

/**
 * The cells that are there; the last of the row, where it is far outside, stands in the last place, so that the row is
 * seen to be too long. What lies between is not walked: a row can name its sixteen thousandth column alone.
 */
function cellsOf(row: ExcelJS.Row, width: number): RawCell[] {
  const cells: RawCell[] = [];
  const last = row.cellCount;
  const near = Array.from({ length: Math.min(last, COLUMNS_MAX) }, (_, i) => i + 1);
  for (const column of last > COLUMNS_MAX ? [...near, last] : near) {
    const read = cellOf(row.findCell(column)?.value);
    if (read.text.trim() === '') continue;
    const at = Math.min(column, width, COLUMNS_MAX) - 1;
    while (cells.length < at) cells.push(EMPTY);
    cells[at] = read;
  }
  return cells;
}

/** No sheet of this program has as many columns. */
const COLUMNS_MAX = 100;

function cellOf(value: ExcelJS.CellValue): RawCell {
  if (value === null || value === undefined) return EMPTY;
  if (typeof value === 'number') return { text: String(value), number: true };
  if (value instanceof Date) return { text: value.toISOString().slice(0, 10), number: false };
  if (typeof value !== 'object') return { text: String(value), number: false };
  if ('richText' in value) return { text: value.richText.map((part) => part.text).join(''), number: false };
  if ('hyperlink' in value) return cellOf(value.text);
  if ('error' in value) return { text: value.error, number: false };
  // A formula counts as what it last came to; shared formulas keep their result in the same place.
  return cellOf(value.result);
}
