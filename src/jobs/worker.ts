import { UnrecoverableError } from 'bullmq';
import type { Job } from 'bullmq';
import { stopwatch } from '../kernel/clock';
import { AppError, isAppError } from '../kernel/errors';
import { backoffMs } from '../kernel/retry';
import { withEventId } from '../observability/trace';
import type { JobDefinition, JobHandlers } from './define-job';
import type { Processor } from './engine';
import type { JobsDeps } from './jobs';

/** `done`; `skipped`: its earlier run is still going on; `again`: failed, will be tried again; `failed`: for good. */
export type JobOutcome = 'done' | 'skipped' | 'again' | 'failed';

/** A killed process holds its jobs this long; they then go to somebody else. */
export const LOCK_MS = 15_000;

export const WORKER_OPTIONS = {
  concurrency: 16,
  lockDuration: LOCK_MS,
  stalledInterval: 5_000,
  // A wake-up that was interrupted again and again is still wanted.
  maxStalledCount: 20,
  // How long to wait after a failed fetch; the default of 15 s would be felt after an outage.
  runRetryDelay: 500,
  autorun: false,
  settings: { backoffStrategy: (attempt: number) => backoffMs(attempt) },
} as const;

/** Runs one job: checks the payload, calls the handler, decides whether a failure is worth another try, measures. */
export function createProcessor(
  definitions: readonly JobDefinition[],
  handlers: JobHandlers,
  deps: JobsDeps,
): Processor {
  const byName = new Map(definitions.map((definition) => [definition.name, definition]));
  const running = new Set<string>();

  async function call(definition: JobDefinition, data: unknown, attempt: number): Promise<void> {
    const parsed = definition.schema.safeParse(data);
    if (!parsed.success)
      throw new AppError('bad_request', { paths: parsed.error.issues.map((issue) => issue.path.join('.')) });
    const handler = handlers[definition.name] as (
      payload: unknown,
      context: { at: Date; attempt: number },
    ) => Promise<unknown>;
    await handler(parsed.data, { at: deps.clock.now(), attempt });
  }

  async function run(job: Job): Promise<void> {
    const elapsed = stopwatch();
    const attempt = job.attemptsMade + 1;
    const report = (outcome: JobOutcome): void => deps.observe?.(job.name, outcome, elapsed());
    const definition = byName.get(job.name);
    if (!definition) {
      // Left behind by another version of the program.
      deps.logger.warn({ job: job.name }, 'job of an unknown kind dropped');
      report('failed');
      throw new UnrecoverableError('unknown_job');
    }
    const alone = definition.schedule !== undefined;
    if (alone && running.has(definition.name)) return report('skipped');
    if (alone) running.add(definition.name);
    try {
      await call(definition, job.data, attempt);
      report('done');
    } catch (error) {
      const code = isAppError(error) ? error.code : 'internal';
      const again = attempt < definition.attempts && (isAppError(error) ? error.kind.retry : true);
      const facts = {
        job: job.name,
        attempt,
        code,
        ...(isAppError(error) ? {} : { stack: framesOf(error) }),
      };
      if (again) deps.logger.warn(facts, 'job failed; it will be tried again');
      else deps.logger.error(facts, 'job failed');
      report(again ? 'again' : 'failed');
      // The queue keeps what is thrown: the code and no word of the message, which may quote a person.
      throw again ? new Error(code) : new UnrecoverableError(code);
    } finally {
      if (alone) running.delete(definition.name);
    }
  }

  // What a job does for an event or a send of its own goes under that one's id.
  return (job) => withEventId(`job:${job.name}:${job.id ?? deps.clock.now().toISOString()}`, () => run(job));
}

/** Where it was thrown and of what class, without its message. */
function framesOf(error: unknown): string[] {
  if (!(error instanceof Error)) return [typeof error];
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line));
  return [error.name, ...frames.slice(0, 6).map((line) => line.trim())];
}
