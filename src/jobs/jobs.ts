import type { z } from 'zod';
import type { Clock } from '../kernel/clock';
import type { JobDefinition } from './define-job';

export interface JobsLogger {
  info(facts: object, message: string): void;
  warn(facts: object, message: string): void;
  error(facts: object, message: string): void;
}

export interface JobsDeps {
  readonly logger: JobsLogger;
  /** The program's time: what handlers are told, and in the process also what schedules go by. */
  readonly clock: Clock;
}

export interface WakeOptions {
  /**
   * Wake-ups of one kind with the same id are one while the first waits; one that comes while the first runs is kept and
   * runs after it, so nothing that arrives late is stranded.
   */
  readonly dedupeId?: string;
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
