import { inVietnam, vnDay } from '../kernel/vn-time';
import { instantOf } from '../kernel/work-calendar';
import type { Contact } from '../contacts/contact';
import type { UserKey } from '../kernel/ids';
import { afterQuiet, type QuietSpan } from '../outbox/send-rules';

/** The hour of the day at which a person usually writes to us, learned from the days on which they did. Pure. */

/** Fewer days say nothing about a habit. */
const DAYS_NEEDED = 3;
/** Offices are written to in their hours, whatever the person does in the evening. */
const OFFICE = { from: 7, to: 17 } as const;

/**
 * The hour (0-23) around which most of the days lie, the hours beside it counting half; null while too few days are known
 * or no hour has three of them around it. One hour for each day on which the person wrote.
 */
export function usualHour(hours: readonly number[]): number | null {
  let best: { hour: number; weight: number; days: number } | null = null;
  for (let hour = 0; hour < 24; hour += 1) {
    const at = hours.filter((one) => one === hour).length;
    const beside = hours.filter((one) => Math.abs(one - hour) === 1).length;
    const weight = at + beside / 2;
    if (at > 0 && (!best || weight > best.weight)) best = { hour, weight, days: at + beside };
  }
  return best && best.days >= DAYS_NEEDED ? best.hour : null;
}

/**
 * The person's usual hour on the day of `at`, for somebody who would be written to at `at`: never earlier than that, never in
 * quiet hours, for offices within theirs, and an hour before `until` at the latest; otherwise `at`.
 */
export function atUsualHour(
  at: Date,
  hour: number | null,
  limits: { readonly until: Date; readonly weekends: boolean; readonly quiet: readonly QuietSpan[] },
): Date {
  if (hour === null || (!limits.weekends && (hour < OFFICE.from || hour >= OFFICE.to))) return at;
  const wished = afterQuiet(limits.quiet, instantOf(vnDay(at), hour * 60));
  const lastHour = limits.until.getTime() - 3_600_000;
  const sameDay = inVietnam(wished).hasSame(inVietnam(at), 'day');
  return sameDay && wished > at && wished.getTime() <= lastHour ? wished : at;
}

/** The usual hours of those of whom one is known. */
export async function usualHours(
  contacts: { getMany(users: readonly UserKey[]): Promise<ReadonlyMap<UserKey, Contact>> },
  users: readonly UserKey[],
): Promise<ReadonlyMap<UserKey, number>> {
  const found = await contacts.getMany(users);
  return new Map(
    [...found].flatMap(([user, { wrote }]) => {
      const hour = usualHour(Object.values(wrote ?? {}));
      return hour === null ? [] : [[user, hour] as const];
    }),
  );
}
