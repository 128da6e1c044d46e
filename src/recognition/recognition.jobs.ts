import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { ListGiver } from './list-giver';
import type { Thankful } from './thanks.service';

/** Writes the cards of thanks. Looks once a minute, works once a day. */
export const thank = defineJob({
  name: 'recognition.thank',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Tells the department that the list for the awards is there, on its day. */
export const giveList = defineJob({
  name: 'recognition.giveList',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function recognitionJobs(
  thankful: Pick<Thankful, 'plan' | 'nextDue'>,
  giver: Pick<ListGiver, 'plan' | 'nextDue'>,
): Job[] {
  return [
    job(
      thank,
      (_payload, { at }) => thankful.plan(at),
      async (after) => thankful.nextDue(after),
    ),
    job(
      giveList,
      (_payload, { at }) => giver.plan(at),
      async (after) => giver.nextDue(after),
    ),
  ];
}
