import type { StepResult, Turn } from '../../conversation/dialog';
import { answer, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { command, defineFeature, type Command, type Message } from '../../dialogs/feature';
import { dialogInFront, isAsked } from '../../dialogs/unfinished';
import type { Article } from '../article';
import type { Found } from '../find';
import { namesClasses, namesOurs } from '../rank';
import articleShown, { asksForSteps, shown } from './article.dialog';
import { articleChoice, findOnceReady, questionChoices } from './articles';
import helpTree, { beginTree } from './help-tree.dialog';

/** Questions about VNeID, services, scams and the classes: an article by its button, or the one a message asks for. */

const article: Command<DialogDeps> = command({
  id: 'article',
  button: '#FAQ',
  says: [],
  read: () => null,
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, message, id) {
    const found = turn.deps.articles(turn.words.locale).find((one) => one.id === id);
    return found ? show(turn, message, found) : null;
  },
});

const steps: Command<DialogDeps> = command({
  id: 'help-tree',
  tells: true,
  button: '#CHIDAN',
  says: [
    'chỉ từng bước',
    'hướng dẫn từng bước',
    'làm từng bước',
    'nói chậm thôi từng bước một',
    'step by step',
  ],
  // «Nói chậm thôi» alone is a wish for all answers (`dialogs/manner-commands.ts`).
  read: ({ text }) => (asksForSteps(text) && text.length <= 40 ? '' : null),
  tapped: (rest) => rest.toLowerCase(),
  async run(turn, _message, tree) {
    if (tree !== '') return beginTree(turn, tree);
    return sentence(turn, 'knowledge:tree.which', {}, questionChoices(turn));
  },
});

/** The answer; with nothing else open it is remembered, so that the next word may be about it. */
function show(
  turn: Turn<DialogDeps>,
  { conversation }: Message,
  found: Article,
  also: Article | null = null,
): StepResult {
  if (isAsked(conversation)) return answer(shown(turn, found, also));
  const slots = { id: found.id, ...(also ? { also: also.id } : {}) };
  return { move: { to: 'dialog', dialog: 'article', slots } };
}

const ask: Command<DialogDeps> = {
  id: 'ask-vneid',
  tells: true,
  button: '#HOI',
  says: ['hỏi về vneid', 'tôi muốn hỏi về vneid', 'cần hỏi vneid', 'hỏi vneid', 'hỏi về định danh'],
  help: 70,
  run: async (turn) => sentence(turn, 'menu:ask_vneid', {}, questionChoices(turn)),
};

/** What the message asks for; asked twice of one that nobody else takes, it is ranked once (`rank.ts`). While a report is open, what does not concern this channel is left to its question. */
async function found(turn: Turn<DialogDeps>, { text, conversation }: Message): Promise<Found> {
  const result = await findOnceReady(turn, text);
  if (result.kind === 'none' || dialogInFront(conversation) !== 'report') return result;
  const articles = result.kind === 'answer' ? [result.article] : result.articles;
  // «Quên mật khẩu Zalo» is said so in the middle of a report too; what is only a little like it is not.
  const said = result.kind === 'answer' && result.near >= TYPED_AS_LISTED;
  return !said && articles.some(isElsewhere) ? { kind: 'none' } : result;
}

function isElsewhere({ tags }: Article): boolean {
  return tags.includes('elsewhere');
}

/** So near to a listed question that somebody who reports means it too, whatever it names. */
const TYPED_AS_LISTED = 0.8;
/** A report speaks of calling and of houses as well, so that the words of a matter alone do not make a question of it. */
const OF_A_MATTER = 0.4;

async function otherwise(turn: Turn<DialogDeps>, message: Message): Promise<StepResult | null> {
  const result = await found(turn, message);
  // Whoever reports and names nothing of ours speaks of the report: «gửi rồi mà» waits for no OTP.
  const named = namesOurs(message.text) || (!isAsked(message.conversation) && namesClasses(message.text));
  const least = message.person.offices.length === 0 ? 0 : named ? OF_A_MATTER : TYPED_AS_LISTED;
  if (result.kind === 'answer' && result.near < least) return null;
  return result.kind === 'answer' ? show(turn, message, result.article, result.also) : null;
}

/** Questions that the message may be, nearest first; none when it surely is one, or is of no concern here. */
export async function nearArticles(
  turn: Turn<DialogDeps>,
  message: Message,
): Promise<{ label: string; command: string }[]> {
  if (message.person.offices.length > 0 && !namesOurs(message.text)) return [];
  const result = await found(turn, message);
  const articles = result.kind === 'ask' ? result.articles : [];
  return articles.map(articleChoice).map(({ label, command = '' }) => ({ label, command }));
}

export default defineFeature<DialogDeps>({
  id: 'knowledge',
  commands: [article, steps, ask],
  dialogs: [articleShown, helpTree],
  otherwise,
});
