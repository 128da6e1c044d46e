import ExcelJS from 'exceljs';
import { readSheet, type Sheet } from '../../../src/org/import/sheet';

/** A sheet out of CSV lines, as the import reads it. */
export async function csvSheet(columns: readonly string[], ...lines: string[]): Promise<Sheet> {
  const { sheet, refused } = await readSheet(Buffer.from(lines.join('\n')), columns, []);
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  return sheet;
}

/** An XLSX file with these rows. */
export async function xlsx(rows: readonly (readonly ExcelJS.CellValue[])[]): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  const sheet = book.addWorksheet('Sheet1');
  for (const row of rows) sheet.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}
