import { foldInPlace, normalText } from '../kernel/vn-text';
import { inVietnam } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import { readDate } from './date';

/**
 * When something is or was, taken out of a sentence that says other things too: «19:30 thứ Năm 19/3 nhà văn hóa». A day
 * whose weekday does not fit its date is asked about, and so is «7h», which may be the morning. Pure.
 */
export interface Occasion {
  readonly day: OccasionDay | null;
  readonly time: OccasionTime | null;
  readonly part: DayPart | null;
  /** What stood between the words of time, in order, as typed. */
  readonly rest: readonly string[];
}

export type OccasionDay =
  | { readonly kind: 'day'; readonly day: string }
  /** The date falls on another weekday than was said: the date, and the nearest day of that weekday. */
  | { readonly kind: 'wrong_weekday'; readonly day: string; readonly other: string }
  | { readonly kind: 'unclear' };
/** Minutes after midnight. `half_day`: morning and evening are both possible. */
export type OccasionTime =
  | { readonly kind: 'time'; readonly minute: number }
  | { readonly kind: 'half_day'; readonly minute: number };
export type DayPart = 'morning' | 'noon' | 'afternoon' | 'evening';

const TIME =
  /(?<![\d/.:-])([01]?\d|2[0-3])(?::([0-5]\d)|\s?(?:gio|h|g)\s?([0-5]\d)?( ?ruoi)?)(?![\da-z])(?: (sang|trua|chieu|toi|dem)(?![a-z]))?/g;
const DATE =
  /(?<![\d/.-])\d{1,2}\s?[/-]\s?\d{1,2}(?:\s?[/-]\s?\d{2,4})?(?![\d/])|(?<![\d.])\d{1,2}\.\d{1,2}\.\d{2,4}|(?<![a-z])ngay \d{1,2}(?: thang \d{1,2})?(?![\d/-])/g;
const WEEKDAY =
  /(?<![a-z])(?:thu (?:hai|ba|tu|bon|nam|sau|bay|[2-7])|t[2-7]|chu nhat|cn)(?![\da-z])(?: (?:tuan )?(?:nay|sau|toi|truoc|roi)(?![a-z]))?/g;
const NEAR =
  /(?<![a-z])(?:(?:hom|toi|chieu|sang|trua|dem|bua) (?:nay|qua|kia)|(?:sang|trua|chieu|toi|ngay|hom) mai|ngay (?:kia|mot)|ram|mung \d{1,2})(?![a-z])|^mai(?![a-z])/g;
const PART = /(?<![a-z])(sang|trua|chieu|toi|dem)(?![a-z])/g;
const PARTS: Readonly<Record<string, DayPart>> = {
  sang: 'morning',
  trua: 'noon',
  chieu: 'afternoon',
  toi: 'evening',
  dem: 'evening',
};
const LOOSE = /^(?:luc|vao|ngay|hom|tai|o|va|,|;|\.|-|:|\s)+(?=\s|$)|(?:\s|^)(?:luc|vao|ngay|,|;|-|:|\s)+$/;

interface Cut {
  readonly from: number;
  readonly to: number;
}

/** The time of day that a person names alone, such as «19h30» or «7 giờ rưỡi tối»; the day of `now` is today. */
export function readOccasion(text: string, now: Date): Occasion {
  const typed = normalText(text).normalize('NFC').trim();
  const fold = foldInPlace(typed);
  const cuts: Cut[] = [];
  const cut = (match: RegExpMatchArray): string => {
    cuts.push({ from: match.index ?? 0, to: (match.index ?? 0) + match[0].length });
    return match[0];
  };
  const free = (match: RegExpMatchArray): boolean =>
    !cuts.some(({ from, to }) => (match.index ?? 0) < to && (match.index ?? 0) + match[0].length > from);
  const dates = [...fold.matchAll(DATE)].map(cut);
  const times = [...fold.matchAll(TIME)].filter(free);
  const near = [...fold.matchAll(NEAR)].filter(free).map(cut);
  const weekdays = [...fold.matchAll(WEEKDAY)].filter(free).map(cut);
  const [time] = times;
  if (time) cut(time);
  const loose = [...fold.matchAll(PART)].filter((match) => free(match) && isPart(match, typed, fold));
  const word = time?.[5] ?? near.map((said) => said.split(' ')[0] ?? '').find((said) => said in PARTS);
  const [part] = loose;
  if (part) cut(part);
  const said = PARTS[word ?? part?.[1] ?? ''] ?? null;
  return {
    day: dayOf(dates, weekdays, near, now),
    time: time ? timeOf(time, said) : null,
    part: said,
    rest: between(typed, fold, cuts),
  };
}

/** Usual beginnings, for a class that was told only by the part of the day. */
export const USUAL_MINUTE: Readonly<Record<DayPart, number>> = {
  morning: 8 * 60,
  noon: 12 * 60,
  afternoon: 14 * 60,
  evening: 19 * 60 + 30,
};

/** «sang» is also «over to» and «toi» is «I»: without marks they count only beside a time or a day. */
function isPart(match: RegExpMatchArray, typed: string, fold: string): boolean {
  const at = match.index ?? 0;
  const raw = typed.slice(at, at + match[0].length).toLowerCase();
  if (/^(?:sáng|trưa|chiều|tối|đêm)$/.test(raw)) return true;
  if (raw !== match[0] || match[1] === 'sang') return false;
  return /^ (?:thu|t[2-7]|chu nhat|cn|ngay|hom|\d)/.test(fold.slice(at + match[0].length));
}

function dayOf(
  dates: readonly string[],
  weekdays: readonly string[],
  near: readonly string[],
  now: Date,
): OccasionDay | null {
  const said = dates.length > 0 ? dates : weekdays.length > 0 ? weekdays : near;
  if (said.length === 0) return null;
  const reading = readDate(said.join(' '), now);
  if (reading === null) return null;
  if (reading.kind === 'ask') return { kind: 'unclear' };
  const { day } = reading;
  if (dates.length === 0 || weekdays.length === 0) return { kind: 'day', day };
  const meant = weekdayOf(weekdays[0] ?? '');
  const is = weekday(day);
  if (meant === is) return { kind: 'day', day };
  // The nearest one, the later of two equally near.
  const ahead = (meant - is + 7) % 7;
  return { kind: 'wrong_weekday', day, other: nextDay(day, ahead <= 3 ? ahead : ahead - 7) };
}

/** 1 is Monday, as in `readDate`. */
function weekdayOf(said: string): number {
  const names = ['hai', 'ba', 'tu', 'nam', 'sau', 'bay'];
  if (/^(?:chu|cn)/.test(said)) return 7;
  const number = /\d/.exec(said)?.[0];
  if (number) return Number(number) - 1;
  const name = said.split(' ')[1] ?? '';
  return name === 'bon' ? 3 : names.indexOf(name) + 1;
}

function weekday(day: string): number {
  return inVietnam(instantOf(day, 0)).weekday;
}

function timeOf(match: RegExpMatchArray, part: DayPart | null): OccasionTime {
  const hour = Number(match[1]);
  const minutes = match[4] ? 30 : Number(match[2] ?? match[3] ?? 0);
  const at = (h: number): OccasionTime => ({ kind: 'time', minute: h * 60 + minutes });
  if (hour >= 13 || hour === 0 || (match[2] !== undefined && match[1]?.length === 2 && part === null))
    return at(hour);
  if (part === 'evening' || part === 'afternoon') return at(hour === 12 ? 12 : hour + 12);
  if (part === 'morning' || part === 'noon' || hour === 12)
    return at(part === 'noon' && hour < 3 ? hour + 12 : hour);
  // Nobody teaches at three in the night.
  if (hour <= 5) return at(hour + 12);
  return { kind: 'half_day', minute: hour * 60 + minutes };
}

/** The pieces of the text around what was cut out, without the small words that lead to a time. */
function between(typed: string, fold: string, cuts: readonly Cut[]): string[] {
  const sorted = [...cuts].sort((a, b) => a.from - b.from);
  const pieces: string[] = [];
  let at = 0;
  for (const { from, to } of [...sorted, { from: typed.length, to: typed.length }]) {
    if (from > at) pieces.push(stripped(typed.slice(at, from), fold.slice(at, from)));
    at = Math.max(at, to);
  }
  return pieces.filter((piece) => piece !== '');
}

function stripped(typed: string, fold: string): string {
  let [from, to] = [0, fold.length];
  for (;;) {
    const part = fold.slice(from, to);
    const found = LOOSE.exec(part);
    if (!found || found[0] === '') break;
    if (found.index === 0) from += found[0].length;
    else to = from + found.index;
  }
  return typed.slice(from, to).replace(/^[\s,;.:-]+|[\s,;.:-]+$/g, '');
}
