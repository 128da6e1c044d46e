/** The newer of two instants; null is older than any. */
export function newer(a: Date, b: Date | null): Date;
export function newer(a: Date | null, b: Date): Date;
export function newer(a: Date | null, b: Date | null): Date | null;
export function newer(a: Date | null, b: Date | null): Date | null {
  if (!a) return b;
  return b && b > a ? b : a;
}
