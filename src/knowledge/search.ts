import type { Article } from './article';
import { findArticles } from './find';

export interface Found {
  readonly article: Article;
  /** It clearly is this question: answer it without asking. */
  readonly sure: boolean;
}

/** The nearest article alone, for those who cannot offer a choice; null when nothing is near. */
export function searchArticles(text: string, articles: readonly Article[]): Found | null {
  const found = findArticles(text, articles);
  if (found.kind === 'none') return null;
  const article = found.kind === 'answer' ? found.article : found.articles[0];
  if (!article) return null;
  return { article, sure: found.kind === 'answer' };
}
