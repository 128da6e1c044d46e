import { MINUTE } from '../kernel/vn-time';
import { withEventId } from '../observability/logger';
import { callHandler, logId } from './run-job';
import type { JobCatalogue, JobDefinition } from './define-job';
import { DueJobs } from './schedule';

/** What a moved clock does with the jobs on its way. */
export interface CatchUp {
  /** The next instant after this one at which something falls due; null when nothing is planned. */
  readonly nextDue: (after: Date) => Promise<Date | null>;
  /**
   * Runs what the schedules would have run by this instant, one after the other in the order of the catalogue: what
   * looks at least once a minute runs at each stop, the rest when its time was passed over. Rejects as a handler does.
   */
  readonly runDue: (now: Date) => Promise<void>;
}

export function createCatchUp(catalogue: JobCatalogue, begun: Date): CatchUp {
  const due = new DueJobs(catalogue.definitions, begun);
  return {
    nextDue: async (after) => {
      const known = await Promise.all(catalogue.nextDue.map(async (ask) => ask(after)));
      const times = known.flatMap((at) => (at === null ? [] : [at.getTime()]));
      return times.length === 0 ? null : new Date(Math.min(...times));
    },
    runDue: async (now) => {
      const passed = new Set(due.take(now));
      for (const definition of catalogue.definitions) {
        if (!passed.has(definition) && !looksOften(definition)) continue;
        await withEventId(logId(definition.name, now.toISOString()), () =>
          callHandler(catalogue, definition, {}, { at: now, attempt: 1 }),
        );
      }
    },
  };
}

function looksOften({ schedule }: JobDefinition): boolean {
  return schedule !== undefined && 'every' in schedule && schedule.every <= MINUTE;
}
