import { join } from 'node:path';
import type { Article } from './article';
import { loadArticles } from './load';
import { prepare } from './rank';

/** Once everything is up: the first citizen need not wait for it, and no short life does it. */
const PREPARED_AFTER_MS = 4_000;

/** The questions people ask, with their answers, in every language. Throws when an article is not as it should be. */
export function openKnowledge(locales: string) {
  const articles = new Map(
    ['vi', 'en'].map((locale) => [locale, loadArticles(join(locales, locale, 'faq'))]),
  );
  setTimeout(() => void prepareAll([...articles.values()]), PREPARED_AFTER_MS).unref();
  return { articles: (locale: string): readonly Article[] => articles.get(locale) ?? [] };
}

async function prepareAll(lists: readonly (readonly Article[])[]): Promise<void> {
  for (const list of lists) await prepare(list);
}
