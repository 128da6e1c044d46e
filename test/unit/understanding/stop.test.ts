import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { choice } from '../../../src/understanding/choice';
import { MARKED_WORDS, mayBe, senseOf } from '../../../src/understanding/marked-words';
import { hasStopWord, readStop } from '../../../src/understanding/stop';
import { yesNo } from '../../../src/understanding/yes-no';
import { foldText } from '../../../src/kernel/vn-text';

describe('words that differ by their marks alone', () => {
  /** What each word means to whoever reads the language; the table of the program stands elsewhere. */
  const PAIRS = [
    ['đúng', 'yes', 'dừng', 'stop'],
    ['đúng', 'yes', 'đừng', 'stop'],
    ['đúng', 'yes', 'dùng', 'other'],
    ['đúng', 'yes', 'đụng', 'other'],
    ['dừng', 'stop', 'dựng', 'other'],
    ['đừng', 'stop', 'đứng', 'other'],
    ['đúng', 'yes', 'dũng', 'name'],
    ['nói', 'say', 'nơi', 'place'],
    ['nói', 'say', 'nối', 'other'],
    ['năm', 'number', 'nạm', 'other'],
    ['năm', 'number', 'nắm', 'other'],
    ['tôi', 'me', 'tối', 'evening'],
    ['tôi', 'me', 'tới', 'other'],
    ['bảy', 'number', 'bày', 'other'],
    ['tám', 'number', 'tạm', 'stop'],
    ['tám', 'number', 'tầm', 'other'],
    ['thôi', 'stop', 'thổi', 'other'],
    ['khoản', 'other', 'khoán', 'other'],
    ['chưa', 'not_yet', 'chữa', 'fix'],
    ['sửa', 'fix', 'sữa', 'other'],
    ['bỏ', 'stop', 'bộ', 'other'],
    ['bỏ', 'stop', 'bố', 'name'],
    ['hủy', 'stop', 'hụy', 'other'],
    ['hoãn', 'stop', 'hoàn', 'other'],
  ] as const;
  it.each(PAIRS)('«%s» is %s and «%s» is %s', (a, meansA, b, meansB) => {
    expect([senseOf(a), senseOf(b)]).toEqual([meansA, meansB]);
    expect([mayBe(a, b), mayBe(b, a)]).toEqual([false, false]);
    expect([mayBe(foldText(a), a), mayBe(foldText(b), b)]).toEqual([true, true]);
  });

  it.each([
    'dung',
    'noi',
    'nam',
    'toi',
    'sau',
    'bay',
    'tam',
    'thoi',
    'khoan',
    'chua',
    'sua',
    'bo',
    'huy',
    'hoan',
    'xoa',
  ])('«%s» without marks has more than one reading', (word) => expect(senseOf(word)).toBe('unclear'));

  it('every word of the program’s table is spelt with marks that only it has', () => {
    const words = MARKED_WORDS.map(([word]) => word);
    expect(new Set(words).size).toBe(words.length);
    expect(words.length).toBeGreaterThanOrEqual(40);
  });

  it('reads a word whatever the place of its tone mark and its normal form', () => {
    expect(senseOf('huỷ')).toBe('stop');
    expect(senseOf('hủy')).toBe('stop');
    expect(senseOf('dừng'.normalize('NFD'))).toBe('stop');
    expect(senseOf('ĐỪNG')).toBe('stop');
  });
});

describe('what stops', () => {
  it.each([
    ['dừng', 'hold'],
    ['dừng lại', 'hold'],
    ['dừng gửi', 'hold'],
    ['đừng', 'hold'],
    ['đừng gửi', 'hold'],
    ['dạ đừng gửi vội ạ', 'hold'],
    ['khoan đã', 'hold'],
    ['khoan da', 'hold'],
    ['khoan gửi', 'hold'],
    ['chua gui voi', 'hold'],
    ['chưa gửi vội', 'hold'],
    ['hoãn gửi', 'hold'],
    ['ngừng gửi', 'hold'],
    ['tạm dừng gửi', 'hold'],
    ['thôi không gửi nữa', 'hold'],
    ['thoi khong gui nua', 'hold'],
    ['thôi', 'hold'],
    ['ddừng', null],
    ['dduwngf gửi', 'hold'],
    ['huy', 'cancel'],
    ['huỷ bỏ đi', 'cancel'],
    ['thoi k lam nua', 'cancel'],
    ['không làm nữa', 'cancel'],
    ['không nhắn tin cho tôi nữa', 'messages'],
    ['đừng nhắc nữa', 'messages'],
    ['thôi không nhận tin nữa', 'messages'],
    ['dung', 'unclear'],
    ['dung gui', 'unclear'],
    ['gửi thôi', 'unclear'],
    ['gửi chưa', null],
    ['được chưa', null],
    ['ok chưa', null],
    ['đã nhận được chưa', null],
    ['không', null],
    ['chưa', null],
    ['dùng', 'unclear'],
    ['đụng', 'unclear'],
    ['đúng', null],
    ['chưa có số', null],
    ['chưa có', null],
    ['chưa báo', null],
    ['dc r gửi cho xã nhé', null],
    ['bỏ qua câu này', null],
    ['408 thôi', null],
    ['gửi đi', null],
    ['', null],
  ])('«%s» is %s', (text, stop) => expect(readStop(text)).toBe(stop));

  it.each([
    'dừng',
    'dừng hết',
    'đúng thôi',
    'ok đừng',
    'gửi thôi',
    'ừ khoan',
    'hủy đúng',
    'dung',
    'dung gui',
    'dung het',
    'dung ca',
    'da dung het a',
  ])('«%s» holds a word of stopping', (text) => expect(hasStopWord(text)).toBe(true));

  it.each([
    'đúng rồi',
    'dung roi',
    'dung r',
    'dung het roi',
    '408 thôi',
    '5 buổi thôi',
    'vâng',
    'tầm 40',
    'gửi',
  ])('«%s» holds none', (text) => expect(hasStopWord(text)).toBe(false));
});

describe('no word of stopping is a yes or a button', () => {
  const buttons = [
    { id: 'ALL_SAME', label: 'Đúng hết' },
    { id: 'YES', label: 'Đúng' },
    { id: 'THAT', label: 'Đúng 450' },
    { id: 'SEND', label: 'Gửi' },
    { id: 'LATER', label: 'Để sau' },
    { id: 'ONE_BY_ONE', label: 'Trả lời từng câu' },
  ];
  const yeses = ['đúng', 'đúng rồi', 'đúng hết', 'gửi', 'gửi đi', 'ok', 'vâng', 'ok gửi', 'ừ', '450'];
  const stops = ['dừng', 'đừng', 'thôi', 'khoan', 'hủy', 'huỷ', 'ngừng', 'hoãn', 'dừng lại', 'đừng gửi'];

  it.each([
    'dừng',
    'dừng lại',
    'dừng hết',
    'đừng',
    'dùng',
    'đụng',
    'dung',
    'dung het',
    'dung ca',
    'dừng gửi',
    'dừng 450',
    'gửi thôi',
  ])('«%s»', (text) => {
    expect(yesNo(text)).not.toBe('yes');
    expect(choice(text, buttons)).toBeNull();
  });

  it('wherever it stands in a yes', () => {
    const courtesy = fc.constantFrom('', 'dạ ', 'ừ ', 'em ơi ');
    fc.assert(
      fc.property(
        courtesy,
        fc.constantFrom(...stops),
        fc.constantFrom(...yeses),
        fc.boolean(),
        (polite, stop, yes, first) => {
          const text = polite + (first ? `${stop} ${yes}` : `${yes} ${stop}`);
          for (const typed of [text, text.normalize('NFD'), text.toUpperCase()]) {
            expect(yesNo(typed)).not.toBe('yes');
            expect([null, 'LATER']).toContain(choice(typed, buttons));
          }
        },
      ),
    );
  });

  it('in every labelled line of holding', () => {
    const lines = readFileSync('test/fixtures/labelled/village-lines.jsonl', 'utf8').trim().split('\n');
    const held = lines
      .map((line) => JSON.parse(line) as { text: string; expect: { wish?: string } })
      .filter(({ expect: { wish } }) => /^(?:hold|cancel|not_send|not_claim)$/.test(wish ?? ''));
    expect(held.length).toBeGreaterThan(20);
    for (const { text } of held) expect([text, yesNo(text)]).not.toEqual([text, 'yes']);
  });
});

describe('a yes without marks', () => {
  it.each([
    'dung roi',
    'dung r a',
    'dung het roi',
    'oke e gửi đi',
    'đúng r',
    'dc r gửi cho xã nhé',
    'gưi đi',
  ])('«%s» is one', (text) => expect(yesNo(text)).toBe('yes'));
  it.each(['dung', 'dung het', 'dung ca a', 'dung a', 'dung the', 'em gửi rồi'])(
    '«%s» is asked about',
    (text) => expect(yesNo(text)).toBeNull(),
  );
});
