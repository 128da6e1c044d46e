import type { EffectHandlers } from '../../dialogs/feature';
import type { ClassEffect } from '../class-effects';

/** Every write of a talk about classes goes to the one service; it asks again whether the person may. */
export function classEffects(classes: {
  apply(effect: ClassEffect): Promise<'done' | 'conflict'>;
}): EffectHandlers<ClassEffect> {
  const apply = (effect: ClassEffect) => classes.apply(effect);
  return {
    'class.add': apply,
    'class.move': apply,
    'class.cancel': apply,
    'class.openSigningUp': apply,
    'class.record': apply,
    'class.signUp': apply,
    'class.relatives': apply,
    'class.leave': apply,
  };
}
