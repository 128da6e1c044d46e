import { foldText, normalText, unifyTones } from '../kernel/vn-text';
import { mayBe, wordsOf } from './marked-words';

/**
 * One way of saying a thing, made comparable: lower case, one blank, no punctuation, courtesies at the ends taken off.
 * Marks count where they are typed: «dừng» is not «dung», but «dung» may be either.
 */
const BEFORE =
  /^(?:dạ|vâng|vg|em|bác|cháu|tôi|mình|anh|chị|bot|ơi|ok|thế|thì|cho|xin|nhờ|làm ơn|muốn|cần|thưa|ạ|ad|alo|please|da|vang|bac|chau|toi|minh|chi|oi|the|thi|nho|muon|can|thua) /u;
const AFTER =
  / (?:ạ|ah|nhé|nha|nhỉ|đi|em|bác|với|giúp|hộ|luôn|vậy|thế|ơi|nào|a|nhe|nhi|di|bac|voi|giup|ho|luon|vay|the|oi|nao|please)$/u;

function plain(text: string): string {
  return unifyTones(normalText(text).toLowerCase())
    .replace(/[^\p{L}\p{M}\p{N}\s]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}

/** The form under which a way of saying is kept: without marks, since most people type none. */
export function sayingOf(text: string): string {
  return foldText(plain(text));
}

/** The message with ever more courtesies taken off its ends, without marks: the forms it may be known by. */
export function sayings(text: string): string[] {
  return [...new Set(withoutCourtesies(plain(text), BEFORE, AFTER).map(foldText))];
}

/** Whether no word of the message is, by its marks, another one than that of the way of saying: «thời» is no «thôi». */
export function sameMarks(text: string, way: string): boolean {
  const meant = wordsOf(way);
  return wordsOf(text).every((word) => {
    const same = meant.find((other) => foldText(other) === foldText(word));
    return same === undefined || mayBe(word, same);
  });
}

/**
 * The message with ever more courtesies taken off its begin and its end, so that none of them can eat a part of what is
 * meant. The whole message comes first; no form stands twice. Pure.
 */
export function withoutCourtesies(text: string, before: RegExp, after: RegExp): string[] {
  const out = new Set<string>();
  for (const begin of peeled(text, before)) for (const form of peeled(begin, after)) out.add(form);
  return [...out];
}

function peeled(text: string, pattern: RegExp): string[] {
  const out = [text];
  for (
    let next = text.replace(pattern, '');
    next !== '' && next !== out.at(-1);
    next = next.replace(pattern, '')
  )
    out.push(next);
  return out;
}
