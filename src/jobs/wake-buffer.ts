import type { JobDefinition } from './define-job';
import type { WakeOptions } from './jobs';

/** A job asked for and not yet in hand. */
export interface Wake {
  readonly definition: JobDefinition;
  readonly payload: unknown;
  /** Equal for two that are the same wake-up. */
  readonly key: string;
  readonly dedupeId?: string;
}

/** How many wake-ups a process keeps that nobody has taken yet. */
export const WAITING_MAX = 5_000;

/** The payload goes through JSON as it would on its way through a queue. Throws when it is none. */
export function toWake(definition: JobDefinition, payload: unknown, { dedupeId }: WakeOptions = {}): Wake {
  const written = JSON.stringify(payload);
  return {
    definition,
    payload: JSON.parse(written) as unknown,
    key: `${definition.name} ${dedupeId ?? written}`,
    ...(dedupeId === undefined ? {} : { dedupeId }),
  };
}

/**
 * Wake-ups on their way. The same one asked for again while it waits is one; past `max` new ones are dropped and
 * counted, since a queue that is away for long must not fill the memory: sweeps find the rows later.
 */
export class WakeBuffer<W extends Wake = Wake> {
  private readonly waiting = new Map<string, W>();
  /** Dropped since the last `takeDropped()`. */
  private dropped = 0;

  constructor(private readonly max: number = WAITING_MAX) {}

  get size(): number {
    return this.waiting.size;
  }

  /** False when it was dropped for want of room. Of two equal ones the first is kept. */
  add(wake: W): boolean {
    if (this.waiting.has(wake.key)) return true;
    if (this.waiting.size >= this.max) {
      this.dropped += 1;
      return false;
    }
    this.waiting.set(wake.key, wake);
    return true;
  }

  /** Up to `count` of those that may go, oldest first; they are no longer in the buffer. */
  take(count: number, mayGo: (wake: W) => boolean = () => true): W[] {
    const batch: W[] = [];
    for (const [key, wake] of this.waiting) {
      if (batch.length >= count) break;
      if (!mayGo(wake)) continue;
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
