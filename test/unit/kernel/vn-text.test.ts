import fc from 'fast-check';
import {
  decodeTelex,
  decodeTelexWord,
  foldText,
  formatCount,
  formatSeen,
  normalText,
  unifyTones,
} from '../../../src/kernel/vn-text';

describe('folding', () => {
  it.each([
    ['Đông Lâm', 'dong lam'],
    ['quên mật khẩu'.normalize('NFD'), 'quen mat khau'],
    ['  Tổ   dân\nphố ', 'to dan pho'],
    ['１２３\u200b４ người', '1234 nguoi'],
    ['5\ufe0f\u20e3', '5'],
    ['30–35', '30-35'],
  ])('%j folds to %j', (text, folded) => expect(foldText(text)).toBe(folded));

  it('is the same for composed and decomposed text, and twice is once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        expect(foldText(foldText(text))).toBe(foldText(text));
        expect(foldText(text.normalize('NFD'))).toBe(foldText(text.normalize('NFC')));
      }),
    );
  });

  it('twice is once for every character there is', () => {
    const unsteady: string[] = [];
    for (let first = 0; first < 0x110000; first += 0x100) {
      if (first >= 0xd800 && first < 0xe000) continue;
      const all = Array.from({ length: 0x100 }, (_, i) => String.fromCodePoint(first + i)).join('x');
      const once = foldText(all);
      if (foldText(once) !== once) unsteady.push(first.toString(16));
    }
    expect(unsteady).toEqual([]);
  });
});

describe('both places of the tone mark', () => {
  it.each([
    ['Hoà', 'Hòa'],
    ['Hòa', 'Hòa'],
    ['Thuỵ', 'Thụy'],
    ['HOÀ', 'HÒA'],
    ['Hoàng', 'Hoàng'],
    ['Quý', 'Quý'],
    ['toàn khoẻ', 'toàn khỏe'],
    ['huỷ đi', 'hủy đi'],
    ['Hiệp Hoà'.normalize('NFD'), 'Hiệp Hòa'],
  ])('%s → %s', (typed, one) => expect(unifyTones(typed)).toBe(one.normalize('NFC')));
});

describe('Telex that stayed as keys', () => {
  it.each([
    ['chuwa', 'chưa'],
    ['hocj', 'học'],
    ['nguwowif', 'người'],
    ['khoong', 'không'],
    ['dduwowcj', 'được'],
    ['buooir', 'buổi'],
    ['muwowif', 'mười'],
    ['tieen', 'tiên'],
    ['thangs', 'tháng'],
    ['ddungs', 'đúng'],
    ['quyeenr', 'quyển'],
    ['hoaf', 'hòa'],
    ['hoangf', 'hoàng'],
  ])('%s → %s', (keys, word) => expect(decodeTelexWord(keys)).toBe(word));

  it.each(['hoc', 'nguoi', 'thon', 'bot', 'wifi', '123', 'link'])('%s is left alone', (word) =>
    expect(decodeTelexWord(word)).toBeNull(),
  );

  it('decodes a sentence and keeps its figures', () => {
    expect(decodeTelex('chuwa hocj, 32 nguwowif')).toBe('chưa học, 32 người');
    expect(decodeTelex('da hoc 32')).toBeNull();
  });
});

describe('printing', () => {
  it.each([
    [0, '0'],
    [999, '999'],
    [1250, '1.250'],
    [1234567, '1.234.567'],
    [-1250, '-1.250'],
  ])('%d → %s', (n, text) => expect(formatCount(n)).toBe(text));

  it('refuses what is not a whole number', () => {
    expect(() => formatCount(1.5)).toThrow(RangeError);
    expect(() => formatCount(NaN)).toThrow(RangeError);
  });

  it('loses no digit, and normalising what we print changes nothing', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), (n) => {
        const printed = formatCount(n);
        expect(Number(printed.replaceAll('.', ''))).toBe(n);
        expect(normalText(printed)).toBe(printed);
        expect(foldText(printed)).toBe(printed);
        expect(unifyTones(printed)).toBe(printed);
      }),
    );
  });
});

it.each([
  [1250, '1.250'],
  [85.5, '85,5'],
  [-5, '-5'],
  [1.25e18, '1.250.000.000.000.000.000'],
])('a number as it was read: %p', (n, written) => {
  expect(formatSeen(n)).toBe(written);
});
