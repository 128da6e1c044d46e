import type { Article } from './article';
import { similarityOf } from './similarity';
import { conceptsOf } from './tokens';

/** What each article speaks of, asks for and must not answer, as concepts; made once for a set of articles. */
export interface QuestionIndex {
  readonly entryOf: (article: Article) => Entry;
  /** Some article speaks of it. */
  readonly has: (name: string) => boolean;
}

export interface Entry {
  readonly article: Article;
  readonly needs: readonly (readonly Phrase[])[];
  readonly never: readonly Phrase[];
  /** Every concept of its listed questions. */
  readonly speaksOf: ReadonlySet<string>;
}

/** A phrase as its concepts, all of which must be there. */
export type Phrase = readonly string[];

const INDEXES = new WeakMap<readonly Article[], QuestionIndex>();

export function questionIndex(articles: readonly Article[]): QuestionIndex {
  const known = INDEXES.get(articles);
  if (known) return known;
  const index = build(articles);
  INDEXES.set(articles, index);
  return index;
}

function build(articles: readonly Article[]): QuestionIndex {
  const phrases = (list: readonly string[]): Phrase[] => list.map(conceptsOf);
  const { speaksOf } = similarityOf(articles);
  const entries = new Map<Article, Entry>(
    articles.map((article, at) => [
      article,
      {
        article,
        needs: article.needs.map(phrases),
        never: phrases(article.never),
        speaksOf: speaksOf[at] ?? new Set(),
      },
    ]),
  );
  const seen = new Set([...entries.values()].flatMap(({ speaksOf }) => [...speaksOf]));
  return {
    entryOf: (article) => entries.get(article) as Entry,
    has: (name) => seen.has(name),
  };
}
