/**
 * «Cháu gái tôi ghi 118», «ông Tám đếm được 96»: somebody else counted; what they found is the answer, and their name is
 * no number.
 */
const KIN =
  '(?:ông|ong|bà|ba|cô|co|chú|chu|anh|chị|chi|bác|bac|dì|di|cậu|cau|thím|thim|thầy|thay|con|cháu|chau|vợ|vo|chồng|chong|em|thằng|đứa)';
const OF_ME =
  '(?:\\s+(?:gái|gai|trai|dâu|dau|rể|re|nội|noi|ngoại|ngoai|nhà|nha|tôi|toi|bác|bac|em|mình|minh|trưởng ban|bí thư|phó thôn|pho thon|bi thu))*';
const COUNTED =
  '(?:đếm|dem|ghi|tính|tinh|cộng|cong|thống kê|thong ke|nhẩm|nham|báo|bao|bảo|nói|noi)(?:\\s+(?:được|duoc|dc|ra|là|la|lại|lai|có|co))*';
const COUNTER = new RegExp(
  `^((?:dạ|da|vâng|vang|à|thì|thi)\\s+)*${KIN}${OF_ME}(?:\\s+\\p{Lu}\\p{L}{0,6}){0,2}\\s+${COUNTED}\\s+(?=\\d)`,
  'u',
);

/** The text without who counted, where a figure in digits follows. */
export function withoutCounter(typed: string): string {
  const begun = `${typed.charAt(0).toLowerCase()}${typed.slice(1)}`;
  return COUNTER.test(begun) ? begun.replace(COUNTER, 'ghi ') : typed;
}
