import type { Effect } from '../../conversation/dialog';
import type { EffectHandlers } from '../../dialogs/feature';
import type { OpenThread, SaveThread, ThreadsService } from './threads.service';

/** What a talk writes of threads. Each may be repeated: the id makes it one. */

export interface OpenThreadEffect extends Effect {
  readonly kind: 'thread.open';
  readonly thread: Omit<OpenThread, 'id'>;
}

export interface SaveThreadEffect extends Effect {
  readonly kind: 'thread.save';
  readonly write: Omit<SaveThread, 'id'>;
}

export type ThreadEffect = OpenThreadEffect | SaveThreadEffect;

export function threadEffects(service: Pick<ThreadsService, 'open' | 'save'>): EffectHandlers<ThreadEffect> {
  return {
    'thread.open': async ({ id, thread }) =>
      (await service.open({ ...thread, id })) === null ? 'conflict' : 'done',
    'thread.save': async ({ id, write }) =>
      (await service.save({ ...write, id })) === 'conflict' ? 'conflict' : 'done',
  };
}
