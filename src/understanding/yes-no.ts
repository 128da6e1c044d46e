import { decodeTelex, foldText, normalText } from '../kernel/vn-text';

/**
 * Yes and no as answers to a question that can be answered so. Only a whole message counts: «đúng rồi nhưng…» is
 * neither. A thumb is a yes here and nowhere else.
 */
const COURTESY =
  '(?:da|vang|a|nhe|nha|nhi|em|bac|chau|toi|anh|chi|co|ban|di|luon|do|day|roi|r|thoi|oi|giup|cho|voi|ho|the|het|ca|qua|lam|va|duoc|dc)';
const YES =
  '(?:dung|dung r|chinh xac|chuan|phai|ok|oke|okay|okie|oki|okela|uk|um|uh|uhm|u|yes|y|yep|co|duoc|dc|dong y|nhat tri|xac nhan|gui|send|vang|vg|da|a|the|chot|chac chan|chac|ghi di|ghi nhan|ro|dung het|dung ca|dung vay|dung the|dung do|chuan roi|dung la vay|dung la the|hoan toan dung|uk dung)';
const NO =
  '(?:khong|ko|k|kg|kh|khg|hok|no|nope|sai|nham|khong phai|ko phai|k phai|chua dung|khong dung|ko dung|k dung|chua phai|chua|khong dong y|ko dong y|khong duoc|nham roi|ghi nham|sai roi|sai bet|khong co|khoan|khoan da|khong gui|chua gui|huy)';

const WHOLE_YES = new RegExp(`^(?:${COURTESY} )*${YES}(?: (?:${COURTESY}|${YES}))*$`);
const WHOLE_NO = new RegExp(`^(?:${COURTESY} )*${NO}(?: (?:${COURTESY}|${NO}))*$`);
/** Signs of a yes; skin tones stand behind a hand. */
const THUMB = /^(?:\s|\u{1f44d}|\u{1f44c}|\u{1f197}|\u{2705}|\u{2714}|\u{2611}|\p{Emoji_Modifier})+$/u;

/** The answer, or null when the message is not just a yes or a no. */
export function yesNo(text: string): 'yes' | 'no' | null {
  if (/^\s*(?:\u{1f44e}|\u{274c}|\u{2716})+\s*$/u.test(normalText(text))) return 'no';
  if (normalText(text).trim() !== '' && THUMB.test(normalText(text))) return 'yes';
  const read = (typed: string): 'yes' | 'no' | null => {
    if (/\?\s*$/.test(typed)) return null;
    const fold = foldText(typed.replace(/[^\p{L}\p{M}\d\s]/gu, ' '));
    const marked = typed.normalize('NFC').toLowerCase();
    // One word without marks: «đừng gửi» and «đúng, gửi»; «tối gửi» and «tôi gửi». Marks decide, without them nobody can.
    if (/^(?:đừng|chớ) (?:gửi|nộp|chốt)/.test(marked)) return 'no';
    if (/đừng|tối/.test(marked) || /(?:^| )(?:dung|toi) (?:gui|nop|chot)/.test(marked)) return null;
    if (WHOLE_NO.test(fold)) return 'no';
    return WHOLE_YES.test(fold) ? 'yes' : null;
  };
  const decoded = decodeTelex(text);
  return read(text) ?? (decoded === null ? null : read(decoded));
}
