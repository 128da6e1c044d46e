import { initials } from '../org/names';

/**
 * `ĐL-03`: the initials of the unit's name and the month, short enough to be read out on the telephone. It names a
 * report to people who know which village they speak of; it is not a key and need not be unique. A one-off has the letters
 * of its name instead: `TH-A26` of `awards-2026`.
 */
export function receiptFor(unitName: string, period: string): string {
  const own = /^\d{4}/.test(period) ? period.slice(5) || period : lettersOf(period);
  return `${initials(unitName) || 'BC'}-${own}`;
}

function lettersOf(oneOff: string): string {
  const short = oneOff.split('-').map((word) => (/^\d+$/.test(word) ? word.slice(-2) : word.charAt(0)));
  return short.join('').toUpperCase();
}
