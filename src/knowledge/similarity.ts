import type { Article } from './article';
import { OTHER_MATTERS } from './other-matters';
import { atOnce, inSteps } from './in-steps';
import { learning, type Example, type Told } from './learned';
import { isFiller } from './shorthand';
import { readText, type ReadText } from './tokens';

/**
 * How alike a text is to the listed questions of each article. Text and questions are vectors of what they speak of
 * (concepts and pairs of them), of their words and neighbouring words, and of three letters in a row, so that a slip or
 * another ending is still like; what is rare among the questions weighs more. The questions nearest to the text vote for
 * their articles, and all questions of an article together say how near it is as a whole. Pure; made once for a set.
 */
export interface Likeness {
  /** Null: other matters, which no article answers (`other-matters.ts`). */
  readonly article: Article | null;
  /** 0 to 1: the part of the nearest questions' votes that it has. */
  readonly votes: number;
  /** 0 to 1: how near the text is to all its questions together. */
  readonly whole: number;
  /** 0 to 1: how near the text is to the nearest of its questions. */
  readonly near: number;
  /** About -1 to 1: how much what was learned from all questions speaks for it (`learned.ts`). */
  readonly learned: number;
}

/** What each kind of feature weighs against the others. */
const WEIGHTS = { concept: 1.7, concepts: 1, word: 1.3, filler: 0.3, words: 1, letters: 0.7 } as const;
/** So many of the nearest questions vote. */
const VOTERS = 5;
/** A vote is the likeness to this power, so that a question typed nearly as it stands outvotes several that are a little like it. */
const SHARPNESS = 4;
/** What no question has says that the text is of something else, but a long story is full of it. */
const UNHEARD = 0.4;
/** Questions weighed in one step of making ready. */
const STEP = 100;

type Features = ReadonlyMap<string, number>;
type Posting = readonly [question: number, weight: number];

interface Similarity {
  /** The article of each question, by place. */
  readonly articleOf: readonly number[];
  /** Questions with the feature, and how much it is of each. */
  readonly questionsWith: ReadonlyMap<string, readonly Posting[]>;
  readonly articlesWith: ReadonlyMap<string, readonly Posting[]>;
  readonly rarity: (feature: string) => number;
  readonly told: Told;
  /** Every concept of each article's questions, by place. */
  readonly speaksOf: readonly ReadonlySet<string>[];
}

const MADE = new WeakMap<readonly Article[], Similarity>();

/** Every article that the text is like at all, and other matters, in no order. */
export function likenessOf(read: ReadText, articles: readonly Article[]): Likeness[] {
  const { articleOf, questionsWith, articlesWith, rarity, told } = similarityOf(articles);
  const typed = vectorOf(featuresOf(read), rarity);
  const learned = told(typed);
  const alike = sums(typed, questionsWith, articleOf.length);
  const whole = sums(typed, articlesWith, articles.length + 1);
  const near = new Float64Array(articles.length + 1);
  const voters: number[] = [];
  for (const [question, cosine] of alike.entries()) {
    if (cosine === 0) continue;
    const article = articleOf[question] as number;
    if (cosine > (near[article] as number)) near[article] = cosine;
    const last = voters.at(-1);
    if (voters.length === VOTERS && last !== undefined && cosine <= (alike[last] as number)) continue;
    voters.push(question);
    voters.sort((a, b) => (alike[b] as number) - (alike[a] as number) || a - b);
    voters.length = Math.min(voters.length, VOTERS);
  }
  const votes = new Float64Array(articles.length + 1);
  let all = 0;
  for (const question of voters) {
    const vote = (alike[question] as number) ** SHARPNESS;
    votes[articleOf[question] as number] = (votes[articleOf[question] as number] as number) + vote;
    all += vote;
  }
  return [...whole].flatMap((nearness, at) =>
    nearness === 0
      ? []
      : [
          {
            article: articles[at] ?? null,
            votes: all === 0 ? 0 : (votes[at] as number) / all,
            whole: nearness,
            near: near[at] as number,
            learned: learned[at] as number,
          },
        ],
  );
}

/** Made once for a set of articles. */
export function similarityOf(articles: readonly Article[]): Similarity {
  return MADE.get(articles) ?? kept(articles, atOnce(build(articles)));
}

/** Made ready for questions about these articles while others are answered. */
export async function prepareSimilarity(articles: readonly Article[]): Promise<void> {
  if (!MADE.has(articles)) kept(articles, await inSteps(build(articles)));
}

function kept(articles: readonly Article[], made: Similarity): Similarity {
  MADE.set(articles, made);
  return made;
}

function* build(articles: readonly Article[]): Generator<void, Similarity> {
  const asked = [...articles.map(({ questions, title }) => [...questions, title]), OTHER_MATTERS];
  const speaksOf = articles.map(() => new Set<string>());
  const questions: { readonly at: number; readonly features: Features }[] = [];
  const seen = new Map<string, number>();
  for (const [at, texts] of asked.entries()) {
    for (const text of texts) {
      const read = readText(text);
      for (const name of read.names) speaksOf[at]?.add(name);
      const features = featuresOf(read);
      questions.push({ at, features });
      for (const name of features.keys()) seen.set(name, (seen.get(name) ?? 0) + 1);
    }
    yield;
  }
  const rarity = (feature: string): number => {
    const count = seen.get(feature) ?? 0;
    return (Math.log((questions.length + 1) / (count + 1)) + 1) * (count === 0 ? UNHEARD : 1);
  };
  const examples: Example[] = [];
  const together = asked.map(() => new Map<string, number>());
  for (const [i, { at, features }] of questions.entries()) {
    const vector = vectorOf(features, rarity);
    examples.push({ at, vector });
    const sum = together[at] as Map<string, number>;
    for (const [name, weight] of vector) sum.set(name, (sum.get(name) ?? 0) + weight);
    if (i % STEP === 0) yield;
  }
  return {
    articleOf: questions.map(({ at }) => at),
    questionsWith: yield* postings(examples.map(({ vector }) => vector)),
    articlesWith: yield* postings(together.map((sum) => normed(sum))),
    rarity,
    speaksOf,
    told: yield* learning(examples, asked.length),
  };
}

function* postings(vectors: readonly Features[]): Generator<void, Map<string, Posting[]>> {
  const lists = new Map<string, Posting[]>();
  for (const [at, vector] of vectors.entries()) {
    for (const [name, weight] of vector) {
      const list = lists.get(name);
      if (list) list.push([at, weight]);
      else lists.set(name, [[at, weight]]);
    }
    if (at % STEP === 0) yield;
  }
  return lists;
}

/** The cosine of the text with each of so many vectors. */
function sums(typed: Features, lists: ReadonlyMap<string, readonly Posting[]>, count: number): Float64Array {
  const found = new Float64Array(count);
  for (const [name, weight] of typed)
    for (const [at, other] of lists.get(name) ?? []) found[at] = (found[at] as number) + weight * other;
  return found;
}

function featuresOf({ names, words }: ReadText): Features {
  const found = new Map<string, number>();
  for (const name of names) found.set(`c ${name}`, WEIGHTS.concept);
  for (const [i, name] of names.entries()) {
    const next = names[i + 1];
    if (next !== undefined) found.set(`p ${[name, next].sort().join(' ')}`, WEIGHTS.concepts);
  }
  for (const [i, word] of words.entries()) {
    found.set(`w ${word}`, isFiller(word) ? WEIGHTS.filler : WEIGHTS.word);
    const next = words[i + 1];
    if (next !== undefined) found.set(`b ${word} ${next}`, WEIGHTS.words);
    const whole = `^${word}$`;
    for (let at = 0; at + 3 <= whole.length; at += 1)
      found.set(`l ${whole.slice(at, at + 3)}`, WEIGHTS.letters);
  }
  return found;
}

function vectorOf(features: Features, rarity: (feature: string) => number): Features {
  return normed(new Map([...features].map(([name, weight]) => [name, weight * rarity(name)])));
}

function normed(vector: Features): Features {
  const length = Math.sqrt([...vector.values()].reduce((sum, weight) => sum + weight ** 2, 0)) || 1;
  return new Map([...vector].map(([name, weight]) => [name, weight / length]));
}
