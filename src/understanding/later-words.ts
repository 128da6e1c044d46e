import { endsAsking } from './asking';
import { isMarked, wordsOf } from './marked-words';
import { foldText } from '../kernel/vn-text';

/** «Đang bận, tí nữa làm»: that it is for later, and nothing else. */

const BUSY = new Set(
  'dang con qua lam do tay ban viec chua rang ranh khong ti nua lat chut mot hom toi nay mai chieu trua ngay sau khi luc khac nao de thi a nhe em e bac toi da di da tu se ve bao gui nop nhap cho doi minh'.split(
    ' ',
  ),
);
const WHEN =
  /(?<![a-z])(?:ti nua|lat nua|lat|chut nua|mot lat|mot chut|de sau|de mai|mai|chieu nay|toi nay|hom sau|luc khac|khi khac|khi nao ranh|dang ban|ban qua|ban lam|ban viec)(?![a-z])/;

/** «Tôi bận thu hoạch khoai, để cuối tuần». */
const BUSY_THEN =
  /^(?:(?:toi|bac|em|minh|chau|thon|nha|dang) )*ban (?:\S+ ){0,5}de (?:cuoi tuan|dau tuan|chu nhat|mai|hom khac|hom sau|tuan sau|thu (?:hai|ba|tu|nam|sau|bay)|chieu|toi mai)(?: (?:nhe|a|em|chau|lam|bao|toi|bac))*$/;

/** «Thứ bảy tôi mới làm được»: when it will be. */
const NOT_BEFORE =
  /^(?:(?:da|vang|chac|co le|phai|den|de|thi) )*(?:thu (?:hai|ba|tu|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn|ngay mai|mai|ngay kia|cuoi tuan|dau tuan(?: sau)?|toi nay|toi mai|chieu mai|chieu nay|sang mai|hom sau|tuan sau)(?: tuan (?:nay|sau))? (?:thi )?(?:toi |bac |em |minh |thon )?(?:thi )?(?:moi|se) (?:lam|bao|nop|gui|nhap|ranh|co so|dem|xong|ve)(?: (?:duoc|dc|xong|bao cao|nha|cho|em|chau|a|nhe|so))*$/;

/** «Đang bận, tí nữa làm»: nothing but that it is for later. With another word it may be about something else. */
export function putsOff(typed: string): boolean {
  if (NOT_BEFORE.test(foldText(typed.replace(/[^\p{L}\p{M}\d\s]/gu, ' ')))) return true;
  if (/\d|\?\s*$/.test(typed)) return false;
  const words = wordsOf(typed);
  const fold = words.map(foldText).join(' ');
  if (BUSY_THEN.test(fold)) return true;
  return words.length <= 10 && WHEN.test(fold) && words.every((word) => BUSY.has(foldText(word)));
}

const WHO = '(?:toi|bac|em|minh|chau|con|ong|ba)';
const TIME = `(?:(?:toi|chieu|trua|sang) (?:nay|mai)|chieu|trua|toi(?= ${WHO} )|ngay mai|mai|ngay kia|hom sau|ngay mai|lat nua|ti nua|chut nua|choc nua|dau tuan|cuoi tuan|khi nao ranh|luc nao ranh|xong viec|xong dam|luc ranh|luc khac)`;
/** «…, tối tôi báo», «mai về nhà bác làm nốt»: it ends with when it will be done. */
const PROMISE = new RegExp(
  `(?:^| )${TIME}(?: (?:nay|thi|se|roi|moi|hang|ve|ve nha|ranh|xong|di|len|ra|qua|sang|${WHO}))* (?:bao|nop|gui|nhap|lam|xem|dem|hoi|nhan|tra loi|ghi|bo sung|tinh|kiem tra)(?: \\S+){0,6}$`,
);
/** «Máy sắp hết pin, tí nữa nhé»: it ends with when. */
const THEN =
  /(?:^| )(?:(?:tinh|noi|bao|lam|goi|nhan) (?:lai )?sau|ti nua|lat nua|chut nua|choc nua|de sau|de mai|de hom khac|sang mai|hom khac|luc khac|khi khac|de cuoi tuan|(?:thi |de )?mai (?=nhe|vay|thi))(?: ?(?:nhe|a|em|chau|vay|cho|thi|xong|nha|ha))*$/;
/** «Gọi lại sau đi, đang ăn cơm». */
const AFTERWARDS =
  /(?:^| )(?:goi|nhan|bao|lam|hoi) (?:lai )?sau(?: (?:di|nhe|a|em|chau))*(?: (?:toi |bac )?dang .*)?$/;
/** «Để bác về xem sổ đã rồi báo». */
const FIRST_TO =
  /(?:^| )de (?:khi nao|luc nao|hom nao|bao gio|luc khac) (?:\S+ ){0,8}\S+$|(?:^| )de (?:toi|bac|em|minh|chau) (?:\S+ ){1,6}(?:roi|xong|da) (?:\S+ ){0,2}(?:bao|nhan|gui|noi|tra loi|nop)(?: \S+){0,3}$/;
/** «Câu này để sau» leaves out one question, not the report. */
const ONE_QUESTION = /(?:^| )(?:cau|muc|cai) nay (?:de )?(?:sau|lat|tinh sau|noi sau)/;
/** «Đang ngoài đồng», «đang đi đám cưới»: busy with something else than the figures. */
const BUSY_NOW =
  /^(?:(?:da|a|vang|oi|toi|bac|em|minh|chau|con|van|co|bay gio|gio|luc nay|hom nay) )*dang (?!(?:dem|tong hop|tinh|hoi|hoc|mo|day|ghi|nhap|bao|gui|xem|doc|co|duoc|nhieu|it|dong|khong|o muc)(?: |$)).{2,30}$/;
/** «8 giờ tối nhắc tôi». */
const REMINDED =
  /^(?:(?:da|thi|de|em|chau) )*(?:nhac (?:lai )?(?:toi|bac|em|minh) )?(?:luc |vao )?\d{1,2} ?(?:h|gio)(?: ?\d{1,2})?(?: (?:sang|trua|chieu|toi))?(?: (?:nay|mai))?(?: nhac (?:lai )?(?:toi|bac|em|minh))?(?: (?:nhe|a|em|chau))*$/;
/** «Tôi đang dở tay, cho 10 phút». */
const SOME_MINUTES =
  /^(?:[a-z]+ ){0,6}(?:cho|doi|xin|de)(?: (?:toi|bac|em|minh|chau|xin|them))* (?:\d{1,2}|may|vai|it|nam|muoi|mot luc|hai muoi) ?(?:phut|p|tieng)(?: (?:nua|nhe|a|em|chau|da|roi|lam|bao|nop))*$/;
const FIGURES =
  /\d|(?:^| )(?:mot|hai|bon|nam|sau|bay|tam|chin|muoi|chuc|tram|nghin|ruoi) (?:nguoi|ng|buoi|luot|ho|nha|lop)(?: |$)|(?:^| )(?:muoi|chuc|tram|nghin)(?: |$)/;
const LONGEST = 80;

/**
 * «Sổ để ở nhà, tối tôi báo», «đang ngoài đồng»: an open question is put off, for whatever reason. Marks decide where
 * there are any: «tôi báo» is no «tối báo». Nothing with a figure in it, nor what asks.
 */
export function putsOffQuestion(typed: string): boolean {
  const words = wordsOf(typed);
  const fold = words.map(foldText).join(' ');
  if (SOME_MINUTES.test(fold) && typed.length <= LONGEST && !endsAsking(typed)) return true;
  if (REMINDED.test(fold) && /(?:^| )nhac /.test(fold)) return true;
  if (typed.length > LONGEST || FIGURES.test(fold) || endsAsking(typed)) return false;
  const last = PROMISE.exec(fold)?.[0].trim() ?? '';
  if (last.startsWith('toi ')) return words.includes('tối') || !words.some(isMarked);
  if (ONE_QUESTION.test(fold)) return false;
  return (
    last !== '' || FIRST_TO.test(fold) || AFTERWARDS.test(fold) || THEN.test(fold) || BUSY_NOW.test(fold)
  );
}
