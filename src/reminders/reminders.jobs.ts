import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { RemindersService } from './reminders.service';

/** Plans the reminders that have fallen due. Once a minute, so that what is due at 08:00 leaves at 08:00. */
export const planReminders = defineJob({
  name: 'reminders.plan',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Handlers of the reminders' jobs. */
export function reminderHandlers(reminders: Pick<RemindersService, 'plan'>) {
  return {
    [planReminders.name]: (_payload: z.output<typeof planReminders.schema>, context: { readonly at: Date }) =>
      reminders.plan(context.at),
  };
}
