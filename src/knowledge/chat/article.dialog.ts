import {
  defineDialog,
  textIn,
  type Choice,
  type Say,
  type StepResult,
  type Turn,
} from '../../conversation/dialog';
import { answer, say, sentence } from '../../dialogs/answer';
import type { DialogDeps } from '../../dialogs/deps';
import { asksToSlow, speakSlowly } from '../../dialogs/manner-commands';
import type { Article } from '../article';
import {
  articleAnswer,
  articleChoice,
  articleOf,
  findOnceReady,
  humanChoice,
  whichQuestion,
  withdrawnSay,
} from './articles';
import { beginTree, stepsChoice } from './help-tree.dialog';
import { inviteChoice, unsolved } from './unsolved';
import { asksWhatFirst, plain, readSaid } from './tree-words';

/** The answer that was shown last, so that «không được em ơi» is about it. It keeps no question open. */
export default defineDialog<DialogDeps>({
  id: 'article',
  version: 1,
  first: 'shown',
  light: true,
  steps: {
    shown: {
      to: [],
      async ask({ turn, slots }) {
        const article = articleOf(turn, textIn(slots, 'id'));
        if (!article) return { text: turn.words.t('knowledge:tree.changed') };
        return shown(turn, article, articleOf(turn, textIn(slots, 'also')));
      },
      async receive({ turn, slots }, input) {
        const article = articleOf(turn, textIn(slots, 'id'));
        if (!article) return { move: { to: 'pass' } };
        if (asksToSlow(plain(input.text)))
          return slower(turn, article, articleOf(turn, textIn(slots, 'also')));
        if (asksForSteps(input.text)) return beginTree(turn, article.id) ?? { move: { to: 'pass' } };
        const first = asksWhatFirst(input.text) ? firstStep(turn, article) : null;
        if (first) return first;
        if (readSaid(input.text) !== 'failed' && !(await triedInVain(turn, input.text, article)))
          return { move: { to: 'pass' } };
        const found = await findOnceReady(turn, input.text, { last: article.id });
        if (found.kind === 'answer' && found.article !== article) return { move: { to: 'pass' } };
        const steps = beginTree(turn, article.tree ? article.id : (article.fails ?? article.id));
        if (steps) return steps;
        if (found.kind === 'ask') return answer(whichQuestion(turn, found.articles));
        return stillOpen(turn, article.id);
      },
    },
  },
});

/** `also`: what the question may have meant as well. */
export function shown(turn: Turn<DialogDeps>, article: Article, also?: Article | null): Say {
  const gone = withdrawnSay(turn, article);
  if (gone) return gone;
  return {
    ...articleAnswer(article, turn.words, turn.at),
    choices: [
      ...(article.tree ? [stepsChoice(turn, article.id)] : []),
      ...(article.id === 'class-near' ? [classesChoice(turn)] : []),
      ...(also ? [articleChoice(also)] : []),
      humanChoice(turn.words),
    ],
  };
}

/** The next classes themselves, instead of how to ask for them. */
function classesChoice({ words }: Turn<DialogDeps>): Choice {
  return { id: 'NEAR', label: words.t('classes:buttons.near'), command: '#LOPGAN' };
}

/** «Chỉ từng bước»: the same, one thing at a time. */
export function asksForSteps(text: string): boolean {
  return /từng bước|tung buoc|step by step/i.test(text.normalize('NFC'));
}

/** «Nói chậm thôi»: the same once more, in short pieces. */
function slower(turn: Turn<DialogDeps>, article: Article, also: Article | undefined): StepResult {
  const { effects = [] } = speakSlowly(turn);
  const again = shown(turn, article, also);
  const text = `${say(turn, 'manner:slow')}\n\n${again.text}`;
  return { effects, move: { to: 'here', say: { ...again, text } } };
}

/** What is to be done first: the first place of its steps, or the line of the answer that begins with 1. Null: it names none. */
function firstStep(turn: Turn<DialogDeps>, article: Article): StepResult | null {
  const steps = beginTree(turn, article.id);
  if (steps) return steps;
  const { text } = articleAnswer(article, turn.words, turn.at);
  const step = /^1\. (.+)$/m.exec(text)?.[1];
  return step === undefined
    ? null
    : sentence(turn, 'knowledge:first_step', { step }, [humanChoice(turn.words)]);
}

/** «Làm rồi mà nó không hiện chỗ quên passcode» under that very answer: the same words once more would not help. */
async function triedInVain(turn: Turn<DialogDeps>, text: string, article: Article): Promise<boolean> {
  if (!TRIED.test(plain(text))) return false;
  const found = await findOnceReady(turn, text);
  return found.kind === 'answer' && found.article === article;
}

const TRIED =
  /(?:^| )(?:lam|thu|bam|nhap|go|vao|mo|quet|ap|doi|goi)(?: \S+){0,4} roi(?: \S+)? (?:ma|nhung|van|no) |(?:^| )(?:ma|nhung|van)(?: \S+)? (?:khong|ko|k|chang|cha|chua) |(?:^| )(?:i tried|i did|still|but it)(?: |$)/;

/** «Không được» where there are no steps to go through: a person, or a class about it. */
function stillOpen(turn: Turn<DialogDeps>, topic: string): StepResult {
  const choices = [humanChoice(turn.words), inviteChoice(turn, topic)];
  return { ...sentence(turn, 'knowledge:still_open', {}, choices), effects: [unsolved(turn, topic)] };
}
