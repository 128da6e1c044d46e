/** The wait before try number `attempt` (1 is the first repeat), in milliseconds: doubling from `base`, capped, with ±20 % jitter from `random`. */
export function backoffMs(
  attempt: number,
  base = 500,
  cap = 60_000,
  random: () => number = Math.random,
): number {
  const plain = Math.min(cap, base * 2 ** Math.max(0, attempt - 1));
  return Math.round(plain * (0.8 + 0.4 * random()));
}

/** Resolves after `ms` milliseconds of real time. The timer does not keep the process alive. */
export function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, ms).unref();
  });
}

/**
 * What the promise settles with, or a rejection with `late()` when it has not settled after `ms` milliseconds of real
 * time. What it was waiting for goes on unheard. The timer does not keep the process alive.
 */
export async function inTime<T>(promise: Promise<T>, ms: number, late: () => Error): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(late()), ms).unref();
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/** Something happened: everybody who waits for the next time goes on. Nothing is remembered for those who come later. */
export class Signal {
  private waiting: (() => void)[] = [];

  next(): Promise<void> {
    return new Promise((resolve) => this.waiting.push(resolve));
  }

  fire(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** Does what it is given one after the other, in the order in which it came, whatever became of those before. */
export class OneByOne {
  private last: Promise<unknown> = Promise.resolve();

  run<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.then(work);
    // Whoever asked hears of a failure; the next one only waits for the end.
    this.last = mine.catch(() => undefined);
    return mine;
  }
}
