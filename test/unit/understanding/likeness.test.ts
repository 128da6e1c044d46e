import fc from 'fast-check';
import { likenessTo } from '../../../src/understanding/likeness';

const like = likenessTo([
  { id: 'missing', text: 'thôn nào chưa nộp' },
  { id: 'missing', text: 'còn thiếu thôn nào' },
  { id: 'deadline', text: 'hạn nộp bao giờ' },
  { id: 'human', text: 'gặp người thật' },
  { id: 'human', text: 'không biết nhắn tin' },
  { id: 'money', text: 'tiền điện tháng này' },
]);

it.each([
  ['thôn nào chưa nộp', 'missing'],
  ['thon nao chua nop a', 'missing'],
  ['xóm nào chưa gửi hả em', 'missing'],
  ['tdp nao chua nop', 'missing'],
  ['han nop khi nao', 'deadline'],
  ['em ơi cho tôi gặp người thật với', 'human'],
  ['ko bt nhan tin', null],
  ['k biet nhan tin', 'human'],
  ['gawpj nguwowif thaatj', 'human'],
])('«%s» is surely %s', (text, id) => {
  const [first] = like(text);
  expect(first?.sure === true ? first.id : null).toBe(id);
});

it('what is near is offered, not taken', () => {
  expect(like('thôn nào chưa nộp lần nào').map(({ id, sure }) => [id, sure])).toEqual([['missing', false]]);
});

it.each(['thôn nào đã nộp', 'gặp người nhà', 'nộp', 'thôn', 'bao giờ', 'biết nhắn tin', 'tiền', ''])(
  '«%s» is not taken for any',
  (text) => expect(like(text).filter(({ sure }) => sure)).toEqual([]),
);

it('marks that make another word are believed', () => {
  expect(like('hàn nộp bao giờ').filter(({ sure }) => sure)).toEqual([]);
});

it('a word of denial more or less is never the same', () => {
  const words = ['thôn', 'nào', 'nộp', 'gặp', 'người', 'thật', 'biết', 'nhắn', 'tin', 'hạn'];
  fc.assert(
    fc.property(fc.shuffledSubarray(words, { minLength: 1 }), (some) => {
      const text = some.join(' ');
      const denied = like(`không ${text}`).map(({ way }) => way);
      expect(denied.every((way) => way.includes('không'))).toBe(true);
      expect(like(text).every(({ way }) => !way.includes('không'))).toBe(true);
    }),
  );
});
