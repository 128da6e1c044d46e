import { asLetters, fromLetters, hexAsLetters } from '../../../src/kernel/letters';
import { sha256Hex } from '../../../src/kernel/ids';
import { maskSecrets } from '../../../src/kernel/secrets';
import { adjustmentId } from '../../../src/reporting/ledger';
import { setDigest } from '../../../src/reporting/report-digest';
import { refOf } from '../../../src/org/chat/hand-over-talk';

it.each(['99001-07', '24', 'thôn'])('«%s» comes back from its letters', (text) => {
  expect(asLetters(text)).toMatch(/^[A-P]+$/);
  expect(fromLetters(asLetters(text))).toBe(text);
});

it('gives one letter for each digit, another for another', () => {
  expect(hexAsLetters('0123456789abcdef')).toBe('ABCDEFGHKLMNPQRS');
});

it('no name of a post, an adjustment or a set of reports is covered in a button: as digits one in fourteen was', () => {
  const covered = (text: string) => maskSecrets(text, sha256Hex).text !== text;
  const numbers = Array.from({ length: 500 }, (_, i) => String(i));
  const plain = numbers.filter((number) => covered(`#DONGY_${sha256Hex(number).slice(0, 10).toUpperCase()}`));
  expect(plain.length).toBeGreaterThan(0);
  for (const number of numbers) {
    expect(covered(`#DONGY_${refOf({ id: number })}`)).toBe(false);
    expect(covered(`#DIEUCHINH_${adjustmentId(number)}`)).toBe(false);
  }
  expect(setDigest([])).toMatch(/^[A-S]{10}$/);
});
