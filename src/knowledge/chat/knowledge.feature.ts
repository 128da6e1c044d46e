import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, type Command, type Message } from '../../dialogs/feature';
import { searchArticles } from '../search';
import { articleAnswer, questionChoices } from './articles';

/** Questions about VNeID and the classes: an article by its button, or the one a message asks for. */

const article: Command<DialogDeps> = command({
  id: 'article',
  button: '#FAQ',
  says: [],
  read: () => null,
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, _message, id) {
    const found = turn.deps.articles(turn.words.locale).find((one) => one.id === id);
    return found ? answer(articleAnswer(found)) : null;
  },
});

const ask: Command<DialogDeps> = {
  id: 'ask-vneid',
  button: '#HOI',
  says: ['hỏi về vneid', 'tôi muốn hỏi về vneid', 'cần hỏi vneid', 'hỏi vneid', 'hỏi về định danh'],
  help: 70,
  run: async (turn) => sentence(turn, 'menu:ask_vneid', {}, questionChoices(turn)),
};

async function otherwise(turn: Turn<DialogDeps>, { text }: Message): Promise<StepResult | null> {
  const found = searchArticles(text, turn.deps.articles(turn.words.locale));
  return found?.sure ? answer(articleAnswer(found.article)) : null;
}

export default defineFeature<DialogDeps>({
  id: 'knowledge',
  commands: [article, ask],
  dialogs: [],
  otherwise,
});
