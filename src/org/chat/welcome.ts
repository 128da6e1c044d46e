import type { Say, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import { questionChoices } from '../../knowledge/chat/articles';
import { personOf } from './people';

/** The first words to somebody without a post: who speaks, and what can be done here. */
export function welcome(turn: Turn<DialogDeps>): Say {
  return {
    text: turn.words.t('onboarding:welcome', personOf(turn).vars),
    choices: questionChoices(turn),
  };
}
