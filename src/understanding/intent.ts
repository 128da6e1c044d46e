import { remembered } from '../kernel/remembered';
import { promisesLater } from './number';
import { asksIfScam } from './asked';
import { senseOf, wordsOf } from './marked-words';
import { endsAsking } from './asking';
import { sendsLater } from './sends-later';
import { hasStopWord, readStop } from './stop';
import { decodeTelex, foldText, normalText } from '../kernel/vn-text';
import { spelt } from './spelling';
import { readTotal } from './total-asked';
import { readVillageAsked } from './village-asked';
import { readFix } from './fix-words';
import { forms, readReport } from './report-asked';
import { identity } from './identity-words';
import { languageAsked } from './language';
import { putsOff } from './later-words';

/**
 * What a screen of the report reads itself, and commands that take something out of the words (a place, a month, a
 * number), with marks or without, short or polite. Only a message that is the command counts: a question («vneid quên
 * mật khẩu»), an answer («5», «đúng rồi») or a figure is never one. A dialog asks this after its own expectations, so a
 * word here never takes an answer away. Every other command is known by the ways people say it (`likeness.ts`).
 */
export type Intent =
  /** `rest`: what was typed behind the command, «418 5 121 14» or «tháng 3»; mostly empty. */
  | { readonly kind: 'report'; readonly rest: string }
  /** `target`: the digit or the words of what is to be changed, empty for a bare «sửa»; `rest`: the new value as typed. */
  | { readonly kind: 'fix'; readonly target: string; readonly rest: string | null }
  | { readonly kind: 'resume' }
  | { readonly kind: 'later' }
  | { readonly kind: 'undo' }
  | { readonly kind: 'send' }
  | { readonly kind: 'cancel' }
  | { readonly kind: 'back' }
  /** One village, as typed. */
  | { readonly kind: 'village_asked'; readonly place: string }
  /** null: not said. `place` is as typed. */
  | {
      readonly kind: 'total';
      readonly month: number | null;
      readonly year: number | null;
      readonly level: 'village' | 'commune' | 'province' | null;
      readonly place: string | null;
    }
  | { readonly kind: 'none_happened' }
  | { readonly kind: 'all_same' }
  | { readonly kind: 'stop_messages' }
  | { readonly kind: 'is_it_a_scam' }
  /** Somebody says who they are or where from: `text` as typed. */
  | { readonly kind: 'identify'; readonly text: string }
  | { readonly kind: 'language'; readonly locale: 'vi' | 'en' };

type Plain = Extract<
  Intent,
  {
    kind: 'resume' | 'later' | 'undo' | 'send' | 'cancel' | 'back' | 'none_happened' | 'all_same';
  }
>['kind'];

const NO = '(?:khong|ko|k|kg|kh|khg|hok|chang)';
/** Whole messages, courtesies taken off. Written without marks; alternatives by `|`. */
const WHOLE: readonly (readonly [Plain, string])[] = [
  [
    'all_same',
    `dung het|dung ca|dung tat ca|dung het roi|tat ca dung|tat ca deu dung|dung toan bo|nhu thang truoc(?: het| ca)?|giong (?:nhu )?thang truoc(?: het)?|giu nguyen(?: het| ca| tat ca| nhu cu)?|nhu cu(?: het)?|${NO} (?:co gi )?thay doi(?: gi)?|${NO} doi|van the|van vay|van nhu cu|(?:thang nay |ky nay )?(?:van |cung |thi |deu )*(?:y nguyen|giong het|y het|y chang|giong y|y nhu)(?: het)?(?: (?:nhu )?(?:cu|truoc|thang truoc|thang roi))?|(?:van |cung )*nhu (?:the|vay)(?: (?:thoi|ca))?|(?:van|van the|van vay|nhu cu|van nhu cu)? ?${NO} (?:thay |co )?(?:gi )?khac(?: gi)?(?: dau| ca| het)?|(?:thang nay |ky nay )(?:van |cung |thi )*(?:nhu|giong|bang) (?:nhu )?(?:cu|thang truoc|thang roi|ky truoc)|dung (?:het|ca) (?:roi|ca)|all correct|no change|same as last month|same`,
  ],
  [
    'none_happened',
    `(?:(?:thang nay|trong thang|ky nay|ca thang|ca|thon|xom|bac|toi|thon (?:toi|em)) )*(?:(?:ban |nghi )+(?:tet|gat|cay|mua|he|dich|bao|lut|vu|viec)(?: (?:nen|thi|cho nen))? )?(?:${NO} (?:co )?phat sinh(?: gi| so lieu| them)?|${NO} co gi phat sinh|${NO} co hoat dong(?: gi| nao)?|${NO} hoat dong(?: gi)?|${NO} lam (?:duoc |dc )?gi(?: het| ca)?|bao khong|${NO} hoc hanh gi|nghi ca thang|nghi het|${NO} co gi)(?: thang nay| ca| het)*|nothing (?:happened|to report)`,
  ],
  [
    'resume',
    'tiep|tiep tuc|lam tiep|bao tiep|nhap tiep|tiep cau \\d|tiep bao cao|bao cao tiep|(?:doc|xem) lai(?: (?:so|cac so|het|cho|toi|bac|em))*(?: (?:nghe|xem|coi))?|tiep tuc bao cao|lam not|lam not bao cao|bao not|nhap not|quay lai bao cao|continue|resume',
  ],
  [
    'later',
    'de sau|de toi|de toi nay|de mai|de lat|de lat nua|de ti nua|lat nua|ti nua|chut nua|luc khac|hom khac|khi khac|toi nay|mai|sau|de chieu|de hom khac|dang ban|ban qua|later|not now',
  ],
  [
    'undo',
    'hoan tac|undo|(?:thoi )?(?:rut|thu) lai|rut lai bao cao|rut bao cao|thu hoi|thu hoi bao cao|(?:thoi )?(?:rut|thu|lay) lai(?: di| bao cao| ve)*(?: vi)?(?: (?:toi|bac|em|minh))? (?:ghi|bao|gui|nhap|nop|go|bam) (?:sai|nham|lon)(?: roi| mat| so)*|rut ve|rut bao cao ve|thu ve|(?:xin )?rut (?:bao cao )?(?:ve|lai) (?:de )?sua(?: lai)?|lay lai bao cao|huy gui|gui nham|gui nham roi|lo gui|bam nham|bo gui|(?:thoi )?gui nham(?: roi)?(?: thoi| cho)? (?:rut|lay|thu) (?:lai|ve)',
  ],
  [
    'send',
    '(?:ung|duoc|dc|on|chuan|nhat tri|tot|chinh xac)(?: (?:roi|r|het|ca|day|bung))+ (?:gui|nop)|gui|gui luon|gui ngay|gui bao cao nay|nop|nop luon|nop ngay|chot|chot so|chot so lieu|chot luon|chot bao cao|bam gui|duyet gui|(?:chuyen|gui|nop) (?:len|cho|ve) (?:xa|phuong|tren)|gui (?:ho|giup|gium)(?: (?:toi|bac|em|chau))?(?: cai)?|dong y gui|xac nhan gui|ok gui|ok nop|gui len xa|send|submit',
  ],
  [
    'cancel',
    'huy|huy bo|huy bao cao|thoi|thoi khong lam|thoi khong lam nua|thoi khong|khong lam nua|dung lai|dung bao cao|thoat|bo qua bao cao|cancel|exit|quit',
  ],
  ['back', 'quay lai|tro lai|ve truoc|lui lai|quay ve|cau truoc|quay lai cau truoc|back|go back'],
];

const TABLE = WHOLE.map(([kind, alternatives]) => [kind, new RegExp(`^(?:${alternatives})$`)] as const);

/** «Y chang tháng trước, bác gửi luôn»: the read-back that follows is what is sent. */
const THEN_SENDS = / (?:thi |nen )?(?:bac |toi |em )?(?:gui|nop)(?: (?:luon|di|nhe|a|cho xa))*$/;

/** What the message asks to be done; null when it is no command. */
export const readIntent = remembered(intentOf, 50);

function intentOf(text: string): Intent | null {
  const intent = read(text) ?? (spelt(text) === text ? null : read(spelt(text)));
  const decoded = intent === null ? decodeTelex(text) : null;
  return decoded === null ? intent : read(decoded);
}

function read(text: string): Intent | null {
  const typed = normalText(text).trim();
  if (typed === '' || typed.length > 200) return null;
  const fold = foldText(typed.replace(/[^\p{L}\p{M}\p{N}\s#=]/gu, ' '));
  // «Gửi tạm» neither stops nor waits: it sends what is there (`approval-words.ts`).
  if (/(?:^| )(?:gui|nop) tam(?! dung)(?: |$)/.test(fold)) return null;
  return (
    readFix(typed) ??
    readReport(typed) ??
    readLanguage(fold) ??
    readWhole(typed, fold) ??
    readHeld(typed) ??
    (asksIfScam(typed) ? { kind: 'is_it_a_scam' } : null) ??
    (sendsLater(typed) ? { kind: 'later' } : null) ??
    readTotal(typed) ??
    villageAsked(typed) ??
    readLoose(typed, fold)
  );
}

/** «Khoan đã», «đừng gửi»: nothing is wanted now. «Dừng» alone is the word of the privacy notice and no word of this. */
function readHeld(typed: string): Intent | null {
  const stop = readStop(typed);
  return stop === 'cancel' || (stop === 'hold' && !STOP_WORD.test(marked(typed))) ? { kind: 'cancel' } : null;
}

function marked(typed: string): string {
  return typed.normalize('NFC').toLowerCase().trim();
}

function villageAsked(typed: string): Intent | null {
  const place = readVillageAsked(typed);
  return place === null ? null : { kind: 'village_asked', place };
}

function readWhole(typed: string, fold: string): Intent | null {
  const lower = marked(typed);
  for (const form of forms(fold))
    for (const [kind, pattern] of TABLE) {
      if (!pattern.test(kind === 'all_same' ? form.replace(THEN_SENDS, '') : form)) continue;
      // One word without marks, two with: «đừng gửi» and «đúng, gửi», «để tôi» and «để tối».
      if (/đừng|bảo hiểm/.test(lower)) continue;
      if (kind === 'later' && /(?<!\p{L})(?:để tôi|sáu|mài|tôi này)(?!\p{L})/u.test(lower)) continue;
      // «em gửi rồi» is past and «tối gửi» to come: sending is told, not talked about.
      if (
        kind === 'send' &&
        !/^(?:(?:da|vang|vg|ok|thi|dong y|xac nhan|dung r|dung roi|bam|duyet|(?:ung|duoc|dc|on|chuan|nhat tri|tot|chinh xac)(?: (?:roi|r|het|ca|day|bung))+) )*(?:gui|nop|chot|chuyen|dong y|xac nhan|send|submit)(?!.* (?:roi|r)(?: a| em| nhe)*$)/.test(
          fold,
        )
      )
        continue;
      if ((kind === 'send' || kind === 'all_same') && (hasStopWord(typed) || endsAsking(typed))) continue;
      // «thời» is no «thôi», «dùng lại» no «dừng lại».
      if (/^(?:send|all_same|cancel)$/.test(kind) && wordsOf(typed).some((word) => senseOf(word) === 'other'))
        continue;
      return { kind };
    }
  return null;
}

/** «Giao các thôn …», «nhắn mọi người mai họp»: what others are to do or know, not what one does oneself later. */
const TELLS_OTHERS =
  /^(?:(?:nho|em|xin|giup|oi|nay) )*(?:giao|yeu cau|de nghi|chi dao|thong bao|nhan|bao|gui|nhac|moi)(?: (?:tin|giup|ho|cho|toi|den|viec|gap|loi))* (?:cac|tat ca|moi nguoi|ba con|toan|ca (?:xa|thon|lang|phuong)|thon|xa|phuong|to dan pho) /;

function readLanguage(fold: string): Intent | null {
  const locale = languageAsked(fold);
  return locale === null ? null : { kind: 'language', locale };
}

/** The word of the privacy notice; without its mark it is «đúng» as often, so it is not taken. */
const STOP_WORD = /^(?:dạ |vâng |thôi )*dừng(?: nhé| ạ| nha| đi)*[.!]*$/;

const NO_MESSAGES = new RegExp(
  `(?<![a-z])(?:${NO}|dung|thoi|ngung|ngừng|tat|huy|tu choi) (?:co |muon |can )?(?:nhan|gui|nhan tin|gui tin|thong bao|nhac|lam phien)(?: tin| tin nhan| nhan| thong bao| gi| nhac)*(?: (?:cho|toi|em|bac|minh|den))*(?: nua)?(?: (?:phien|met|kho chiu|nhieu|dau|lam|qua|di|em|chau|a|nhe))*$|^(?:stop|unsubscribe)$`,
);
/** «Thôi đừng nhắn nữa, phiền quá»: with marks, since «đúng» is one letter away. */
const LEAVE_ME =
  /^(?:thôi |làm ơn |xin )*(?:đừng|ngừng)(?: có)?(?: nhắn tin| nhắn| gửi tin| làm phiền)(?: gì)?(?: cho)?(?: tôi| bác| em| mình)?(?: nữa)?(?:[,. ]+(?:phiền|mệt|bực|khó chịu|lắm|quá|rồi|đi|nhé|ạ))*[.!]*$/u;

/** Commands that stand inside a sentence. */
function readLoose(typed: string, fold: string): Intent | null {
  if (
    /(?<![a-z])(?:vneid|dinh danh|otp|passcode|mat khau|tro cap|an sinh|nhan tien|luong huu|can cuoc|cccd|the|lop|the ngan hang|bao hiem|ho so|dvc)(?![a-z])/.test(
      fold,
    ) &&
    !/(?<![a-z])(?:truong thon|to truong)(?![a-z])/.test(fold)
  )
    return null;
  const lower = marked(typed);
  // «Tôi» is nobody's evening.
  const hours = lower.includes('tôi') ? foldText(lower.replace(/(?<!\p{L})tôi(?!\p{L})/gu, ' ')) : fold;
  const night = /(?:dem|toi|trua|sang|som|khuya|gio nghi)/.test(hours.replace(/cho toi|toi k|toi ko/g, ''));
  if (STOP_WORD.test(lower) || LEAVE_ME.test(lower)) return { kind: 'stop_messages' };
  if (
    NO_MESSAGES.test(fold) &&
    !night &&
    !/đúng|nhận được/.test(lower) &&
    (/ nua(?: |$)|^stop|^unsub|(?:^| )tu (?:gio|nay|mai|ray) (?:tro di )?dung (?:gui|nhan) |thong bao|nhan tin|nhac/.test(
      fold,
    ) ||
      /đừng/.test(lower))
  )
    return { kind: 'stop_messages' };
  const who = identity(typed, fold);
  if (who) return who;
  // «Cho tôi hỏi» asks now, «để tôi hỏi lại» later.
  if (/^(?:cho|xin)(?: (?:toi|em|bac|minh|chau))? hoi(?! lai)/.test(fold)) return null;
  if (putsOff(typed)) return { kind: 'later' };
  // «Gửi ảnh được không» asks.
  if (/ (?:khong|ko|k|chua)(?: (?:a|em|nhi))*$/.test(fold)) return null;
  // «Từ 1/7 nhập thôn X vào thôn Y»: a day on which villages change, not one on which something will be done.
  if (/(?:^| )(?:sap nhap|nhap|gop|tach|chia) (?:thon|to dan pho|tdp|khu pho|khu|xom|lang|ban) /.test(fold))
    return null;
  if (TELLS_OTHERS.test(fold)) return null;
  return promisesLater(typed) ? { kind: 'later' } : null;
}
