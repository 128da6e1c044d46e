import fc from 'fast-check';
import readNumber from 'read-vn-number';
import { foldText } from '../../../src/kernel/vn-text';
import { readFigure, type NumberReading } from '../../../src/understanding/number';
import { yesNo } from '../../../src/understanding/yes-no';

/** However it is typed, a value may turn into a question and never into another value; without a value none comes of it. */

const CONTEXT = { measure: 'visit', nature: 'flow', last: 100, month: 3 } as const;
const read = (text: string): NumberReading => readFigure(text, CONTEXT);

/** Telex keys for each letter with marks, as they are left when no keyboard composed them. */
const TONES: Readonly<Record<string, string>> = {
  '\u0300': 'f',
  '\u0301': 's',
  '\u0309': 'r',
  '\u0303': 'x',
  '\u0323': 'j',
};
const SHAPES: Readonly<Record<string, (letter: string) => string>> = {
  '\u0302': (letter) => letter + letter,
  '\u0306': (letter) => `${letter}w`,
  '\u031b': (letter) => `${letter}w`,
};
function telex(text: string): string {
  return text
    .split(' ')
    .map((word) => {
      let tone = '';
      let out = '';
      for (const sign of word.replace(/đ/g, 'dd').normalize('NFD')) {
        if (TONES[sign]) tone = TONES[sign];
        else if (SHAPES[sign]) out = out.slice(0, -1) + SHAPES[sign](out.slice(-1));
        else out += sign;
      }
      return out + tone;
    })
    .join(' ');
}

const DISGUISES: readonly (readonly [string, (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['without marks', foldText],
  ['decomposed', (text) => text.normalize('NFD')],
  ['in Telex', telex],
  ['in capitals', (text) => text.toUpperCase()],
  ['with blanks', (text) => `  ${text.replaceAll(' ', '  ')} `],
  ['politely', (text) => `dạ em báo ${text} ạ`],
  ['with a smile', (text) => `${text} 🙂`],
  ['with a unit', (text) => `${text} lượt`],
];

const number = fc.oneof(fc.integer({ min: 1, max: 999 }), fc.integer({ min: 1000, max: 9999 }));

describe.each(DISGUISES)('a number %s', (_name, disguise) => {
  it('in words of an independent library is that number, or asked about', () => {
    fc.assert(
      fc.property(number, (n) => {
        const reading = read(disguise(readNumber(String(n))));
        if (reading.kind === 'value' || reading.kind === 'confirm')
          expect([n, reading.value]).toEqual([n, n]);
        else expect([n, reading.kind]).toEqual([n, expect.stringMatching(/^(?:ask|none|zero_or_missing)$/)]);
      }),
      { numRuns: 400 },
    );
  });

  it('in digits is that number, or asked about', () => {
    fc.assert(
      fc.property(number, (n) => {
        const reading = read(disguise(String(n)));
        if (reading.kind === 'value' || reading.kind === 'confirm') expect(reading.value).toBe(n);
        else expect(reading.kind).toMatch(/^(?:ask|none)$/);
      }),
    );
  });
});

/** Of the numbers to 999 in words: how many are read, as they are or asked about, and how many at once. Floors only go up. */
const READ: Readonly<Record<string, readonly [read: number, atOnce: number]>> = {
  'as it is': [999, 999],
  'without marks': [999, 995],
  decomposed: [999, 999],
  'in Telex': [895, 895],
  'in capitals': [999, 999],
  'with blanks': [999, 999],
  politely: [999, 999],
  'with a smile': [999, 999],
  'with a unit': [999, 999],
};

it.each(DISGUISES)('numbers %s are read, and not only asked for again', (name, disguise) => {
  const readings = Array.from(
    { length: 999 },
    (_, i) => [i + 1, read(disguise(readNumber(String(i + 1))))] as const,
  );
  const right = readings.filter(
    ([n, said]) => (said.kind === 'value' || said.kind === 'confirm') && said.value === n,
  );
  const [all, atOnce] = READ[name] ?? [Infinity, Infinity];
  expect(right.length).toBeGreaterThanOrEqual(all);
  expect(right.filter(([, said]) => said.kind === 'value').length).toBeGreaterThanOrEqual(atOnce);
  for (let n = 1; n <= 999; n += 1)
    expect([n, read(disguise(String(n)))]).toEqual([n, { kind: 'value', value: n }]);
});

it('with marks a number in words is understood at once', () => {
  for (let n = 1; n <= 999; n += 1)
    expect([n, read(readNumber(String(n)))]).toEqual([n, { kind: 'value', value: n }]);
});

/** Words of everyday messages in which no number, nothing, sameness or yes is said. */
const WORDS =
  'báo cáo thôn em bác gửi chưa lượt buổi hộ người học tháng này xin hỏi mưa đông vui máy hỏng lớp tối nay nhà văn hóa cán bộ xã gọi giúp ảnh dừng đừng khoan thôi hủy nhé ạ rồi'.split(
    ' ',
  );
const talk = fc
  .array(fc.constantFrom(...WORDS), { minLength: 1, maxLength: 8 })
  .map((words) => words.join(' '));

it('a text without a number, nothing or sameness stores no value', () => {
  fc.assert(
    fc.property(talk, fc.constantFrom(...DISGUISES.slice(0, 6)), (text, [, disguise]) => {
      expect([text, read(disguise(text)).kind]).not.toEqual([
        text,
        expect.stringMatching(/^(?:value|confirm|same)$/),
      ]);
    }),
    { numRuns: 1000 },
  );
});

it('a word of stopping anywhere is never a yes', () => {
  const yes = fc.constantFrom('đúng', 'ok', 'ừ', 'vâng', 'gửi', 'gửi luôn', 'đồng ý', 'đúng rồi', 'chốt');
  const stop = fc.constantFrom(
    'dừng',
    'đừng',
    'khoan',
    'hủy',
    'huỷ',
    'hoãn',
    'ngừng',
    'khoan đã',
    'đừng gửi',
  );
  fc.assert(
    fc.property(
      yes,
      stop,
      fc.boolean(),
      fc.constantFrom(...DISGUISES.slice(0, 6)),
      (a, b, first, [, disguise]) => {
        const text = first ? `${a} ${b}` : `${b} ${a}`;
        expect([text, yesNo(disguise(text))]).not.toEqual([text, 'yes']);
      },
    ),
    { numRuns: 1000 },
  );
});
