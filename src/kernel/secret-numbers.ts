import { isClaimCode } from './claim-code';
import type { SecretKind, SecretSpan, SecretSituation } from './secrets';

/** Secrets that are digits: identity numbers, one-time codes, bank cards, in digits however they are parted, or in words. */

const MEASURE = '(?:nguoi|ng|luot|ho|buoi|lop|ba con|hoc vien|hv|dan|khau|thon|xa)(?![a-z])';
const MONEY = '(?:d|dong|vnd|k|nghin|ngan(?! hang)|tr|trieu|ty|cu)(?![a-z])';
export const UNIT_AHEAD = new RegExp(`^\\s?(?:${MEASURE}|${MONEY}|%)`);
const RUN = /(?<![\d])\d(?:[ .\-_]{0,2}\d)*/g;
/** As people part long numbers: blanks, points, commas, strokes, a point in the middle. */
const WIDE_RUN = /(?<![\d])\d(?:[ .,\-_/·•]{0,3}\d)*/g;
/** Four groups of three, the first with a nought in front as no figure has: also among the figures of a report. */
const GROUPED_ID = /(?<!\d)0\d\d([ .\-/·•])\d{3}\1\d{3}\1\d{3}(?!\d)/g;
export const ID_WORD =
  /(?:cccd|cmnd|cmt|can cuoc|chung minh|dinh danh(?! muc)|so dd|ddcn|ho chieu|passport|bhxh|bhyt|bao hiem(?: xa hoi| y te)?|the bh)[^\d\n]{0,30}$/;
const CARD_WORD =
  /(?:(?<![a-z])(?:stk|so tk|so tai khoan|tk ngan hang|so the|the ngan hang|the atm|atm|visa|mastercard|the)(?![a-z]))[^\d\n]{0,20}$/;
const SHORT_CODE_WORD = /(?<![a-z])(?:cvv|cvc|csc|cvv2)[^\d\n]{0,12}$/;
/** Words that name a secret: a code beside them is covered whatever its length, and is never a claim code. */
const NAMED =
  '(?:otp|passcode|pass|pin|code|mat ma|mat khau|mk|ma (?:otp|pin|xac thuc|xac nhan|kich hoat|dang nhap|bao mat|vneid))';
export const NAMED_WORD = new RegExp(`(?<![a-z])${NAMED}(?![a-z])[^\\d\\n]{0,40}$`);
export const CODE_WORD =
  /(?<![a-z])(?:mat khau|mk|ma)(?:[ :=.,"'(«-]|(?<![a-z])(?:otp|so|la|xac thuc|xac nhan|kich hoat|dang nhap|vneid|bao mat|pin|cua|toi|em|e|minh|no|may|day|nay|moi|cu|nhan|duoc|dc|gui|ve|a|cap|thon|xa|co|cho|truong|claim|dang ky)(?![a-z]))*$/;
const NAMED_AFTER =
  /^[ ,]{0,2}(?:(?:la|day la)\s)?(?:cai )?(?:ma (?:otp|pin|xac thuc|xac nhan)|otp|passcode|mat khau|pin)(?![a-z])/;
const CODE_AFTER =
  /^[ ,]{0,2}(?:(?:la|day la)\s)?(?:cai )?(?:ma(?! (?:qr|so thue|ho so|xa|thon|don vi))|code)(?![a-z])/;
/** What a six-digit number beside it is: a plot of land, a file, a unit. */
const PLAIN_WORD =
  /(?<![a-z])(?:thua|thua dat|to ban do|lo|lo dat|bien so|so nha|ma (?:xa|phuong|tinh|huyen|don vi|ho so|so thue|buu chinh))(?: so)?[ :]*$/;
export const REPORT_WORD = /(?<![a-z])(?:bc|bao cao|so lieu)[ :,]*$/;
const LINE_OF_FIGURES = /^\s*(?:bc|bao cao) [\d .,;:|/-]*/;
const COURTESY =
  /^(?:(?:da|vang|em|e|day|ma|la|bac|oi|gui|cho|chau|a|ah|toi|so|nhe|nha|con|cua|anh|chi)(?![a-z])|[\s,:.!])*$/;

/** No secret of ours has fewer digits. */
const FEWEST = 4;
/** Nothing of ours is longer than this in any form; a longer run is judged by its parts. */
const LONGEST = 60;

interface Found {
  readonly kind: SecretKind;
  /** It was called a password, an OTP or the like. */
  readonly named: boolean;
}

/** Every number of the view that is a secret, in order. */
export function numberSpans(view: string, situation: SecretSituation): SecretSpan[] {
  const out: SecretSpan[] = [];
  const add = (from: number, text: string, found: Found | null): boolean => {
    if (found) out.push({ from, to: from + text.length, ...found, digits: text.replace(/\D/g, '') });
    return found !== null;
  };
  for (const found of view.matchAll(WIDE_RUN)) {
    const text = found[0];
    if (text.length >= 9 && text.length <= LONGEST) add(found.index, text, wideKind(view, found.index, text));
  }
  for (const { index, 0: text } of view.matchAll(GROUPED_ID))
    if (!out.some((span) => index < span.to && index + text.length > span.from))
      add(index, text, { kind: 'id_card', named: false });
  for (const { index, 0: run } of view.matchAll(RUN)) {
    if (run.length < 3 || out.some((span) => index < span.to && index + run.length > span.from)) continue;
    if (add(index, run, kindOfRun(view, index, run, situation))) continue;
    // «12 buổi 027090001234» hides only the second.
    if (/^[1-9]\d{0,2}(?:\.\d{3})+$/.test(run)) continue;
    for (const part of run.matchAll(/\d+/g))
      if (part[0].length < run.length)
        add(index + part.index, part[0], kindOfRun(view, index + part.index, part[0], situation));
  }
  return out;
}

/** Long numbers in groups, whatever stands between them. */
function wideKind(view: string, from: number, run: string): Found | null {
  const groups = run.split(/\D+/);
  const n = groups.join('').length;
  const before = view.slice(0, from);
  const after = view.slice(from + run.length);
  const plain = { named: false } as const;
  if (UNIT_AHEAD.test(after)) return null;
  const even = groups.every((group) => group.length === groups[0]?.length);
  const single = groups.every((group) => group.length === 1);
  if (n >= 8 && n <= 15 && groups.every((group) => group.length >= 2) && ID_WORD.test(before))
    return { kind: n <= 9 ? 'old_id' : 'id_card', ...plain };
  if (n === 12 && run.startsWith('0') && even && (groups[0]?.length ?? 0) >= 3)
    return { kind: 'id_card', ...plain };
  if (n === 9 && groups.length === 3 && even && alone(before, after) && !/,/.test(run))
    return { kind: 'old_id', ...plain };
  const cardShape =
    groups.length > 1 && (single || (even && (groups[0]?.length === 4 || groups[0]?.length === 8)));
  if (n === 16 && cardShape && isCard(groups.join('')) && !REPORT_WORD.test(before))
    return { kind: 'card', ...plain };
  return null;
}

function kindOfRun(view: string, from: number, run: string, situation: SecretSituation): Found | null {
  const digits = run.replace(/\D/g, '');
  const n = digits.length;
  const before = view.slice(0, from);
  const after = view.slice(from + run.length);
  const of = (kind: SecretKind, named = false): Found => ({ kind, named });
  if (n === 3 || n === 4) if (SHORT_CODE_WORD.test(before)) return of('code', true);
  if (n < FEWEST) return null;
  const solid = digits === run;
  const unit = UNIT_AHEAD.test(after);
  const grouped = /^[1-9]\d{0,2}(?:\.\d{3})+$/.test(run);
  if (ID_WORD.test(before) && n >= 6 && n <= 15 && !unit) return of(n <= 9 ? 'old_id' : 'id_card');
  if (CARD_WORD.test(before) && n >= 9 && n <= 19 && !unit) return of('card');
  // «Passcode năm 2023 em đặt»: when, not what.
  if (solid && /(?<![a-z])nam $/.test(before) && /^(?:19|20)\d\d$/.test(run)) return null;
  if (n >= 4 && n <= 8 && (!unit || n === 6) && !(grouped && n !== 6)) {
    const named = NAMED_WORD.test(before) || NAMED_AFTER.test(after);
    const called = CODE_WORD.test(before) || CODE_AFTER.test(after);
    const sixOrEight = n === 6 || n === 8;
    if (named || (called && sixOrEight && !PLAIN_WORD.test(before)))
      return unit && n === 6 && !solid
        ? null
        : of(!named && isClaimCode(digits) ? 'claim_code' : 'code', named);
  }
  if (isOfMachine(before, run, after)) return null;
  if (solid && n === 12) return of('id_card');
  if (n === 12 && isGroupedId(run)) return of('id_card');
  if (solid && n >= 13) return of('card');
  if (n >= 16 && n <= 19 && CARD_GROUPS.test(run) && !REPORT_WORD.test(before) && (n > 16 || isCard(digits)))
    return of('card');
  if (unit) return null;
  if (solid && n === 9) return of('old_id');
  if (n === 9 && /^0/.test(run) && /^\d{3}([ .-])\d{3}\1\d{3}$/.test(run)) return of('old_id');
  return loneCode(run, digits, before, after, situation);
}

const CARD_GROUPS = /^\d{4}([ .\-_]{1,2})\d{4}\1\d{4}\1\d{4}(?:\1?\d{1,3})?$/;

/** Six digits are an OTP, eight typed alone a claim code, if they can be one. */
function loneCode(
  run: string,
  digits: string,
  before: string,
  after: string,
  { bigFigures }: SecretSituation,
): Found | null {
  const found = (kind: SecretKind): Found => ({ kind, named: false });
  const solid = digits === run;
  const whole = alone(before, after);
  const parts = run.split(/[ .\-_]+/);
  const singles = parts.every((part) => part.length === 1);
  // No figure of a village has eight digits.
  if (isClaimCode(digits) && solid && !bigFigures && isAfterFigures(before, after))
    return found('claim_code');
  if (
    isClaimCode(digits) &&
    whole &&
    (solid || singles || /^\d{4}[ -]\d{4}$/.test(run) || /^\d\d(?:[ -]\d\d){3}$/.test(run))
  )
    return found('claim_code');
  if (digits.length !== 6) return null;
  if (solid) {
    if (
      isDossierDay(before, after) ||
      /[\d][.,/:]$/.test(before) ||
      /^[.,/:]\d/.test(after) ||
      PLAIN_WORD.test(before)
    )
      return null;
    return bigFigures && !CODE_WORD.test(before) ? null : found('six_digits');
  }
  // «5 9 0 2 7 4» in a sentence: nobody gives six figures of one digit each.
  if (singles && !REPORT_WORD.test(before)) return found('six_digits');
  if (!whole) return null;
  // «150 200» is two figures, «482 913» a code as it is shown.
  if (/^\d{3} \d{3}$/.test(run))
    return parts.every((part) => part.endsWith('0')) ? null : found('six_digits');
  return /^\d{3}-\d{3}$/.test(run) || /^\d\d(?:[ .-]\d\d){2}$/.test(run) ? found('six_digits') : null;
}

const INSTANT =
  /(?<!\d)20\d\d([-_.]?)(?:0[1-9]|1[0-2])\1(?:0[1-9]|[12]\d|3[01])[-_ .]?(?:[01]\d|2[0-3])([-_.]?)[0-5]\d\2[0-5]\d$/;

/** «IMG_20260312_083015», «z5123456789012_…»: what a camera or Zalo calls a file. */
function isOfMachine(before: string, run: string, after: string): boolean {
  return (
    INSTANT.test(before.slice(-12) + run) ||
    (/(?<![a-z\d])z$/.test(before) && run.length === 13 && /^_[\da-f]{32}(?![\da-z])/.test(after))
  );
}

/** «H05-250301-0021»: the day in the code of a dossier on the public-service portal. */
function isDossierDay(before: string, after: string): boolean {
  return /(?<![a-z])[a-z]\d{2}(?:\.\d+)*-$/.test(before) && /^-\d{4}(?!\d)/.test(after);
}

/** Nothing but courtesy around it. */
function alone(before: string, after: string): boolean {
  return COURTESY.test(before) && COURTESY.test(after);
}

/** At the end of a one-line report. */
function isAfterFigures(before: string, after: string): boolean {
  return LINE_OF_FIGURES.test(before) && alone(before.replace(LINE_OF_FIGURES, ''), after);
}

/** The check digit of bank cards. */
function isCard(digits: string): boolean {
  if (!/^[3-69]/.test(digits)) return false;
  let sum = 0;
  for (const [i, digit] of [...digits].reverse().entries()) {
    const twice = Number(digit) * (i % 2 === 1 ? 2 : 1);
    sum += twice > 9 ? twice - 9 : twice;
  }
  return sum % 10 === 0;
}

/**
 * Twelve digits with separators: province codes begin with 0, and nobody writes a figure as 027. «0 10 10000 1000»
 * is a line of figures, «0912 345 678 12» a phone number and then a figure.
 */
function isGroupedId(run: string): boolean {
  if (/^0[35789](?:[ .\-_]?\d){8}[ .\-_]+\d+/.test(run)) return false;
  const groups = run.split(/[ .\-_]+/);
  const even = groups.every((group) => group.length === groups[0]?.length);
  return run.startsWith('0') && (even || /^0\d\d/.test(run));
}
