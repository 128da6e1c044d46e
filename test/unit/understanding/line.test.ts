import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { readLine, type LineFigure } from '../../../src/understanding/line';
import { FIGURE_WORDS } from '../../../src/reporting/chat/figure-vocabulary';
import { formatCount } from '../../../src/kernel/vn-text';

const FIGURES: LineFigure[] = (
  [
    ['adults_digital', 'person', 'stock', 412, true],
    ['classes_held', 'session', 'flow', 4, true],
    ['learners', 'visit', 'flow', 96, true],
    ['households_helped', 'household', 'flow', 7, true],
    ['level2_activated', 'person', 'stock', null, false],
    ['vneid_confirmed', 'person', 'stock', null, false],
    ['benefit_accounts_linked', 'person', 'stock', null, false],
    ['digital_signatures', 'person', 'stock', null, false],
  ] as const
).map(([id, measure, nature, last, asked], i) => ({
  id,
  number: i + 1,
  measure,
  nature,
  last,
  asked,
  words: FIGURE_WORDS[id] ?? [],
}));

const SHORT: Record<string, string> = {
  adults_digital: '1',
  classes_held: '2',
  learners: '3',
  households_helped: '4',
};

/** `1=418 2=5`; `2=5?class` to confirm, `2=ask:several`. */
function brief(text: string, month = 3): string | null {
  const line = readLine(text, FIGURES, { month });
  return (
    line &&
    line
      .map(({ figure, reading: r }) => {
        const what =
          r.kind === 'value'
            ? r.value
            : r.kind === 'confirm'
              ? `${r.value}?${r.why}`
              : r.kind === 'ask'
                ? `ask:${r.why}`
                : r.kind;
        return `${SHORT[figure] ?? figure}=${what}`;
      })
      .join(' ')
  );
}

it.each([
  ['BC 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['bc 418, 5, 121, 14', '1=418 2=5 3=121 4=14'],
  ['báo cáo: 418; 5; 121; 14 ạ', '1=418 2=5 3=121 4=14'],
  ['#BAOCAO 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['nop bc 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['dạ em báo cáo 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['BC t3 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['BC tháng 3: 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['BC tháng 2: 418 5 121 14', '1=ask:part_of_month'],
  ['BC 418 5', '1=418 2=5'],
  ['BC 418 5 121', '1=418 2=5 3=121'],
  ['BC 1.250 5 121 14', '1=1250 2=5 3=121 4=14'],
  ['BC 1,250 5 121 14', '1=1250?comma 2=5 3=121 4=14'],
  ['BC 418 0 0 0', '1=418 2=0 3=0 4=0'],
  ['418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['418, 5, 121, 14', '1=418 2=5 3=121 4=14'],
  ['418,5,121,14', '1=418 2=5 3=121 4=14'],
  ['418\n5\n121\n14', '1=418 2=5 3=121 4=14'],
  ['BC 418 5 121 14 7', '1=ask:several'],
  ['1 250 5 121 14', '1=ask:several'],
  ['418 5', null],
  ['418 5 121', null],
  ['bc 3', null],
  ['BC 418 5 x 14', '1=ask:several'],
  ['BC 418-5-121-14', '1=418 2=5 3=121 4=14'],
  ['BC 418 5 121 14 ạ em cảm ơn', '1=418 2=5 3=121 4=14'],
  ['báo cáo tháng 3/2026', null],
  ['báo cáo tháng 3 năm 2026', null],
  ['BC tháng 3/2026: 418 5 121 14', '1=418 2=5 3=121 4=14'],
  ['số liệu tháng 3 năm 2026', null],
  ['báo cáo cái gì', null],
  ['5b, 121 lượt', '2=5 3=121'],
  ['5', null],
  ['2=5 va 3 = 121', '2=5 3=121'],
  ['2 = 5, 3 = 121', '2=5 3=121'],
  ['2=5 3=121', '2=5 3=121'],
  ['4 = 140', '4=140'],
  ['4=khoảng 140', '4=140?approximate'],
  ['2 = 5 buổi', '2=5'],
  ['2 = 12 người', '2=ask:other_measure'],
  ['4 = không có', '4=zero_or_missing'],
  ['3 = chưa có', '3=missing'],
  ['sua 3 thanh 120', '3=120'],
  ['sửa 3 = 120', '3=120'],
  ['sửa số 3 thành 120 nhé', '3=120'],
  ['sửa câu 2: 5', '2=5'],
  ['sửa 3 120', '3=120'],
  ['1) 418 2) 5 3) 121 4) 14', '1=418 2=5 3=121 4=14'],
  ['1. 418\n2. 5\n3. 121\n4. 14', '1=418 2=5 3=121 4=14'],
  ['2=5, 2=6', '2=ask:several'],
  ['2 = 3 hoặc 4', '2=ask:choice'],
  ['9 = 5', null],
  ['6 = 5', null],
  ['4:30', null],
  ['sửa lớp học thành 5', '2=5?class'],
  ['sửa buổi học thành 5', '2=5'],
  ['sua so luot thanh 120', '3=120'],
  ['buổi học: 5', '2=5'],
  ['lượt người là 120', '3=120'],
  ['hộ = 14', '4=14'],
  ['412 người lớn, 4 buổi, 96 lượt, 7 hộ', '1=412 2=4 3=96 4=7'],
  ['412 nguoi lon 4 buoi 96 luot 7 ho', '1=412 2=4 3=96 4=7'],
  ['buổi 5, lượt 121', '2=5 3=121'],
  ['so lieu thang nay: 12 buoi, 480 luot nguoi', '2=12 3=480'],
  ['5 buổi, khoảng 120 lượt', '2=5 3=120?approximate'],
  ['5 buổi, 120 người', '2=5 3=120?class'],
  ['tháng này hai buổi, ba mươi lăm bà con', '2=2 3=35?class'],
  ['thang nay hai buoi, ba muoi lam ba con', '2=2 3=35?class'],
  ['120 người, 5 buổi', '1=ask:other_measure 2=5'],
  ['5 buổi, không có hộ nào', '2=5 4=nothing'],
  ['5 buổi', null],
  ['45 người', null],
  ['7 hộ', null],
  ['xác nhận vneid 31', 'vneid_confirmed=31'],
  ['xac nhan vneid 31 nguoi', 'vneid_confirmed=31'],
  ['31 người xác nhận vneid', 'vneid_confirmed=31'],
  ['chữ ký số cài được 1.024 ng', 'digital_signatures=1024'],
  ['kich hoat muc 2: 240', 'level2_activated=240'],
  ['an sinh xã hội 57', 'benefit_accounts_linked=57'],
  ['mức 2: 71,4 %', 'level2_activated=ask:percent'],
  ['nguoi lon co kns: 18.432 / 24.905', '1=ask:fraction'],
  ['Lớp tối 5/3: 41 người.\nLớp tối 12/3: 36 người.', null],
  ['tuan nay 1 buoi 28 ng', null],
  ['thôn tôi học 1 buổi, 45 bà con', null],
  ['Dạ thôn tôi tối qua học 1 buổi, 45 bà con tham gia ạ', null],
  ['con tôi quên mật khẩu vneid', null],
  ['70 là cả tháng đấy', null],
])('%s', (text, expected) => {
  expect(brief(text)).toBe(expected);
  expect(brief(text.normalize('NFD'))).toBe(expected);
});

it('answers fast whatever is sent', () => {
  for (const part of ['5 buổi, ', 'dạ em ', 'ạ ', '1=2 ', 'mk la ']) {
    const began = performance.now();
    readLine(part.repeat(400), FIGURES);
    readLine(part.repeat(Math.floor(390 / part.length)), FIGURES);
    expect(performance.now() - began).toBeLessThan(500);
  }
});

it('a name that two figures share is asked back with both', () => {
  const [only] = readLine('VNeID: 41', FIGURES) ?? [];
  expect(only?.reading).toEqual({
    kind: 'ask',
    why: 'other_measure',
    numbers: [41],
    between: ['level2_activated', 'vneid_confirmed'],
  });
});

it('stores nothing from a village line of the sample', () => {
  for (const json of readFileSync('test/fixtures/utterances.jsonl', 'utf8').trim().split('\n')) {
    const { text, role } = JSON.parse(json) as { text: string; role: string };
    const values = (readLine(text, FIGURES, { month: 3 }) ?? []).filter(
      (r) => r.reading.kind === 'value' || r.reading.kind === 'nothing',
    );
    if (role === 'village' || role === 'citizen') expect({ text, values }).toEqual({ text, values: [] });
  }
});

it('the line we print ourselves is read back, however formatted', () => {
  const four = fc.tuple(fc.nat(20_000), fc.nat(62), fc.nat(20_000), fc.nat(5_000));
  const sep = fc.constantFrom(' ', ', ', '; ', '\n', ' , ');
  fc.assert(
    fc.property(four, sep, fc.constantFrom(String, formatCount), (n, by, print) => {
      const want = n.map((value, i) => `${i + 1}=${value}`).join(' ');
      expect(brief(`BC ${n.map(print).join(by)}`)).toBe(want);
      expect(brief(n.map((value, i) => `${i + 1} = ${print(value)}`).join(', '))).toBe(want);
    }),
  );
});

it.each(['k phai 5 buoi dau', 'không phải 5 buổi', 'khong phai 14 ho ma'])(
  'a denied figure is none: %s',
  (text) => {
    expect(brief(text)).toBeNull();
  },
);
