import type { JobDefinition } from './define-job';

/** A job asked for and not yet in the queue. */
export interface Wake {
  readonly definition: JobDefinition;
  readonly payload: unknown;
  /** What it is about: equal for two that are the same wake-up. */
  readonly about: string;
  readonly dedupeId?: string;
  readonly delayMs: number;
}

/**
 * Wake-ups on their way to the queue. The same one asked for again while it waits is one; past `max` new ones are
 * dropped and counted, since a queue that is away for long must not fill the memory: sweeps find the rows later.
 */
export class WakeBuffer {
  private readonly waiting = new Map<string, Wake>();
  /** Dropped since the last `takeDropped()`. */
  private dropped = 0;

  constructor(private readonly max: number) {}

  get size(): number {
    return this.waiting.size;
  }

  /** False when it was dropped for want of room. Of two equal ones the sooner is kept. */
  add(wake: Wake): boolean {
    const key = keyOf(wake);
    const known = this.waiting.get(key);
    if (known) {
      if (wake.delayMs < known.delayMs) this.waiting.set(key, wake);
      return true;
    }
    if (this.waiting.size >= this.max) {
      this.dropped += 1;
      return false;
    }
    this.waiting.set(key, wake);
    return true;
  }

  /** Up to `count`, oldest first; they are no longer in the buffer. */
  take(count: number): Wake[] {
    const batch: Wake[] = [];
    for (const [key, wake] of this.waiting) {
      if (batch.length === count) break;
      batch.push(wake);
      this.waiting.delete(key);
    }
    return batch;
  }

  takeDropped(): number {
    const count = this.dropped;
    this.dropped = 0;
    return count;
  }
}

function keyOf({ definition, about, delayMs }: Wake): string {
  return `${definition.name} ${delayMs > 0 ? 'later' : 'now'} ${about}`;
}
