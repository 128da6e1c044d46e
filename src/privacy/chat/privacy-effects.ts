import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';

/** The person asked to be forgotten, and confirmed it in so many words. */
export interface EraseMe extends Effect {
  readonly kind: 'privacy.erase';
  readonly user: UserKey;
  readonly at: Date;
}

export function privacyEffects(privacy: {
  ask(id: string, user: UserKey, at: Date): Promise<void>;
}): EffectHandlers<EraseMe> {
  return {
    async 'privacy.erase'({ id, user, at }) {
      await privacy.ask(id, user, at);
      return 'done';
    },
  };
}
