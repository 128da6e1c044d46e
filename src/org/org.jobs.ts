import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';

/** Ends posts whose last day is over, and tells those who lost one. */
export const sweepPosts = defineJob({
  name: 'org.sweepPosts',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function orgJobs(sweep: (now: Date) => Promise<void>): Job[] {
  return [job(sweepPosts, (_payload, { at }) => sweep(at))];
}
