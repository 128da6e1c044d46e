import { RedisJobs } from '../../../src/jobs/redis-jobs';
import type { JobWorker, RedisQueue } from '../../../src/jobs/redis-queue';
import { systemClock } from '../../../src/kernel/clock';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a stop that comes while the worker is starting', () => {
  it('closes that worker too, and never lets it run', async () => {
    const calls: string[] = [];
    let ready = (): void => undefined;
    const worker: JobWorker = {
      waitUntilReady: () => new Promise<void>((resolve) => (ready = resolve)),
      run: async () => void calls.push('run'),
      close: async (force) => void calls.push(force ? 'close at once' : 'close'),
      disconnect: async () => undefined,
    };
    const queue: RedisQueue = {
      add: async () => undefined,
      countSchedules: async () => 0,
      declareSchedules: async () => undefined,
      createWorker: () => {
        calls.push('made');
        return worker;
      },
      probe: async () => undefined,
      close: async () => undefined,
    };
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const nothing = { definitions: [], handlers: {}, nextDue: [] };
    const jobs = new RedisJobs(async () => queue, nothing, { logger, clock: systemClock });
    await jobs.open();
    jobs.start('all');
    await turns();
    expect(calls).toEqual(['made']);
    const stopped = jobs.stop(1_000);
    await turns();
    ready();
    await stopped;
    expect(calls).toEqual(['made', 'close at once']);
  });
});
