import { initials } from '../org/names';

/**
 * `ĐL-03`: the initials of the unit's name and the month, short enough to be read out on the telephone. It names a
 * report to people who know which village they speak of; it is not a key and need not be unique.
 */
export function receiptFor(unitName: string, period: string): string {
  return `${initials(unitName) || 'BC'}-${period.slice(5) || period}`;
}
