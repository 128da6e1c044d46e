import {
  addressIn,
  kindWord,
  readCode,
  readCount,
  readDay,
  readPhone,
} from '../../../../src/org/import/import-values';

const known = new Set(['24', '07210', '09193', '99001-07', '0009']);

it.each`
  text          | number   | level         | read                         | why
  ${'07210'}    | ${false} | ${'commune'}  | ${{ value: '07210' }}        | ${'text stays text'}
  ${'7210'}     | ${true}  | ${'commune'}  | ${{ value: '07210' }}        | ${'the zero was eaten and the code is known'}
  ${'7210'}     | ${false} | ${'commune'}  | ${{ value: '07210' }}        | ${'the same after a save as CSV'}
  ${'7211'}     | ${true}  | ${'commune'}  | ${{ reason: 'code_number' }} | ${'a number that may have lost a zero'}
  ${'7211'}     | ${false} | ${'commune'}  | ${{ value: '7211' }}         | ${'text that is what it is'}
  ${'99001'}    | ${true}  | ${'commune'}  | ${{ value: '99001' }}        | ${'a number of full length lost nothing'}
  ${'24'}       | ${true}  | ${'province'} | ${{ value: '24' }}           | ${'a known number'}
  ${'9'}        | ${true}  | ${'province'} | ${{ value: '0009' }}         | ${'several zeros, one known code'}
  ${'123456'}   | ${true}  | ${'village'}  | ${{ reason: 'code_number' }} | ${'villages have no fixed length'}
  ${'99001-07'} | ${false} | ${'village'}  | ${{ value: '99001-07' }}     | ${'a village'}
  ${'thôn 7'}   | ${false} | ${'village'}  | ${{ reason: 'code_bad' }}    | ${'not a code'}
  ${'a:b'}      | ${false} | ${'village'}  | ${{ reason: 'code_bad' }}    | ${'a colon would break the ids made of it'}
  ${''}         | ${false} | ${'village'}  | ${{ reason: 'code_bad' }}    | ${'nothing'}
`('code «$text» at $level: $why', ({ text, number, level, read }) => {
  const row = { row: 2, cells: { code: text }, numbers: new Set(number ? ['code'] : []) };
  expect(readCode(row, 'code', known, level)).toEqual(read);
});

it.each`
  text            | read
  ${'2026-09-20'} | ${{ value: '2026-09-20' }}
  ${'20/9/2026'}  | ${{ value: '2026-09-20' }}
  ${'01.02.2026'} | ${{ value: '2026-02-01' }}
  ${'2026-9-5'}   | ${{ value: '2026-09-05' }}
  ${''}           | ${{ value: null }}
  ${'2026-02-31'} | ${{ reason: 'day_bad' }}
  ${'9/20/2026'}  | ${{ reason: 'day_bad' }}
  ${'46285'}      | ${{ reason: 'day_bad' }}
  ${'0026-01-01'} | ${{ reason: 'day_bad' }}
`('day «$text»', ({ text, read }) => {
  expect(readDay(text)).toEqual(read);
});

it.each`
  text       | read
  ${'1250'}  | ${{ value: 1250 }}
  ${'0'}     | ${{ value: 0 }}
  ${''}      | ${{ value: null }}
  ${'1.250'} | ${{ reason: 'count_bad' }}
  ${'-1'}    | ${{ reason: 'count_bad' }}
  ${'12.5'}  | ${{ reason: 'count_bad' }}
  ${'1e3'}   | ${{ reason: 'count_bad' }}
`('count «$text»', ({ text, read }) => {
  expect(readCount(text)).toEqual(read);
});

it.each`
  text                       | read
  ${'0900 000 123'}          | ${{ value: '84900000123' }}
  ${'+84.900.000.123'}       | ${{ value: '84900000123' }}
  ${'0084900000123'}         | ${{ value: '84900000123' }}
  ${'84900000123'}           | ${{ value: '84900000123' }}
  ${'900000123'}             | ${{ value: '84900000123' }}
  ${'(0204) 385 0000'}       | ${{ value: '842043850000' }}
  ${''}                      | ${{ value: null }}
  ${'0900 000 12'}           | ${{ reason: 'phone_bad' }}
  ${'0100000123'}            | ${{ reason: 'phone_bad' }}
  ${'chưa có'}               | ${{ reason: 'phone_bad' }}
  ${'0900000123/0900000124'} | ${{ reason: 'phone_bad' }}
`('phone «$text»', ({ text, read }) => {
  expect(readPhone(text)).toEqual(read);
});

it.each`
  text            | word
  ${'Thôn'}       | ${'thôn'}
  ${'THON'}       | ${'thôn'}
  ${'TDP'}        | ${'tổ dân phố'}
  ${'to_dan_pho'} | ${'tổ dân phố'}
  ${'Phường'}     | ${'phường'}
  ${'Bản'}        | ${'bản'}
`('kind «$text» is «$word»', ({ text, word }) => {
  expect(kindWord(text)).toBe(word);
});

it.each`
  title                   | address
  ${'Bác'}                | ${'bác'}
  ${'Bà Phó trưởng thôn'} | ${'bà'}
  ${'đồng chí'}           | ${'đồng chí'}
  ${'Trưởng thôn'}        | ${null}
  ${'Bàn'}                | ${null}
  ${''}                   | ${null}
`('title «$title» says $address', ({ title, address }) => {
  expect(addressIn(title)).toBe(address);
});
