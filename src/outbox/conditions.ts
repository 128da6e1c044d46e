import type { UserKey } from '../kernel/ids';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import type { OutboxRow, Purpose, ReportOwed, StillTrue, StillTrueAnswer } from './outbox-row';
import type { OutboxRepo } from './outbox.repo';

/** Who answers for the conditions under which planned messages leave: each kind has one owner, which registers itself. */

export interface ConditionOwner {
  /** Whether the row still holds, and its words as of now. */
  isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer>;
  /** The person of the row cannot be reached after all. Absent: nothing is done about it. */
  onUnreachable?(row: OutboxRow, at: Date): Promise<void>;
}

type Kind = StillTrue['kind'];

/** Asks the owner of a row's condition; a row without one simply leaves. */
export class Conditions implements Required<ConditionOwner> {
  private readonly owners = new Map<Kind, ConditionOwner>();
  private readonly listeners: Required<ConditionOwner>['onUnreachable'][] = [];

  /** From now on that owner answers for the kind. Throws a RangeError where another one does. */
  owns(kind: Kind, owner: ConditionOwner): void {
    if (this.owners.has(kind)) throw new RangeError(`${kind} has an owner`);
    this.owners.set(kind, owner);
  }

  /** Told of every row whose person cannot be reached, after the owner of its condition; perhaps more than once. */
  whenUnreachable(listener: Required<ConditionOwner>['onUnreachable']): void {
    this.listeners.push(listener);
  }

  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    return row.onlyIf ? this.ownerOf(row.onlyIf.kind).isStillNeeded(row, at) : { now: 'send' };
  }

  async onUnreachable(row: OutboxRow, at: Date): Promise<void> {
    if (row.onlyIf) await this.ownerOf(row.onlyIf.kind).onUnreachable?.(row, at);
    for (const listener of this.listeners) await listener(row, at);
  }

  private ownerOf(kind: Kind): ConditionOwner {
    const owner = this.owners.get(kind);
    if (!owner) throw new RangeError(`nobody answers for ${kind}`);
    return owner;
  }
}

/** The reports a condition speaks of; none when it is about something else. */
export function reportsNamed(
  condition: StillTrue | undefined,
): readonly Pick<ReportOwed, 'form' | 'period' | 'unit'>[] {
  return condition?.kind === 'report_owed' ? [condition, ...(condition.also ?? [])] : [];
}

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
