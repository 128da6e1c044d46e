import { foldText, normalText } from '../kernel/vn-text';

/**
 * Whether a message is visibly unfinished, so that the next one within seconds belongs to it. People type a report in
 * three messages: «thôn tôi», «tháng này mở», «5 buổi». A lone number is not judged here.
 */
const OPENER =
  /^(?:(?:da|vang|alo|em|bac|chau|toi|minh|con|anh|chi|thua|chao) ?)*(?:(?:thon|xom|khu|to dan pho|tdp|lang|ben|cho)(?: (?:toi|em|minh|chau|con|nha|ta))?|(?:em|bac|toi|chau|minh)? ?(?:xin )?(?:bao|bao cao|gui|nop)(?: (?:nhe|nha|a|so lieu|so|voi em|voi bac))*|thang (?:nay|\d{1,2})|trong thang(?: nay)?|tuan nay|so lieu(?: thang \d{1,2}| thang nay)?|cho (?:toi|em|bac|minh)(?: hoi)?(?: cai| chut| ti)?|(?:toi|em|bac) (?:muon )?hoi(?: cai| chut| ti)?)(?: (?:thi|la|co|nhe|nha|a|voi|nay|thang nay))*$/;
const OPEN_END =
  /(?:^| )(?:la|va|hoac|hay|thi|vi|nhung|voi|cua|cho|tai|gom|mo|hoc duoc|duoc tong|con|khoang|tam|hon|gan|tong|so|nhu sau|cac|nhung|de)$/;
/** The same words as they are written: «hồ sơ», «giờ sợ», «người lạ», «cho con» end, and «số», «là», «còn» go on. */
const OPEN_END_MARKED =
  /(?:^| )(?:là|và|hoặc|hay|thì|vì|nhưng|với|của|cho|tại|gồm|mở|học được|được tổng|còn|khoảng|tầm|tạm|hơn|gần|tổng|số|như sau|các|những|để)$/u;
/** What these words end: «chữ ký số», «bao giờ mở», «chỉ tôi với», «6 số». */
const ENDED =
  /(?:^| )(?:(?:chu ky|ky nang|ki nang|chung thu|hoc vu|ho|cong dan|ky|chuyen doi|thoi|may|lop|\d|sau|pho cap) so|(?:tu|chua|cua|bao gio|luc nao|khi nao|khong|van|sap|moi) mo|(?:cho|cua|hai|dua|be|me) con|(?:\S+ ){2,}voi|(?:nguoi|link|app|so|may|web|trang) la|ton tai|chu so|(?:cao|nhanh|tot|de|kho|doan|it|nhieu|lon|be) hon)$/;
/** Words that are whole messages although a sentence could go on behind them. */
const WHOLE =
  /^(?:bao cao|bc|bao|gui|nop|nop bc|nop bao cao|gui bao cao|de|con|thi|voi|cho|so|hay|tam|hon|mo)$/;

export function isFragment(text: string): boolean {
  const typed = normalText(text).trim();
  if (typed === '' || /^[\d\s.,]*$/.test(typed)) return false;
  if (/[,:;+=-]$|(?:\.\.\.|…)$/.test(typed) && /\p{L}/u.test(typed)) return true;
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
  if (WHOLE.test(fold)) return false;
  if (/[?!]$/.test(typed)) return false;
  if (OPENER.test(fold)) return true;
  const lower = typed
    .toLowerCase()
    .replace(/[^\p{L}\p{M}\d\s]/gu, ' ')
    .trim();
  return (
    (lower === fold ? OPEN_END : OPEN_END_MARKED).test(lower) &&
    !ENDED.test(fold) &&
    fold.split(' ').length >= 2 &&
    !/(?:^| )(?:xong|gi|nao|dau|sao|bao nhieu|ai)(?: |$)/.test(fold.replace(/ (?:hay|la)$/, ''))
  );
}
