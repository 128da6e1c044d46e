import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { ClassTimers } from './class-timers';

/** Reminds the evening before, and asks for the number after a class. */
export const sweepClasses = defineJob({
  name: 'classes.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

export function classHandlers(timers: Pick<ClassTimers, 'run'>) {
  return {
    [sweepClasses.name]: (_payload: z.output<typeof sweepClasses.schema>, context: { readonly at: Date }) =>
      timers.run(context.at),
  };
}
