import { readSheet } from '../../../../src/org/import/sheet';
import { once } from 'node:events';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import ExcelJS from 'exceljs';
import { rawWorkbook } from '../../../support/zip';
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

  it('that unpacks to more than any sheet of ours is refused before it is opened', async () => {
    const bytes = await xlsx([
      header,
      ['07210', 'a'.repeat(32_000)],
      ...Array.from({ length: 700 }, (_, n) => [`c${n}`, `${n}${'b'.repeat(32_000)}`]),
    ]);
    expect(bytes.length).toBeLessThan(1024 * 1024);
    expect((await read(bytes)).refused.map(({ reason }) => reason)).toEqual(['too_large']);
  }, 60_000);

  it('with cells in the last column builds none of those in between, also while it is read, and the rows are refused', async () => {
    const rows = Array.from({ length: 6_000 }, (_, n) => ({
      [`A${n + 2}`]: `A${n}`,
      [`B${n + 2}`]: 'x',
      [`XFD${n + 2}`]: 'far',
    }));
    const bytes = rawWorkbook([{ A1: 'code', B1: 'name' }, ...rows]);
    expect(bytes.length).toBeLessThan(100 * 1024);
    // A worker that may not hold more: it would be ended where the library builds a hundred million cells.
    const worker = new Worker(
      `const { workerData, parentPort } = require('node:worker_threads');
       const { readSheet } = require(workerData.reader);
       readSheet(Buffer.from(workerData.bytes), ['code', 'name'], ['code', 'name']).then(({ refused }) =>
         parentPort.postMessage([refused.length, ...new Set(refused.map(({ reason }) => reason))]));`,
      {
        eval: true,
        workerData: { bytes, reader: join(__dirname, '../../../../dist/src/org/import/sheet.js') },
        resourceLimits: { maxOldGenerationSizeMb: 160 },
      },
    );
    const [said] = (await once(worker, 'message')) as [[number, string]];
    await worker.terminate();
    expect(said).toEqual([6_000, 'too_many_cells']);
  }, 60_000);

  it('with ranges over the whole sheet, merged or styled, builds none of them', async () => {
    const behind =
      '<mergeCells count="1"><mergeCell ref="A3:XFD1048576"/></mergeCells>' +
      '<conditionalFormatting sqref="A1:XFD1048576"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>' +
      '<dataValidations count="1"><dataValidation type="list" sqref="A1:XFD1048576"><formula1>"a,b"</formula1></dataValidation></dataValidations>';
    const bytes = rawWorkbook(
      [
        { A1: 'code', B1: 'name' },
        { A2: '07210', B2: 'Đông Lâm' },
      ],
      behind,
    );
    const { sheet, refused } = await read(bytes);
    expect(refused).toEqual([]);
    expect(sheet.rows.map(({ row, cells }) => [row, cells])).toEqual([
      [2, { code: '07210', name: 'Đông Lâm' }],
    ]);
  });

  it('with cells merged as people merge them keeps the value in the first and nothing in the others', async () => {
    const book = new ExcelJS.Workbook();
    const sheet = book.addWorksheet('Sheet1');
    sheet.addRow(header);
    sheet.addRow(['07210', 'Đông Lâm']);
    sheet.addRow(['07228', 'Đông Lâm']);
    sheet.mergeCells('B2:B3');
    const { sheet: found, refused } = await read(Buffer.from(await book.xlsx.writeBuffer()));
    // Nobody guesses that the second is called as the first.
    expect(found.rows.map(({ cells }) => cells)).toEqual([
      { code: '07210', name: 'Đông Lâm' },
      { code: '07228', name: '' },
    ]);
    expect(refused).toEqual([]);
  });

  it.each([
    [20_000, []],
    [20_001, ['too_many_rows']],
  ])(
    'or a workbook with %d rows',
    async (count, reasons) => {
      const rows = Array.from({ length: count - 1 }, (_, n) => ({
        [`A${n + 2}`]: `${n}`,
        [`B${n + 2}`]: 'x',
      }));
      const { refused } = await read(rawWorkbook([{ A1: 'code', B1: 'name' }, ...rows]));
      expect(refused.map(({ reason }) => reason)).toEqual(reasons);
    },
    60_000,
  );

  it('or a CSV with more rows than any is refused with their number', async () => {
    const { refused } = await read(`code,name\n${'1,2\n'.repeat(20_001)}`);
    expect(refused).toEqual([{ row: 0, reason: 'too_many_rows', vars: { rows: 20_000 } }]);
  });
});
