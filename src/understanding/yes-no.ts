import { decodeTelex, foldText, normalText } from '../kernel/vn-text';
import { senseOf, wordsOf } from './marked-words';
import { endsAsking } from './asking';
import { hasStopWord, readStop } from './stop';

/**
 * Yes and no as answers to a question that can be answered so. Only a whole message counts: «đúng rồi nhưng…» is
 * neither. Marks decide where there are any: «đúng» is a yes, «dừng» and «đừng» are none, and «dung», which may be any
 * of them, is neither. A thumb is a yes here and nowhere else.
 */
const COURTESY =
  '(?:da|vang|thi|o|a|ah|nhe|nha|nhi|em|e|bac|chau|toi|anh|chi|c|co|ban|di|luon|do|day|roi|r|thoi|oi|giup|cho|voi|ho|the|het|ca|qua|lam|va|duoc|dc|xa|len|(?:chinh )?la (?:toi|bac|em|minh|chau))';
const YES =
  '(?:dung|dung r|chinh xac|chuan|phai|ok|oke|okay|okie|oki|okela|uk|um|uh|uhm|u|yes|y|yep|co|duoc|dc|dong y|nhat tri|xac nhan|gui|send|vang|vg|da|a|the|chot|chac chan|chac|ghi di|(?:cu )?ghi (?:tam |luon )?(?:the|vay)(?: (?:cung|la) duoc)?|cu the|cu vay|(?:the|vay|the nay|the thi)? ?cung (?:duoc|dc)(?: the)?|ghi nhan|ro|dung het|dung ca|dung vay|dung the|dung do|chuan roi|dung la vay|dung la the|hoan toan dung|uk dung)';
const NO =
  '(?:khong|ko|k|kg|kh|khg|hok|no|nope|sai|nham|khong phai|ko phai|k phai|chua dung|khong dung|ko dung|k dung|chua phai|chua|khong dong y|ko dong y|khong duoc|nham roi|ghi nham|go nham|danh nham|bam nham|ghi sai|go sai|nham phim|go nham phim|sai roi|sai bet|khong co|khoan|khoan da|khong gui|chua gui|huy|dung gui|dung ghi|dung nop|dung chot)';

const WHOLE_YES = new RegExp(`^(?:${COURTESY} )*${YES}(?: (?:${COURTESY}|${YES}))*$`);
const WHOLE_NO = new RegExp(`^(?:${COURTESY} )*${NO}(?: (?:${COURTESY}|${NO}))*$`);
/** «em gửi rồi» tells of something done and asks for nothing. */
const TOLD = /(?:^| )(?:gui|nop|send|chot) (?:\S+ )?(?:roi|r)(?: (?:a|ha|day|em|bac|nhe|nhi))*$/;
/** Signs of a yes; skin tones stand behind a hand. */
const THUMB = /^(?:\s|\u{1f44d}|\u{1f44c}|\u{1f197}|\u{2705}|\u{2714}|\u{2611}|\p{Emoji_Modifier})+$/u;

/** The answer, or null when the message is not just a yes or a no. */
export function yesNo(text: string): 'yes' | 'no' | null {
  if (/^\s*(?:\u{1f44e}|\u{274c}|\u{2716})+\s*$/u.test(normalText(text))) return 'no';
  if (normalText(text).trim() !== '' && THUMB.test(normalText(text))) return 'yes';
  const decoded = decodeTelex(text);
  return read(text) ?? (decoded === null ? null : read(decoded));
}

function read(typed: string): 'yes' | 'no' | null {
  if (/\?\s*$/.test(typed)) return null;
  const words = wordsOf(typed);
  const fold = words.map(foldText).join(' ');
  // «đừng gửi» is a no and «đúng, gửi» a yes; «dung gui» is neither, and so are «dùng» and «đụng».
  const senses = words.map((word) => senseOf(word));
  const clear = senses.every((sense) => sense !== 'unclear' && sense !== 'other');
  const denied = /(?:khong|ko|k|chua) dung/.test(fold);
  const doubtful = /(?:^| )dung (?:gui|ghi|nop|chot)/.test(fold) && !clear;
  if (WHOLE_NO.test(fold) && !doubtful && (denied || !senses.includes('yes'))) return 'no';
  if (!WHOLE_YES.test(fold) || hasStopWord(typed) || TOLD.test(fold) || endsAsking(typed)) return null;
  // «Chờ đã» is no «cho … dạ»: whoever waits agrees to nothing.
  if (readStop(typed) !== null) return null;
  // «toi gui»: who sends, or when.
  if (/(?:^| )toi (?:gui|nop|chot)/.test(fold)) return null;
  return senses.every(
    (sense, i) => sense === 'yes' || sense === null || sense === 'me' || isDung(sense, words[i]),
  )
    ? 'yes'
    : null;
}

/** «dung roi»: what is left of the word without marks is a yes, since `hasStopWord` let it pass. */
function isDung(sense: ReturnType<typeof senseOf>, word: string | undefined): boolean {
  return sense === 'unclear' && word === 'dung';
}
