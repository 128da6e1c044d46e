import { spelt } from '../../../src/understanding/spelling';
import { asSpoken } from '../../../src/understanding/slip';
import { readAct } from '../../../src/understanding/acts';

describe('words as the young write them', () => {
  it.each([
    ['bo wa cau nay', 'bo qua cau nay'],
    ['k bit gi', 'k biết gi'],
    ['Thag trc bao nhiu', 'tháng trước bao nhiêu'],
    ['bo\u0300 wa\u0301', 'bò quá'],
  ])('«%s» is «%s»', (text, full) => expect(spelt(text)).toBe(full));

  it.each(['418 5 121 14', 'thôn Đông Lâm', 'đúng', 'dừng', 'gui', 'constructor', 'toString'])(
    '«%s» stays as it is',
    (text) => expect(spelt(text)).toBe(text),
  );

  it('no word of it sends, stops or is a number', () => {
    for (const word of ['gửi', 'gủi', 'nộp', 'dung', 'dừg', 'thui', 'khoan', 'hai', 'nam', 'mừi'])
      expect(spelt(word)).toBe(word);
  });

  it('«bo wa» leaves the question out', () => expect(readAct('bo wa')?.kind).toBe('unknown'));
});

describe('words as they are spoken', () => {
  it.each([
    ['nam', ['lam']],
    ['truoc', ['chuoc']],
    ['sem', ['xem']],
    ['nghi', []],
    ['nha', []],
    ['an', []],
  ])('%s may be %j', (word, others) => expect(asSpoken(word)).toEqual(others));
});
