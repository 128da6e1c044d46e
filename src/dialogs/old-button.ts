import type { StepResult, Turn } from '../conversation/dialog';
import { say, sentence } from './answer';
import type { DialogDeps } from './deps';
import { menuScreen } from './menu.dialog';

/**
 * A button of a screen that is gone: that nothing was done, and what can be done now. `isOpen`: the talk it belongs to is
 * open, and its screen follows.
 */
export function oldButton(turn: Turn<DialogDeps>, isOpen = false): StepResult {
  if (isOpen) return { move: { to: 'here' }, notes: [say(turn, 'common:old_same')] };
  return sentence(turn, 'common:old_button', {}, menuScreen(turn).choices ?? []);
}
