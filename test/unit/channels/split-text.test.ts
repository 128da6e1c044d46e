import fc from 'fast-check';
import { splitText } from '../../../src/channels/split-text';

it.each<[string, string, number, string[]]>([
  ['a short one whole', 'xin chào', 20, ['xin chào']],
  ['nothing as no piece', '  \n ', 20, []],
  ['at the end of a line', 'một hai ba\nbốn năm sáu', 15, ['một hai ba', 'bốn năm sáu']],
  ['at the end of a sentence', 'Một hai ba. Bốn năm', 14, ['Một hai ba.', 'Bốn năm']],
  ['between words', 'một hai ba bốn', 9, ['một hai', 'ba bốn']],
  ['exactly where a word ends', 'một hai ba', 7, ['một hai', 'ba']],
  ['anywhere when it must', 'abcdefgh', 3, ['abc', 'def', 'gh']],
])('cuts %s', (_how, text, max, pieces) => {
  expect(splitText(text, max)).toEqual(pieces);
});

it('keeps the limit in code points and loses nothing but white space, whatever the text', () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(' ', '\n', '. ', 'thôn', 'Đông', '😀', 'e\u0302\u0301', '1.250'),
      fc.string({ unit: 'grapheme', maxLength: 8 }),
    ),
    { maxLength: 300 },
  );
  const bare = (text: string): string =>
    text
      .replace(/[\p{Cc}\p{Cs}]/gu, '')
      .normalize('NFC')
      .replace(/\s+/g, '');
  fc.assert(
    fc.property(words, fc.integer({ min: 1, max: 60 }), (parts, max) => {
      const text = parts.join('');
      const pieces = splitText(text, max);
      expect(pieces.every((piece) => [...piece].length <= max && piece.trim() !== '')).toBe(true);
      expect(bare(pieces.join(''))).toBe(bare(text));
    }),
    { seed: 11, numRuns: 300 },
  );
});
