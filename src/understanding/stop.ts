import { remembered } from '../kernel/remembered';
import { decodeTelex, foldText } from '../kernel/vn-text';
import { senseOf, wordsOf } from './marked-words';

/**
 * Words that stop: «dừng», «đừng», «thôi», «khoan», «hủy», «chưa gửi». Whoever says one wants nothing done, so no such
 * message sends, stores, confirms or consents; holding is always safe.
 */
export type Stop =
  /** Nothing more is to be written to the person unasked: «không nhắn tin nữa». */
  | 'messages'
  /** The work is to be given up: «hủy», «thôi không làm nữa». */
  | 'cancel'
  /** Not now, not yet: «khoan đã», «chưa gửi vội», «đừng gửi», «dừng». */
  | 'hold'
  /** «dung gui», «gửi thôi»: a stop or its opposite; to be asked about. */
  | 'unclear';

/** «Hủy», «thôi ạ», without marks and alone: the question that was just asked is given up. */
export const CANCELS = /^(?:huy|bo|thoi)(?: di| nhe| a)?$/;

const STOPS = new Set(
  'dung ngung hoan khoan thoi chua khong ko k kg kh hok huy bo xoa thoat tam khoi rut'.split(' '),
);
/** One of these or of the stops is in all that is read here. */
const WAITS = new Set('de hoi xem dem cho doi giu khoan tu thong guom thu cham hay chua'.split(' '));
const GIVING_UP = new Set('huy bo xoa thoat'.split(' '));
const DENYING = new Set('khong ko k kg kh hok chua khoi'.split(' '));
const ACTS = new Set('gui nop bao cao bc chot len xa lam nhap ghi so lieu vao viet dien'.split(' '));
const MESSAGES = new Set('nhan tin nhac thong bao phien'.split(' '));
const AROUND = new Set(
  'nghi dau da vang a ah nhe nha nhi em e bac chau toi anh chi co c ban oi di da day do the vay lai ngay luon cai nay nua roi r voi voi het tat ca viec ca giup ho cho minh t tu muon con den duoc dc tron u uh um ma ok oke'.split(
    ' ',
  ),
);

/** What a short message of stopping wants; null when it says more than that, or nothing of the kind. */
export const readStop = remembered(stopIn, 50);

function stopIn(text: string): Stop | null {
  const decoded = decodeTelex(text);
  return read(text) ?? (decoded === null ? null : read(decoded));
}

/**
 * Putting off in more words than a stop has: «để tôi xem lại đã», «chờ tí», «từ từ đã», «hỏi ông Ba đã», «cứ để đấy».
 * «Chờ tôi gửi ảnh» goes on with something else and is none.
 */
const WAITING =
  /^(?:(?:da|vang|chau|con|khoan gui|khoan nop|chua gui|khoan|thoi|u|em|the|cu|ok|tu tu|guom) )*(?:(?:de|hoi|xem|dem|cho|doi|giu)(?: .{1,44})? da|(?:cho|doi)(?: (?:toi|em|bac|mot|1|chau|minh|chi|anh))*(?: (?:ti|ty|chut|lat|xiu|da|voi))+|khoan(?: gui| nop| ghi| da)? (?:de |cho )?(?:toi |bac |em )?(?:hoi|xem|coi|dem|kiem tra|goi|tinh|nghi|do)(?: .{1,28})?|(?:tu tu|thong tha|guom|thu thu|khoan khoan)(?: da)?|(?:tu tu|thong tha|khoan|cham cham)(?: roi| hay)* (?:gui|nop)(?: (?:cung|van) (?:duoc|kip))?|(?:cu )?(?:de|giu) (?:day|do|yen|lai|nguyen day)(?: da)?)(?: (?:a|nhe|nha|em|chau|bac|di|da))*$/;

/** «Đừng vội gửi, để tôi xem»: why it is to wait. */
const TO_LOOK =
  /[\s,]+(?:để|de)\s+(?:tôi|toi|bác|bac|em|mình|minh)\s+(?:xem|hỏi|hoi|tính|tinh|đếm|dem|kiểm tra|kiem tra|nghĩ|nghi)(?:\s+(?:lại|lai|thêm|them))?$/iu;

/** «Đừng gửi vội, còn thiếu»: what is to wait, and why. */
const WITH_REASON =
  /^((?:đừng|khoan|chưa)(?: có| hãy)?(?: vội)? (?:gửi|nộp|ghi)(?: vội| đã| nhé)*)[\s,]+(?:còn|vì|do|đang|thiếu|sai|nhầm|chưa)(?!\p{L}).*$/iu;

/** «Chưa gửi vội, tôi hỏi lại bà Lan»: what is done first, in whatever words. */
const FIRST_SOMETHING =
  /^(?:(?:da|vang|thoi|a|em|chau) )*(?:khoan|chua|dung voi|gui dung voi|hay khoan)(?: (?:hay|co|voi|da|gui|nop|chot|bao|vang|nhe|em|chau|len|xa))* (?:de |cho |con |phai )?(?:toi|bac|em|minh|chau) (?:con |phai |can |se |di |dang )*(?:hoi|xem|coi|dem|goi|kiem tra|tinh|do|nghi|sua|bo sung|them)(?: [a-z]+){0,6}$/;

/** «Đúng hết rồi gửi thôi»: whether it is to be sent or left is asked. */
const SENT_OR_LEFT =
  /^(?:(?:da|vang|u|ok|oke|the|dung|chuan|chinh xac|duoc|dc|xong|het|ca|roi|r|thi|day|do)[ ,]*)*(?:gui|nop) (?:di |luon )?thoi(?: (?:a|nhe|em|chau|bac))*$/;

/** «Dung roi em», without marks: nobody stops so. «Dung het» may be «dừng hết», and is asked about. */
const RIGHT_SAID =
  /^(?:(?:da|vang|u|uh|ok|the|a) )*dung (?:roi|r|rui|chuan|het roi|ca roi)(?: (?:a|nhe|em|e|bac|chau|do|day))*$/;

function read(text: string): Stop | null {
  if (/\d|\?\s*$/.test(text)) return null;
  const words = wordsOf(text.replace(TO_LOOK, '').replace(WITH_REASON, '$1'));
  const folds = words.map(foldText);
  if (!folds.some((fold) => STOPS.has(fold) || WAITS.has(fold))) return null;
  const line = folds.join(' ');
  if (WAITING.test(line) && !words.includes('đá')) return 'hold';
  if (FIRST_SOMETHING.test(line) && !words.includes('chữa')) return 'hold';
  if (RIGHT_SAID.test(words.join(' '))) return null;
  if (SENT_OR_LEFT.test(line)) return 'unclear';
  const stops = words.map(stopOf);
  const plain = (fold: string, i: number): boolean =>
    stops[i] !== null || ACTS.has(fold) || MESSAGES.has(fold) || AROUND.has(fold);
  if (!stops.some((stop) => stop !== null) || !folds.every(plain)) return null;
  const has = (set: ReadonlySet<string>): boolean =>
    folds.some((fold, i) => stops[i] !== null && set.has(fold));
  const acts = folds.some((fold) => ACTS.has(fold));
  // «Gửi ảnh được không»: a question, and «ảnh» is no «anh».
  if (words.includes('ảnh') || /(?:duoc|dc) (?:khong|ko|k)$/.test(line)) return null;
  // «gửi chưa», «được chưa»: a question.
  if (folds.length > 1 && /^chua$/.test(folds.at(-1) ?? '') && !DENYING.has(folds.at(-2) ?? '')) return null;
  if (folds.some((fold, i) => /^(?:tin|nhac|phien)$/.test(fold) || (fold === 'nhan' && i > 0)))
    return stops.includes('sure') ? 'messages' : 'unclear';
  if (has(GIVING_UP)) return 'cancel';
  const denied = has(DENYING);
  // «chưa có», «không có số» speak of the figure.
  if (denied && folds.includes('co')) return null;
  // «Không làm được» asks for help.
  if (/(?:^| )(?:(?:khong|ko|k|kg) lam|lam (?:khong|ko|k|kg)) (?:duoc|dc)(?: |$)/.test(line)) return null;
  if (denied && (folds.includes('lam') || (folds.includes('bao') && folds.includes('nua')))) return 'cancel';
  const wishes = folds.filter((fold, i) => stops[i] !== null && !DENYING.has(fold));
  if (wishes.length === 0)
    return denied && folds.some((fold) => /^(?:gui|nop|chot)$/.test(fold)) ? 'hold' : null;
  if (denied) return 'hold';
  if (wishes.every((fold) => fold === 'dung') && !stops.includes('sure')) return 'unclear';
  return wishes.every((fold) => fold === 'thoi') && acts ? 'unclear' : 'hold';
}

/** `sure`: a stop by its marks, or one that nothing else is spelt like; `perhaps`: it has two readings. */
function stopOf(word: string): 'sure' | 'perhaps' | null {
  if (senseOf(word) === 'yes' || !STOPS.has(foldText(word))) return null;
  const sense = senseOf(word);
  if (sense === 'stop' || sense === 'not_yet' || sense === null) return 'sure';
  // «dùng», «đụng» are mostly slips of «đúng» or «dừng».
  return sense === 'unclear' || foldText(word) === 'dung' ? 'perhaps' : null;
}

/** A figure, in digits or words. */
const FIGURE = /\d|(?:^| )(?:mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|chuc|tram|lam|ruoi)(?: |$)/;

/** «dung roi», «dung het roi»: without marks, and yet nobody stops anything so. */
const SURELY_RIGHT = /^dung (?:het |ca )?(?:roi|r|rui|chuan)(?![a-z])/;

/**
 * Whether any word of the message stops, or may: such a message is never a yes. «chưa» is left to its own readers.
 * A «thôi» directly behind a figure («408 thôi») only means «no more than that».
 */
export function hasStopWord(text: string): boolean {
  const words = wordsOf(text);
  return words.some((word, i) => {
    const sense = senseOf(word);
    const fold = foldText(word);
    if (
      fold === 'thoi' &&
      FIGURE.test(
        words
          .slice(Math.max(0, i - 2), i)
          .map(foldText)
          .join(' '),
      )
    )
      return false;
    if (sense === 'stop') return fold !== 'tam';
    if (sense !== 'unclear') return false;
    // «112 mới đúng»: nobody has just stopped.
    if (fold === 'dung' && foldText(words[i - 1] ?? '') === 'moi') return false;
    if (fold === 'dung') return !SURELY_RIGHT.test(foldText(words.slice(i).join(' ')));
    return fold === 'thoi' || fold === 'khoan' || fold === 'huy';
  });
}

/** «Khoan đã, số 3 là 112»: who holds in order to correct has said what comes next. */
const HOLD_FIRST =
  /^(?:(?:oi|o|a|ay|chet|em|bac) )*(?:khoan|doi|cho|tu tu|guom)(?: (?:da|chut|ti|mot chut|mot ti|khoan|nao|em))*(?:\s*[,;.:!-]+\s*| (?=(?:so|cau|muc|nham|sua) ))/;

/** The text without the hold it begins with. */
export function withoutHold(typed: string): string {
  const fold = foldText(typed);
  return fold.length === typed.length ? typed.slice(HOLD_FIRST.exec(fold)?.[0].length ?? 0) : typed;
}
