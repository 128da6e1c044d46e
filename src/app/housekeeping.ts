import type { EvidenceService } from '../evidence/evidence.service';
import type { InboxWorker } from '../inbox/inbox-worker';
import type { InboxRepo } from '../inbox/inbox.repo';
import type { Jobs } from '../jobs/jobs';
import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { watchStalls } from '../observability/stall-watch';
import type { Outbox } from '../outbox/outbox';
import type { RemindersService } from '../reminders/reminders.service';

/** How often the work of an absent queue is done from the process itself. */
const STAND_IN_MS = 20_000;
const COUNT_MS = 5_000;
/** Events younger than this are in hand. */
const SETTLED_MS = 3_000;

export interface HousekeepingDeps {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly jobs: Pick<Jobs, 'health'>;
  readonly inboxRepo: Pick<InboxRepo, 'countWaiting'>;
  readonly reminders: Pick<RemindersService, 'plan'>;
  readonly outbox: Pick<Outbox, 'sweep'>;
  readonly inboxWorker: Pick<InboxWorker, 'sweep'>;
  readonly evidence: Pick<EvidenceService, 'sweep'>;
  /** Whether this process answers people, and so may stand in for the queue. */
  readonly standsIn: boolean;
}

/**
 * What a process does by itself, by timer: counts what waits, for the metrics; watches that the event loop goes round;
 * and while the queue is away runs its sweeps and the planner, since late is better than never and twice does no harm.
 */
export function startHousekeeping(deps: HousekeepingDeps): { stop(): void } {
  const { log, metrics, clock, jobs, inboxRepo, reminders, outbox, inboxWorker, evidence, standsIn } = deps;
  const stalls = watchStalls({ log, metrics });
  let waiting = 0;
  metrics.gauge('inbox_waiting', 'Stored events that wait for their turn', () => waiting);
  const onError = (error: unknown): void => log.warn({ reason: messageOf(error) }, 'a sweep failed');

  const count = setInterval(() => {
    inboxRepo.countWaiting().then((found) => (waiting = found), onError);
  }, COUNT_MS);
  const standIn = setInterval(() => {
    if (!standsIn || jobs.health() === 'up') return;
    const now = clock.now();
    void reminders.plan(now).catch(onError);
    void outbox.sweep(now).catch(onError);
    void evidence.sweep().catch(onError);
    void inboxWorker.sweep(new Date(now.getTime() - SETTLED_MS)).catch(onError);
  }, STAND_IN_MS);
  count.unref();
  standIn.unref();
  return {
    stop: () => {
      clearInterval(count);
      clearInterval(standIn);
      void stalls.stop();
    },
  };
}
