/** Long work as a generator that pauses every few milliseconds: done at once, or between the turns of a program that talks. */

export function atOnce<T>(work: Generator<void, T>): T {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
  }
}

/** Resolves when it is done; whatever else waits gets its turn between two steps. */
export async function inSteps<T>(work: Generator<void, T>): Promise<T> {
  for (;;) {
    const { done, value } = work.next();
    if (done) return value;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
}
