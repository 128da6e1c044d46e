import { readFigure, type FigureContext } from '../../../src/understanding/number';
import { readIntent } from '../../../src/understanding/intent';
import { readInstead } from '../../../src/understanding/instead';
import { readStop } from '../../../src/understanding/stop';
import { putsOffQuestion } from '../../../src/understanding/later-words';
import { endsAsking } from '../../../src/understanding/asking';

/** Figures and wishes as village leaders put them. */

const stock: FigureContext = { measure: 'person', nature: 'stock', last: 400 };
const sessions: FigureContext = { measure: 'session', nature: 'flow', last: 4 };
const visits: FigureContext = { measure: 'visit', nature: 'flow', last: 100 };
const households: FigureContext = { measure: 'household', nature: 'flow', last: 12 };
const value = (number: number) => ({ kind: 'value', value: number });
const asked = (number: number) => expect.objectContaining({ kind: 'confirm', value: number });

it.each([
  ['bon tram hai muoi, tang 20', stock, value(420)],
  ['bon tram hai muoi, giam 20', stock, expect.objectContaining({ kind: 'ask' })],
  ['tăng lên 420 người', stock, asked(420)],
  ['tăng lên 12 người', stock, expect.objectContaining({ kind: 'ask' })],
  ['405 nguoi nhe chau dung hoi lai', stock, value(405)],
  ['tinh den hom nay co 412 nguoi', stock, value(412)],
  ['tinh den hom nay co 5 buoi', sessions, expect.objectContaining({ kind: 'ask' })],
  ['bằng kỳ trước', stock, { kind: 'same' }],
  ['bằng tháng trước ý', visits, { kind: 'same' }],
  ['bốn, à năm', sessions, asked(5)],
  ['bôn buôi', sessions, asked(4)],
  ['chín hộ, gồm 4 hộ nghèo 5 hộ già', households, asked(9)],
  ['thang nay chua ho tro duoc gia dinh nao', households, { kind: 'nothing' }],
] as const)('«%s»', (text, context, reading) => expect(readFigure(text, context)).toEqual(reading));

it.each([
  ['ung roi gui giup bac', 'send'],
  ['duoc roi nop di', 'send'],
  ['được rồi gửi đi', 'send'],
  ['thang nay nghi tet khong lam gi', 'none_happened'],
  ['tháng này y chang tháng trước bác gửi luôn', 'all_same'],
  ['thu 7 toi moi lam dc', 'later'],
  ['rut lai di toi ghi sai', 'undo'],
  ['tu gio dung gui tin cho toi', 'stop_messages'],
] as const)('«%s» is %s', (text, kind) => expect(readIntent(text)?.kind).toBe(kind));

it.each([
  'duoc gui chua',
  'xong roi gui',
  'được rồi đừng gửi',
  'duoc gui roi',
  'ưng rồi nhưng chưa gửi',
  'dung gui tin cho toi',
  'chính xác là 97',
])('«%s» sends, stops and corrects nothing', (text) =>
  expect(['send', 'stop_messages', 'fix']).not.toContain(readIntent(text)?.kind),
);

it.each([
  'khoan đã để bác coi lại',
  'chua gui voi toi hoi lai ba Lan',
  'từ từ hãy gửi',
  'de bac hoi chi hoi truong phu nu da',
])('«%s» holds', (text) => expect(readStop(text)).toBe('hold'));

it.each(['từ từ gửi ảnh sau', 'toi hoi lai ba Lan', 'chưa gửi ảnh cho tôi'])('«%s» holds nothing', (text) =>
  expect(readStop(text)).not.toBe('hold'),
);

it('what is meant instead of the value asked about', () => {
  expect(['khong phai 450 dau 150 thoi', 'y chet 45 thoi', '450'].map(readInstead)).toEqual([
    '150',
    '45',
    null,
  ]);
});

it('some minutes are for later, and no figure', () => {
  expect(
    ['toi dang do tay cho 10 phut', 'cho toi 121 luot', 'cho 10 phut duoc khong'].map(putsOffQuestion),
  ).toEqual([true, false, false]);
});

it('«… không đấy» asks', () => {
  expect(['lộ thông tin không đấy', 'không có ai đấy'].map(endsAsking)).toEqual([true, false]);
});
