import { foldInPlace, normalText } from '../../kernel/vn-text';
import { inVietnam, vnDay } from '../../kernel/vn-time';
import { readDate } from '../../understanding/date';
import type { Urgency } from '../directive';
import { audienceAhead, deadlineIn, wantsEvidence } from './said-freely';
import { CRITICAL, DEADLINE, GIAO, NUMBER, URGENT, WITH_EVIDENCE } from './directive-vocabulary';

/** «giao 145/UBND-VX, hạn 20/3, xã Tân Hòa: mỗi thôn mở 1 buổi» → what was said of an order. What was not said is null or empty. Pure. */
export interface SaidOrder {
  readonly number: string | null;
  readonly deadline: DeadlineReading | null;
  /** The pieces that name who it is for, in order. */
  readonly audience: readonly string[];
  readonly urgency: Urgency;
  readonly evidence: boolean;
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
  const when = said.text === null ? null : deadlineIn(said.text);
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
    evidence: said.text !== null && wantsEvidence(said.text),
    text: said.text,
  };
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
  let deadline: DeadlineReading | null = null;
  const audience: string[] = [];
  for (const part of parts) {
    const fold = foldInPlace(part).trim();
    if (fold === '') continue;
    if (CRITICAL.test(fold)) urgency = 'critical';
    else if (URGENT.test(fold)) urgency = urgency === 'critical' ? urgency : 'urgent';
    else if (WITH_EVIDENCE.test(fold)) evidence = true;
    else if (DEADLINE.test(fold)) deadline = readDeadline(part, now);
    else audience.push(part);
  }
  return {
    number: number?.replace(/\s/g, '') ?? null,
    deadline,
    audience,
    urgency,
    evidence,
    text: text === '' ? null : text,
  };
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
  const fold = foldInPlace(normalText(typed)).trim();
  const clock = /(?<![\d/])([01]?\d|2[0-3])\s?(?::|h|gio|g)\s?([0-5]\d)?(?![\d/])/.exec(fold);
  const rest = clock ? `${fold.slice(0, clock.index)} ${fold.slice(clock.index + clock[0].length)}` : fold;
  const reading = readDate(rest.replace(DEADLINE, ''), now);
  if (reading?.kind !== 'day') return { kind: 'unclear' };
  const withYear = /\d\s?[/.-]\s?\d{1,2}\s?[/.-]\s?\d{2}/.test(rest);
  const ahead = !clock && /(?:^|\s)truoc\s/.test(fold) ? 1 : 0;
  const hour = clock ? Number(clock[1]) : 17;
  const minute = Number(clock?.[2] ?? 0);
  const at = (years: number): Date => {
    const [year = 0, month = 1, day = 1] = reading.day.split('-').map(Number);
    return inVietnam(now)
      .startOf('day')
      .set({ year: year + years, month, day, hour, minute })
      .minus({ days: ahead })
      .toJSDate();
  };
  const first = at(0);
  if (first > now) return { kind: 'at', at: first };
  if (withYear || reading.day === vnDay(now)) return { kind: 'past' };
  return { kind: 'at', at: at(1) };
}
