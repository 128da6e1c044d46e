import type { Article } from './article';
import { OTHER_MATTERS } from './other-matters';
import { atOnce, inSteps } from '../kernel/in-steps';
import { kept, type Kept } from '../kernel/kept';
import { learning, told, type Examples, type Learned } from '../understanding/learned';
import { RowWriter, rowsAt, summed, turned, type Rows } from '../understanding/rows';
import { Collected, lettersOf, vectorOf, type Features, type Heard } from '../understanding/vectors';
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
interface Similarity {
  /** The article of each question, by place. */
  readonly articleOf: Uint16Array;
  /** For each feature the questions that have it, and how much it is of each. */
  readonly questionsWith: Rows;
  readonly articlesWith: Rows;
  readonly heard: Heard;
  readonly learned: Learned;
  /** Every concept of each article's questions, by place. */
  readonly speaksOf: readonly ReadonlySet<string>[];
}

interface Ready extends Similarity {
  /** How like each question the last text was: so many numbers are not made anew for each. */
  readonly alike: Float64Array;
}

const MADE = new WeakMap<readonly Article[], Ready>();

/** Every article that the text is like at all, and other matters, in no order. */
export function likenessOf(read: ReadText, articles: readonly Article[]): Likeness[] {
  const similarity = similarityOf(articles);
  const { articleOf, questionsWith, articlesWith, alike, heard } = similarity;
  const typed = vectorOf(featuresOf(read), heard);
  const learned = told(typed, similarity.learned);
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

/** Made once for a set of articles, and kept for the next start. */
export function similarityOf(articles: readonly Article[]): Ready {
  const known = MADE.get(articles);
  if (known) return known;
  const keep = keptOf(articles);
  const before = keep.read();
  return before ? ready(articles, before) : made(articles, keep, atOnce(build(articles)));
}

/** Made ready for questions about these articles while others are answered. */
export async function prepareSimilarity(articles: readonly Article[]): Promise<void> {
  if (MADE.has(articles)) return;
  const keep = keptOf(articles);
  const before = keep.read();
  if (before) ready(articles, before);
  else made(articles, keep, await inSteps(build(articles)));
}

function keptOf(articles: readonly Article[]): Kept<Similarity> {
  return kept(
    'articles',
    articles.flatMap((article) => [`# ${article.id}`, ...textsOf(article)]),
  );
}

function made(articles: readonly Article[], keep: Kept<Similarity>, similarity: Similarity): Ready {
  keep.write(similarity);
  return ready(articles, similarity);
}

function ready(articles: readonly Article[], similarity: Similarity): Ready {
  const done = { ...similarity, alike: new Float64Array(similarity.articleOf.length) };
  MADE.set(articles, done);
  return done;
}

/** All that is known of how an article is asked for. */
function textsOf({ questions, asked, title }: Article): string[] {
  return [...questions, ...asked, title];
}

function* build(articles: readonly Article[]): Generator<void, Similarity> {
  const asked = [...articles.map(textsOf), OTHER_MATTERS];
  const speaksOf = articles.map(() => new Set<string>());
  const meanings: number[] = [];
  const listed: number[] = [];
  const collected = new Collected();
  for (const [at, texts] of asked.entries()) {
    const more = new Set(articles[at]?.asked);
    for (const text of texts) {
      const read = readText(text);
      collected.add(featuresOf(read));
      if (!more.has(text)) {
        listed.push(meanings.length);
        // What a story tells on the way is not what the article is about.
        if (!isStory(text)) for (const name of read.names) speaksOf[at]?.add(name);
      }
      meanings.push(at);
    }
    yield;
  }
  const { texts: all, heard } = collected.done(UNHEARD);
  yield;
  const features = heard.placeOf.size;
  const meaningOf = Uint16Array.from(meanings);
  const questions = rowsAt(all, listed);
  const articleOf = Uint16Array.from(listed, (text) => meaningOf[text] as number);
  const learned = yield* learning({ texts: all, meaningOf, features, meanings: asked.length });
  return {
    articleOf,
    questionsWith: turned(questions, features),
    articlesWith: turned(
      together({ texts: questions, meaningOf: articleOf, features, meanings: asked.length }),
      features,
    ),
    ...{ heard, speaksOf, learned },
  };
}

/** All questions of each article as one. */
function together({ texts, meaningOf, meanings }: Examples): Rows {
  const sums = Array.from({ length: meanings }, () => new Map<number, number>());
  for (let question = 0; question < meaningOf.length; question += 1) {
    const sum = sums[meaningOf[question] as number] as Map<number, number>;
    for (let i = texts.starts[question] as number; i < (texts.starts[question + 1] as number); i += 1) {
      const place = texts.places[i] as number;
      sum.set(place, (sum.get(place) ?? 0) + (texts.values[i] as number));
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
    for (const letters of lettersOf(word)) found.set(`l ${letters}`, WEIGHTS.letters);
  }
  return found;
}
