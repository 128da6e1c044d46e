import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { handlePerson, inboxJobs } from './inbox.jobs';
import { InboxWorker, type InboxWorkerOptions } from './inbox-worker';
import type { InboxRepo, InboxRow } from './inbox.repo';
import { createIngest } from './ingest';

export interface InboxModuleDeps extends Pick<InboxWorkerOptions, 'openSession' | 'note' | 'before'> {
  readonly config: {
    readonly GATHER_MS: number;
    readonly PROCESSING: 'on' | 'paused';
    readonly ROLE: 'all' | 'web' | 'worker';
  };
  readonly inboxRows: InboxRepo;
  readonly clock: Clock;
  readonly singleProcess: boolean;
  readonly log: Logger;
  readonly metrics: Pick<Metrics, 'inbox'>;
}

/** What asks another process to handle a person. */
export interface WakesPerson {
  wake(definition: typeof handlePerson, payload: { user: UserKey }, options: { dedupeId: string }): void;
}

/** What people send: stored once, then handled one person at a time. */
export function openInbox(deps: InboxModuleDeps) {
  const { config, inboxRows: repo, clock, metrics } = deps;
  const counted = (what: Parameters<Metrics['inbox']>[0]): void => metrics.inbox(what);
  const inboxWorker = new InboxWorker({ ...deps, repo, gatherMs: config.GATHER_MS, counted });
  if (config.PROCESSING === 'paused') inboxWorker.pause(true);
  const answersHere = config.ROLE !== 'web';
  return {
    worker: inboxWorker,
    answersHere,
    jobs: inboxJobs({ inboxWorker, repo }),
    /** Takes events from the channel. Where this process does not answer, one that does is woken by a job. */
    accept: (jobs: WakesPerson) =>
      createIngest({
        ...{ repo, clock, storing: inboxWorker.storing, counted },
        wake: (row: InboxRow) => {
          if (answersHere) inboxWorker.wake(row.user, row);
          else if (row.user !== null) jobs.wake(handlePerson, { user: row.user }, { dedupeId: row.user });
        },
      }),
  };
}
