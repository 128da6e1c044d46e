import type { Connection } from 'mongoose';
import type { Config } from '../config/config';
import { ThreadsService } from '../handover/chat/threads.service';
import { threadTimes, type ThreadTimes } from '../handover/thread-times';
import { Threads } from '../handover/threads';
import { createThreadsRepo } from '../handover/threads.repo';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import type { Enqueue } from '../outbox/outbox-row';

/** The talks between people: their store, their clocks and what writes them. */
export interface Handover {
  readonly threads: Threads;
  readonly times: ThreadTimes;
  readonly service: ThreadsService;
}

export function createHandover(deps: {
  readonly config: Config;
  readonly connection: Connection;
  readonly singleProcess: boolean;
  readonly work: WorkCalendar;
  readonly directory: OrgDirectory;
  readonly enqueue: Enqueue;
  readonly wordsFor: (user: UserKey) => Words;
}): Handover {
  const { config, connection, singleProcess, directory } = deps;
  const times = threadTimes(deps.work, {
    promiseMinutes: config.HANDOVER_PROMISE_MINUTES,
    silenceMinutes: config.HUMAN_TAKEOVER_MINUTES,
  });
  const threads = new Threads({ repo: createThreadsRepo(connection), times, directory, singleProcess });
  return { threads, times, service: new ThreadsService({ ...deps, threads, times }) };
}
