import type { UserKey } from '../kernel/ids';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import type { Purpose } from './outbox-row';
import type { OutboxRepo } from './outbox.repo';

const REMINDING: readonly Purpose[] = ['period_opening', 'reminder'];

/**
 * Whom of these a reminder that we began ourselves reached on the day of `at`, in Viet Nam, or waits to reach yet. Other
 * messages of our own give way to it: one a day.
 */
export async function remindedOn(
  rows: Pick<OutboxRepo, 'toPeople'>,
  users: readonly UserKey[],
  at: Date,
): Promise<ReadonlySet<UserKey>> {
  const start = inVietnam(at).startOf('day').toJSDate();
  const end = new Date(start.getTime() + DAY);
  const told = (await rows.toPeople(users, REMINDING, start, end)).filter(
    ({ id, state, notBefore }) =>
      id.startsWith('reminder:') &&
      state !== 'dropped' &&
      state !== 'unreachable' &&
      vnDay(notBefore) === vnDay(at),
  );
  return new Set(told.map(({ to }) => to));
}
