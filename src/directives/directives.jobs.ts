import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { DirectiveTimers } from './timers';

/** First messages, nudges, lists and ends that have fallen due. */
export const runDirectives = defineJob({
  name: 'directives.run',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Handlers of the directives' jobs. */
export function directiveHandlers(timers: Pick<DirectiveTimers, 'run'>) {
  return {
    [runDirectives.name]: (_payload: z.output<typeof runDirectives.schema>, context: { readonly at: Date }) =>
      timers.run(context.at),
  };
}
