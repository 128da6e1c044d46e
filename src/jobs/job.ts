import type { JobCatalogue, JobContext, JobDefinition, JobPayload, NextDue } from './define-job';

/** A definition with what it does, as its feature hands it to the program. */
export interface Job {
  readonly definition: JobDefinition;
  readonly handler: (payload: never, context: JobContext) => Promise<unknown>;
  /** When the next thing that it does falls due, for jobs that plan for instants of their own. */
  readonly nextDue?: NextDue;
}

/** Joins a definition and its handler, which may run twice without harm. */
export function job<D extends JobDefinition>(
  definition: D,
  handler: (payload: JobPayload<D>, context: JobContext) => Promise<unknown>,
  nextDue?: NextDue,
): Job {
  return { definition, handler, ...(nextDue ? { nextDue } : {}) };
}

/** Every job of the program; a clock that is moved runs them in this order. */
export function catalogueOf(jobs: readonly Job[]): JobCatalogue {
  return {
    definitions: jobs.map(({ definition }) => definition),
    handlers: Object.fromEntries(jobs.map(({ definition, handler }) => [definition.name, handler])),
    nextDue: jobs.flatMap(({ nextDue }) => nextDue ?? []),
  };
}
