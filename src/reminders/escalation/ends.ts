import type { DutyStatus } from '../../reporting/duties';
import type { UnreachableWhy } from '../unreachable';

/**
 * How the asking of one unit for one report ends. Every chain comes to one of four ends, so that silence is never one thing:
 * who could not be told at all is not one who did not want to.
 */
export type ChainEnd =
  | { readonly end: 'done' | 'late' | 'refused' }
  | { readonly end: 'unreachable'; readonly why: UnreachableWhy };

/** `refused`: was told, could answer, and gave nothing until the lock. Null: it still runs. */
export function endOfChain(
  status: DutyStatus,
  why: UnreachableWhy | null,
  times: { readonly lockAt: Date },
  now: Date,
): ChainEnd | null {
  if (status === 'done' || status === 'late') return { end: status };
  if (now < times.lockAt) return null;
  return why === null ? { end: 'refused' } : { end: 'unreachable', why };
}

/** How many units came to each end; those whose chain still runs stand under `open`. Their sum is the number of units. */
export function countEnds(
  ends: readonly (ChainEnd | null)[],
): Readonly<Record<ChainEnd['end'] | 'open', number>> {
  const counts = { done: 0, late: 0, refused: 0, unreachable: 0, open: 0 };
  for (const end of ends) counts[end?.end ?? 'open'] += 1;
  return counts;
}
