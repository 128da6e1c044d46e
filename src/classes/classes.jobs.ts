import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { ClassTimers } from './class-timers';

/** Reminds the evening before, and asks for the number after a class. */
export const sweepClasses = defineJob({
  name: 'classes.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function classJobs(timers: Pick<ClassTimers, 'run' | 'nextDue'>): Job[] {
  return [
    job(
      sweepClasses,
      (_payload, { at }) => timers.run(at),
      (after) => timers.nextDue(after),
    ),
  ];
}
