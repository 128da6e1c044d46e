import fc from 'fast-check';
import { csvLine, decodeText, parseCsv } from '../../../../src/org/import/csv';

const cellsOf = (text: string) => parseCsv(text).records.map(({ cells }) => cells);

it.each`
  text                             | cells                                  | why
  ${'a,b\n1,2\n'}                  | ${[['a', 'b'], ['1', '2']]}            | ${'commas'}
  ${'a;b\r\n1;2,5'}                | ${[['a', 'b'], ['1', '2,5']]}          | ${'semicolons, as Excel here saves'}
  ${'a\tb\n1\t2'}                  | ${[['a', 'b'], ['1', '2']]}            | ${'tabs'}
  ${'sep=;\r\na;b\r\n'}            | ${[['a', 'b']]}                        | ${'the delimiter said by Excel'}
  ${'\ufeffa,b\n'}                 | ${[['a', 'b']]}                        | ${'a mark at the beginning'}
  ${'"a,1","b ""x"""\n"l1\nl2",z'} | ${[['a,1', 'b "x"'], ['l1\nl2', 'z']]} | ${'quotes'}
  ${'a,b\n\n , \n1,2'}             | ${[['a', 'b'], ['1', '2']]}            | ${'empty lines'}
  ${'a,b\n1,'}                     | ${[['a', 'b'], ['1', '']]}             | ${'an empty last cell'}
  ${'"x;y",b\n1,2'}                | ${[['x;y', 'b'], ['1', '2']]}          | ${'a quoted header with the other delimiter'}
  ${''}                            | ${[]}                                  | ${'nothing'}
`('reads $why', ({ text, cells }) => {
  expect(cellsOf(text)).toEqual(cells);
});

it('numbers rows as a spreadsheet does, empty ones and quoted line breaks included', () => {
  expect(parseCsv('h\n\n"a\nb"\nc').records.map(({ row }) => row)).toEqual([1, 3, 4]);
});

it('names the row whose quote never ends', () => {
  expect(parseCsv('a,b\n1,"2\n3,4\n').openQuote).toBe(2);
});

it('reads UTF-8 and the UTF-16 of Excel, and refuses what would garble names', () => {
  expect(decodeText(Buffer.from('Đông Lâm'))).toBe('Đông Lâm');
  expect(decodeText(Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from('Đông', 'utf16le')]))).toBe('Đông');
  expect(decodeText(Buffer.from([0x54, 0xe2, 0x6e, 0x2c]))).toBeNull();
});

it.each`
  cell            | written
  ${'=1+2'}       | ${"'=1+2"}
  ${'+84900'}     | ${"'+84900"}
  ${'-3'}         | ${"'-3"}
  ${'@cmd'}       | ${"'@cmd"}
  ${'=a,b'}       | ${'"\'=a,b"'}
  ${'Nguyễn Văn'} | ${'Nguyễn Văn'}
  ${'a"b'}        | ${'"a""b"'}
`('writes «$cell» so that no spreadsheet runs it', ({ cell, written }) => {
  expect(csvLine([cell])).toBe(`${written}\r\n`);
});

it('reads back whatever it wrote', () => {
  const cell = fc.string().filter((text) => !/^[=+\-@\t\r]/.test(text));
  fc.assert(
    fc.property(fc.array(fc.tuple(cell, cell, fc.constant('x')), { minLength: 1 }), (rows) => {
      const text = csvLine(['h1', 'h2', 'h3']) + rows.map((cells) => csvLine(cells)).join('');
      expect(cellsOf(text).slice(1)).toEqual(rows);
    }),
  );
});
