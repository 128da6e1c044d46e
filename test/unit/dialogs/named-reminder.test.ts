import { onlyAsksToBeReminded } from '../../../src/dialogs/named-reminder';

/** A wish to be reminded is one beside any question; a text that only speaks of reminding is the answer. */

const at = new Date('2026-03-16T09:00:00+07:00');

it.each([
  ['nhắc tôi lúc 12:10', true],
  ['nhac toi luc 19h', true],
  ['mai nhắc tôi nhé em', true],
  ['8 giờ tối nhắc tôi', true],
  ['em ơi nhắc lúc 20h', true],
  ['việc của xã, không thuộc mình', false],
  ['loa phát thanh nhắc lúc 19:00 mỗi tối', false],
  ['các thôn nhắc lúc 7h sáng cho bà con đi học lớp bình dân học vụ số ở nhà văn hóa', false],
  ['nhắc tôi', false],
])('«%s»: %s', (text, wish) => {
  expect(onlyAsksToBeReminded(text, at)).toBe(wish);
});
