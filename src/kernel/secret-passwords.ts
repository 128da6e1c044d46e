import type { SecretSpan } from './secrets';
import { UNIT_AHEAD } from './secret-numbers';

/** Passwords: what is called one, on the same line or the next, before the word or behind it. */

const WORD = '(?:mat khau|mat ma|matkhau|mkhau|m\\.k|m/k|passcode|password|passwd|pass|pw|mk)';
/** What every word for a password has in it: found much sooner. */
const HINT = /mat|mk|m\.k|m\/k|pass|pw|dang nhap/;
const BETWEEN =
  '(?:[ :=,"\'(«]|(?:cua|toi|em|e|bac|minh|chau|anh|chi|ong|ba|bo|me|vo|chong|con|moi|cu|vneid|zalo|facebook|fb|gmail|wifi|wi-fi|dang nhap|tai khoan|dinh danh|muc|do|hai|mot|2|1|nay|my|is|thanh|la|nha|may|dien thoai|ung dung|app|dv cong|dich vu cong)(?![a-z\\d]))*';
const PASSWORD = new RegExp(`(?<![a-z])(${WORD})(?![a-z])(${BETWEEN})([^\\s,;"'»)]+)`, 'g');
const NEXT_LINE = new RegExp(`(?<![a-z])${WORD}${BETWEEN}\\s*\\n\\s*([^\\s,;"'»)]+)`, 'g');
const IN_FRONT = new RegExp(`([^\\s,;"'«(]+) (?:la|lam) (?:${WORD})(?![a-z])`, 'g');
const LOGIN = /(?<![a-z])dang nhap (?:bang|voi)(?: mk| mat khau| pass)? ([^\s,;"'»)]+)/g;
const NO_PASSWORD =
  /^(?:quen|ten|thu|hai|cac|ngay|nhung|chung|rieng|thuoc|dung|xem|roi|r|gi|j|sai|khong|ko|k|chua|bi|nao|dau|duoc|dc|phai|cho|thi|lam|o|tren|bao|nhu|the|vao|dang|ban|oi|va|hay|hoac|co|mat|xong|ntn|a|nhe|voi|giup|ho|khau|can|mot|otp|ma|so|truong|facebook|telegram|instagram|messenger|agribank|vietcombank|vietinbank|techcombank|sacombank|smartbanking|youtube|not|right|wrong|correct|incorrect|invalid|weak|strong|too|locked|blocked|forgotten|again|or|for|of|on|to|must|does|and|\[\*+\])(?![a-z\d@#$%^&*_+])/;
/** A password that was forgotten or is to be changed is not told in the same breath. */
const ASKED_FOR =
  /(?:quen|wen|doi|lay lai|khong nho|dat lai|cap lai|forgot|change|reset)(?: (?:mat|my|the))? $/;
/** Longer than any syllable of Vietnamese: several words run together. */
const RUN_TOGETHER = 8;

/** Every password of the view. */
export function passwordSpans(view: string): SecretSpan[] {
  if (!HINT.test(view)) return [];
  const out: SecretSpan[] = [];
  const add = (from: number, text: string): void => {
    out.push({
      from,
      to: from + text.length,
      kind: /^\d{4,8}$/.test(text) ? 'code' : 'password',
      named: true,
      digits: text.replace(/\D/g, ''),
    });
  };
  for (const found of view.matchAll(PASSWORD)) {
    const [all, word = '', between = '', token = ''] = found;
    const from = found.index + all.length - token.length;
    if (between === '') continue;
    const phrase = phraseFrom(view, from, between);
    if (phrase !== null) add(from, phrase);
    else if (
      looksLikePassword(token, word, between, view.slice(from + token.length), view.slice(0, found.index))
    )
      add(from, token);
  }
  for (const found of view.matchAll(NEXT_LINE)) {
    const token = found[1] ?? '';
    if (isMixed(token) || token.length >= RUN_TOGETHER)
      add(found.index + found[0].length - token.length, token);
  }
  for (const found of view.matchAll(IN_FRONT)) if (isMixed(found[1] ?? '')) add(found.index, found[1] ?? '');
  for (const found of view.matchAll(LOGIN)) {
    const token = found[1] ?? '';
    if (isMixed(token) && token.length >= 6) add(found.index + found[0].length - token.length, token);
  }
  return out;
}

/** The whole text is one word that may be the password asked for a moment ago. */
export function lonePassword(view: string): SecretSpan | null {
  const found = /^\s*(?:la )?([^\s,;"'»)]{4,64})\s*$/.exec(view);
  const token = found?.[1] ?? '';
  if (
    !found ||
    NO_PASSWORD.test(token) ||
    !(isMixed(token) || isSigned(token) || token.length >= RUN_TOGETHER)
  )
    return null;
  const from = view.indexOf(token);
  return { from, to: from + token.length, kind: 'password', named: true, digits: '' };
}

/** The text ends by naming a password and does not say it: the next message may. */
export function promisesPassword(view: string): boolean {
  return (
    new RegExp(`(?<![a-z])${WORD}${BETWEEN}[\\s.!:]*$`).test(view) &&
    !/(?:quen|sai|doi|mat) (?:mat khau|mk)/.test(view)
  );
}

/** «mật khẩu là hoa sen do99»: several words up to one with digits. */
function phraseFrom(view: string, from: number, between: string): string | null {
  if (!/[:=]|(?<![a-z])la(?![a-z])/.test(between)) return null;
  const found = /^[^\s,;.\n"'»)]+(?: [a-z]+){0,2} [a-z]+\d{2,}[a-z\d]*/.exec(view.slice(from));
  return found && !NO_PASSWORD.test(found[0]) ? found[0] : null;
}

function isMixed(token: string): boolean {
  return (
    token.length >= 4 &&
    /\d/.test(token) &&
    /[^\d.,!?:-]/.test(token) &&
    !/^(?:\d+[a-z]{1,2}|[a-z]\d{1,2})$/.test(token)
  );
}

function isSigned(token: string): boolean {
  return token.length >= 4 && /[@#$%^&*!_+]/.test(token.replace(/[!?.]+$/, ''));
}

function looksLikePassword(
  token: string,
  word: string,
  between: string,
  rest: string,
  before: string,
): boolean {
  const isMk = /^m[./]?k$/.test(word);
  const told =
    /[:=]|(?<![a-z])(?:is|thanh)(?![a-z])/.test(between) || (!isMk && /(?<![a-z])la(?![a-z])/.test(between));
  if (NO_PASSWORD.test(token) || asksWhatItIs(token, rest)) return false;
  if (/^\d{1,3}$/.test(token.replace(/[.!?]+$/, ''))) return false;
  if (/^\d+$/.test(token) && UNIT_AHEAD.test(rest)) return false;
  const long =
    /^[a-z]+(?:\.[a-z]{3,4})?$/.test(token) && token.length >= RUN_TOGETHER && !ASKED_FOR.test(before);
  return isMixed(token) || isSigned(token) || long || (told && token.length >= 3) || /^\d{4,}$/.test(token);
}

/** «Passcode là cái gì», «mật khẩu là số nào»: asked, not told. */
function asksWhatItIs(token: string, rest: string): boolean {
  return (
    /^(?:cai|con|so|ma|loai|kieu|chu|thu|what)$/.test(token) &&
    /^ (?:gi|j|chi|nao|the nao|sao|may|bao nhieu)(?![a-z])/.test(rest)
  );
}
