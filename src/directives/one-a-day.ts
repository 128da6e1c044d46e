import { DAY, vnDay } from '../kernel/vn-time';
import { instantOf, nextDay, type WorkCalendar } from '../kernel/work-calendar';
import { mayReport } from '../org/roles';
import type { OutboxRow } from '../outbox/outbox-row';
import { readCondition, type MessageStep } from './message-conditions';
import type { DirectivesDeps } from './deps';
import type { Urgency } from './directive';
import type { Holder } from './offices';

/**
 * One reminder a person and day, whatever it reminds of: what follows the first message of a normal order gives way to the
 * reminder of a report, which names the order too, and to what another order said that day. Urgent and critical orders do
 * not wait.
 */
const REMINDING: readonly MessageStep[] = ['nudge', 'check', 'day_before', 'hours_before'];
/** By then the reminders of the day are written, so that it is seen whether there is one. */
const AFTER_REMINDERS = 5;
/** No reminder waits longer. */
const LOOK_BACK = 7 * DAY;

export interface DayOf {
  /** Minutes after midnight at which reminders of reports leave. */
  readonly remindAt: number;
  readonly calendar: WorkCalendar;
}

export function mayWait(urgency: Urgency, step: MessageStep): boolean {
  return urgency === 'normal' && REMINDING.includes(step);
}

/** When the row of such a step may leave; null: now. */
export async function remindsFrom(
  deps: DirectivesDeps,
  { id, to }: OutboxRow,
  { role }: Pick<Holder, 'role'>,
  at: Date,
): Promise<Date | null> {
  const from = new Date(at.getTime() - LOOK_BACK);
  const purposes = ['period_opening', 'reminder', 'directive'] as const;
  const rows = await deps.rows.toPeople([to], purposes, from, new Date(at.getTime() + 1));
  const others = rows
    .filter((row) => row.id !== id)
    .map((row) => ({
      row,
      order: row.onlyIf?.kind === 'directive_open' ? readCondition(row.onlyIf.ref) : null,
    }));
  const orders = await deps.repo.getMany([...new Set(others.flatMap(({ order }) => order?.id ?? []))]);
  const normal = new Set(orders.filter(({ urgency }) => urgency === 'normal').map((one) => one.id));
  const counted = others.flatMap(({ row, order }) =>
    order === null || normal.has(order.id) ? [{ row, step: order?.step ?? null }] : [],
  );
  return freeFrom(counted, deps, { villager: mayReport(role) }, at);
}

/**
 * From when on the person may be reminded by this row; null: now. `others`: the person's other rows of the last days, those of
 * normal orders with their step.
 */
export function freeFrom(
  others: readonly { readonly row: OutboxRow; readonly step: MessageStep | null }[],
  { remindAt, calendar }: DayOf,
  person: { readonly villager: boolean },
  at: Date,
): Date | null {
  const morning = (day: string): Date => instantOf(day, remindAt + AFTER_REMINDERS);
  const today = vnDay(at);
  if (at < morning(today)) return morning(today);
  const taken = others.some(({ row, step }) => {
    const reminds = step === null ? row.id.startsWith('reminder:') : REMINDING.includes(step);
    return reminds && isOf(row, today, step === null);
  });
  if (!taken) return null;
  let day = nextDay(today, 1);
  if (!person.villager) return morning(calendar.workingDay(day, 1));
  while (calendar.isHoliday(day)) day = nextDay(day, 1);
  return morning(day);
}

/** Whether the row is the person's message of the day: it left today, or (of a report) will. */
function isOf(row: OutboxRow, today: string, orWill: boolean): boolean {
  if (row.sentAt !== null && row.sentAt !== undefined) return vnDay(row.sentAt) === today;
  if (row.state === 'sending' || row.state === 'uncertain') return vnDay(row.createdAt) === today;
  return orWill && row.state === 'queued' && vnDay(row.notBefore) === today;
}
