import { atOnce } from './in-steps';
import { RowWriter, summed, type Row, type Rows } from './rows';

/**
 * Learns from the listed questions which features tell one article from another: a linear model for several classes,
 * passive-aggressive with averaged weights (Crammer et al., 2006). A question that is told rightly by a margin changes
 * nothing, so few passes are enough, and most weights stay zero and are not kept; the same questions give the same
 * model. Pure; made once for a set of articles.
 */
export interface Examples {
  /** What each question has of each feature. */
  readonly questions: Rows;
  /** The place of the article of each question. */
  readonly articleOf: ArrayLike<number>;
  readonly features: number;
  readonly articles: number;
}

/** For each article how much the vector speaks for it, about -1 to 1; the first is meant the surer, the farther ahead it is. */
export type Told = (vector: Row) => Float64Array;

const PASSES = 3;
/** How far one question may turn the weights. */
const BOLDNESS = 0.5;
/** So far ahead a question must be told. */
const MARGIN = 1;
/** Questions looked at in one step. */
const STEP = 100;

export function learn(examples: Examples): Told {
  return atOnce(learning(examples));
}

/** The same in steps of a few milliseconds. */
export function* learning(examples: Examples): Generator<void, Told> {
  const { questions, articleOf, features, articles } = examples;
  const weights = new Weights(features);
  const scores = new Float64Array(articles);
  let seen = 0;
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const question of shuffled(articleOf.length, pass)) {
      seen += 1;
      if (seen % STEP === 0) yield;
      const [begin, end] = [questions.starts[question] as number, questions.starts[question + 1] as number];
      const places = questions.places.subarray(begin, end);
      const values = questions.values.subarray(begin, end);
      weights.tell({ places, values }, scores);
      const article = articleOf[question] as number;
      const rival = best(scores, article);
      const loss = MARGIN - (scores[article] as number) + (scores[rival] as number);
      if (loss <= 0) continue;
      const turn = loss / (2 + 1 / (2 * BOLDNESS));
      for (let i = 0; i < places.length; i += 1) {
        const step = turn * (values[i] as number);
        weights.turn(places[i] as number, article, step, seen);
        weights.turn(places[i] as number, rival, -step, seen);
      }
    }
  const learned = weights.averaged(seen);
  return (vector) => summed(vector, learned, new Float64Array(articles));
}

/** The weights that were ever turned, those of each feature in a chain; most of all there could be never are. */
class Weights {
  private readonly first: Int32Array;
  private next = new Int32Array(4_096);
  private articles = new Uint16Array(4_096);
  private weights = new Float32Array(4_096);
  /** Each step times when it was made, from which the average follows. */
  private steps = new Float32Array(4_096);
  private used = 0;

  constructor(features: number) {
    this.first = new Int32Array(features).fill(-1);
  }

  turn(feature: number, article: number, step: number, seen: number): void {
    let at = this.first[feature] as number;
    while (at >= 0 && this.articles[at] !== article) at = this.next[at] as number;
    if (at < 0) at = this.added(feature, article);
    (this.weights[at] as number) += step;
    (this.steps[at] as number) += step * seen;
  }

  tell({ places, values }: Row, scores: Float64Array): void {
    scores.fill(0);
    for (let i = 0; i < places.length; i += 1) {
      const value = values[i] as number;
      for (let at = this.first[places[i] as number] as number; at >= 0; at = this.next[at] as number)
        (scores[this.articles[at] as number] as number) += (this.weights[at] as number) * value;
    }
  }

  averaged(seen: number): Rows {
    const rows = new RowWriter();
    for (const first of this.first) {
      for (let at = first; at >= 0; at = this.next[at] as number)
        rows.add(
          this.articles[at] as number,
          (this.weights[at] as number) - (this.steps[at] as number) / Math.max(1, seen),
        );
      rows.end();
    }
    return rows.done();
  }

  private added(feature: number, article: number): number {
    const at = this.used;
    if (at === this.next.length) this.grow();
    this.used += 1;
    this.articles[at] = article;
    this.next[at] = this.first[feature] as number;
    this.first[feature] = at;
    return at;
  }

  private grow(): void {
    const { next, articles, weights, steps } = this;
    const size = 2 * next.length;
    (this.next = new Int32Array(size)).set(next);
    (this.articles = new Uint16Array(size)).set(articles);
    (this.weights = new Float32Array(size)).set(weights);
    (this.steps = new Float32Array(size)).set(steps);
  }
}

/** The likeliest class but this one. */
function best(scores: Float64Array, but: number): number {
  let found = but === 0 ? 1 : 0;
  for (let k = 0; k < scores.length; k += 1)
    if (k !== but && (scores[k] as number) > (scores[found] as number)) found = k;
  return found;
}

/** Places in another order each pass, the same every time: a step that shares no divisor with the count walks over all. */
function shuffled(count: number, pass: number): number[] {
  const strides = [7_919, 104_729, 1_299_709];
  const stride = strides[pass % strides.length] as number;
  return Array.from({ length: count }, (_none, i) => ((i + 1) * stride) % count);
}
