import { placeInLine } from '../../../src/understanding/line-place';

const PLACES = [
  { code: '1', name: 'Núi Hiểu' },
  { code: '2', name: 'Nam Ngạn' },
  { code: '3', name: 'tổ dân phố số 2' },
  { code: '4', name: 'Năm' },
  { code: '5', name: 'Hiểu' },
  { code: '6', name: 'số 12' },
];

it.each`
  typed                            | codes    | rest
  ${'bc nam ngan 200 3 40 5'}      | ${['2']} | ${'bc 200 3 40 5'}
  ${'BC t3 Nam Ngạn: 200 3 40 5'}  | ${['2']} | ${'BC t3 200 3 40 5'}
  ${'nui hieu 200 3 40 5'}         | ${['1']} | ${'200 3 40 5'}
  ${'bc thôn Hiểu 200 3 40 5'}     | ${['5']} | ${'bc 200 3 40 5'}
  ${'200 3 40 5 thôn nam ngạn ạ'}  | ${['2']} | ${'200 3 40 5'}
  ${'200 3 40 5, Núi Hiểu'}        | ${['1']} | ${'200 3 40 5'}
  ${'tdp số 2: 200 3 40 5'}        | ${['3']} | ${'200 3 40 5'}
  ${'bc tổ 12 200 3 40 5'}         | ${['6']} | ${'bc 200 3 40 5'}
  ${'bc thôn Năm 200 3 40 5'}      | ${['4']} | ${'bc 200 3 40 5'}
  ${'bc xóm Đá Bạc 200 3 40 5'}    | ${[]}    | ${'bc 200 3 40 5'}
  ${'tổ dân phố số 9: 200 3 40 5'} | ${[]}    | ${'200 3 40 5'}
`('«$typed» names $codes', ({ typed, codes, rest }) => {
  expect(placeInLine(typed, PLACES)).toMatchObject({ codes, rest });
});

it.each([
  'bc 418 5 121 14',
  'bc 418 năm 121 mười bốn',
  'bc năm ngàn 5 121 14',
  'thôn tôi 418 5 121 14',
  'thôn có 418 người, 5 buổi, 121 lượt, 14 hộ',
  '5 buổi, 121 lượt ở thôn',
  'bc năm 418',
  '418 nam ngan',
  'khoảng 30',
])('«%s» names no place', (typed) => {
  expect(placeInLine(typed, PLACES)).toBeNull();
});
