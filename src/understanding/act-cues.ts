import { foldText } from '../kernel/vn-text';
import { endsAsking } from './asking';

/**
 * What a text that nobody took may be about, by the words it is made of and not by how it is put: a question about what is
 * counted, that nobody knows, that it is not now, that nothing was held. Only asked about, never acted on. Pure.
 */
export type Cue = 'explain' | 'unknown' | 'later' | 'zero' | 'same' | 'one_by_one';

const NOT = '(?:khong|ko|k|kg|kh|chua|chang|cha|dau|hong|hok)';
const COUNTED =
  /(?:^| )(?:nguoi|luot|buoi|lop|ho|nha|tinh|dem|ghi|cong|coi la|tuoi|hoc|giup|cu|tre|khau|ca)(?: |$)/;
const ASKS = /(?:^| )(?:gi|sao|the nao|ntn|kieu gi|nhung ai|nhung gi|hay(?: la)?|co phai)(?: |$)/;
const NOBODY_KNOWS = new RegExp(
  `(?:^| )${NOT} (?:\\S+ ){0,4}(?:biet|nho|dem|ghi|so|so sach|danh sach|diem danh|ro|thong ke|nam|theo doi|de y|hoi|ra soat)(?: |$)` +
    '|(?:^| )(?:biet|nho|dem|ghi|lay|co ai|co ngoi|co)(?: \\S+){0,3} dau(?: |$)|(?:^| )(?:ai|lam sao|sao|the nao) (?:ma )?(?:biet|nho|dem|ghi)|(?:^| )(?:quen|chiu|mat so|kho nho)(?: |$)',
);
const NOT_NOW =
  /(?:^| )(?:dang|ban|mai|chieu nay|toi nay|lat|ti nua|chut nua|khi khac|luc khac|hom khac|de sau|de mai|de toi mai|khat|khach|dam|benh vien|om|met|buon ngu|ngu|het pin|ra dong|ngoai dong|di cho|di hop|khi nao ranh|bao gio ranh|cuoi tuan|tuan sau|xong viec)(?: |$)/;
const NOTHING_HELD = new RegExp(
  `(?:^| )(?:khong|ko|k|kg|chua|chang|cha) (?:\\S+ ){0,2}(?:mo|hoc|day|to chuc|di|den|giup|ho tro|lam)(?: |$)|(?:^| )nghi(?: |$)`,
);
const AS_BEFORE =
  /(?:^| )(?:giong|nhu cu|nhu truoc|van the|van vay|y nguyen|y nhu|khong doi|nhu thang)(?: |$)/;
const ONE_AFTER_OTHER =
  /(?:^| )(?:lan luot|tung cau|tung cai|tung so|mot mot|tung muc|cau mot)(?: |$)|(?:^| )(?:thay doi|khac)(?: thang truoc| ky truoc| truoc)? (?:nhieu|het|ca|xa)(?: |$)/;

/** Null: the words tell nothing. A figure in digits is about its own question. */
export function cueOf(text: string): Cue | null {
  const fold = foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
  const asks = endsAsking(text) || ASKS.test(fold);
  if (asks && COUNTED.test(fold)) return 'explain';
  if (/\d/.test(fold) || asks) return null;
  if (ONE_AFTER_OTHER.test(fold)) return 'one_by_one';
  if (NOBODY_KNOWS.test(fold)) return 'unknown';
  if (NOT_NOW.test(fold)) return 'later';
  if (NOTHING_HELD.test(fold)) return 'zero';
  return AS_BEFORE.test(fold) ? 'same' : null;
}
