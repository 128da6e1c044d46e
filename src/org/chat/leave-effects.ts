import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { Leaves } from '../leaves.service';

/** What a talk about leave writes, on the person's own posts alone. */

export interface TakeLeave extends Effect {
  readonly kind: 'org.takeLeave';
  readonly user: UserKey;
  /** `YYYY-MM-DD`, both included. */
  readonly from: string;
  readonly to: string;
}

export interface EndLeave extends Effect {
  readonly kind: 'org.endLeave';
  readonly user: UserKey;
}

export type LeaveEffect = TakeLeave | EndLeave;

export function leaveEffects(leaves: Leaves): EffectHandlers<LeaveEffect> {
  const done = (did: boolean): 'done' | 'conflict' => (did ? 'done' : 'conflict');
  return {
    'org.takeLeave': async ({ id, user, from, to }) => done(await leaves.take(user, { id, from, to })),
    'org.endLeave': async ({ user }) => done(await leaves.end(user)),
  };
}
