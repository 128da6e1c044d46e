import { ZONE } from '../kernel/vn-time';
import type { JobDefinition } from './define-job';
import type { JobQueue } from './engine';

/** The definitions that run by themselves. */
export function scheduledOf(definitions: readonly JobDefinition[]): JobDefinition[] {
  return definitions.filter((definition) => definition.schedule !== undefined);
}

/** Makes the queue's schedulers those that are declared: missing and changed ones are written, others removed. */
export async function reconcileSchedulers(
  queue: JobQueue,
  definitions: readonly JobDefinition[],
): Promise<void> {
  const wanted = scheduledOf(definitions);
  for (const found of await queue.getJobSchedulers()) {
    if (!wanted.some((definition) => definition.name === found.key))
      await queue.removeJobScheduler(found.key);
  }
  for (const { name, schedule, attempts } of wanted) {
    if (!schedule) continue;
    const repeat = 'every' in schedule ? { every: schedule.every } : { pattern: schedule.pattern, tz: ZONE };
    await queue.upsertJobScheduler(name, repeat, {
      name,
      data: {},
      opts: { attempts, backoff: { type: 'custom' } },
    });
  }
}
