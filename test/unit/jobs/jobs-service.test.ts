import type { EngineSession, JobEngine, JobWorker } from '../../../src/jobs/engine';
import { JobsService } from '../../../src/jobs/jobs-service';
import { systemClock } from '../../../src/kernel/clock';

const turns = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) await new Promise((resolve) => setImmediate(resolve));
};

describe('a stop that comes while the worker is starting', () => {
  it('closes that worker too, and never lets it run', async () => {
    const calls: string[] = [];
    let ready = (): void => undefined;
    const worker: JobWorker = {
      waitUntilReady: () => new Promise((resolve) => (ready = resolve)),
      run: async () => void calls.push('run'),
      close: async (force) => void calls.push(force ? 'close at once' : 'close'),
      disconnect: async () => undefined,
      on: () => undefined,
    };
    const session: EngineSession = {
      queue: {
        addBulk: async () => undefined,
        getJobSchedulers: async () => [],
        getJobSchedulersCount: async () => 0,
        removeJobScheduler: async () => undefined,
        upsertJobScheduler: async () => undefined,
        on: () => undefined,
      },
      createWorker: () => {
        calls.push('made');
        return worker;
      },
      probe: async () => undefined,
      broken: new Promise(() => undefined),
      close: async () => undefined,
    };
    const engine: JobEngine = {
      name: 'redis',
      watchEveryMs: 1_000,
      openLimitMs: 1_000,
      open: async () => session,
    };
    const logger = { info: () => undefined, warn: () => undefined, error: () => undefined };
    const jobs = new JobsService(engine, { definitions: [], handlers: {} }, { logger, clock: systemClock });
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
