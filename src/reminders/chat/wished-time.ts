import { foldText } from '../../kernel/vn-text';
import { vnDay } from '../../kernel/vn-time';
import { instantOf, nextDay } from '../../kernel/work-calendar';
import { readDate } from '../../understanding/date';
import { readTimeOfDay } from '../../understanding/time-of-day';

/** When somebody wishes to be reminded: «nhắc tôi lúc 19:00», «mai nhắc tôi», «để tối». Pure. */

/** Hours meant by a part of the day alone, in minutes after midnight. */
const PARTS: readonly (readonly [RegExp, number])[] = [
  [/(?<![a-z])sang(?![a-z])/, 8 * 60],
  [/(?<![a-z])trua(?![a-z])/, 13 * 60 + 30],
  [/(?<![a-z])chieu(?![a-z])/, 16 * 60],
  [/(?<![a-z])(?:toi (?:nay|mai)|de toi|luc toi|buoi toi|vao toi)(?![a-z])/, 19 * 60],
];
const MORNING = 8 * 60;
const REMIND =
  /(?<![a-z])nhac(?: lai)?(?: (?:toi|em|bac|minh|chi|anh|ong|ba|co|chu|con|chau|giup|ho|nhe))*(?= (?:luc|vao|\d|sang|trua|chieu|toi|mai|ngay|thu|chu nhat|hom)|$)/;

/** The instant wished for; null when the message is no such wish, or that instant is past. */
export function wishedTime(text: string, now: Date): Date | null {
  return REMIND.test(foldText(text)) ? namedTime(text, now) : null;
}

/** The instant that the words name, a wish or not: «mai», «tối nay», «19h»; null for none. */
export function namedTime(text: string, now: Date): Date | null {
  const fold = foldText(text);
  const date = readDate(text, now);
  if (date?.kind === 'ask') return null;
  const time = readTimeOfDay(text);
  const part = PARTS.find(([words]) => words.test(fold))?.[1];
  if (!time && part === undefined && !date) return null;
  const day = date?.kind === 'day' ? date.day : vnDay(now);
  const minutes = time ? time.hour * 60 + time.minute : (part ?? MORNING);
  const wished = instantOf(day, minutes);
  if (wished > now) return wished;
  if (time?.eitherHalf && instantOf(day, minutes + 720) > now) return instantOf(day, minutes + 720);
  // «7:00» said at eight in the evening is tomorrow's; a day that was named is kept to.
  return date || !time ? null : instantOf(nextDay(day, 1), minutes);
}
