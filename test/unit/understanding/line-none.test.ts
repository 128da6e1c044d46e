import { noneHeld } from '../../../src/understanding/line-none';
import type { LineFigure } from '../../../src/understanding/line';

const figure = (id: string, number: number, measure: string, more: object = {}): LineFigure => ({
  ...{ id, number, measure, nature: number === 1 ? 'stock' : 'flow', words: [], last: 4, asked: true },
  ...more,
});
const FIGURES = [
  figure('adults', 1, 'person'),
  figure('classes', 2, 'session'),
  figure('visits', 3, 'visit'),
  figure('households', 4, 'household'),
];
const STANDING = FIGURES.map((each) => ({ ...each, given: true }));
const nothing = { kind: 'nothing' };

it.each([
  ['thang nay nghi gat khong hoc buoi nao', [{ figure: 'classes', reading: nothing }]],
  ['không giúp được nhà nào', [{ figure: 'households', reading: nothing }]],
  [
    'tháng này nghỉ không có lớp nào, số người vẫn thế',
    [
      { figure: 'classes', reading: nothing },
      { figure: 'adults', reading: { kind: 'same' } },
    ],
  ],
])('«%s»', (text, read) => expect(noneHeld(text, FIGURES)).toEqual(read));

it.each([
  'không có ai',
  'không học buổi nào, mai tôi báo',
  'không học 2 buổi nào',
  'không học buổi nào à?',
  'tuần này không học buổi nào',
  'số người vẫn thế',
])('«%s» is no such line', (text) => expect(noneHeld(text, FIGURES)).toBeNull());

it('what stands is asked about first', () =>
  expect(noneHeld('không mở lớp nào', STANDING)).toEqual([
    { figure: 'classes', reading: { kind: 'confirm', value: 0, why: 'correction' } },
  ]));
