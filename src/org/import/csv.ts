/** CSV as offices really send it (RFC 4180, `;` or `,` or tab, BOM, UTF-16 from Excel), and CSV that is safe to open in Excel. Pure. */

/** The text of a CSV file; null when the bytes are neither UTF-8 nor UTF-16 with its mark, so that no name is read wrongly. */
export function decodeText(bytes: Buffer): string | null {
  const encoding = bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : 'utf-8';
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

export interface CsvRecord {
  /** 1 for the first record of the file, counting empty ones, as a spreadsheet numbers its rows. */
  readonly row: number;
  readonly cells: readonly string[];
}

/** The records of the text. `openQuote` is the row whose quote never ends; what follows it was not read. */
export function parseCsv(text: string): { records: CsvRecord[]; openQuote: number | null } {
  let source = text.startsWith('\ufeff') ? text.slice(1) : text;
  let first = 1;
  let delimiter = guessDelimiter(source);
  // Excel's own first line «sep=;» names the delimiter and is not data.
  const said = /^sep=(.)\r?\n/i.exec(source);
  if (said) {
    delimiter = said[1] as string;
    source = source.slice(said[0].length);
    first = 2;
  }
  const records: CsvRecord[] = [];
  let cells: string[] = [];
  let cell = '';
  let quoted = false;
  let row = first;
  const endRecord = (): void => {
    cells.push(cell);
    if (cells.some((c) => c.trim() !== '')) records.push({ row, cells });
    cells = [];
    cell = '';
    row += 1;
  };
  for (let i = 0; i < source.length; i += 1) {
    const char = source.charAt(i);
    if (quoted) {
      if (char !== '"') cell += char;
      else if (source[i + 1] === '"') {
        cell += '"';
        i += 1;
      } else quoted = false;
    } else if (char === '"' && cell.trim() === '') {
      cell = '';
      quoted = true;
    } else if (char === delimiter) {
      cells.push(cell);
      cell = '';
    } else if (char === '\n' || char === '\r') {
      if (char === '\r' && source[i + 1] === '\n') i += 1;
      endRecord();
    } else cell += char;
  }
  if (quoted) return { records, openQuote: row };
  if (cell !== '' || cells.length > 0) endRecord();
  return { records, openQuote: null };
}

/** The one of `;`, `,` and tab that the first line has most of, outside quotes; a comma when it has none. */
function guessDelimiter(source: string): string {
  const line = (/^[^\r\n]*/.exec(source)?.[0] ?? '').replace(/"[^"]*"/g, '');
  const count = (char: string): number => line.split(char).length - 1;
  return [',', ';', '\t'].reduce((best, char) => (count(char) > count(best) ? char : best));
}

/**
 * One line of CSV. A cell that a spreadsheet would run as a formula gets an apostrophe in front, which it shows as text.
 */
export function csvLine(cells: readonly string[]): string {
  return (
    cells
      .map((cell) => {
        const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
        return /[",;\r\n\t]/.test(safe) ? `"${safe.replace(/"/g, '""')}"` : safe;
      })
      .join(',') + '\r\n'
  );
}
