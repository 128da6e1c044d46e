import MiniSearch from 'minisearch';
import type { Article } from './article';
import { conceptsOf } from './tokens';

/** Every listed way of asking as a small document of concepts, made once for a set of articles. */
export interface QuestionIndex {
  readonly entries: readonly Entry[];
  /** Listed questions that share a concept with these names. */
  readonly find: (names: ReadonlySet<string>) => Question[];
  /** How much a concept or word says: the rarer in articles, the more. One that no article has says little. */
  readonly weight: (name: string) => number;
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

export interface Question {
  readonly entry: Entry;
  readonly names: ReadonlySet<string>;
  /** Of all its concepts together. */
  readonly weight: number;
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
  const phrases = (list: readonly string[]): Phrase[] => list.map(conceptsOf);
  const asked = articles.map((article) => [...article.questions, article.title].map(conceptsOf));
  const entries = articles.map((article, at): Entry => {
    const speaksOf = new Set(asked[at]?.flat());
    return { article, needs: article.needs.map(phrases), never: phrases(article.never), speaksOf };
  });
  const seen = new Map<string, number>();
  for (const { speaksOf } of entries) for (const name of speaksOf) seen.set(name, (seen.get(name) ?? 0) + 1);
  const weight = weigher(seen, articles.length);
  const questions = entries.flatMap((entry, at) =>
    (asked[at] ?? []).map((names): Question => {
      const set = new Set(names);
      return { entry, names: set, weight: weightOf(set, weight) };
    }),
  );
  const search = new MiniSearch<{ id: number; concepts: string }>({
    fields: ['concepts'],
    tokenize: (line) => line.split(' '),
    processTerm: (term) => term,
  });
  search.addAll(questions.map(({ names }, id) => ({ id, concepts: [...names].join(' ') })));
  return {
    entries,
    find: (names) => search.search([...names].join(' ')).flatMap(({ id }) => questions[Number(id)] ?? []),
    weight,
    has: (name) => seen.has(name),
  };
}

function weigher(seen: ReadonlyMap<string, number>, articles: number): (name: string) => number {
  const light = Math.log(1 + articles) / 3;
  return (name) => {
    const count = seen.get(name);
    return count === undefined ? light : Math.log(1 + articles / count);
  };
}

export function weightOf(names: Iterable<string>, weight: (name: string) => number): number {
  let total = 0;
  for (const name of names) total += weight(name);
  return total;
}
