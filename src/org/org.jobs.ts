import { z } from 'zod';
import { defineJob } from '../jobs/define-job';

/** Ends posts whose last day is over, and tells those who lost one. */
export const sweepPosts = defineJob({
  name: 'org.sweepPosts',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function orgHandlers(deps: { readonly sweepPosts: (now: Date) => Promise<void> }) {
  return {
    [sweepPosts.name]: (_payload: z.output<typeof sweepPosts.schema>, context: { readonly at: Date }) =>
      deps.sweepPosts(context.at),
  };
}
