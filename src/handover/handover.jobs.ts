import { z } from 'zod';
import { defineJob, type NextDue } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';

/** Keeps the promises of the hand-over, or tells those above; gives back what a holder left lying. */
export const sweepThreads = defineJob({
  name: 'handover.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function handoverJobs(sweep: { run(now: Date): Promise<void> }, nextDue: NextDue): Job[] {
  return [job(sweepThreads, (_payload, { at }) => sweep.run(at), nextDue)];
}
