import type { EffectHandlers } from '../../dialogs/feature';
import type { QuestionSolved, QuestionUnsolved } from '../../knowledge/chat/unsolved';
import type { ClassEffect, WishEffect } from '../class-effects';

/** Every write of a talk about classes goes to the one service; it asks again whether the person may. */
export function classEffects(
  classes: { apply(effect: ClassEffect): Promise<'done' | 'conflict'> },
  asked: {
    unsolved(effect: QuestionUnsolved): Promise<void>;
    solved(effect: QuestionSolved): Promise<void>;
    apply(effect: WishEffect): Promise<void>;
  },
): EffectHandlers<ClassEffect | WishEffect | QuestionUnsolved | QuestionSolved> {
  const apply = (effect: ClassEffect) => classes.apply(effect);
  const wish = async (effect: WishEffect): Promise<'done'> => {
    await asked.apply(effect);
    return 'done';
  };
  return {
    'class.add': apply,
    'class.move': apply,
    'class.cancel': apply,
    'class.openSigningUp': apply,
    'class.record': apply,
    'class.describe': apply,
    'class.signUp': apply,
    'class.relatives': apply,
    'class.leave': apply,
    'class.wish': wish,
    'class.noInvitations': wish,
    async 'question.solved'(effect) {
      await asked.solved(effect);
      return 'done';
    },
    async 'question.unsolved'(effect) {
      await asked.unsolved(effect);
      return 'done';
    },
  };
}
