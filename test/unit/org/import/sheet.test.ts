import { readSheet } from '../../../../src/org/import/sheet';
import ExcelJS from 'exceljs';
import { xlsx } from '../sheets';

const KNOWN = ['code', 'name', 'adults'];
const read = (bytes: Buffer | string) => readSheet(Buffer.from(bytes as string), KNOWN, ['code', 'name']);

it('takes columns in any order, whatever the case, spaces and accents of their names', async () => {
  const { sheet, refused, ignored } = await read(' NAME ;Ghi chú; Code\nĐông Lâm;x;07210\n');
  expect(refused).toEqual([]);
  expect(ignored).toEqual(['ghi_chu']);
  expect(sheet.rows).toEqual([{ row: 2, cells: { name: 'Đông Lâm', code: '07210' }, numbers: new Set() }]);
});

it('joins letters to one form and drops what cannot be seen', async () => {
  const { sheet } = await read(`code,name\n 07210\u200b ,  ${'Đông  Lâm'.normalize('NFD')} \n`);
  expect(sheet.rows[0]?.cells).toEqual({ code: '07210', name: 'Đông Lâm' });
});

it.each`
  text                         | row  | reason              | why
  ${'code\n1\n'}               | ${1} | ${'column_missing'} | ${'a required column is not there'}
  ${'code,name,Code\n1,2,3\n'} | ${1} | ${'column_twice'}   | ${'a column is there twice'}
  ${'code,name\n1,2\n3,4,5\n'} | ${3} | ${'too_many_cells'} | ${'a comma was not quoted'}
  ${'code,name\n1,"2\n'}       | ${2} | ${'open_quote'}     | ${'a quote never ends'}
  ${''}                        | ${0} | ${'empty_file'}     | ${'the file is empty'}
  ${'PK not a zip'}            | ${0} | ${'not_a_workbook'} | ${'the workbook is broken'}
`('refuses when $why', async ({ text, row, reason }) => {
  const { refused } = await read(text as string);
  expect(refused.map((r) => [r.row, r.reason])).toEqual([[row, reason]]);
});

it('refuses letters of another code page rather than garbling them', async () => {
  const { refused } = await read(Buffer.from([...Buffer.from('code,name\n1,'), 0xd0, 0x6e]));
  expect(refused.map(({ reason }) => reason)).toEqual(['not_utf8']);
});

it('reads a workbook: text, numbers, dates, formulas, rich text and links, and says which cells were numbers', async () => {
  const bytes = await xlsx([
    ['name', 'code', 'adults'],
    [{ richText: [{ text: 'Đông ' }, { text: 'Lâm' }] }, 7210, { formula: '1+2', result: 3 }],
    [{ text: 'Tân Hòa', hyperlink: 'https://example.vn' }, '07228', null],
    [new Date('2026-09-20T00:00:00Z'), true, ''],
    [null, null, null],
  ]);
  const { sheet, refused } = await read(bytes);
  expect(refused).toEqual([]);
  expect(sheet.rows).toEqual([
    { row: 2, cells: { name: 'Đông Lâm', code: '7210', adults: '3' }, numbers: new Set(['code', 'adults']) },
    { row: 3, cells: { name: 'Tân Hòa', code: '07228', adults: '' }, numbers: new Set() },
    { row: 4, cells: { name: '2026-09-20', code: 'true', adults: '' }, numbers: new Set() },
  ]);
});

describe('a workbook made to be large', () => {
  const header = ['code', 'name'];

  it('with cells far to the right builds none of those in between, and the row is refused', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Sheet1');
    sheet.addRow(header);
    for (let n = 2; n < 2_000; n += 1) {
      sheet.getCell(n, 1).value = `A${n}`;
      sheet.getCell(n, 2).value = 'x';
      sheet.getCell(n, 16_384).value = 'far';
    }
    const bytes = Buffer.from(await book.xlsx.writeBuffer());
    const before = process.memoryUsage().heapUsed;
    const { refused } = await read(bytes);
    expect(refused).toHaveLength(1_998);
    expect(new Set(refused.map(({ reason }) => reason))).toEqual(new Set(['too_many_cells']));
    expect(process.memoryUsage().heapUsed - before).toBeLessThan(300 * 1024 * 1024);
  }, 60_000);

  it('that unpacks to more than any sheet of ours is refused before it is opened', async () => {
    const bytes = await xlsx([
      header,
      ['07210', 'a'.repeat(32_000)],
      ...Array.from({ length: 700 }, (_, n) => [`c${n}`, `${n}${'b'.repeat(32_000)}`]),
    ]);
    expect(bytes.length).toBeLessThan(1024 * 1024);
    expect((await read(bytes)).refused.map(({ reason }) => reason)).toEqual(['too_large']);
  }, 60_000);

  it('or a CSV with more rows than any is refused with their number', async () => {
    const { refused } = await read(`code,name\n${'1,2\n'.repeat(20_001)}`);
    expect(refused).toEqual([{ row: 0, reason: 'too_many_rows', vars: { rows: 20_000 } }]);
  });
});
