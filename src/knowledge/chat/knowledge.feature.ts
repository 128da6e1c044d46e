import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, type Command, type Message } from '../../dialogs/feature';
import { dialogInFront } from '../../dialogs/unfinished';
import type { Article } from '../article';
import { findArticles, type Found } from '../find';
import { articleAnswer, questionChoices, whichQuestion } from './articles';

/** Questions about VNeID, services, scams and the classes: an article by its button, or the one a message asks for. */

const article: Command<DialogDeps> = command({
  id: 'article',
  button: '#FAQ',
  says: [],
  read: () => null,
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, _message, id) {
    const found = turn.deps.articles(turn.words.locale).find((one) => one.id === id);
    return found ? answer(articleAnswer(found, turn.words, turn.at)) : null;
  },
});

const ask: Command<DialogDeps> = {
  id: 'ask-vneid',
  button: '#HOI',
  says: ['hỏi về vneid', 'tôi muốn hỏi về vneid', 'cần hỏi vneid', 'hỏi vneid', 'hỏi về định danh'],
  help: 70,
  run: async (turn) => sentence(turn, 'menu:ask_vneid', {}, questionChoices(turn)),
};

/** What the message asks for. While a report is open, what does not concern this channel is left to its question. */
function found(turn: Turn<DialogDeps>, { text, conversation }: Message): Found {
  const result = findArticles(text, turn.deps.articles(turn.words.locale));
  if (result.kind === 'none' || dialogInFront(conversation) !== 'report') return result;
  const articles = result.kind === 'answer' ? [result.article] : result.articles;
  return articles.some(isElsewhere) ? { kind: 'none' } : result;
}

function isElsewhere({ tags }: Article): boolean {
  return tags.includes('elsewhere');
}

async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const result = found(turn, message);
  return result.kind === 'answer' ? answer(articleAnswer(result.article, turn.words, turn.at)) : null;
}

async function near(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const result = found(turn, message);
  return result.kind === 'ask' ? answer(whichQuestion(turn, result.articles)) : null;
}

export default defineFeature<DialogDeps>({
  id: 'knowledge',
  commands: [article, ask],
  dialogs: [],
  otherwise,
});

/** Comes last of all: two or three questions that a message may be, once nobody else made anything of it. */
export const nearQuestions = defineFeature<DialogDeps>({
  id: 'near-questions',
  commands: [],
  dialogs: [],
  otherwise: near,
});
