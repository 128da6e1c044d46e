import { AppError, isAppError } from '../kernel/errors';
import { withEventId } from '../observability/logger';
import type { JobCatalogue, JobContext, JobDefinition } from './define-job';
import type { JobsDeps } from './jobs';

/** How many jobs a process runs at once. */
export const CONCURRENCY = 16;

/**
 * How one try ended. `skipped`: its earlier run is still going on; `again`: failed, may be tried again; `failed`: for
 * good. The code is that of the failure and holds no word of its message, which may quote a person.
 */
export type JobResult =
  | { readonly outcome: 'done' | 'skipped' }
  | { readonly outcome: 'again' | 'failed'; readonly code: string };

/** Runs one try, the first being number 1, to its end. Never rejects: failures are logged and told by the result. `id`: the queue's, for the log. */
export type RunJob = (name: string, payload: unknown, attempt: number, id?: string) => Promise<JobResult>;

/** Calls the handler of a job with its payload, checked. Rejects as the handler does, with `bad_request` for a payload that does not fit. */
export async function callHandler(
  { handlers }: Pick<JobCatalogue, 'handlers'>,
  definition: JobDefinition,
  payload: unknown,
  context: JobContext,
): Promise<void> {
  const parsed = definition.schema.safeParse(payload);
  if (!parsed.success)
    throw new AppError('bad_request', { paths: parsed.error.issues.map((issue) => issue.path.join('.')) });
  const handler = handlers[definition.name] as (payload: unknown, context: JobContext) => Promise<unknown>;
  await handler(parsed.data, context);
}

/** Checks the payload, calls the handler, decides whether a failure is worth another try. A scheduled job never runs beside itself. */
export function createRunJob(
  catalogue: Pick<JobCatalogue, 'definitions' | 'handlers'>,
  { logger, clock }: JobsDeps,
): RunJob {
  const byName = new Map(catalogue.definitions.map((definition) => [definition.name, definition]));
  const running = new Set<string>();

  async function run(name: string, payload: unknown, attempt: number): Promise<JobResult> {
    const definition = byName.get(name);
    if (!definition) {
      // Left behind by another version of the program.
      logger.warn({ job: name }, 'job of an unknown kind dropped');
      return { outcome: 'failed', code: 'unknown_job' };
    }
    const alone = definition.schedule !== undefined;
    if (alone && running.has(name)) return { outcome: 'skipped' };
    if (alone) running.add(name);
    try {
      await callHandler(catalogue, definition, payload, { at: clock.now(), attempt });
      return { outcome: 'done' };
    } catch (error) {
      const code = isAppError(error) ? error.code : 'internal';
      const again = attempt < definition.attempts && (isAppError(error) ? error.kind.retry : true);
      const facts = { job: name, attempt, code, ...(isAppError(error) ? {} : { stack: framesOf(error) }) };
      if (again) logger.warn(facts, 'job failed; it will be tried again');
      else logger.error(facts, 'job failed');
      return { outcome: again ? 'again' : 'failed', code };
    } finally {
      if (alone) running.delete(name);
    }
  }

  return (name, payload, attempt, id) =>
    withEventId(logId(name, id ?? clock.now().toISOString()), () => run(name, payload, attempt));
}

/** What a job does for an event or a send of its own goes under that one's id, all else under this. */
export function logId(name: string, which: string): string {
  return `job:${name}:${which}`;
}

/** Where it was thrown and of what class, without its message. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [typeof error];
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 6).map((line) => line.trim())];
}
