import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { GroupTimers } from './group-timers';

/** What officers have agreed to, the nightly comparison, what they are asked in the morning, and the board of the day. */
export const runGroups = defineJob({
  name: 'groups.run',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function groupJobs(timers: Pick<GroupTimers, 'run' | 'nextDue'>): Job[] {
  return [
    job(
      runGroups,
      (_payload, { at }) => timers.run(at),
      (after) => timers.nextDue(after),
    ),
  ];
}
