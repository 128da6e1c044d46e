import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { Outbox } from './outbox';

/** Finds messages whose time has come or whose wake-up was lost. */
export const sweepOutbox = defineJob({
  name: 'outbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 5_000 },
});

export function outboxJobs(outbox: Pick<Outbox, 'sweep' | 'nextDue'>): Job[] {
  return [
    job(
      sweepOutbox,
      (_payload, { at }) => outbox.sweep(at),
      (after) => outbox.nextDue(after),
    ),
  ];
}
