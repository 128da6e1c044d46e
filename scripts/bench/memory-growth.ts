import { rounded } from './numbers';

/** How much a program holds more at the end of a watch than at its beginning, and whether that is more than it may. Pure. */
const MB = 1024 * 1024;
/** A heap climbs until its garbage is collected: after a fall to this part of what it was only what is held is left. */
const SWEPT = 0.75;
/** A minute of 50 questions a second may leave so much behind; what keeps something of each question leaves more. */
export const GROWTH_LIMIT_MB = 32;

/** What was left after each collection, in order. */
function floorsOf(samples: readonly number[]): number[] {
  return samples.filter((bytes, i) => i > 0 && bytes < SWEPT * (samples[i - 1] ?? 0));
}

/** Whether anything can be said: garbage was collected at least once. */
export function wasSwept(samples: readonly number[]): boolean {
  return floorsOf(samples).length > 0;
}

/** The last floor above the first one, or above the beginning where that is less; in megabytes. Null: nothing was collected, so nobody can say. */
export function growthMb(samples: readonly number[]): number | null {
  const floors = floorsOf(samples);
  const [first, last] = [floors[0], floors.at(-1)];
  if (first === undefined || last === undefined) return null;
  const before = floors.length > 1 ? first : (samples[0] ?? first);
  return rounded(Math.max(0, last - before) / MB);
}

/** What is wrong with the memory of the rounds, in words for whoever reads the output; empty: nothing. */
export function memoryFaults(growths: readonly (number | null)[]): string[] {
  return growths.flatMap((growth, i) => {
    if (growth === null)
      return [`round ${i + 1}: no garbage was collected, so nothing is known of its memory`];
    return growth > GROWTH_LIMIT_MB
      ? [`round ${i + 1}: holds ${growth} MB more after the minute, the limit is ${GROWTH_LIMIT_MB}`]
      : [];
  });
}
