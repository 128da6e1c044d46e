import { z } from 'zod';
import { defineJob } from '../../src/jobs/define-job';
import type { JobDefinition, JobHandlers } from '../../src/jobs/define-job';
import type { Jobs } from '../../src/jobs/jobs';
import { openJobs } from '../../src/jobs/open-jobs';
import { systemClock, type Clock } from '../../src/kernel/clock';

/** Jobs of tests: one to be asked for, one that runs each second, one of a time of day. */
export const handle = defineJob({
  name: 'inbox.handle',
  schema: z.object({ user: z.string() }),
  attempts: 3,
});
export const sweep = defineJob({
  name: 'inbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 1_000 },
});
export const daily = (dailyAt: string) =>
  defineJob({ name: 'inbox.forget', schema: z.object({}), attempts: 1, schedule: { dailyAt } });

/** Jobs on an engine, what they ran and what they logged. `close` ends all that were opened. */
export class JobWorld {
  readonly runs: string[] = [];
  readonly logged: { level: string; facts: Record<string, unknown>; message: string }[] = [];
  private readonly opened: Jobs[] = [];

  constructor(
    private readonly redisUrl: string,
    private readonly handlers: JobHandlers = {},
    private readonly clock: Clock = systemClock,
  ) {}

  get messages(): string[] {
    return this.logged.map((entry) => entry.message);
  }

  async open(...definitions: JobDefinition[]): Promise<Jobs> {
    const log = (level: string) => (facts: object, message: string) =>
      void this.logged.push({ level, facts: facts as Record<string, unknown>, message });
    const note = (name: string) => async (payload: { user?: string }) =>
      void this.runs.push(payload.user ? `${name} ${payload.user}` : name);
    const handlers = Object.fromEntries(
      definitions.map(({ name }) => [name, this.handlers[name] ?? note(name)]),
    ) as JobHandlers;
    const logger = { info: log('info'), warn: log('warn'), error: log('error') };
    const deps = { logger, clock: this.clock };
    const jobs = await openJobs(this.redisUrl, { definitions, handlers, nextDue: [] }, deps);
    this.opened.push(jobs);
    return jobs;
  }

  /** Opens them, begins, and waits until they run. */
  async run(...definitions: JobDefinition[]): Promise<Jobs> {
    const jobs = await this.open(...definitions);
    jobs.start('all');
    await up(jobs);
    return jobs;
  }

  async close(): Promise<void> {
    for (const jobs of this.opened.splice(0)) await jobs.stop(2_000);
  }
}

export async function until(what: string, isSo: () => boolean, ms = 20_000): Promise<void> {
  for (let waited = 0; !isSo(); waited += 20) {
    if (waited > ms) throw new Error(`not so after ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

export const up = (jobs: Jobs): Promise<void> => until('the queue is up', () => jobs.health() === 'up');
