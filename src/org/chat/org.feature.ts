import type { Conversation, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, wish, type Command } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { menuScreen } from '../../dialogs/menu.dialog';
import { claimOrWarn } from './claim';
import { personOf } from './people';
import { HAND_OVER_COMMANDS } from './hand-over-commands';
import handOver from './hand-over.dialog';
import takePost from './take-post.dialog';
import onboarding from './onboarding.dialog';
import { welcome } from './welcome';

/** Posts and who holds them: a new follower, the code of an invitation, who somebody is, and whom to call. */

const identify: Command<DialogDeps> = command({
  id: 'identify',
  says: [
    'tôi là trưởng thôn Đông Lâm',
    'em là tổ trưởng tổ dân phố số 2',
    'bác là trưởng thôn',
    'tôi là cán bộ xã',
    'thôn Đông Lâm',
  ],
  read: wish('identify'),
  run: async (turn, { person }) => (person.offices.length === 0 ? sentence(turn, 'menu:identify') : null),
});

/** A new follower is greeted; a code alone is a claim; a secret is warned about. */
async function first(turn: Turn<DialogDeps>, conversation: Conversation): Promise<StepResult | null> {
  const { event } = turn;
  if (event.kind === 'followed' || event.kind === 'chat_opened')
    return answer(personOf(turn).offices.length > 0 ? menuScreen(turn) : welcome(turn));
  return claimOrWarn(turn, isAsked(conversation));
}

export default defineFeature<DialogDeps>({
  id: 'org',
  commands: [identify, ...HAND_OVER_COMMANDS],
  dialogs: [onboarding, handOver, takePost],
  first,
});
