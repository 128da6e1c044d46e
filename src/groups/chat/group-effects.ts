import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { UserKey } from '../../kernel/ids';
import type { GroupsService } from '../groups.service';

/** What talks about groups write. Each may be repeated: the id of the effect makes it one. */

export interface CreateGroup extends Effect {
  readonly kind: 'group.create';
  readonly commune: string;
  readonly by: UserKey;
  readonly at: Date;
}

/** Exactly these people, as they were shown. */
export interface ChangeGroup extends Effect {
  readonly kind: 'group.change';
  readonly commune: string;
  readonly add: readonly UserKey[];
  readonly accept: readonly UserKey[];
  readonly remove: readonly UserKey[];
  readonly by: UserKey;
  readonly at: Date;
}

export interface ComeBackToGroup extends Effect {
  readonly kind: 'group.come_back';
  readonly commune: string;
  readonly by: UserKey;
  readonly at: Date;
}

export type GroupEffect = CreateGroup | ChangeGroup | ComeBackToGroup;

export function groupEffects(
  service: Pick<GroupsService, 'create' | 'change' | 'comeBack'>,
): EffectHandlers<GroupEffect> {
  return {
    'group.create': (effect) => service.create(effect),
    'group.change': (effect) => service.change(effect),
    'group.come_back': (effect) => service.comeBack(effect),
  };
}
