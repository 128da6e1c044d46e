import { isClaimCode, printedCode } from '../kernel/claim-code';
import { keyedHash } from '../kernel/ids';
import { hexAsLetters } from '../kernel/letters';

/**
 * Codes that are given out in chat. A code is worked out of the program's key, the post and the act that gave it, so that a turn
 * done again gives the same one; a text holds a mark in its place, and the digits stand in no store: they are put in as the
 * message leaves.
 */

const MARK = /⟦([^⟦⟧#]+)#([^⟦⟧#]+)#([a-z]+)⟧/gi;

/** What stands in a text for the code that this act gives to the post; signed, so that nobody can type one. */
export function codeMark(key: Buffer, officeId: string, effectId: string): string {
  return `⟦${officeId}#${effectId}#${signed(key, officeId, effectId)}⟧`;
}

function signed(key: Buffer, officeId: string, effectId: string): string {
  return hexAsLetters(keyedHash(key, 'code-mark', `${officeId}\0${effectId}`).slice(0, 20));
}

/** The eight digits of the code. */
export function codeGiven(key: Buffer, officeId: string, effectId: string): string {
  for (let round = 0; ; round += 1) {
    const mac = keyedHash(key, 'given-code', `${officeId}\0${effectId}\0${round}`);
    const code = String(10_000_000 + (Number.parseInt(mac.slice(0, 12), 16) % 90_000_000));
    if (isClaimCode(code)) return code;
  }
}

/** The text as it is read: `4827 9135` for each mark of ours, anything else as it stands. */
export function withCodes(key: Buffer, text: string): string {
  return text.replace(MARK, (mark, officeId: string, effectId: string, sign: string) =>
    sign === signed(key, officeId, effectId) ? printedCode(codeGiven(key, officeId, effectId)) : mark,
  );
}
