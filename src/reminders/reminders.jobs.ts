import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { ApprovalLists } from './approval-list';
import type { EscalationService } from './escalation/escalation.service';
import type { RemindersService } from './reminders.service';

/** Plans the reminders that have fallen due. Once a minute, so that what is due at 08:00 leaves at 08:00. */
export const planReminders = defineJob({
  name: 'reminders.plan',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Tells what is late to whoever can help. Once a minute, so that the list of 17:05 leaves at 17:05. */
export const escalate = defineJob({
  name: 'reminders.escalate',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Writes the day's lists of what waits for approval. Looks once a minute, works once a day. */
export const listApprovals = defineJob({
  name: 'reminders.listApprovals',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 60_000 },
});

/** Handlers of the reminders' jobs. */
export function reminderHandlers(
  reminders: Pick<RemindersService, 'plan'>,
  escalation: Pick<EscalationService, 'plan'>,
  lists: Pick<ApprovalLists, 'plan'>,
) {
  return {
    [listApprovals.name]: (_payload: z.output<typeof listApprovals.schema>, context: { readonly at: Date }) =>
      lists.plan(context.at),
    [escalate.name]: (_payload: z.output<typeof escalate.schema>, context: { readonly at: Date }) =>
      escalation.plan(context.at),
    [planReminders.name]: (_payload: z.output<typeof planReminders.schema>, context: { readonly at: Date }) =>
      reminders.plan(context.at),
  };
}
