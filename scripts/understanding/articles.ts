import { join } from 'node:path';
import { repositoryRoot } from '../../src/kernel/root';
import { loadArticles } from '../../src/knowledge/load';
import { questionIndex } from '../../src/knowledge/question-index';

/** The articles by language, loaded once and made ready before the first line, as the program does once it is up. */
export const ARTICLES = {
  vi: loadArticles(join(repositoryRoot(), 'locales', 'vi', 'faq')),
  en: loadArticles(join(repositoryRoot(), 'locales', 'en', 'faq')),
};
for (const articles of Object.values(ARTICLES)) questionIndex(articles);
