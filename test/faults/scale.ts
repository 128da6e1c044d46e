/**
 * How long the fault tests run. By themselves they take one short seed each; `npm run faults` sets more and longer ones.
 */
const count = (name: string, otherwise: number): number => {
  const asked = Number(process.env[name] ?? '');
  return Number.isInteger(asked) && asked > 0 ? asked : otherwise;
};

/** Events of the long run; 0 in the short one. */
export const EVENTS = count('FAULT_EVENTS', 0);

/** One world for each. A failure is repeated with `--first` and the seed it names. */
export const SEEDS: readonly number[] = Array.from(
  { length: count('FAULT_SEEDS', 1) },
  (_, n) => count('FAULT_FIRST', 20_260_312) + n,
);

/** The short figure by itself, the long one in a long run. */
export function scaled(short: number, long: number): number {
  return EVENTS === 0 ? short : long;
}

/** A limit for jest that no sound run reaches. */
export const LIMIT_MS = EVENTS === 0 ? 240_000 : 240_000 + EVENTS * 100;

/** In a long run the counts are said, since they are what it is for. */
export function tell(what: string, counts: object): void {
  if (EVENTS > 0 || process.env['FAULT_TELL']) console.log(`${what}: ${JSON.stringify(counts)}`);
}
