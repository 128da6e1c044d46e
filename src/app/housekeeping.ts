import type { InboxRepo } from '../inbox/inbox.repo';
import { messageOf } from '../kernel/errors';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { watchStalls } from '../observability/stall-watch';

const COUNT_MS = 5_000;
export interface HousekeepingDeps {
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly inboxRepo: Pick<InboxRepo, 'countWaiting'>;
}

/** What a process does by itself, by timer: counts what waits, for the metrics; watches that the event loop goes round. */
export function startHousekeeping(deps: HousekeepingDeps): { stop(): void } {
  const { log, metrics, inboxRepo } = deps;
  const stalls = watchStalls({ log, metrics });
  let waiting = 0;
  metrics.gauge('inbox_waiting', 'Stored events that wait for their turn', () => waiting);
  const onError = (error: unknown): void =>
    log.warn({ reason: messageOf(error) }, 'waiting events could not be counted');

  const count = setInterval(() => {
    inboxRepo.countWaiting().then((found) => (waiting = found), onError);
  }, COUNT_MS);
  count.unref();
  return {
    stop: () => {
      clearInterval(count);
      void stalls.stop();
    },
  };
}
