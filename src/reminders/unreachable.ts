import type { UserKey } from '../kernel/ids';
import { reportsNamed, type OutboxRow } from '../outbox/outbox-row';
import { isPhone } from '../outbox/policy';

/** Why the people of a unit hear nothing from us. */
export type UnreachableWhy = 'not_claimed' | 'opted_out' | 'window_closed' | 'refused' | 'budget' | 'failed';

const NO_WAY = ['no_template', 'not_paid_for', 'window_closed', 'template_refused'];

/**
 * Unit → why nobody of it could be told. `units` are those that still owe; the newest row of each decides, so that a
 * message that got through later, one that still waits, or a person who is `back`, takes the unit off the list.
 */
export function unreachableUnits(
  units: readonly {
    readonly unit: string;
    readonly claimed: boolean;
    /** Everybody who could be told has asked us not to write. */
    readonly optedOut?: boolean;
  }[],
  rows: readonly OutboxRow[],
  back: (user: UserKey) => boolean = () => false,
): Map<string, UnreachableWhy> {
  const newest = new Map<string, OutboxRow>();
  for (const row of [...rows].sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime())) {
    // A message dropped because it was no longer needed says nothing about reaching the person.
    if (row.state === 'dropped') continue;
    for (const { unit } of reportsNamed(row.onlyIf)) newest.set(unit, row);
  }
  const found = new Map<string, UnreachableWhy>();
  for (const { unit, claimed, optedOut } of units) {
    const row = newest.get(unit);
    // Of a post that nobody claimed only the phone can have been tried.
    const tried = claimed || (row && isPhone(row.to));
    const heard = row !== undefined && back(row.to);
    const why = !tried ? 'not_claimed' : optedOut ? 'opted_out' : heard ? null : whyOf(row);
    if (why) found.set(unit, why);
  }
  return found;
}

function whyOf(row: OutboxRow | undefined): UnreachableWhy | null {
  if (row?.state === 'dead') return 'failed';
  if (row?.state !== 'unreachable') return null;
  if (row.reason === 'budget') return 'budget';
  return row.reason !== null && NO_WAY.includes(row.reason) ? 'window_closed' : 'refused';
}
