import { join } from 'node:path';
import type { Article } from './article';
import { openBanners, type BannersOptions } from './banners';
import { loadArticles } from './load';
import { prepare } from './rank';

/** Once everything is up: the first citizen need not wait for it, and no short life does it. */
const PREPARED_AFTER_MS = 4_000;

export interface KnowledgeOptions {
  /** The folder of the texts. */
  readonly locales: string;
  /** Where an operator's banners stand. */
  readonly banners: string;
  readonly log: BannersOptions['log'];
}

/** The questions people ask, with their answers, in every language. Throws when an article is not as it should be. */
export function openKnowledge({ locales, banners: file, log }: KnowledgeOptions) {
  const loaded = ['vi', 'en'].map((locale) => [locale, loadArticles(join(locales, locale, 'faq'))] as const);
  const ids = new Set(loaded.flatMap(([, list]) => list.map(({ id }) => id)));
  const banners = openBanners({ file, articles: ids, log });
  const articles = new Map(
    loaded.map(([locale, list]) => [
      locale,
      list.map((one): Article => ({ ...one, banner: (at) => banners.over(one.id, locale, at) })),
    ]),
  );
  setTimeout(() => {
    void (async () => {
      for (const list of articles.values()) await prepare(list);
    })();
  }, PREPARED_AFTER_MS).unref();
  return { articles: (locale: string): readonly Article[] => articles.get(locale) ?? [] };
}
