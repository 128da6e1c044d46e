import type { Say, Turn } from '../conversation/dialog';
import type { Article } from '../knowledge/article';
import type { DialogDeps } from './deps';

/** An article as an answer: its text, with its source and date at the end. */
export function articleAnswer(_turn: Turn<DialogDeps>, article: Article): Say {
  return { text: article.parts.join('\n') };
}
