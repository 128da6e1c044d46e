import { atOnce } from './in-steps';

/**
 * Learns from the listed questions which features tell one article from another: a linear model for several classes,
 * passive-aggressive with averaged weights (Crammer et al., 2006). A question that is told rightly by a margin changes
 * nothing, so few passes are enough; the same questions give the same model. Pure; made once for a set of articles.
 */
export interface Example {
  /** The place of its article. */
  readonly at: number;
  readonly vector: ReadonlyMap<string, number>;
}

/** For each class how much the vector speaks for it, about -1 to 1; the first is meant the surer, the farther ahead it is. */
export type Told = (vector: ReadonlyMap<string, number>) => Float64Array;

const PASSES = 3;
/** How far one question may turn the weights. */
const BOLDNESS = 0.5;
/** So far ahead a question must be told. */
const MARGIN = 1;
/** Questions looked at in one step. */
const STEP = 100;

export function learn(examples: readonly Example[], classes: number): Told {
  return atOnce(learning(examples, classes));
}

/** The same in steps of a few milliseconds. */
export function* learning(examples: readonly Example[], classes: number): Generator<void, Told> {
  const places = new Map<string, number>();
  for (const { vector } of examples)
    for (const name of vector.keys()) if (!places.has(name)) places.set(name, places.size * classes);
  const known = examples.map(({ at, vector }) => ({ at, ...sparse(vector, places) }));
  const weights = new Float32Array(places.size * classes);
  const sums = new Float32Array(places.size * classes);
  const scores = new Float64Array(classes);
  let seen = 0;
  for (let pass = 0; pass < PASSES; pass += 1)
    for (const example of shuffled(known, pass)) {
      seen += 1;
      if (seen % STEP === 0) yield;
      tell(example, weights, scores);
      const rival = best(scores, example.at);
      const loss = MARGIN - (scores[example.at] as number) + (scores[rival] as number);
      if (loss <= 0) continue;
      const turn = loss / (2 + 1 / (2 * BOLDNESS));
      for (const [i, from] of example.from.entries()) {
        const step = turn * (example.values[i] as number);
        (weights[from + example.at] as number) += step;
        (weights[from + rival] as number) -= step;
        (sums[from + example.at] as number) += step * seen;
        (sums[from + rival] as number) -= step * seen;
      }
    }
  for (let i = 0; i < weights.length; i += 1)
    weights[i] = (weights[i] as number) - (sums[i] as number) / Math.max(1, seen);
  return (vector) => {
    const told = new Float64Array(classes);
    tell(sparse(vector, places), weights, told);
    return told;
  };
}

interface Sparse {
  /** Where the weights of each feature begin. */
  readonly from: Int32Array;
  readonly values: Float32Array;
}

function sparse(vector: ReadonlyMap<string, number>, places: ReadonlyMap<string, number>): Sparse {
  const met = [...vector].filter(([name]) => places.has(name));
  return {
    from: Int32Array.from(met, ([name]) => places.get(name) as number),
    values: Float32Array.from(met, ([, value]) => value),
  };
}

function tell({ from, values }: Sparse, weights: Float32Array, scores: Float64Array): void {
  scores.fill(0);
  const classes = scores.length;
  for (let i = 0; i < from.length; i += 1) {
    const start = from[i] as number;
    const value = values[i] as number;
    for (let k = 0; k < classes; k += 1) (scores[k] as number) += (weights[start + k] as number) * value;
  }
}

/** The likeliest class but this one. */
function best(scores: Float64Array, but: number): number {
  let found = but === 0 ? 1 : 0;
  for (let k = 0; k < scores.length; k += 1)
    if (k !== but && (scores[k] as number) > (scores[found] as number)) found = k;
  return found;
}

/** In another order each pass, the same every time: a step that shares no divisor with the count walks over all. */
function shuffled<T>(list: readonly T[], pass: number): T[] {
  const strides = [7_919, 104_729, 1_299_709];
  const stride = strides[pass % strides.length] as number;
  return list.map((_one, i) => list[((i + 1) * stride) % list.length] as T);
}
