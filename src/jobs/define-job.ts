/**
 * Jobs are a definition and a handler. A job carries ids, not documents, and is a wake-up only: the truth stands in the
 * rows it points at, a handler may run twice without harm, and a lost job is made again by a sweep. This folder is the
 * only one that knows BullMQ; with Redis or embedded, the same definitions run. Promises: asking for a job never throws
 * and never waits, whatever state the queue is in; what is declared runs again within seconds of the queue's return.
 */
import type { z } from 'zod';

/** `every`: milliseconds between runs. `pattern`: cron, as clocks in Viet Nam show it. */
export type Schedule = { readonly every: number } | { readonly pattern: string };

export interface JobDefinition<N extends string = string, S extends z.ZodType = z.ZodType> {
  /** `<feature>.<verb>`. */
  readonly name: N;
  /** What a job carries; a payload that does not fit is set aside at once, without a second try. */
  readonly schema: S;
  /** How often a failing job is tried in all. */
  readonly attempts: number;
  /** When it runs by itself, with `{}` as payload. At most one such run at a time in a process. */
  readonly schedule?: Schedule;
}

export type JobPayload<D> = D extends JobDefinition<string, infer S> ? z.output<S> : never;

/** What a handler is told besides its payload. */
export interface JobContext {
  /** The program's time at which this try began. */
  readonly at: Date;
  /** 1 for the first try. */
  readonly attempt: number;
}

/** Handlers by the names of their definitions. What a handler returns is dropped. */
export type JobHandlers = Readonly<
  // A handler's payload is checked by its definition's schema before it is called.
  Record<string, (payload: never, context: JobContext) => Promise<unknown>>
>;

/** Checks a definition when its file is loaded, so that a wrong one never reaches a queue. */
export function defineJob<const N extends string, S extends z.ZodType>(
  definition: JobDefinition<N, S>,
): JobDefinition<N, S> {
  const { name, attempts, schedule, schema } = definition;
  const fault = (what: string): Error => new Error(`job ${name}: ${what}`);
  if (!/^[a-z][a-zA-Z]*\.[a-z][a-zA-Z-]*$/.test(name)) throw fault('the name must look like feature.verb');
  if (!Number.isInteger(attempts) || attempts < 1) throw fault('attempts must be 1 or more');
  if (schedule && 'every' in schedule && !(schedule.every >= 1_000))
    throw fault('every must be at least 1000 ms');
  if (schedule && 'pattern' in schedule && ![5, 6].includes(schedule.pattern.trim().split(/\s+/).length))
    throw fault('pattern must have five or six fields');
  if (schedule && !schema.safeParse({}).success) throw fault('a scheduled job must take an empty payload');
  return Object.freeze({ ...definition });
}

/** Throws unless each definition has a handler and a name of its own, and each handler a definition. */
export function checkCatalogue(definitions: readonly JobDefinition[], handlers: JobHandlers): void {
  const names = definitions.map((definition) => definition.name);
  const doubled = names.find((name, i) => names.indexOf(name) !== i);
  if (doubled) throw new Error(`job ${doubled}: defined twice`);
  const unhandled = names.find((name) => !Object.hasOwn(handlers, name));
  if (unhandled) throw new Error(`job ${unhandled}: has no handler`);
  const unknown = Object.keys(handlers).find((name) => !names.includes(name));
  if (unknown) throw new Error(`job ${unknown}: has a handler but is not in the catalogue`);
}
