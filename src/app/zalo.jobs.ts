import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';

/** Keeps the channel's tokens fresh, also in weeks in which nobody is written to. */
export const renewTokens = defineJob({
  name: 'zalo.renewTokens',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 15 * 60_000 },
});

export function zaloJobs(channelModule: { renewIfDue(): Promise<void> }): Job[] {
  return [job(renewTokens, () => channelModule.renewIfDue())];
}
