import { z } from 'zod';
import { defineJob } from '../jobs/define-job';

/** Keeps the promises of the hand-over, or tells those above; gives back what a holder left lying. */
export const sweepThreads = defineJob({
  name: 'handover.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function handoverHandlers(sweep: { run(now: Date): Promise<void> }) {
  return {
    [sweepThreads.name]: (_payload: z.output<typeof sweepThreads.schema>, context: { readonly at: Date }) =>
      sweep.run(context.at),
  };
}
