import fc from 'fast-check';
import { BUBBLE_MAX, bubbles, toMessages } from '../../../src/conversation/say';
import { matchChoice } from '../../../src/conversation/steps';

const length = (text: string): number => [...text].length;

it('never writes a bubble that is too long, and loses no word', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 700 }), { maxLength: 8 }), (lines) => {
      const text = lines.join('\n').normalize('NFC');
      const parts = bubbles(text);
      for (const part of parts) expect(length(part)).toBeLessThanOrEqual(BUBBLE_MAX);
      const words = (t: string): string => t.replace(/\s+/gu, '');
      expect(words(parts.join(''))).toBe(words(text));
    }),
    { seed: 7, numRuns: 200 },
  );
});

it('cuts at line ends', () => {
  const line = 'x'.repeat(300);
  expect(bubbles(`${line}\n${line}`)).toEqual([line, line]);
});

it('puts the buttons under the last bubble, each with where it belongs', () => {
  const text = `${'a'.repeat(400)}\n${'b'.repeat(400)}`;
  const messages = toMessages(
    {
      text,
      choices: [
        { id: 'SEND', label: 'Gửi' },
        { id: 'REPORT', label: 'Báo cáo', command: '#BAOCAO' },
        { id: 'CALL', label: 'Gọi', link: { phone: '84900000001' } },
      ],
    },
    { dialog: 'report', ref: '2026-03/99001-07', turn: 4 },
  );
  expect(messages).toHaveLength(2);
  expect(messages[0]).not.toHaveProperty('buttons');
  expect(messages[1]).toMatchObject({
    buttons: [
      { kind: 'reply', label: 'Gửi', payload: '#REPORT|2026-03/99001-07|4|SEND' },
      { kind: 'reply', label: 'Báo cáo', payload: '#BAOCAO' },
      { kind: 'call', label: 'Gọi', phone: '84900000001' },
    ],
  });
});

describe('choices in words', () => {
  const offered = [
    { id: 'ALL_SAME', label: 'Đúng hết' },
    { id: 'LATER', label: 'Để sau' },
  ];
  it.each([
    ['Đúng hết', true, 'ALL_SAME'],
    ['dung het', true, null],
    ['DE SAU.', true, 'LATER'],
    ['2', true, 'LATER'],
    ['2', false, null],
    ['3', true, null],
    ['hết', true, null],
    ['', true, null],
  ])('«%s» (digits are choices: %s) is %s', (text, digits, id) => {
    expect(matchChoice(text, offered, digits)).toBe(id);
  });
});
