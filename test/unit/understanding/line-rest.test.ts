import { readLine, type LineFigure } from '../../../src/understanding/line';

const figure = (id: string, number: number, measure: string, words: string[], last: number): LineFigure => ({
  ...{ id, number, measure, words, last },
  nature: number === 1 ? 'stock' : 'flow',
});
const FIGURES = [
  figure('adults', 1, 'person', ['người lớn'], 400),
  figure('classes', 2, 'session', ['buổi'], 4),
  figure('learners', 3, 'visit', ['lượt'], 100),
  figure('households', 4, 'household', ['hộ'], 12),
];

function read(text: string): Record<string, unknown> | null {
  const line = readLine(text, FIGURES);
  if (!line) return null;
  return Object.fromEntries(
    line.map(({ figure: id, reading }) => [id, 'value' in reading ? reading.value : reading.kind]),
  );
}

const SAME = { classes: 'same', learners: 'same', households: 'same' };

it.each([
  ['418 người, còn lại như cũ', { adults: 418, ...SAME }],
  ['418 nguoi, con lai nhu thang truoc a', { adults: 418, ...SAME }],
  ['người lớn 418, các số khác giữ nguyên', { adults: 418, ...SAME }],
  ['14 hộ, còn lại vẫn thế', { adults: 'same', classes: 'same', learners: 'same', households: 14 }],
  ['418 người nhé, còn lại không có', { adults: 418, classes: 0, learners: 0, households: 0 }],
  ['5 buổi 121 lượt, còn lại ko có gì', { classes: 5, learners: 121, households: 0 }],
])('%s', (text, figures) => expect(read(text)).toEqual(figures));

it.each(['còn lại như cũ', '418, còn lại bao nhiêu', 'còn lại 12', '418 người, còn lại tôi hỏi sau'])(
  '«%s» gives nothing to the others',
  (text) => expect(Object.keys(read(text) ?? {}).length).toBeLessThan(2),
);

it.each(['to 3 bc 418 5 121 14', 'kính gửi xã, thôn 7 báo cáo: 418 người lớn, 5 buổi, 121 lượt, 14 hộ'])(
  'the frame of «%s» is no figure',
  (text) => expect(read(text)).toEqual({ adults: 418, classes: 5, learners: 121, households: 14 }),
);
