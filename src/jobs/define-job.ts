/**
 * Jobs are a definition and a handler. A job carries ids, not documents, and is a wake-up only: the truth stands in the
 * rows it points at, a handler may run twice without harm, and a lost job is made again by a sweep. The same definitions
 * run on either engine, BullMQ on Redis or timers in the process; nothing outside this folder knows which. Promises:
 * asking for a job never throws and never waits, whatever state the queue is in; scheduled jobs run also without a queue.
 */
import type { z } from 'zod';
import type { Schedule } from './schedule';

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
  if (schedule && 'dailyAt' in schedule && !/^([01]\d|2[0-3]):[0-5]\d$/.test(schedule.dailyAt))
    throw fault('dailyAt must look like 03:40');
  if (schedule && !schema.safeParse({}).success) throw fault('a scheduled job must take an empty payload');
  return Object.freeze({ ...definition });
}

/** The next instant after this one at which something falls due; null when nothing is planned. */
export type NextDue = (after: Date) => Date | null | Promise<Date | null>;

export interface JobCatalogue {
  readonly definitions: readonly JobDefinition[];
  readonly handlers: JobHandlers;
  /** Asked where a moved clock has to stop, so that each thing is done at its own time; one entry for each kind of row that falls due. */
  readonly nextDue: readonly NextDue[];
}

/** Throws unless each definition has a handler and a name of its own, and each handler a definition. */
export function checkCatalogue({
  definitions,
  handlers,
}: Pick<JobCatalogue, 'definitions' | 'handlers'>): void {
  const names = definitions.map((definition) => definition.name);
  const doubled = names.find((name, i) => names.indexOf(name) !== i);
  if (doubled) throw new Error(`job ${doubled}: defined twice`);
  const unhandled = names.find((name) => !Object.hasOwn(handlers, name));
  if (unhandled) throw new Error(`job ${unhandled}: has no handler`);
  const unknown = Object.keys(handlers).find((name) => !names.includes(name));
  if (unknown) throw new Error(`job ${unknown}: has a handler but is not in the catalogue`);
}
