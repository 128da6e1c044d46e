import { stopwatch } from './clock';
import { AppError } from './errors';
import { inTime } from './retry';

/** A write that has not settled for so long never will: a driver has been seen to lose one with its connection. */
const GIVEN_UP_MS = 10_000;

/**
 * Many small writes made into few big ones. Items handed in while a write is under way wait together for the next;
 * each caller's promise settles with its own item's result. Order of hand-in is kept. A lone item is written at the end of
 * the current turn of the event loop; only with `everyMs` does one that follows closely on another wait.
 */
export class Coalescer<T, R> {
  private waiting: { item: T; resolve: (result: R) => void; reject: (error: unknown) => void }[] = [];
  private running = 0;
  private scheduled = false;
  private sinceLast: () => number = () => Number.POSITIVE_INFINITY;

  /**
   * `write` gets 1..max items and answers one result for each, in the same order; an `Error` as a result rejects that
   * item alone, and a throw rejects them all. At most `lanes` writes are under way at once. `everyMs`: at most one write
   * begins in so many milliseconds, for writes that nobody waits for. A write that takes longer than `limitMs` (ten
   * seconds) is given up with `store_unavailable`, whatever becomes of it, so that those behind it are not stuck for good.
   */
  constructor(
    private readonly write: (items: T[]) => Promise<(R | Error)[]>,
    private readonly options: {
      readonly max: number;
      readonly lanes?: number;
      readonly everyMs?: number;
      readonly limitMs?: number;
    },
  ) {}

  add(item: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.schedule();
    });
  }

  /** Items not yet settled. */
  get pending(): number {
    return this.waiting.length + this.running;
  }

  private schedule(): void {
    if (this.scheduled || this.running >= (this.options.lanes ?? 1)) return;
    this.scheduled = true;
    const go = (): void => {
      this.scheduled = false;
      void this.flush();
    };
    const wait = (this.options.everyMs ?? 0) - this.sinceLast();
    if (wait > 0) setTimeout(go, wait);
    else setImmediate(go);
  }

  private async flush(): Promise<void> {
    const batch = this.waiting.splice(0, this.options.max);
    if (batch.length === 0) return;
    this.running += 1;
    if (this.options.everyMs !== undefined) this.sinceLast = stopwatch();
    if (this.waiting.length > 0) this.schedule();
    const limit = this.options.limitMs ?? GIVEN_UP_MS;
    const givenUp = (): Error => new AppError('store_unavailable', { unsettledMs: limit });
    try {
      const results = await inTime(this.write(batch.map((entry) => entry.item)), limit, givenUp);
      batch.forEach((entry, i) => {
        const result = results[i] as R | Error;
        if (result instanceof Error) entry.reject(result);
        else entry.resolve(result);
      });
    } catch (error) {
      for (const entry of batch) entry.reject(error);
    } finally {
      this.running -= 1;
      if (this.waiting.length > 0) this.schedule();
    }
  }
}

/**
 * Documents looked up by their ids, `lanes` queries at once: those asked for in the same moment, by however many
 * callers, are one query, in which no id stands twice. Null: there is none of that id.
 */
export function lookUps<D extends { readonly _id: string }, T>(
  find: (ids: string[]) => Promise<D[]>,
  read: (doc: D) => T,
  lanes: number,
): Coalescer<string, T | null> {
  return new Coalescer<string, T | null>(
    async (ids) => {
      const found = new Map((await find([...new Set(ids)])).map((doc) => [doc._id, read(doc)]));
      return ids.map((id) => found.get(id) ?? null);
    },
    { max: 500, lanes },
  );
}
