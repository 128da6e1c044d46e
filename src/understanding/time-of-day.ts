import { foldText } from '../kernel/vn-text';

/** A time of day as people type it: «19:00», «19h30», «7 giờ tối», «7 rưỡi tối», «3 giờ chiều». Pure. */

export interface TimeReading {
  readonly hour: number;
  readonly minute: number;
  /** No part of the day was said, and the hour may also be meant twelve hours later. */
  readonly eitherHalf: boolean;
}

const TIME =
  /(?<![\d:.,/])(\d{1,2}) ?(?:(?::|h|g) ?(\d{2})|(?:gio|h|g) (\d{1,2})(?: phut)?(?= |$)|(?:gio|h|g) (ruoi)|(ruoi)|(?:gio|h|g)(?![a-z0-9]))(?: phut)?(?: (?:buoi )?(sang|trua|chieu|toi|dem))?(?![\d/])/;
const AFTERNOON: readonly string[] = ['chieu', 'toi', 'dem'];

/** The text without the first time of day in it, folded: what is left may name the day. */
export function withoutTimeOfDay(text: string): string {
  return foldText(text).replace(TIME, ' ');
}

/** The first time of day that the text names; null when it names none, or one that does not exist. */
export function readTimeOfDay(text: string): TimeReading | null {
  const found = TIME.exec(foldText(text));
  if (!found) return null;
  const [, digits = '', colon, spoken, half, bareHalf, part] = found;
  const said = Number(digits);
  const minute = half || bareHalf ? 30 : Number(colon ?? spoken ?? 0);
  const later = part !== undefined && (AFTERNOON.includes(part) || (part === 'trua' && said < 11));
  const hour = later && said < 12 ? said + 12 : said;
  if (hour > 23 || minute > 59) return null;
  return { hour, minute, eitherHalf: part === undefined && said > 0 && said < 12 && digits.length === 1 };
}
