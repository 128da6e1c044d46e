import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { InboxWorker } from './inbox-worker';
import type { InboxRepo } from './inbox.repo';

/** Wakes the process that answers: the one that took the message may only be there to take messages. */
export const handlePerson = defineJob({
  name: 'inbox.handle',
  schema: z.object({ user: z.string() }),
  attempts: 2,
});

/** Finds stored events whose wake-up was lost: by a crash, or because the process that took them died. */
export const sweepInbox = defineJob({
  name: 'inbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 5_000 },
});

/** Lets go of handled events that are older than any late copy could be. */
export const forgetInbox = defineJob({
  name: 'inbox.forget',
  schema: z.object({}),
  attempts: 1,
  schedule: { dailyAt: '03:40' },
});

export interface InboxJobDeps {
  readonly inboxWorker: Pick<InboxWorker, 'wake' | 'sweep'>;
  readonly repo: Pick<InboxRepo, 'forget'>;
}

/** Events younger than this are in the hands of the process that took them. */
const SETTLED_MS = 3_000;

export function inboxJobs({ inboxWorker, repo }: InboxJobDeps): Job[] {
  return [
    job(handlePerson, async ({ user }) => inboxWorker.wake(user)),
    job(sweepInbox, (_payload, { at }) => inboxWorker.sweep(new Date(at.getTime() - SETTLED_MS))),
    job(forgetInbox, (_payload, { at }) => repo.forget(at)),
  ];
}
