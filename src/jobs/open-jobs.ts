import { checkCatalogue } from './define-job';
import type { JobCatalogue } from './define-job';
import type { Jobs, JobsDeps } from './jobs';
import { RedisJobs } from './redis-jobs';
import { openRedisQueue } from './redis-queue';
import { TimerJobs } from './timer-jobs';

/**
 * The program's jobs: BullMQ on the Redis of this address, timers in the process when it is empty. A Redis is waited for
 * a few seconds, so that an unsafe one is refused (`store_unsafe`); one that is away does not hold up the start.
 */
export async function openJobs(redisUrl: string, catalogue: JobCatalogue, deps: JobsDeps): Promise<Jobs> {
  checkCatalogue(catalogue);
  if (redisUrl === '') return new TimerJobs(catalogue, deps);
  const jobs = new RedisJobs(() => openRedisQueue(redisUrl, deps.logger), catalogue, deps);
  await jobs.open();
  return jobs;
}
