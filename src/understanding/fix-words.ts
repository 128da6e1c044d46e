import { foldText } from '../kernel/vn-text';
import type { Intent } from './intent';

/** «Sửa 3 thành 120», «câu 3 = 120»: what is to be changed, and to what. */

const VALUE = '(?:=|:|->|→|(?:thành|thanh|là|la|bằng|bang)(?!\\p{L}))\\s*';
const FIX_NUMBER = new RegExp(
  `^(?:sửa|sua|chữa|đổi|doi|chỉnh|chinh|fix|edit|change)(?:\\s+(?:lại|lai|giúp|giup|cho|số|so|câu|cau|mục|muc|ý|y))*\\s*([1-9])(?:\\s*(?:${VALUE}|to\\s+|\\s(?=\\d))(.+))?$`,
  'iu',
);
const FIX_WORDS = new RegExp(
  `^(?:sửa|sua|chữa|chỉnh|chinh|sửa lại|sua lai|fix|edit|change)\\s+(?:lại\\s+|lai\\s+)?([\\p{L}\\p{M}][^=:]{1,50}?)(?:\\s*(?:${VALUE}|\\s+to\\s+)(.*\\d.*))?$`,
  'iu',
);
const ASSIGN = /^(?:(?:câu|cau|mục|muc|số|so)\s*)?([1-9])\s*=\s*(\S.*)$/iu;

/** «Sửa câu 2 hộ tôi», «sửa lại hộ: buổi 6»: a courtesy, where no figure of households is meant. */
const FOR_ME =
  /\s+(?:hộ|ho|giúp|giup|giùm|gium)\s+(?:tôi|toi|bác|bac|em|mình|minh|cháu|chau|với|voi|cái|cai)$/iu;
const FOR_ME_FIRST =
  /^((?:sửa|sua|chữa|chỉnh|chinh)(?:\s+(?:lại|lai))?)\s+(?:hộ|ho|giúp|giup|giùm|gium)(?:\s+(?:tôi|toi|bác|bac|em|mình|minh|cháu|chau))?(?:\s*[:,]\s*(?=\p{L})|\s+(?=(?:cho|số|so|câu|cau|mục|muc)\s))/iu;

/** «Sửa lại buổi 6» of «sửa lại hộ: buổi 6». */
export function withoutForMe(typed: string): string {
  return typed.replace(FOR_ME_FIRST, '$1 ');
}

/** One of these is in every such message, and in few others. */
const FIXES = /sua|chua|doi|chinh|fix|edit|change|=/;

export function readFix(typed: string): Intent | null {
  if (!FIXES.test(foldText(typed))) return null;
  const bare = withoutForMe(typed)
    .replace(/^(?:(?:dạ|da|em|bác|bac|cho|tôi|toi|xin|muốn|muon)\s+)+/iu, '')
    .replace(/[\s.!]+(?:ạ|a|nhé|nhe|em|với|voi|giúp|giup)?[.!]*$/iu, '')
    .replace(FOR_ME, '')
    .trim();
  if (
    /^(?:sửa|sua|sửa lại|sua lai|sửa số liệu|sua so lieu|sửa báo cáo|sua bao cao|chỉnh sửa|chinh sua|edit|fix)$/iu.test(
      bare,
    )
  )
    return { kind: 'fix', target: '', rest: null };
  const numbered = FIX_NUMBER.exec(bare) ?? ASSIGN.exec(bare);
  // Two assignments in one message are a line of figures, not one correction.
  if (numbered)
    return /[1-9]\s*=/.test(numbered[2] ?? '')
      ? null
      : { kind: 'fix', target: numbered[1] ?? '', rest: numbered[2]?.trim() || null };
  const worded = FIX_WORDS.exec(bare);
  const target = worded?.[1]?.trim() ?? '';
  if (
    !worded ||
    /^(?:xac|giup|giùm|gium|thanh|lai|la|cho|dien thoai|may|xe)\b|\b(?:password|passcode|phone|vneid|card)\b/.test(
      foldText(target),
    ) ||
    target.split(/\s+/).length > 7
  )
    return null;
  return /\d/.test(target) && !/^(?:mức|muc)/i.test(target)
    ? null
    : { kind: 'fix', target, rest: worded[2]?.trim() || null };
}
