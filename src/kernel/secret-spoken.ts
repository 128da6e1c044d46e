import { CODE_WORD, ID_WORD, NAMED_WORD, REPORT_WORD } from './secret-numbers';
import type { SecretSpan } from './secrets';

/** Numbers that are secrets and are no digits alone: said in words, or with a letter in front. */

const DIGIT_WORD = '(?:khong|mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|linh)';
const SPOKEN = new RegExp(`(?<![a-z])${DIGIT_WORD}(?:[ ,.-]+${DIGIT_WORD})+(?![a-z])`, 'g');

/** What is told off one by one and is no code: «thứ hai, ba, tư, năm, sáu, bảy», «lớp một hai ba bốn năm sáu». */
const COUNTED_OFF = /(?<![a-z])(?:thu|lop|tuoi|khoa|khoi|to|cau|so|ngay|hom|dem)[ :]*$/;
/** No figures are said as so many words of one digit each. */
const MANY = 6;

/** «mã otp là năm ba ba hai không một»: digits said one by one beside a word for a secret, or so many that they are no figures. */
export function spokenSpans(view: string): SecretSpan[] {
  const out: SecretSpan[] = [];
  for (const { index, 0: said } of view.matchAll(SPOKEN)) {
    const before = view.slice(0, index);
    const n = said.split(/[ ,.-]+/).length;
    const span = { from: index, to: index + said.length, digits: '' };
    if (n >= 4 && n <= 8 && (NAMED_WORD.test(before) || CODE_WORD.test(before)))
      out.push({ ...span, kind: 'code', named: true });
    else if (n >= MANY && n <= 8 && !COUNTED_OFF.test(before) && !REPORT_WORD.test(before))
      out.push({ ...span, kind: 'code', named: false });
    else if (n >= 6 && ID_WORD.test(before))
      out.push({ ...span, kind: n <= 9 ? 'old_id' : 'id_card', named: true });
    else if (n >= 12) out.push({ ...span, kind: 'id_card', named: true });
  }
  return out;
}

const PASSPORT = /(?<![a-z\d])[a-z]\d{7}(?![a-z\d])/g;

/** «C1699316»: a letter and seven digits. */
export function passportSpans(view: string): SecretSpan[] {
  return [...view.matchAll(PASSPORT)].map(({ index, 0: text }) => ({
    from: index,
    to: index + text.length,
    kind: 'id_card',
    named: true,
    digits: '',
  }));
}
