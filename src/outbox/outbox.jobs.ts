import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { Outbox } from './outbox';

/** Finds messages whose time has come or whose wake-up was lost. */
export const sweepOutbox = defineJob({
  name: 'outbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 5_000 },
});

/** Handlers of the outbox's jobs. */
export function outboxHandlers(outbox: Pick<Outbox, 'sweep'>) {
  return {
    [sweepOutbox.name]: (_payload: z.output<typeof sweepOutbox.schema>, context: { readonly at: Date }) =>
      outbox.sweep(context.at),
  };
}
