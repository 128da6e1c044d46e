import { readCorrection, type StandingFigure } from '../../../src/understanding/correction';

const standing: readonly StandingFigure[] = [
  { id: 'adults', number: 1, words: ['người lớn có kỹ năng số', 'người lớn', 'kỹ năng số'], now: 418 },
  { id: 'sessions', number: 2, words: ['số buổi học', 'số buổi', 'buổi học', 'buổi'], now: 5 },
  { id: 'visits', number: 3, words: ['số lượt', 'lượt học', 'lượt người', 'lượt'], now: 121 },
  { id: 'households', number: 4, words: ['số hộ', 'hộ gia đình', 'hộ'], now: 14 },
];

function read(text: string): string | null {
  const found = readCorrection(text, standing);
  return (
    found
      ?.map(
        ({ figure, reading }) =>
          `${figure}=${'value' in reading ? reading.value : '?'}${reading.kind === 'confirm' ? '?' : ''}`,
      )
      .join(' ') ?? null
  );
}

describe('a correction of what stands', () => {
  it.each([
    ['cau 3 120', 'visits=120'],
    ['câu 3: 120 nhé', 'visits=120'],
    ['câu 1 420 câu 2 6', 'adults=420 sessions=6'],
    ['cái 2 là 6 cái 3 là 130', 'sessions=6 visits=130'],
    ['số hộ là 15 mới đúng', 'households=15'],
    ['5 buổi sửa thành 6 buổi', 'sessions=6'],
    ['buoi hoc 6 chu k phai 5', 'sessions=6'],
    ['sai số buổi, 6 chứ không phải 5', 'sessions=6'],
    ['nhầm 121 thành 112', 'visits=112'],
    ['nhầm 112 thành 121', 'visits=112'],
    ['121->112', 'visits=112'],
    ['luot 130', 'visits=130'],
    ['lượt học 130 mới đúng', 'visits=130'],
    ['số hộ tăng 2', 'households=16?'],
    ['bớt 1 buổi', 'sessions=4?'],
    ['lượt học 130 thôi', 'visits=130'],
    ['khoan, số hộ 15', 'households=15'],
    ['khoan da, cau 3 la 112', 'visits=112'],
    ['từ từ đã, nhầm 121 thành 112', 'visits=112'],
  ])('%s', (text, expected) => {
    expect(read(text)).toBe(expected);
    expect(read(text.normalize('NFD').toUpperCase())).toBe(expected);
  });

  it.each([
    '130',
    'nhầm 7 thành 8',
    '121 112',
    'câu 9 120',
    'đừng sửa số hộ 15',
    'khoan đã',
    'số hộ 15 à?',
    'số hộ 15 hay 16',
    'số hộ và số buổi 15',
    'hôm qua buổi học 30',
    'dự kiến 6 buổi',
    '',
  ])('«%s» is none', (text) => expect(read(text)).toBeNull());
});

it('a figure that is only loosely named is asked about, never changed at once', () => {
  const figures = [
    { id: 'adults', number: 1, words: ['người lớn'], loose: ['số người', 'người'], now: 400 },
    { id: 'learners', number: 3, words: ['lượt'], now: 100 },
  ];
  const read = (text: string) =>
    readCorrection(text, figures)?.map(({ figure, reading }) => [figure, reading]);
  expect(read('tôi báo nhầm số người, 408 thôi')).toEqual([
    ['adults', { kind: 'confirm', value: 408, why: 'question' }],
  ]);
  expect(read('người thêm 18')).toEqual([['adults', { kind: 'confirm', value: 418, why: 'delta' }]]);
  expect(read('người lớn 408 mới đúng')).toEqual([['adults', { kind: 'value', value: 408 }]]);
});
