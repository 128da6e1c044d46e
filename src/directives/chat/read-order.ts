import { foldInPlace, normalText } from '../../kernel/vn-text';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { readDate } from '../../understanding/date';
import { readTimeOfDay, withoutTimeOfDay, type TimeReading } from '../../understanding/time-of-day';
import type { Urgency } from '../directive';
import { audienceAhead, deadlineIn, wantsEvidence } from './said-freely';
import {
  CRITICAL,
  DEADLINE,
  GIAO,
  NUMBER,
  PRACTICE,
  SENDING,
  URGENT,
  WITH_EVIDENCE,
} from './directive-vocabulary';

/** «giao 145/UBND-VX, hạn 20/3, xã Tân Hòa: mỗi thôn mở 1 buổi» → what was said of an order. What was not said is null or empty. Pure. */
export interface SaidOrder {
  readonly number: string | null;
  readonly deadline: DeadlineReading | null;
  /** When it is to leave; null: at once. */
  readonly sending: DeadlineReading | null;
  /** The pieces that name who it is for, in order. */
  readonly audience: readonly string[];
  readonly urgency: Urgency;
  /** How often it is to be asked how far it is, in hours; 0: never; null: not said. */
  readonly checkEvery: number | null;
  readonly evidence: boolean;
  readonly practice: boolean;
  /** What is to be done; null when there is no colon. */
  readonly text: string | null;
}

export type DeadlineReading =
  | { readonly kind: 'at'; readonly at: Date }
  /** `past`: gone by today; `unclear`: no day could be read. */
  | { readonly kind: 'past' | 'unclear' };

/** Null: it is no order. A word of command alone («giao việc») is one of which everything is still to be asked. */
export function readOrder(typed: string, now: Date): SaidOrder | null {
  const whole = normalText(typed).trim();
  return byParts(whole, now) ?? freely(whole, now);
}

const ORDERED =
  /^(?:(?:nho em|em|xin|nay)\s+)?(?:giao|yeu cau|de nghi|chi dao)(?:\s+(?:nhiem vu|viec|gap|khan))*\s+(?=\S)/;

/** «giao các thôn treo băng rôn trước 20/3, chụp ảnh gửi về»: the day and the wish for a picture stand in its text, which stays as it is. */
function freely(whole: string, now: Date): SaidOrder | null {
  const verb = ORDERED.exec(foldInPlace(whole))?.[0];
  const said = verb === undefined ? null : audienceAhead(whole.slice(verb.length));
  if (verb === undefined || !said) return null;
  const { sending, text } = sendingIn(said.text, now);
  const when = text === null ? null : deadlineIn(text);
  const deadline = when === null ? null : readDeadline(when, now);
  return {
    number: null,
    deadline: deadline?.kind === 'at' ? deadline : null,
    audience: said.audience,
    urgency: /\skhan(?![a-z])/.test(foldInPlace(verb))
      ? 'critical'
      : /\sgap(?![a-z])/.test(foldInPlace(verb))
        ? 'urgent'
        : 'normal',
    sending,
    checkEvery: null,
    practice: false,
    evidence: text !== null && wantsEvidence(text),
    text,
  };
}

/** «…, hẹn giờ 7h sáng mai» is for whoever sends it, and does not travel. */
function sendingIn(
  said: string | null,
  now: Date,
): { readonly sending: DeadlineReading | null; readonly text: string | null } {
  const pieces = said?.split(/(?<=[,;])/) ?? [];
  const at = pieces.findIndex((piece) => /^hen (?:gio|gui|phat)/.test(foldInPlace(piece).trim()));
  const piece = pieces[at];
  if (piece === undefined) return { sending: null, text: said };
  const text = pieces
    .filter((_, i) => i !== at)
    .join('')
    .replace(/[,;\s]+$/, '')
    .trim();
  return { sending: readSending(piece.replace(/[,;]\s*$/, ''), now), text: text === '' ? null : text };
}

function byParts(whole: string, now: Date): SaidOrder | null {
  const colon = orderColon(whole);
  const head = colon === -1 ? whole : whole.slice(0, colon);
  const text = colon === -1 ? '' : whole.slice(colon + 1).trim();
  const verb = GIAO.exec(foldInPlace(head))?.[0];
  if (verb === undefined) return null;
  const rest = head.slice(verb.length);
  const number = NUMBER.exec(rest)?.[0] ?? null;
  const parts = (number === null ? rest : rest.slice(number.length)).split(/[,;]/).map((part) => part.trim());
  let urgency: Urgency = 'normal';
  let evidence = false;
  let practice = false;
  let checkEvery: number | null = null;
  let deadline: DeadlineReading | null = null;
  let sending: DeadlineReading | null = null;
  const audience: string[] = [];
  for (const part of parts) {
    const fold = foldInPlace(part).trim();
    if (fold === '') continue;
    const every = readChecks(fold);
    if (every !== null) {
      checkEvery = every;
      continue;
    }
    if (CRITICAL.test(fold)) urgency = 'critical';
    else if (URGENT.test(fold)) urgency = urgency === 'critical' ? urgency : 'urgent';
    else if (WITH_EVIDENCE.test(fold)) evidence = true;
    else if (PRACTICE.test(fold)) practice = true;
    else if (SENDING.test(fold)) sending = readSending(part, now);
    else if (DEADLINE.test(fold)) deadline = readDeadline(part, now);
    else audience.push(part);
  }
  return {
    number: number?.replace(/\s/g, '') ?? null,
    deadline,
    sending,
    audience,
    urgency,
    checkEvery,
    evidence,
    practice,
    text: text === '' ? null : text,
  };
}

const HOURS = { gio: 1, tieng: 1, ngay: 24, hom: 24, tuan: 7 * 24 } as const;
const MOST_DAYS = 30;
const ASKED = '(?:thi |em )*hoi(?: lai| tham| xem)*(?: tien do| den dau)?';
const ONCE = '(?: (?:mot|1) lan)?';
const CHECKS = [
  new RegExp(`^${ASKED} (?:(?:moi|cu|sau) )*(?<count>\\d{1,2}) (?<unit>gio|tieng|ngay|hom|tuan)${ONCE}$`),
  new RegExp(`^(?:(?:cu|moi) )*(?<count>\\d{1,2}) (?<unit>gio|tieng|ngay|hom|tuan) ${ASKED}${ONCE}$`),
  new RegExp(`^${ASKED} (?:hang|moi|tung) (?<unit>gio|ngay|tuan)$`),
  new RegExp(`^(?:hang|moi) (?<unit>ngay|tuan) ${ASKED}${ONCE}$`),
];

/** «hỏi lại 2 ngày một lần», «mỗi tuần hỏi tiến độ», «không hỏi lại»: in hours, 0 for never. Null: it says nothing of it, or too much. */
export function readChecks(part: string): number | null {
  const fold = foldInPlace(part).trim();
  if (/^(?:khong|dung) (?:can )?hoi lai(?: giua chung)?$/.test(fold)) return 0;
  for (const pattern of CHECKS) {
    const { count = '1', unit = '' } = pattern.exec(fold)?.groups ?? {};
    if (unit === '') continue;
    const hours = Number(count) * HOURS[unit as keyof typeof HOURS];
    return hours >= 1 && hours <= MOST_DAYS * 24 ? hours : null;
  }
  return null;
}

/** The first colon that is not inside a time of day: «hạn 9:00 20/3, xã X: …» is the second one. */
export function orderColon(text: string): number {
  for (let at = text.indexOf(':'); at !== -1; at = text.indexOf(':', at + 1))
    if (!(/\d$/.test(text.slice(0, at)) && /^[0-5]\d(?!\d)/.test(text.slice(at + 1)))) return at;
  return -1;
}

/**
 * «hạn 20/3», «hạn 9:30 thứ Sáu», «trước 16h ngày 20/3»: without an hour it is 17:00, without a year the next such day.
 * «Trước 20/3» without an hour ends with the 19th, as the plan's own «trước ngày 20» does.
 */
export function readDeadline(typed: string, now: Date): DeadlineReading {
  const { clock, rest } = clockIn(typed);
  const reading = readDate(rest.replace(DEADLINE, ''), now);
  if (reading?.kind !== 'day') return { kind: 'unclear' };
  const withYear = /\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2}/.test(rest);
  const ahead = clock === null && /(?:^|\s)truoc\s/.test(rest) ? 1 : 0;
  const first = instantAt(reading.day, clock, now, { days: -ahead });
  if (first > now) return { kind: 'at', at: first };
  if (withYear || reading.day === vnDay(now)) return { kind: 'past' };
  return { kind: 'at', at: instantAt(reading.day, clock, now, { years: 1, days: -ahead }) };
}

/**
 * «hẹn giờ 7h sáng mai», «gửi lúc 8h thứ Hai»: when an order is to leave. An hour is always named; without a day it is today.
 * Which half of the day a bare «3 giờ» is in is asked.
 */
export function readSending(typed: string, now: Date): DeadlineReading {
  const { clock, rest } = clockIn(typed);
  if (clock === null || (clock.eitherHalf && clock.hour < 6)) return { kind: 'unclear' };
  const reading = readDate(rest.replace(SENDING, ' '), now);
  if (reading !== null && reading.kind !== 'day') return { kind: 'unclear' };
  const at = instantAt(reading?.day ?? vnDay(now), clock, now);
  return at > now ? { kind: 'at', at } : { kind: 'past' };
}

/** The time of day in the words, and the words without it. «Chiều mai 2h» is 14:00 as «2h chiều mai» is. */
function clockIn(typed: string): { readonly clock: TimeReading | null; readonly rest: string } {
  const fold = foldInPlace(normalText(typed)).trim();
  const clock = readTimeOfDay(fold);
  if (clock === null) return { clock, rest: fold };
  const rest = withoutTimeOfDay(fold);
  const later =
    clock.eitherHalf && /(?<![a-z])(?:chieu|toi|dem)(?= (?:nay|mai|kia|ngay|thu|chu)|\s*$)/.test(rest);
  const said = later || /(?<![a-z])sang(?= (?:nay|mai|ngay|thu|chu))/.test(rest);
  return {
    rest,
    clock: { ...clock, hour: clock.hour + (later ? 12 : 0), eitherHalf: clock.eitherHalf && !said },
  };
}

/** That time of the day, 17:00 where none was said, moved by so much. */
function instantAt(
  day: string,
  clock: TimeReading | null,
  now: Date,
  { years = 0, days = 0 }: { readonly years?: number; readonly days?: number } = {},
): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const { hour, minute } = clock ?? { hour: 17, minute: 0 };
  return inVietnam(now)
    .startOf('day')
    .set({ year: year + years, month, day: date, hour, minute })
    .plus({ days })
    .toJSDate();
}
