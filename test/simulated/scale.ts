/** How a rehearsal is begun: by one seed, so that a failure can be repeated (`npm run simulated -- month --seed 7`). */
export const SEED = wholeNumber('SIMULATED_SEED') ?? 20_260_312;

/** Villages of a province, when fewer are asked for: a look while one builds. */
export function villages(whole: number): number {
  return wholeNumber('SIMULATED_VILLAGES') ?? whole;
}

function wholeNumber(name: string): number | null {
  const value = Number(process.env[name] ?? '');
  return Number.isInteger(value) && value > 0 ? value : null;
}

/** A limit for jest that no sound rehearsal reaches. */
export const LIMIT_MS = 25 * 60_000;

/** What was measured, as a line of its own. */
export function tell(what: string, value: unknown): void {
  process.stdout.write(`  ${what}: ${typeof value === 'string' ? value : JSON.stringify(value)}\n`);
}

/** How far it has come, for whoever waits (`SIMULATED_TRACE=on`). */
export function trace(what: string, value: unknown): void {
  if (process.env['SIMULATED_TRACE']) tell(what, value);
}
