import { join } from 'node:path';
import type { Article } from './article';
import { loadArticles } from './load';

/** The questions people ask, with their answers, in every language. Throws when an article is not as it should be. */
export function openKnowledge(locales: string) {
  const articles = new Map(
    ['vi', 'en'].map((locale) => [locale, loadArticles(join(locales, locale, 'faq'))]),
  );
  return { articles: (locale: string): readonly Article[] => articles.get(locale) ?? [] };
}
