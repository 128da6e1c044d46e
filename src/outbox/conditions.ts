import type { OutboxRow, ReportOwed, StillTrue, StillTrueAnswer } from './outbox-row';

/** Who answers for the conditions under which planned messages leave: one owner for each kind, registered in `app`. */

export interface ConditionOwner {
  /** Whether the row still holds, and its words as of now. */
  isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer>;
  /** The person of the row cannot be reached after all. Absent: nothing is done about it. */
  onUnreachable?(row: OutboxRow, at: Date): Promise<void>;
}

export type ConditionOwners = { readonly [K in StillTrue['kind']]: ConditionOwner };

/** Asks the owner of the row's condition; a row without one simply leaves. */
export function askOwners(owners: ConditionOwners): Required<ConditionOwner> {
  return {
    isStillNeeded: async (row, at) =>
      row.onlyIf ? owners[row.onlyIf.kind].isStillNeeded(row, at) : { now: 'send' },
    onUnreachable: async (row, at) => {
      if (row.onlyIf) await owners[row.onlyIf.kind].onUnreachable?.(row, at);
    },
  };
}

/** The reports a condition speaks of; none when it is about something else. */
export function reportsNamed(
  condition: StillTrue | undefined,
): readonly Pick<ReportOwed, 'form' | 'period' | 'unit'>[] {
  return condition?.kind === 'report_owed' ? [condition, ...(condition.also ?? [])] : [];
}
