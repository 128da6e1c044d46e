import { defineDialog } from '../../conversation/dialog';
import { say } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { personOf } from '../../org/chat/people';
import { hasStopWord } from '../../understanding/stop';
import type { EraseMe } from './privacy-effects';

/**
 * Asks once more before a person is forgotten, since it cannot be taken back. Only the words of the button agree; «đúng»,
 * «dừng», «dung» and a digit do not, and «1» keeps everything.
 */
export default defineDialog<DialogDeps>({
  id: 'erase-me',
  version: 1,
  first: 'sure',
  steps: {
    sure: {
      to: [],
      ask: async ({ turn }) => ({
        text: say(turn, personOf(turn).offices.length > 0 ? 'privacy:sure_post' : 'privacy:sure'),
        choices: [
          { id: 'KEEP', label: turn.words.t('privacy:keep') },
          { id: 'ERASE', label: turn.words.t('privacy:erase'), exact: true },
        ],
      }),
      async receive({ turn }, input) {
        const digit = /^\s*\d/.test(input.text);
        if (input.choice === 'ERASE' && !digit) {
          const effect: EraseMe = {
            kind: 'privacy.erase',
            id: turn.effectId(),
            user: turn.user,
            at: turn.at,
          };
          return { move: { to: 'end', say: { text: say(turn, 'privacy:erasing') } }, effects: [effect] };
        }
        if (input.choice === 'KEEP' || hasStopWord(input.text))
          return { move: { to: 'end', say: { text: say(turn, 'privacy:kept') } } };
        return { move: { to: 'pass' } };
      },
    },
  },
  upgrade: () => null,
});
