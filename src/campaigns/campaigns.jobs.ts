import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { CampaignTimers } from './campaign-timers';

/** Results of surveys and head-counts whose closing day is over. */
export const runCampaigns = defineJob({
  name: 'campaigns.run',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function campaignJobs(timers: Pick<CampaignTimers, 'run' | 'nextDue'>): Job[] {
  return [
    job(
      runCampaigns,
      (_payload, { at }) => timers.run(at),
      (after) => timers.nextDue(after),
    ),
  ];
}
