import { foldText } from '../../kernel/vn-text';
import { endsAsking } from '../../understanding/asking';
import { hasStopWord } from '../../understanding/stop';

/** What is said to a value that is asked about, beside yes, no and another number: that it stands, that it is none of theirs. */

/** «Không, ít hơn», «bấm thừa số», «tôi viết lộn»: another value than this. */
const OTHER_VALUE =
  /^(?:(?:ua|o|a|chet|thoi|ay|oi|bac|toi|em) )+(?:nham|sai|lon)(?: (?:roi|mat|that|a|em|chau))*$|^(?:(?:khong|ko|k|o|a|da|hinh nhu|chac|phai) )*(?:it|nhieu|kem|hon|cao|thap|dong|vang)(?: hon| di| len)?(?: (?:the|nhieu|mot chut|chut|a|em|chau|co|day))*$|^(?:(?:toi|bac|em|thoi|chet|a|o|da|bi) )*(?:bam|go|viet|ghi|danh|nhap|doc) (?:bi )?(?:thua|nham|lon|sai|du|thieu|trung)(?: (?:so|phim|mat|roi|mot|1|con|day|a|em|chau))*$/;
/** «Sao lại 100», «100 ở đâu ra»: the value is not theirs. */
export function deniesValue(text: string): boolean {
  if (OTHER_VALUE.test(foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' ')))) return true;
  const fold = foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
  return /^(?:(?:the|o|u|vay) )*(?:tai |lam )?sao (?:lai |ma )?(?:la |ghi |co )?\d+(?: (?:the|vay|a|ha|em|chau))*$|^(?:so )?\d+ (?:o |lay )?(?:dau|o dau) ra(?: (?:the|vay|a|ha))*$/.test(
    fold,
  );
}

/** «Thật mà», «không nhầm đâu», «ừ đúng 450, dồn hai tháng»: the value stands, whatever else is said. */
const INSISTS =
  /^(?:(?:u|uh|da|vang|thi|dung|bac|toi|em) )*(?:that|that day|that ma|dung that|co that|(?:khong|ko|k|chang|co) (?:nham|sai|lon)(?: (?:dau|gi|ma))*)(?: (?:ma|day|do|a|em|chau|dau|dung|roi|the))*$/;
const AGREES = /^(?:(?:u|uh|um|da|vang|dung|phai|chuan|that)(?: (?:roi|the|vay|la))*[ ,.]+)+/;

export function insists(text: string, value: number): boolean {
  if (hasStopWord(text.replace(/(?<!\p{L})dung(?=\s+\d)/iu, '')) || endsAsking(text)) return false;
  const fold = foldText(text.replace(/[^\p{L}\p{M}\d\s.,]/gu, ' '));
  if (INSISTS.test(fold.replace(/[.,]+$/, ''))) return true;
  const rest = AGREES.test(fold) ? fold.replace(AGREES, '') : '';
  return Number(/^(?:la )?(\d+)(?!\d)/.exec(rest)?.[1] ?? NaN) === value;
}

/** «Thừa số 0»: a tenth of it is meant. */
export const NOUGHT_TOO_MANY =
  /^(?:(?:da|a|o|ay|thoi|nham|go|bam|ghi|toi|bac|em|minh) )*(?:thua|du|nham|them) (?:mot |1 )?(?:con )?so (?:0|khong)(?: (?:do|day|roi|a|em|chau|mat|thoi))*$/;
