import { RowWriter, type Row, type Rows } from './rows';

/**
 * Texts as vectors of length one: what is rare among the texts that were learned from weighs more. Pure.
 */
/** What a text has, by name, and how much each kind of it counts. */
export type Features = ReadonlyMap<string, number>;

/** The features that some text has. */
export interface Heard {
  readonly placeOf: ReadonlyMap<string, number>;
  /** By place. */
  readonly rarity: Float64Array;
  /** The rarity of what no text has. */
  readonly unheard: number;
}

/** Collects texts one by one; `done` gives their vectors and what was heard in them. */
export class Collected {
  private readonly placeOf = new Map<string, number>();
  private readonly seen: number[] = [];
  private readonly rows = new RowWriter();
  private count = 0;

  add(features: Features): void {
    for (const [name, weight] of features) {
      const place = this.placeOf.get(name) ?? this.placeOf.size;
      this.placeOf.set(name, place);
      this.seen[place] = (this.seen[place] ?? 0) + 1;
      this.rows.add(place, weight);
    }
    this.rows.end();
    this.count += 1;
  }

  /** `unheard`: how much of the rarest a feature counts that no text has. */
  done(unheard: number): { readonly texts: Rows; readonly heard: Heard } {
    const rare = (count: number): number => Math.log((this.count + 1) / (count + 1)) + 1;
    const rarity = Float64Array.from(this.seen, rare);
    const heard = { placeOf: this.placeOf, rarity, unheard: rare(0) * unheard };
    return { texts: weighed(this.rows.done(), rarity), heard };
  }
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

/** Of length one; what no text has makes the rest of it shorter. */
export function vectorOf(features: Features, { placeOf, rarity, unheard }: Heard): Row {
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

/** Three letters in a row of a word, its ends marked: a slip or another ending is still like. */
export function lettersOf(word: string): string[] {
  const whole = `^${word}$`;
  return Array.from({ length: Math.max(0, whole.length - 2) }, (_none, at) => whole.slice(at, at + 3));
}
