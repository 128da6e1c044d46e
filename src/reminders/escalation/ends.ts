import type { DutyStatus } from '../../reporting/duties';
import type { UnreachableWhy } from '../unreachable';

/**
 * How the asking of one unit for one duty ends. Every chain comes to one of four ends, so that silence is never one thing:
 * who could not be told at all is not one who did not want to, and whoever sends after all is late and nothing else.
 */
export type ChainEnd =
  | { readonly end: 'done' | 'late' | 'refused' }
  /** `explained`: whoever is above has said why, in `reason`. `not_told`: no message of the period reached anybody there. */
  | { readonly end: 'unreachable'; readonly why: UnreachableWhy | 'not_told' }
  | { readonly end: 'unreachable'; readonly why: 'explained'; readonly reason: string };

/** What is known of a unit that has not sent. */
export interface Silence {
  /** Why nobody there can be told; null: somebody can. */
  readonly why: UnreachableWhy | null;
  /** Whether a message of this report reached somebody there, or something of it was begun. */
  readonly told: boolean;
  /** Why nothing will come, as the commune has written it down; null: it has not. */
  readonly reason: string | null;
}

/** `refused`: was told, could answer, and gave nothing until the lock. Null: it still runs. */
export function endOfChain(
  status: DutyStatus,
  { why, told, reason }: Silence,
  times: { readonly lockAt: Date },
  now: Date,
): ChainEnd | null {
  if (status === 'done' || status === 'late') return { end: status };
  if (reason !== null) return { end: 'unreachable', why: 'explained', reason };
  if (now < times.lockAt) return null;
  if (why !== null) return { end: 'unreachable', why };
  return told ? { end: 'refused' } : { end: 'unreachable', why: 'not_told' };
}

/** How many units came to each end; those whose chain still runs stand under `open`. Their sum is the number of units. */
export function countEnds(
  ends: readonly (ChainEnd | null)[],
): Readonly<Record<ChainEnd['end'] | 'open', number>> {
  const counts = { done: 0, late: 0, refused: 0, unreachable: 0, open: 0 };
  for (const end of ends) counts[end?.end ?? 'open'] += 1;
  return counts;
}
