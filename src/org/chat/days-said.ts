import { foldText } from '../../kernel/vn-text';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { readDate } from '../../understanding/date';

/** The days that are said of a post, from when it is somebody else's and how long somebody is away. Pure; days are `YYYY-MM-DD` in Viet Nam. */

/** A day on which «mai», «3/4» and the rest all name a day to come: whether a message is such a wish does not depend on the date. */
export const ANY_DAY = new Date('2026-01-05T00:00:00+07:00');

/** «Tuần sau», «cả tuần này», as a group of a pattern. */
export const WEEK = '((?:cả |ca |trong |hết |het )*(?:tuần|tuan) (?:sau|tới|toi|này|nay))';

/** Of what `WEEK` found: from its Monday, or from today where it is this one, to its Sunday. */
export function weekSaid(week: string, now: Date): { readonly first: string; readonly last: string } {
  const today = inVietnam(now).startOf('day');
  const next = /(?:sau|toi)$/.test(foldText(week));
  const first = next ? today.startOf('week').plus({ weeks: 1 }) : today;
  return { first: vnDay(first.toJSDate()), last: vnDay(first.endOf('week').toJSDate()) };
}

/** A day that is not past; null for anything else. */
export function dayToCome(text: string, now: Date): string | null {
  const date = readDate(text, now);
  return date?.kind === 'day' && date.day >= vnDay(now) ? date.day : null;
}

/** The same where «từ nay», «từ bây giờ» may be said too. */
export function dayOrNow(text: string, now: Date): string | null {
  return /^(?:nay|bay gio|gio|luc nay)$/.test(foldText(text)) ? vnDay(now) : dayToCome(text, now);
}
