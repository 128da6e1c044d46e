import { ending, sentence } from '../../dialogs/answer';
import { personOf } from '../../org/chat/people';
import { checkVars } from './approval-texts';
import { askingWhy } from './asking-why';
import { explained, mayExplain } from './silent-commands';

/** Why a unit gives no figures, when it was not said with it: tapped, or in words. */
export default askingWhy({
  id: 'silent-why',
  group: 'silent',
  reasons: ['away', 'ill', 'nobody'],
  shortest: 2,
  cancels: ['cancel', 'later'],
  byUnit: false,
  vars: ({ turn }, facts) => ({ ...checkVars(turn, facts), ...personOf(turn).vars }),
  given({ turn }, facts, reason) {
    if (!mayExplain(turn, facts)) return sentence(turn, 'officer:no_right');
    return ending(explained(turn, facts, reason));
  },
});
