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

/**
 * The same question, asked anew only once its answer has passed: until then every later instant has the same next one. For
 * what stays as it is while the program runs. Null is asked again each time.
 */
export function rememberNext<T extends Date | null>(next: (after: Date) => T): (after: Date) => T {
  let known: { readonly after: Date; readonly next: T } | null = null;
  return (after) => {
    if (!known || known.next === null || after < known.after || after >= known.next)
      known = { after, next: next(after) };
    return known.next;
  };
}
