import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { ApprovalLists } from './approval-list';
import type { EscalationService } from './escalation/escalation.service';
import type { SumWatch } from './sum-watch';
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

/** Looks whether sums that somebody sent or approved have changed since. */
export const watchSums = defineJob({
  name: 'reminders.watchSums',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 120_000 },
});

export function reminderJobs(reminders: Pick<RemindersService, 'plan' | 'nextDue'>): Job[] {
  return [
    job(
      planReminders,
      (_payload, { at }) => reminders.plan(at),
      (after) => reminders.nextDue(after),
    ),
  ];
}

export function escalationJobs(escalation: Pick<EscalationService, 'plan' | 'nextDue'>): Job[] {
  return [
    job(
      escalate,
      (_payload, { at }) => escalation.plan(at),
      (after) => escalation.nextDue(after),
    ),
  ];
}

export function approvalJobs(lists: Pick<ApprovalLists, 'plan' | 'nextDue'>): Job[] {
  return [
    job(
      listApprovals,
      (_payload, { at }) => lists.plan(at),
      (after) => lists.nextDue(after),
    ),
  ];
}

export function sumJobs(sums: Pick<SumWatch, 'look'>): Job[] {
  return [job(watchSums, (_payload, { at }) => sums.look(at))];
}
