import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { UnitChange } from '../unit-change';
import type { UnitChanges } from '../unit-change.service';

/** Villages that become one or are divided; done again it changes nothing. */
export interface ChangeUnits extends Effect {
  readonly kind: 'org.changeUnits';
  readonly change: UnitChange;
  /** The post whose holder leads the new village. */
  readonly head: string | null;
  readonly by: UserKey;
  readonly at: Date;
}

export function unitChangeEffects(units: Pick<UnitChanges, 'apply'>): EffectHandlers<ChangeUnits> {
  return { 'org.changeUnits': async (effect) => ((await units.apply(effect)) ? 'done' : 'conflict') };
}
