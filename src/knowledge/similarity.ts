import type { Article } from './article';
import { OTHER_MATTERS } from './other-matters';
import { atOnce, inSteps } from './in-steps';
import { learning, type Examples, type Told } from './learned';
import { RowWriter, summed, turned, type Row, type Rows } from './rows';
import { isFiller } from './shorthand';
import { isStory } from './story';
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
/** Among so many words one slip tells little: their letters are not looked at. */
const MANY = 15;
type Features = ReadonlyMap<string, number>;

interface Similarity {
  /** The article of each question, by place. */
  readonly articleOf: Uint16Array;
  /** For each feature the questions that have it, and how much it is of each. */
  readonly questionsWith: Rows;
  readonly articlesWith: Rows;
  /** How like each question the last text was: so many numbers are not made anew for each. */
  readonly alike: Float64Array;
  readonly heard: Heard;
  readonly told: Told;
  /** Every concept of each article's questions, by place. */
  readonly speaksOf: readonly ReadonlySet<string>[];
}

/** The features that some question has. */
interface Heard {
  readonly placeOf: ReadonlyMap<string, number>;
  /** By place. */
  readonly rarity: Float64Array;
  /** The rarity of what no question has. */
  readonly unheard: number;
}

const MADE = new WeakMap<readonly Article[], Similarity>();

/** Every article that the text is like at all, and other matters, in no order. */
export function likenessOf(read: ReadText, articles: readonly Article[]): Likeness[] {
  const { articleOf, questionsWith, articlesWith, alike, heard, told } = similarityOf(articles);
  const typed = vectorOf(featuresOf(read), heard);
  const learned = told(typed);
  summed(typed, questionsWith, alike);
  const whole = summed(typed, articlesWith, new Float64Array(articles.length + 1));
  const near = new Float64Array(articles.length + 1);
  for (let question = 0; question < alike.length; question += 1) {
    const article = articleOf[question] as number;
    near[article] = Math.max(near[article] as number, alike[question] as number);
  }
  const votes = new Float64Array(articles.length + 1);
  let all = 0;
  for (const question of nearest(alike)) {
    const vote = (alike[question] as number) ** SHARPNESS;
    (votes[articleOf[question] as number] as number) += vote;
    all += vote;
  }
  const found: Likeness[] = [];
  for (let at = 0; at < whole.length; at += 1)
    if (whole[at] !== 0)
      found.push({
        article: articles[at] ?? null,
        votes: all === 0 ? 0 : (votes[at] as number) / all,
        whole: whole[at] as number,
        near: near[at] as number,
        learned: learned[at] as number,
      });
  return found;
}

/** The questions that vote, the nearest first, of equals the earlier. */
function nearest(alike: Float64Array): number[] {
  const voters: number[] = [];
  for (let question = 0; question < alike.length; question += 1) {
    const cosine = alike[question] as number;
    let at = voters.length;
    while (at > 0 && (alike[voters[at - 1] as number] as number) < cosine) at -= 1;
    if (cosine === 0 || at >= VOTERS) continue;
    voters.splice(at, 0, question);
    voters.length = Math.min(voters.length, VOTERS);
  }
  return voters;
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
  const placeOf = new Map<string, number>();
  const seen: number[] = [];
  const articleOf: number[] = [];
  const unweighed = new RowWriter();
  for (const [at, texts] of asked.entries()) {
    for (const text of texts) {
      const read = readText(text);
      // What a story tells on the way is not what the article is about.
      if (!isStory(text)) for (const name of read.names) speaksOf[at]?.add(name);
      for (const [name, weight] of featuresOf(read)) {
        const place = placeOf.get(name) ?? placeOf.size;
        placeOf.set(name, place);
        seen[place] = (seen[place] ?? 0) + 1;
        unweighed.add(place, weight);
      }
      unweighed.end();
      articleOf.push(at);
    }
    yield;
  }
  const rare = (count: number): number => Math.log((articleOf.length + 1) / (count + 1)) + 1;
  const rarity = Float64Array.from(seen, rare);
  const questions = weighed(unweighed.done(), rarity);
  yield;
  const examples = {
    questions,
    articleOf: Uint16Array.from(articleOf),
    features: placeOf.size,
    articles: asked.length,
  };
  return {
    articleOf: examples.articleOf,
    questionsWith: turned(questions, placeOf.size),
    articlesWith: turned(together(examples), placeOf.size),
    alike: new Float64Array(articleOf.length),
    heard: { placeOf, rarity, unheard: rare(0) * UNHEARD },
    speaksOf,
    told: yield* learning(examples),
  };
}

/** Each row weighed by how rare its features are, and of length one. */
function weighed({ starts, places, values }: Rows, rarity: Float64Array): Rows {
  const out = new Float32Array(values.length);
  for (let row = 0; row + 1 < starts.length; row += 1) {
    const [begin, end] = [starts[row] as number, starts[row + 1] as number];
    let square = 0;
    for (let i = begin; i < end; i += 1)
      square += ((values[i] as number) * (rarity[places[i] as number] as number)) ** 2;
    const length = Math.sqrt(square) || 1;
    for (let i = begin; i < end; i += 1)
      out[i] = ((values[i] as number) * (rarity[places[i] as number] as number)) / length;
  }
  return { starts, places, values: out };
}

/** All questions of each article as one. */
function together({ questions, articleOf, articles }: Examples): Rows {
  const sums = Array.from({ length: articles }, () => new Map<number, number>());
  for (let question = 0; question < articleOf.length; question += 1) {
    const sum = sums[articleOf[question] as number] as Map<number, number>;
    for (
      let i = questions.starts[question] as number;
      i < (questions.starts[question + 1] as number);
      i += 1
    ) {
      const place = questions.places[i] as number;
      sum.set(place, (sum.get(place) ?? 0) + (questions.values[i] as number));
    }
  }
  const rows = new RowWriter();
  for (const sum of sums) {
    const length = Math.sqrt([...sum.values()].reduce((all, weight) => all + weight ** 2, 0)) || 1;
    for (const [place, weight] of sum) rows.add(place, weight / length);
    rows.end();
  }
  return rows.done();
}

function featuresOf({ names, words }: ReadText): Features {
  const found = new Map<string, number>();
  for (const name of names) found.set(`c ${name}`, WEIGHTS.concept);
  for (const [i, name] of names.entries()) {
    const next = names[i + 1];
    if (next !== undefined)
      found.set(name < next ? `p ${name} ${next}` : `p ${next} ${name}`, WEIGHTS.concepts);
  }
  for (const [i, word] of words.entries()) {
    found.set(`w ${word}`, isFiller(word) ? WEIGHTS.filler : WEIGHTS.word);
    const next = words[i + 1];
    if (next !== undefined) found.set(`b ${word} ${next}`, WEIGHTS.words);
    if (words.length >= MANY) continue;
    const whole = `^${word}$`;
    for (let at = 0; at + 3 <= whole.length; at += 1)
      found.set(`l ${whole.slice(at, at + 3)}`, WEIGHTS.letters);
  }
  return found;
}

/** Of length one; what no question has makes the rest of it shorter. */
function vectorOf(features: Features, { placeOf, rarity, unheard }: Heard): Row {
  const [places, values]: [number[], number[]] = [[], []];
  let square = 0;
  for (const [name, weight] of features) {
    const place = placeOf.get(name);
    const value = weight * (place === undefined ? unheard : (rarity[place] as number));
    square += value ** 2;
    if (place === undefined) continue;
    places.push(place);
    values.push(value);
  }
  const length = Math.sqrt(square) || 1;
  return { places, values: values.map((value) => value / length) };
}
