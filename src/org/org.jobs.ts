import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { StrangerNotices } from './stranger-notices';

/** Ends posts whose last day is over, and tells those who lost one. */
export const sweepPosts = defineJob({
  name: 'org.sweepPosts',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Writes the lists of what strangers said above the limit of an hour. */
export const listStrangers = defineJob({
  name: 'org.listStrangers',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function orgJobs(sweep: (now: Date) => Promise<void>, strangers: Pick<StrangerNotices, 'run'>): Job[] {
  return [
    job(sweepPosts, (_payload, { at }) => sweep(at)),
    job(listStrangers, (_payload, { at }) => strangers.run(at)),
  ];
}
