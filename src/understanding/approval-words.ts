import { foldText, normalText } from '../kernel/vn-text';

/**
 * What an officer says to check reports, and what a village says back. Only the verb and a figure's number are read here;
 * which place is meant is found among the places that exist. `place` may go on with «: lý do». Pure.
 */
export type ApprovalWish =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'approve_all' }
  | { readonly kind: 'approve'; readonly place: string }
  | { readonly kind: 'see'; readonly place: string }
  | { readonly kind: 'extend'; readonly place: string }
  /** `number`: the one right behind «trả lại số»; null: none was said. */
  | { readonly kind: 'return'; readonly number: number | null; readonly place: string }
  /** `lines`: a place and its figures on each. */
  | { readonly kind: 'enter'; readonly lines: string }
  | { readonly kind: 'more_time' }
  | { readonly kind: 'send_partly' }
  | { readonly kind: 'not_right' };

const PLACE =
  '(?:thon|xom|lang|ban|to dan pho|tdp|khu dan cu|khu pho|khu|to|xa|phuong|tinh doan|so giao|so noi|so tai|so khoa|cong an|bao va)';
const POLITE = '(?:(?:da|em|a|xin|cho|toi|minh|chi|anh|dong y|nho|giup|ok|duoc|the|thi|vang) )*';
const AFTER = '(?: (?:a|cho (?:chi|anh|em|toi|minh)|nhe|nha|di|em|luon|giup|ho|voi|het|roi|dung|on))*';

const WAITING = new RegExp(
  `^${POLITE}(?:(?:xem|danh sach|ds|cac|nhung|co|con|mo) )*(?:(?:bao cao|don vi|thon|xa|so lieu|viec|gi|noi|ai) )*(?:(?:nao|gi|dang|con|nua) )*(?:cho|can|chua) (?:(?:toi|em|minh|chi|anh|ai) )?(?:duoc )?(?:phe )?duyet(?: (?:gi|nao|khong|ko|k|nua|a|em))*$`,
);
const APPROVE_ALL = new RegExp(
  `^${POLITE}(?:phe )?duyet (?:het|tat ca|tat|toan bo|ca loat|ca)(?: (?:bao cao|so lieu|cac|nhung|cai|sach|hop le|on|dung|con lai|thon|to dan pho|noi|cua|cho (?:chi|anh|em|toi|minh)))*${AFTER}$`,
);
const APPROVE = new RegExp(
  `^${POLITE}(?:phe )?duyet (?:(?:bao cao|so lieu)(?: thang \\d{1,2})? )?(?:(?:cua|cho) )?(?!het|tat ca|toan bo|ca$|luon$|di(?: |$)|nhe$|the nao|ntn|lam sao|kieu gi|ban chot|(?:so )?dieu chinh|cong van|van ban|lai |chua|chi dao|thang |nhung |roi |sau |khi )([a-z].{0,70}|\\d{1,2})$`,
);
const SEE = new RegExp(
  `^${POLITE}(?:xem|mo|coi|kiem tra|soat) (?:lai )?(?:(?:bao cao|so lieu|cac so|so)(?: cua)? )?(?!ban chot)(${PLACE} .{1,70})$`,
);
/** «Thôn Núi Hiểu báo bao nhiêu»: its figures, asked for. */
const SEE_FIGURES = new RegExp(
  `^${POLITE}(${PLACE} .{1,60}?) (?:da )?(?:bao|gui|nop|bao cao)(?: len)? (?:bao nhieu|nhung gi|so may|so lieu the nao|may)(?: (?:roi|vay|the|em|a|nhi))*$`,
);
/** «Thôn Núi Hiểu số 3 sai rồi, trả lại giúp chị». */
const RETURN_AFTER = new RegExp(
  `^${POLITE}(?:bao cao (?:cua )?)?(${PLACE} .{1,60}?),? (?:co )?(?:so|cau|muc) (\\d)(?: (?:bi |la |thay )?(?:sai|nham|cao|thap|khong dung|chua dung|vo ly)(?: qua)?)?(?: roi)?,? (?:thi )?(?:tra lai|tra ve|gui tra)${AFTER}$`,
);
/** Of the list that was shown last. */
const SEE_NUMBER = new RegExp(`^${POLITE}(?:xem|mo|coi)(?: (?:lai|bao cao|so|cai|dong))* (\\d{1,2})$`);
const ASKS = /(?:^| )(?:chua|khong|ko)(?: a| em| nhi)*$|(?:^| )(?:nao|may|bao nhieu)(?: |$)/;
const RETURN = new RegExp(
  `^${POLITE}(?:tra lai|tra ve|tra|hoan lai|gui tra)(?: lai)? (?:so|chi tieu|muc|cau) (\\d{1,2})(?: (?:cua|cho|o))? (.+)$`,
);
const RETURN_WHOLE = new RegExp(
  `^${POLITE}(?:tra lai|tra ve|hoan lai|gui tra)(?: (?:bao cao|so lieu))?(?: (?:cua|cho))? (${PLACE} .+)$`,
);
const ENTER =
  /^(?:(?:toi|em|chi|anh|a) )?(?:nhap|bao|ghi|bao cao|nop|dien) (?:ho|thay|giup)(?: (?:bao cao|so lieu))?(?: (?:cho|cua|cac))?[\s:]+/;
const EXTEND = [
  new RegExp(
    `^${POLITE}(?:gia han|mo khoa|mo lai|lui han|noi han|them (?:nua ngay|thoi gian|mot ngay|1 ngay))(?: bao cao)?(?: them)?(?: (?:cho|cua))? (?!khoa hoc|hoc |lop |tai khoan|man hinh|dien thoai|may |sim|the |vneid|dinh danh|(?:cong van|van ban|chi dao|cv|so) \\d)([a-z].{1,70})$`,
  ),
  new RegExp(
    `^${POLITE}(${PLACE} .{1,60}?) (?:duoc )?(?:them (?:nua ngay|thoi gian|mot ngay|1 ngay|it thoi gian|han)|gia han|lui han)(?: (?:den|sang|toi) (?:mai|ngay mai))?${AFTER}$`,
  ),
];
const MORE_TIME = new RegExp(
  `^${POLITE}(?:xin |muon xin |cho )(?:(?:xin|em|toi|bac|chau|minh|phep|duoc|xa|thon) )*(?:them (?:nua ngay|thoi gian|it thoi gian|mot buoi|nua buoi|mot ngay|1 ngay|han)|gia han(?: them)?|lui han|noi han|(?:nop )?(?:muon|cham|tre)(?: lai)? (?:vai|may|\\d|mot|hai|ba)(?: ba)? (?:hom|ngay|buoi|tieng)|nop (?:muon|cham)|(?:vai|may|them)(?: \\d| mot| hai| ba| vai| may)? (?:hom|ngay)(?: nua)?|mo khoa|mo lai)(?: .{0,40})?$`,
);
/** «Mấy hôm nữa được không, đang bận đám cưới»: more time, asked for as people talk. */
const SOME_DAYS =
  /^(?:(?:da|em|bac|toi|chau|chi|anh|oi|thi|cho|nop|gui|bao) )*(?:(?:cham|muon|lui|tre|them|de|hoan)(?: lai| han| den)? )?(?:vai|may|hai|ba|mot|[1-5]) (?:hom|ngay)(?: nua)? (?:duoc|co duoc|dc) (?:khong|ko|k)(?: .{0,40})?$/;
const SEND_PARTLY = new RegExp(
  `^${POLITE}(?:xin |muon )?(?:gui|nop|bao) (?:tam|truoc|tam thoi|mot phan)(?: (?:cac |nhung )?(?:so da co|phan da co|so|bao cao))?${AFTER}$`,
);
const NOT_RIGHT = new RegExp(
  `^(?:(?:so|may so|cac so|so lieu|bao cao|nhu vay|nhu the|the|da|vay|nay|do|xa|nhap) )*(?:khong|ko|k|chua) dung${AFTER}$`,
);

/** What is wished; null when the message is none of these. */
export function readApproval(text: string): ApprovalWish | null {
  const typed = normalText(text).normalize('NFC').trim();
  if (typed === '' || typed.length > 1_800) return null;
  const entered = enteredLines(typed);
  if (entered !== null) return { kind: 'enter', lines: entered };
  const line = typed.replace(/\s+/g, ' ');
  const fold = foldText(line);
  if (fold.length !== line.length || line.length > 240) return null;
  return readVillage(fold) ?? readOfficer(line, fold);
}

/** One of these is in all that is read here, and in few other messages. */
const OF_VILLAGES = /them|han|lui|cham|muon|tre|hom|ngay|khoa|lai|tam|truoc|phan|dung/;
const OF_OFFICERS = /duyet|xem|mo|coi|kiem tra|soat|tra|hoan|bao|gui|nop|han|them/;

function readVillage(fold: string): ApprovalWish | null {
  const bare = fold
    .replace(/[.!,?]+/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  if (!OF_VILLAGES.test(bare)) return null;
  if (MORE_TIME.test(bare) || SOME_DAYS.test(bare)) return { kind: 'more_time' };
  if (SEND_PARTLY.test(bare)) return { kind: 'send_partly' };
  return NOT_RIGHT.test(bare) ? { kind: 'not_right' } : null;
}

function readOfficer(line: string, fold: string): ApprovalWish | null {
  const bare = fold.replace(/[.!?]+$/, '').trim();
  if (!OF_OFFICERS.test(bare)) return null;
  if (WAITING.test(bare)) return { kind: 'waiting' };
  if (APPROVE_ALL.test(bare)) return { kind: 'approve_all' };
  /** The part of the line that a group of the pattern took, as typed. */
  const part = (found: RegExpExecArray | null, group: number): string | null => {
    const taken = found?.[group];
    return taken === undefined ? null : line.slice(bare.lastIndexOf(taken)).trim();
  };
  const after = RETURN_AFTER.exec(bare);
  if (after?.[1] !== undefined)
    return { kind: 'return', number: Number(after[2]), place: placeTyped(line, bare, after[1]) };
  const figures = SEE_FIGURES.exec(bare)?.[1];
  if (figures !== undefined && !ASKS.test(figures))
    return { kind: 'see', place: placeTyped(line, bare, figures) };
  const single = RETURN.exec(bare);
  const of = part(single, 2);
  if (single && of !== null) return { kind: 'return', number: Number(single[1]), place: of };
  const whole = part(RETURN_WHOLE.exec(bare), 1);
  if (whole !== null) return { kind: 'return', number: null, place: whole };
  for (const pattern of EXTEND) {
    const found = pattern.exec(bare);
    if (found?.[1] !== undefined) return { kind: 'extend', place: placeTyped(line, bare, found[1]) };
  }
  const approved = part(APPROVE.exec(bare), 1);
  if (approved !== null) return { kind: 'approve', place: approved };
  const numbered = SEE_NUMBER.exec(bare)?.[1];
  if (numbered !== undefined) return { kind: 'see', place: numbered };
  const seen = part(SEE.exec(bare), 1);
  return seen === null || ASKS.test(bare) ? null : { kind: 'see', place: seen };
}

function placeTyped(line: string, fold: string, taken: string): string {
  const at = fold.indexOf(taken);
  return line.slice(at, at + taken.length);
}

/** What stands behind «nhập hộ», line by line as typed; null when the message does not begin so or holds no two numbers. */
function enteredLines(typed: string): string | null {
  const fold = foldText(typed);
  if (fold.length !== typed.length) return null;
  const begin = ENTER.exec(fold)?.[0].length;
  if (begin === undefined || (fold.match(/\d+/g) ?? []).length < 2) return null;
  return typed.slice(begin).trim();
}
