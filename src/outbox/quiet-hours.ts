import { commaList } from '../kernel/lists';
import { inVietnam, MINUTE } from '../kernel/vn-time';

/** A span of every day, in minutes since midnight in Viet Nam. `from` after `to` passes midnight; equal is empty. */
export interface QuietSpan {
  readonly from: number;
  readonly to: number;
}

/** Reads `21:00-06:30,11:30-13:30`. Empty text: no quiet time. The text was checked by the configuration. */
export function parseQuietHours(text: string): QuietSpan[] {
  return commaList(text).map((part) => {
    const [from = '', to = ''] = part.split('-');
    return { from: minuteOfDay(from), to: minuteOfDay(to) };
  });
}

/**
 * The instant itself when it is not quiet then, otherwise the end of the quiet time; spans that touch are passed
 * together. The first minute of a span is quiet, its last instant is not. Where spans fill the whole day the result
 * is a day or more later, never an endless search.
 */
export function afterQuiet(spans: readonly QuietSpan[], instant: Date): Date {
  let at = instant;
  for (let passes = 0; passes <= spans.length; passes += 1) {
    const span = spans.find((candidate) => contains(candidate, minuteNow(at)));
    if (!span) return at;
    at = endOf(span, at);
  }
  return at;
}

/** Whether nobody is written to unasked at this instant. */
export function isQuiet(spans: readonly QuietSpan[], instant: Date): boolean {
  return spans.some((span) => contains(span, minuteNow(instant)));
}

function contains(span: QuietSpan, minute: number): boolean {
  if (span.from <= span.to) return minute >= span.from && minute < span.to;
  return minute >= span.from || minute < span.to;
}

function endOf(span: QuietSpan, at: Date): Date {
  const seen = inVietnam(at);
  const midnight = seen.startOf('day');
  const day = span.from > span.to && minuteNow(at) >= span.from ? midnight.plus({ days: 1 }) : midnight;
  return new Date(day.toMillis() + span.to * MINUTE);
}

function minuteNow(at: Date): number {
  const seen = inVietnam(at);
  return seen.hour * 60 + seen.minute;
}

function minuteOfDay(text: string): number {
  const [hour = 0, minute = 0] = text.trim().split(':').map(Number);
  return hour * 60 + minute;
}
