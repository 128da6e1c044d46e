/**
 * Sparse rows of numbers, packed one behind the other: a tenth of the memory of lists of pairs, and read in one sweep.
 * Pure.
 */
export interface Row {
  readonly places: ArrayLike<number>;
  readonly values: ArrayLike<number>;
}

export interface Rows {
  /** Where each row begins in the other two, and where the last one ends. */
  readonly starts: Uint32Array;
  readonly places: Uint16Array;
  readonly values: Float32Array;
}

/** More places than this are no longer told apart. */
const MOST_PLACES = 2 ** 16;

/** Rows in the order in which they are given. Throws a RangeError on a place that cannot be kept. */
export class RowWriter {
  private readonly starts: number[] = [0];
  private places = new Uint16Array(1_024);
  private values = new Float32Array(1_024);
  private used = 0;

  add(place: number, value: number): void {
    if (place >= MOST_PLACES) throw new RangeError(`${place} places are too many`);
    if (this.used === this.places.length) this.grow();
    this.places[this.used] = place;
    this.values[this.used] = value;
    this.used += 1;
  }

  end(): void {
    this.starts.push(this.used);
  }

  done(): Rows {
    return {
      starts: Uint32Array.from(this.starts),
      places: this.places.slice(0, this.used),
      values: this.values.slice(0, this.used),
    };
  }

  private grow(): void {
    const { places, values } = this;
    (this.places = new Uint16Array(2 * this.used)).set(places);
    (this.values = new Float32Array(2 * this.used)).set(values);
  }
}

/** Some of the rows, in the order asked for. */
export function rowsAt({ starts, places, values }: Rows, rows: readonly number[]): Rows {
  const out = new RowWriter();
  for (const row of rows) {
    for (let i = starts[row] as number; i < (starts[row + 1] as number); i += 1)
      out.add(places[i] as number, values[i] as number);
    out.end();
  }
  return out.done();
}

/** For each place the rows that have it, and what they have there. */
export function turned({ starts, places, values }: Rows, count: number): Rows {
  const ends = new Uint32Array(count + 1);
  for (const place of places) (ends[place + 1] as number) += 1;
  for (let place = 0; place < count; place += 1) (ends[place + 1] as number) += ends[place] as number;
  const next = ends.slice();
  const [rows, kept] = [new Uint16Array(places.length), new Float32Array(places.length)];
  for (let row = 0; row + 1 < starts.length; row += 1)
    for (let i = starts[row] as number; i < (starts[row + 1] as number); i += 1) {
      const to = next[places[i] as number] as number;
      next[places[i] as number] = to + 1;
      rows[to] = row;
      kept[to] = values[i] as number;
    }
  return { starts: ends, places: rows, values: kept };
}

/** What the rows at these places come to together, each as often as the row says; found anew in `sums`. */
export function summed(by: Row, { starts, places, values }: Rows, sums: Float64Array): Float64Array {
  sums.fill(0);
  for (let i = 0; i < by.places.length; i += 1) {
    const row = by.places[i] as number;
    const weight = by.values[i] as number;
    const end = starts[row + 1] as number;
    for (let at = starts[row] as number; at < end; at += 1)
      (sums[places[at] as number] as number) += weight * (values[at] as number);
  }
  return sums;
}
