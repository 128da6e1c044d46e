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
  /** One phrase of each must be there. */
  readonly needs: readonly Phrases[];
  readonly never: Phrases;
  /** Every concept of its listed questions. */
  readonly speaksOf: ReadonlySet<string>;
  /** It is about a fraud. */
  readonly safety: boolean;
  /** It says itself that it is about a thing of others. */
  readonly ofOthers: boolean;
}

/** Phrases as their concepts, all of which must be there; most have one alone. */
export interface Phrases {
  readonly single: ReadonlySet<string>;
  readonly longer: readonly (readonly string[])[];
}

/** Whether any of them is among the concepts of a text. */
export function hasAny({ single, longer }: Phrases, typed: ReadonlySet<string>): boolean {
  if (single.size > 0) for (const name of typed) if (single.has(name)) return true;
  return longer.some((phrase) => phrase.every((name) => typed.has(name)));
}

const INDEXES = new WeakMap<readonly Article[], QuestionIndex>();

export function questionIndex(articles: readonly Article[]): QuestionIndex {
  const known = INDEXES.get(articles);
  if (known) return known;
  const index = build(articles);
  INDEXES.set(articles, index);
  return index;
}

function build(articles: readonly Article[]): QuestionIndex {
  const phrases = (list: readonly string[]): Phrases => {
    const read = list.map(conceptsOf);
    return {
      single: new Set(read.flatMap((names) => (names.length === 1 ? names : []))),
      longer: read.filter(({ length }) => length > 1),
    };
  };
  const { speaksOf } = similarityOf(articles);
  const entries = new Map<Article, Entry>(
    articles.map((article, at) => [
      article,
      {
        article,
        needs: article.needs.map(phrases),
        never: phrases(article.never),
        speaksOf: speaksOf[at] ?? new Set(),
        safety: article.tags.includes('scam'),
        ofOthers: article.tags.includes('elsewhere'),
      },
    ]),
  );
  const seen = new Set([...entries.values()].flatMap(({ speaksOf }) => [...speaksOf]));
  return {
    entryOf: (article) => entries.get(article) as Entry,
    has: (name) => seen.has(name),
  };
}
