import type { z } from 'zod';
import type { Clock } from '../kernel/clock';
import type { JobDefinition } from './define-job';
import type { JobOutcome } from './worker';

export interface JobsLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface JobsDeps {
  readonly logger: JobsLogger;
  readonly clock: Clock;
  /** Told of every run, for the metrics. */
  readonly observe?: (job: string, outcome: JobOutcome, ms: number) => void;
}

export interface WakeOptions {
  /**
   * Wake-ups of one kind with the same id are one while the first waits; one that comes while the first runs is kept and
   * runs after it, so nothing that arrives late is stranded. Delayed ones are a kind of their own: of two with the same
   * id the first counts, so put the instant into the id where another instant must not be swallowed.
   */
  readonly dedupeId?: string;
  /** Real milliseconds to wait. */
  readonly delayMs?: number;
}

export type JobsHealth = 'up' | 'down' | 'starting';

/** `web` only asks for jobs; `worker` and `all` also run them and keep the schedules. */
export type JobsRole = 'all' | 'web' | 'worker';

export interface Jobs {
  /** Asks for a job. Never throws, never waits; while the queue is away it is kept, within bounds, until the return. */
  wake<S extends z.ZodType>(
    definition: JobDefinition<string, S>,
    payload: z.input<S>,
    options?: WakeOptions,
  ): void;
  /** Begins to run jobs. Returns at once; `health()` tells when the queue is there. */
  start(role: JobsRole): void;
  /** Takes no more jobs, waits at most `limitMs` for those in hand, closes. Never rejects. */
  stop(limitMs: number): Promise<void>;
  health(): JobsHealth;
}
