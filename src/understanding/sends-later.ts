import { foldText, unifyTones } from '../kernel/vn-text';
import { endsAsking } from './asking';
import { wordsOf } from './marked-words';

/** When it is to be done: «tối», «chiều», «thứ 2», «sáng mai». «Toi» without its mark is «tôi» as often. */
const AT_A_TIME =
  /(?<!\p{L})(?:tối(?: nay| mai)?|toi (?:nay|mai)|chiều(?: nay| mai)?|chieu(?: nay| mai)?|trưa(?: nay| mai)?|trua(?: nay| mai)?|sáng mai|sang mai|sáng|ngày mai|ngay mai|mai|ngày kia|ngay kia|hôm sau|hom sau|lát(?: nữa)?|lat nua|tí nữa|ti nua|chút nữa|thứ (?:[2-7]|hai|ba|tư|năm|sáu|bảy)|thu [2-7]|t[2-7]|chủ nhật|chu nhat|cn|lúc khác|luc khac|hôm khác|hom khac|sau)(?!\p{L})/gu;
const DOING = new Set(
  'gui nop bao lam nhap ghi nhan hoi dem tinh bc cao hang moi se thi toi em bac chau minh de cho xong lai nhe a nha em con roi da vang u day ve ranh duyet duoc cai di xa luc vao gio h'.split(
    ' ',
  ),
);

/** «Tối gửi», «thứ 2 tôi nộp», «mai hẵng gửi», «gửi lúc 8 giờ tối»: nothing now. With another word it may be about something else. */
export function sendsLater(typed: string): boolean {
  const [, head = '', tail = typed] = WITH_REASON.exec(typed) ?? [];
  return head.length <= 40 && sendsThen(tail);
}

/** «Sổ để ở nhà, tối tôi báo»: why, and when. */
const WITH_REASON = /^([^\d?]+)[,;.]\s*([^,;.]+)[.!]*$/u;

function sendsThen(typed: string): boolean {
  const lower = unifyTones(typed.toLowerCase());
  if (/\?\s*$/.test(typed) || !/(?:gửi|gui|nộp|nop|báo|bao|làm|lam|nhắn|nhan|duyệt|duyet)/.test(lower))
    return false;
  const rest = lower
    .replace(/(?:lúc|luc|vào|vao)? ?\d{1,2} ?(?:h|giờ|gio)(?!\p{L})\d{0,2}/gu, ' ')
    .replace(AT_A_TIME, ' ');
  if (rest === lower || /\d/.test(rest)) return false;
  return !endsAsking(typed) && wordsOf(rest).every((word) => DOING.has(foldText(word)));
}
