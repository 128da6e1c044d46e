import { decodeTelex, foldText } from '../kernel/vn-text';

/** What people want beside the number while a question or a screen is open. */
export type Act =
  /** «Lượt là sao», «câu này là gì»: what the question means. */
  | { readonly kind: 'explain' }
  /** «Không biết», «chịu», «bỏ qua câu này»: there is no figure. */
  | { readonly kind: 'unknown' }
  /** «Từng câu», «không đúng» to last month's figures: one question at a time. */
  | { readonly kind: 'one_by_one' }
  /** «Gửi chưa», «đúng chưa», «gửi cho ai»: a question back, which sends nothing. */
  | { readonly kind: 'asks_sending' }
  /** «Số 3 sai», «ok sửa 3»: the figure of that place is to be given again. */
  | { readonly kind: 'wrong'; readonly number: number };

const COURTESY =
  /^(?:(?:da|vang|ok|oke|the|thi|u|em|e|bac|chau|toi|anh|chi|oi|minh) )+|(?: (?:a|ah|nhe|nha|di|em|e|bac|chau|anh|chi|oi|voi|roi|r|vay|the|ha|hay sao|day|luon))+$/g;
const SUBJECT =
  '(?:cau nay|cai nay|muc nay|luot|buoi|buoi hoc|ho|ho tro|ho tro ho|ky nang so|nguoi lon|so nay|kns|tan nha)';
const EXPLAIN = [
  new RegExp(
    `^(?:${SUBJECT} )+(?:nay )?(?:la|tinh|nghia|co nghia)(?: la)? (?:gi|sao|the nao|ntn|nhu the nao|kieu gi)(?: .{0,20})?$`,
  ),
  /^(?:the nao|nhu the nao|sao) (?:la|moi la|goi la|moi goi la) .{2,40}$/,
  /^(?:luot|nguoi|buoi|ho|lop) hay (?:la )?(?:luot|nguoi|buoi|ho|lop)$/,
  /^tinh (?:ca )?(?:nguoi |ho |tre )?(?:tu|ca|den|bao nhieu)? ?(?:\d{1,2}|may|bao nhieu) tuoi(?: .{0,20})?$/,
  /^(?:giai thich|khong hieu|ko hieu|k hieu|chua hieu|hoi gi|y la gi|hoi cai gi)(?: .{0,30})?$/,
];
const UNKNOWN =
  /^(?:(?:khong|ko|k|kg|chang|cha|chua) (?:biet|nho|ro|nam|nam duoc|nam ro)(?: (?:so|duoc|ro|la bao nhieu|bao nhieu|con so))*|chiu|chiu thoi|chiu roi|quen mat|quen roi|quen|bo qua|bo qua (?:cau|muc|cai) nay|(?:cau|muc|cai) nay (?:bo qua|de trong|bo trong)|de trong|bo trong)$/;
const ONE_BY_ONE =
  /^(?:(?:hoi|tra loi|bao|lam|nhap|ghi|di)? ?tung (?:cau|muc|so|cai)(?: mot)?|khong dung|ko dung|k dung|chua dung|sai|sai roi|sai het|khac|khac roi|(?:do|day|cai nay) la so (?:cua )?thang truoc(?: ma)?|so (?:cua )?thang truoc ma)$/;
const ASKS_SENDING =
  /^(?:(?:da |bao cao )?(?:gui|nop)(?: di)?(?: duoc)? (?:chua|cho ai|di dau|luc nao|khi nao|hay khong|khong|ko|duoc khong)|(?:dung|duoc|ok|oke|xong|on) (?:chua|khong|ko|k|khong nhi)|co (?:dung|gui|duoc) khong|gui thi sao|gui roi ai xem|ai xem)$/;
const WRONG =
  /^(?:so|cau|muc|cai)? ?([1-9]) (?:sai|nham|chua dung|khong dung|ko dung|bi sai|bi nham)$|^(?:sua|doi)(?: lai)?(?: so| cau| muc)? ([1-9])$/;

/** Reads a whole message as such an act; null when it is none. Marks do not matter: none of these sends or stores a value. */
export function readAct(text: string): Act | null {
  const decoded = decodeTelex(text);
  return read(text) ?? (decoded === null ? null : read(decoded));
}

function read(text: string): Act | null {
  if (text.length > 80) return null;
  const whole = foldText(text.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
  for (const fold of new Set([whole, whole.replace(COURTESY, '').trim()])) {
    if (EXPLAIN.some((pattern) => pattern.test(fold))) return { kind: 'explain' };
    if (UNKNOWN.test(fold)) return { kind: 'unknown' };
    if (ASKS_SENDING.test(fold)) return { kind: 'asks_sending' };
    if (ONE_BY_ONE.test(fold)) return { kind: 'one_by_one' };
    const wrong = WRONG.exec(fold);
    if (wrong) return { kind: 'wrong', number: Number(wrong[1] ?? wrong[2]) };
  }
  return null;
}
