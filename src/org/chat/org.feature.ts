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

/** «Gặp chị Hạnh»: somebody by name. */
const BY_NAME =
  /^(?:(?:cho|can|muon|xin|toi|em|bac) )*(?:gap|goi) (?:anh|chi|co|chu|ong|ba) [a-z]{2,8}(?: (?:a|nhe|voi|di))*$/;

const human: Command<DialogDeps> = {
  id: 'human',
  button: '#GAPNGUOI',
  says: [
    'gặp người',
    'gặp người thật',
    'cần gặp người',
    'gặp cán bộ',
    'gặp cán bộ xã',
    'gặp người hướng dẫn',
    'nói chuyện với người',
    'gọi cho tôi',
    'gọi lại cho tôi',
    'gọi điện cho tôi với',
    'gọi cán bộ xã',
    'gọi cho cán bộ',
    'gọi ai',
    'hỏi ai',
    'ai giúp tôi',
    'ai giúp tôi với',
    'nhờ ai giúp',
    'cần người giúp',
    'cần người hướng dẫn',
    'không biết nhắn tin',
    'tôi không biết dùng',
    'tôi không biết làm',
    'human',
    'talk to a person',
    'call me',
  ],
  help: 90,
  reads: ({ fold }) => BY_NAME.test(fold),
  async run(turn, { person }) {
    const unit = person.reporting[0]?.unit;
    if (!unit) return sentence(turn, 'menu:human_unknown');
    const contact = contactName(turn.words, turn.deps, unit, turn.at);
    return sentence(turn, 'menu:human', { contact }, await callChoice(turn, unit));
  },
};

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
