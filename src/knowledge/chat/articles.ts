import type { Say } from '../../conversation/dialog';
import type { Article } from '../article';

/** An article as an answer: its text, which ends with its source and date. */
export function articleAnswer(article: Article): Say {
  return { text: article.parts.join('\n\n') };
}
