import type { FigureDef } from './form';

/** Sums of one form and period, a column for each figure. */

/** One column of the whole tree; place `i` belongs to `codes[i]` of its table. */
export interface FigureColumn {
  readonly id: string;
  /** Of a ratio the sum of the numerators. */
  readonly sum: Float64Array;
  /** Of a ratio the sum of the denominators; null for every other kind. */
  readonly whole: Float64Array | null;
  readonly covered: Int32Array;
  readonly zero: Int32Array;
}

/** Every unit's totals at once, as columns. A picture: later reports do not move it. */
export interface RollupTable {
  /** Units in order of the tree: each before those below it. */
  readonly codes: readonly string[];
  readonly expected: Int32Array;
  readonly onTime: Int32Array;
  readonly late: Int32Array;
  readonly figures: readonly FigureColumn[];
}

export function isRatio(figure: FigureDef): boolean {
  return figure.rollUp === 'parts';
}

export function emptyColumn(figure: FigureDef, size: number): FigureColumn {
  const whole = isRatio(figure) ? new Float64Array(size) : null;
  const [covered, zero] = [new Int32Array(size), new Int32Array(size)];
  return { id: figure.id, sum: new Float64Array(size), whole, covered, zero };
}

export function isThere(value: number): 0 | 1 {
  return Number.isNaN(value) ? 0 : 1;
}
