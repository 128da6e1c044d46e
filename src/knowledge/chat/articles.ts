import { toReader } from '../../kernel/address';
import type { Choice, Say, Turn } from '../../conversation/dialog';
import type { DialogDeps } from '../../dialogs/deps';
import type { Words } from '../../kernel/i18n';
import { vnDay } from '../../kernel/vn-time';
import { personOf } from '../../org/chat/people';
import { isInForce, type Article } from '../article';
import { findArticles, type FindContext, type Found } from '../find';
import { isWords, prepare } from '../rank';

/** What the text asks for. The first question after a start waits until the articles are ready for it; others are served meanwhile. */
export async function findOnceReady(
  turn: Turn<DialogDeps>,
  text: string,
  context: FindContext = {},
): Promise<Found> {
  const articles = turn.deps.articles(turn.words.locale);
  if (isWords(text)) await prepare(articles);
  return findArticles(text, articles, context);
}

/** An article as an answer: its text, which ends with its source and date. One past its last day says so instead. */
export function articleAnswer(article: Article, words: Words, at: Date): Say {
  if (!isInForce(article, vnDay(at)))
    return { text: words.t('knowledge:withdrawn', { title: article.title }) };
  return { text: withBanner(article, at, toReader(words, article.parts.join('\n\n'))) };
}

/** Said instead of an answer, or of its steps, once its last day is over: whom to ask. Null: it may be given. */
export function withdrawnSay(turn: Turn<DialogDeps>, article: Article | undefined): Say | null {
  if (!article || isInForce(article, vnDay(turn.at))) return null;
  return { ...articleAnswer(article, turn.words, turn.at), choices: [humanChoice(turn.words)] };
}

/** Under what an operator has put over the article for these days. */
export function withBanner(article: Article | undefined, at: Date, text: string): string {
  const banner = article?.banner?.(at) ?? null;
  return banner === null ? text : `${banner}\n\n${text}`;
}

/** «Bác hỏi việc nào ạ?» with a line and a button for each. */
export function whichQuestion(turn: Turn<DialogDeps>, articles: readonly Article[]): Say {
  return {
    text: turn.words.t('knowledge:which_question', {
      ...personOf(turn).vars,
      questions: articles.map(({ title }, i) => `${i + 1}. ${title}`).join('\n'),
    }),
    choices: articles.map(articleChoice),
  };
}

export function articleChoice(article: Article): Choice {
  const id = article.id.toUpperCase();
  return { id: id.replaceAll('-', '_'), label: article.title, command: `#FAQ_${id}` };
}

/** The questions most people come with. */
export function questionChoices({ words }: { readonly words: Words }): Choice[] {
  return [
    { id: 'FORGOT', label: words.t('common:buttons.forgot_password'), command: '#FAQ_FORGOT-VNEID-PASSWORD' },
    { id: 'PHONE', label: words.t('common:buttons.new_phone'), command: '#FAQ_NEW-PHONE' },
    { id: 'ACTIVATE', label: words.t('common:buttons.activate'), command: '#FAQ_ACTIVATE-LEVEL2' },
    { id: 'LEARN', label: words.t('common:buttons.where_to_learn'), command: '#FAQ_WHERE-TO-LEARN' },
  ];
}

/** What somebody who sent a code or a number is most likely in the middle of. */
export function secretChoices({ words }: { readonly words: Words }): Choice[] {
  const [forgot, phone] = questionChoices({ words });
  const code = { id: 'CODE', label: words.t('common:buttons.no_code'), command: '#FAQ_OTP-NOT-RECEIVED' };
  return [...(forgot && phone ? [forgot, phone] : []), code, humanChoice(words)];
}

/** A human instead, where what the bot says may not do. */
export function humanChoice(words: Words): Choice {
  return { id: 'HUMAN', label: words.t('knowledge:tree.human'), command: '#GAPNGUOI' };
}

/** The article in the person's language; undefined: there is none of the name. */
export function articleOf(turn: Turn<DialogDeps>, id: string): Article | undefined {
  return turn.deps.articles(turn.words.locale).find((one) => one.id === id);
}
