/**
 * Codes and hashes as letters only. What stands behind a button is read like any message, and digits in it could look
 * like the number of an identity card and be covered. Pure.
 */

const FIRST_LETTER = 'A'.charCodeAt(0);

/** Two letters for each byte: `7` is `DH`. */
export function asLetters(text: string): string {
  return [...Buffer.from(text, 'utf8')]
    .flatMap((byte) => [byte >> 4, byte & 15])
    .map(letterOf)
    .join('');
}

/** The text behind `asLetters`; what was never made by it gives some other text. */
export function fromLetters(letters: string): string {
  const halves = [...letters].map((letter) => letter.charCodeAt(0) - FIRST_LETTER);
  const bytes = halves.flatMap((half, i) => (i % 2 === 0 ? [half * 16 + (halves[i + 1] ?? 0)] : []));
  return Buffer.from(bytes.map((byte) => byte & 255)).toString('utf8');
}

/** Without those that look alike when a person reads them out. */
const HEX_LETTERS = 'ABCDEFGHKLMNPQRS';

/** One letter for each digit of a hexadecimal number: `0f` is `AS`. */
export function hexAsLetters(hex: string): string {
  return [...hex].map((digit) => HEX_LETTERS[Number.parseInt(digit, 16)]).join('');
}

function letterOf(half: number): string {
  return String.fromCharCode(FIRST_LETTER + half);
}
