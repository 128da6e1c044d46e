/** Small sums over measurements. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return NaN;
  return sorted.length % 2 === 1
    ? (sorted[middle] as number)
    : ((sorted[middle - 1] as number) + (sorted[middle] as number)) / 2;
}

/** The value below which the part `p` (0..1) of them lies. */
export function quantile(values: readonly number[], p: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(p * sorted.length) - 1)] ?? NaN;
}

/** Three digits that count; what could not be measured is null. */
export function rounded(value: number): number | null {
  return Number.isFinite(value) ? Number(value.toPrecision(3)) : null;
}

/** One row of the output: a ratio and the two things it is made of, medians of the rounds. */
export interface Row {
  readonly value: number | null;
  readonly goal: number;
  readonly ours: number | null;
  readonly yardstick: number | null;
  /** Limits that were broken, whatever the value; then the run fails. Absent or empty: none was. */
  readonly faults?: readonly string[];
  readonly [more: string]: unknown;
}

/** The median of the ratios of the rounds, beside the medians of the two sides. */
export function row(
  rounds: readonly { readonly ours: number; readonly yardstick: number }[],
  goal: number,
  unit: string,
  more: Readonly<Record<string, unknown>> = {},
): Row {
  const ratios = rounds.map(({ ours, yardstick }) => ours / yardstick);
  return {
    value: rounded(median(ratios)),
    goal,
    ours: rounded(median(rounds.map(({ ours }) => ours))),
    yardstick: rounded(median(rounds.map(({ yardstick }) => yardstick))),
    unit,
    rounds: ratios.map(rounded),
    ...more,
  };
}
