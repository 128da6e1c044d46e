import type { Conversation, StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, wish, type Command } from '../../dialogs/feature';
import { isAsked } from '../../dialogs/unfinished';
import { menuScreen } from '../../dialogs/menu.dialog';
import { claimOrWarn } from './claim';
import { callChoice, contactName, personOf } from './people';
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

const human: Command<DialogDeps> = command({
  id: 'human',
  button: '#GAPNGUOI',
  says: ['gặp người', 'gặp cán bộ', 'gọi cho tôi', 'gặp chị Hạnh', 'gọi cán bộ xã', 'gặp người hướng dẫn'],
  help: 90,
  read: wish('human'),
  tapped: () => ({ kind: 'human' as const }),
  async run(turn, { person }) {
    const unit = person.reporting[0]?.unit;
    if (!unit) return sentence(turn, 'menu:human_unknown');
    const contact = contactName(turn.words, turn.deps, unit, turn.at);
    return sentence(turn, 'menu:human', { contact }, await callChoice(turn, unit));
  },
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
  commands: [identify, human],
  dialogs: [onboarding],
  first,
});
