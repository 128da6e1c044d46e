/** The newer of two instants; null is older than any. */
export function newer(a: Date, b: Date | null): Date;
export function newer(a: Date | null, b: Date): Date;
export function newer(a: Date | null, b: Date | null): Date | null;
export function newer(a: Date | null, b: Date | null): Date | null {
  if (!a) return b;
  return b && b > a ? b : a;
}

/** The earliest of those that are there; null: none is. */
export function earliest(instants: readonly (Date | null)[]): Date | null {
  return instants.reduce((a, b) => (a === null || (b !== null && b < a) ? b : a), null);
}
