import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';

/** Forgets those who asked for it in chat, a moment after they were answered. */
export const carryOutErasures = defineJob({
  name: 'privacy.erase',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

export function privacyJobs(eraseAsked: (now: Date) => Promise<void>): Job[] {
  return [job(carryOutErasures, (_payload, { at }) => eraseAsked(at))];
}
