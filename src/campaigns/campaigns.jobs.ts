import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { CampaignTimers } from './campaign-timers';

/** Results of surveys and head-counts whose closing day is over. */
export const runCampaigns = defineJob({
  name: 'campaigns.run',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Handlers of the campaigns' jobs. */
export function campaignHandlers(timers: Pick<CampaignTimers, 'run'>) {
  return {
    [runCampaigns.name]: (_payload: z.output<typeof runCampaigns.schema>, context: { readonly at: Date }) =>
      timers.run(context.at),
  };
}
