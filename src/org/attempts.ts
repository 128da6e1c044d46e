import { MINUTE } from '../kernel/vn-time';

/** How often a person may guess. Pure: what counts is what was noted, in the order of the messages' arrival. */
export interface AttemptLimits {
  /** The wrong code that blocks. */
  readonly tries: number;
  /** Wrong codes further apart than this do not add up, in minutes. */
  readonly withinMinutes: number;
  /** How long no code of the person is looked at, in minutes. */
  readonly blockMinutes: number;
}

export const DEFAULT_LIMITS: AttemptLimits = { tries: 3, withinMinutes: 24 * 60, blockMinutes: 60 };

export interface AttemptState {
  /** Wrong codes that may still follow before the block; 0 while blocked. */
  readonly left: number;
  readonly blockedUntil: Date | null;
}

/** Where the person stands at `at`. What was noted during a block neither counts nor makes it longer. */
export function attemptState(
  wrong: readonly { readonly at: Date }[],
  at: Date,
  limits: AttemptLimits = DEFAULT_LIMITS,
): AttemptState {
  let recent: number[] = [];
  let blockedUntil = 0;
  for (const moment of wrong.map((entry) => entry.at.getTime()).sort((a, b) => a - b)) {
    if (moment < blockedUntil || moment > at.getTime()) continue;
    recent = [...recent.filter((m) => m > moment - limits.withinMinutes * MINUTE), moment];
    if (recent.length < limits.tries) continue;
    blockedUntil = moment + limits.blockMinutes * MINUTE;
    recent = [];
  }
  if (at.getTime() < blockedUntil) return { left: 0, blockedUntil: new Date(blockedUntil) };
  const still = recent.filter((m) => m > at.getTime() - limits.withinMinutes * MINUTE);
  return { left: limits.tries - still.length, blockedUntil: null };
}
