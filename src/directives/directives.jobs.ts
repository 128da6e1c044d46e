import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { Annexes } from './annexes';
import type { DirectiveTimers } from './timers';

/** First messages, nudges, lists and ends that have fallen due. */
export const runDirectives = defineJob({
  name: 'directives.run',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Fetches again what the messenger's servers did not give the first time. */
export const sweepAnnexes = defineJob({
  name: 'directives.annexes',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

export function directiveJobs(
  timers: Pick<DirectiveTimers, 'run' | 'nextDue'>,
  annexes: Pick<Annexes, 'sweep'>,
): Job[] {
  return [
    job(sweepAnnexes, () => annexes.sweep()),
    job(
      runDirectives,
      (_payload, { at }) => timers.run(at),
      (after) => timers.nextDue(after),
    ),
  ];
}
