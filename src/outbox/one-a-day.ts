import type { UserKey } from '../kernel/ids';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import type { Purpose } from './outbox-row';
import type { OutboxRepo } from './outbox.repo';

const REMINDING: readonly Purpose[] = ['period_opening', 'reminder'];

/**
 * Whether a reminder that we began ourselves reached the person on the day of `at`, in Viet Nam, or waits to reach them yet.
 * Other messages of our own give way to it: one a day.
 */
export async function remindedOn(
  rows: Pick<OutboxRepo, 'toPeople'>,
  user: UserKey,
  at: Date,
): Promise<boolean> {
  const start = inVietnam(at).startOf('day').toJSDate();
  const end = new Date(start.getTime() + DAY);
  return (await rows.toPeople([user], REMINDING, start, end)).some(
    ({ id, state, notBefore }) =>
      id.startsWith('reminder:') &&
      state !== 'dropped' &&
      state !== 'unreachable' &&
      vnDay(notBefore) === vnDay(at),
  );
}
