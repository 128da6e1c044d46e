import { checkCatalogue } from './define-job';
import { embeddedEngine } from './embedded-engine';
import type { StartEmbedded } from './embedded-engine';
import type { Jobs, JobsDeps } from './jobs';
import { JobsService } from './jobs-service';
import type { JobCatalogue } from './jobs-service';
import { redisEngine } from './redis-engine';

export type JobsTarget =
  | { readonly redisUrl: string }
  /** `afterMs`: the engine is started so much later, since it takes a core for a while and nobody's answer waits for it. */
  | { readonly embedded: StartEmbedded; readonly afterMs?: number };

/**
 * The program's jobs, on Redis or embedded. With Redis it waits a few seconds for the first answer, so that an unsafe
 * one is refused (`store_unsafe`); a Redis that is away, or the embedded engine, is not waited for.
 */
export async function openJobs(target: JobsTarget, catalogue: JobCatalogue, deps: JobsDeps): Promise<Jobs> {
  checkCatalogue(catalogue.definitions, catalogue.handlers);
  const embedded = 'embedded' in target;
  const engine = embedded ? embeddedEngine(target.embedded) : redisEngine(target.redisUrl);
  const jobs = new JobsService(engine, catalogue, deps);
  const opened = jobs.open(embedded ? (target.afterMs ?? 0) : 0);
  if (!embedded) await opened;
  return jobs;
}
