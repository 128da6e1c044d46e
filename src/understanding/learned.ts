import { atOnce } from '../kernel/in-steps';
import { RowWriter, summed, type Row, type Rows } from './rows';

/**
 * Learns from examples which features tell one meaning from another (an article, a wish): a linear model for several
 * classes, passive-aggressive with averaged weights (Crammer et al., 2006). An example that is told rightly by a margin
 * changes nothing, so few passes are enough, and most weights stay zero and are not kept; the same examples give the
 * same model. Pure; made once for a set of examples.
 */
export interface Examples {
  /** What each example has of each feature. */
  readonly texts: Rows;
  /** The place of the meaning of each example. */
  readonly meaningOf: ArrayLike<number>;
  readonly features: number;
  readonly meanings: number;
}

/** What was learned: for each feature how much it speaks for each meaning. */
export interface Learned {
  readonly weights: Rows;
  readonly meanings: number;
}

/** For each meaning how much the vector speaks for it, about -1 to 1; the first is meant the surer, the farther ahead it is. */
export function told(vector: Row, { weights, meanings }: Learned): Float64Array {
  return summed(vector, weights, new Float64Array(meanings));
}

const PASSES = 3;
/** How far one example may turn the weights. */
const BOLDNESS = 0.5;
/** So far ahead an example must be told. */
const MARGIN = 1;
/** Examples looked at in one step. */
const STEP = 100;

export function learn(examples: Examples): Learned {
  return atOnce(learning(examples));
}

/** The same in steps of a few milliseconds. */
export function* learning(examples: Examples): Generator<void, Learned> {
  const { texts, meaningOf, features, meanings } = examples;
  const weights = new Weights(features);
  const scores = new Float64Array(meanings);
  let seen = 0;
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const text of shuffled(meaningOf.length, pass)) {
      seen += 1;
      if (seen % STEP === 0) yield;
      const [begin, end] = [texts.starts[text] as number, texts.starts[text + 1] as number];
      const places = texts.places.subarray(begin, end);
      const values = texts.values.subarray(begin, end);
      weights.tell({ places, values }, scores);
      const meaning = meaningOf[text] as number;
      const rival = best(scores, meaning);
      const loss = MARGIN - (scores[meaning] as number) + (scores[rival] as number);
      if (loss <= 0) continue;
      const turn = loss / (2 + 1 / (2 * BOLDNESS));
      for (let i = 0; i < places.length; i += 1) {
        const step = turn * (values[i] as number);
        weights.turn(places[i] as number, meaning, step, seen);
        weights.turn(places[i] as number, rival, -step, seen);
      }
    }
  return { weights: weights.averaged(seen), meanings };
}

/** The weights that were ever turned, those of each feature in a chain; most of all there could be never are. */
class Weights {
  private readonly first: Int32Array;
  private next = new Int32Array(4_096);
  private meanings = new Uint16Array(4_096);
  private weights = new Float32Array(4_096);
  /** Each step times when it was made, from which the average follows. */
  private steps = new Float32Array(4_096);
  private used = 0;

  constructor(features: number) {
    this.first = new Int32Array(features).fill(-1);
  }

  turn(feature: number, meaning: number, step: number, seen: number): void {
    let at = this.first[feature] as number;
    while (at >= 0 && this.meanings[at] !== meaning) at = this.next[at] as number;
    if (at < 0) at = this.added(feature, meaning);
    (this.weights[at] as number) += step;
    (this.steps[at] as number) += step * seen;
  }

  tell({ places, values }: Row, scores: Float64Array): void {
    scores.fill(0);
    for (let i = 0; i < places.length; i += 1) {
      const value = values[i] as number;
      for (let at = this.first[places[i] as number] as number; at >= 0; at = this.next[at] as number)
        (scores[this.meanings[at] as number] as number) += (this.weights[at] as number) * value;
    }
  }

  averaged(seen: number): Rows {
    const rows = new RowWriter();
    for (const first of this.first) {
      for (let at = first; at >= 0; at = this.next[at] as number)
        rows.add(
          this.meanings[at] as number,
          (this.weights[at] as number) - (this.steps[at] as number) / Math.max(1, seen),
        );
      rows.end();
    }
    return rows.done();
  }

  private added(feature: number, meaning: number): number {
    const at = this.used;
    if (at === this.next.length) this.grow();
    this.used += 1;
    this.meanings[at] = meaning;
    this.next[at] = this.first[feature] as number;
    this.first[feature] = at;
    return at;
  }

  private grow(): void {
    const { next, meanings, weights, steps } = this;
    const size = 2 * next.length;
    (this.next = new Int32Array(size)).set(next);
    (this.meanings = new Uint16Array(size)).set(meanings);
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
