import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { z } from 'zod';
import { startEmbeddedQueue } from '../../../src/embedded/queue/start';
import type { QueueEngine } from '../../../src/embedded/queue/start';
import { defineJob } from '../../../src/jobs/define-job';
import type { JobDefinition, JobHandlers } from '../../../src/jobs/define-job';
import type { EmbeddedQueue } from '../../../src/jobs/embedded-engine';
import type { Jobs } from '../../../src/jobs/jobs';
import { openJobs } from '../../../src/jobs/queues';
import type { JobsTarget } from '../../../src/jobs/queues';
import { systemClock } from '../../../src/kernel/clock';
import { AppError } from '../../../src/kernel/errors';
import { hasRedisServer, RedisServer } from '../../support/redis';

jest.setTimeout(180_000);

const drain = defineJob({ name: 'inbox.handle', schema: z.object({ user: z.string() }), attempts: 3 });
const sweep = defineJob({
  name: 'inbox.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 1_000 },
});
const night = defineJob({
  name: 'reminders.plan',
  schema: z.object({}),
  attempts: 1,
  schedule: { pattern: '*/2 * * * * *' },
});
const ALL: JobDefinition[] = [drain, sweep, night];

const TEST_REDIS_URL = process.env['TEST_REDIS_URL'];
const opened: Jobs[] = [];
const servers: RedisServer[] = [];

afterEach(async () => {
  for (const jobs of opened.splice(0)) await jobs.stop(2_000);
  for (const server of servers.splice(0)) await server.end();
});

function world(handlers: JobHandlers = {}) {
  const logged: { level: string; facts: Record<string, unknown>; message: string }[] = [];
  const log = (level: string) => (facts: object, message: string) =>
    void logged.push({ level, facts: facts as Record<string, unknown>, message });
  const runs: string[] = [];
  const note = (name: string) => async (payload: { user?: string }) =>
    void runs.push(payload.user ? `${name} ${payload.user}` : name);
  return {
    runs,
    logged,
    messages: () => logged.map((entry) => entry.message),
    open: async (target: JobsTarget, definitions = ALL): Promise<Jobs> => {
      const all = Object.fromEntries(
        definitions.map(({ name }) => [name, handlers[name] ?? note(name)]),
      ) as JobHandlers;
      const deps = {
        logger: { info: log('info'), warn: log('warn'), error: log('error') },
        clock: systemClock,
      };
      const jobs = await openJobs(target, { definitions, handlers: all }, deps);
      opened.push(jobs);
      return jobs;
    },
  };
}

async function until(what: string, isSo: () => boolean, ms = 20_000): Promise<void> {
  for (let waited = 0; !isSo(); waited += 20) {
    if (waited > ms) throw new Error(`not so after ${ms} ms: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

const up = (jobs: Jobs): Promise<void> => until('the queue is up', () => jobs.health() === 'up', 90_000);

/** One engine for all tests, emptied between them: starting it takes seconds. A copied folder opens quicker than memory. */
const base = mkdtempSync(join(tmpdir(), 'jobs-'));
let shared: Promise<QueueEngine> | null = null;
const startShared = async (): Promise<EmbeddedQueue> => {
  const { pool, died } = await (shared ??= startEmbeddedQueue({ dir: join(base, 'queue') }));
  await pool.query('DROP SCHEMA IF EXISTS bullmq CASCADE');
  return { pool, died, stop: () => Promise.resolve() };
};
const embedded: JobsTarget = { embedded: startShared };
afterAll(async () => {
  await (await shared)?.stop();
  rmSync(base, { recursive: true, force: true });
});

async function targetFor(engine: string): Promise<JobsTarget> {
  if (engine === 'embedded') return embedded;
  const client = new Redis(TEST_REDIS_URL as string);
  await client.flushdb();
  client.disconnect();
  return { redisUrl: TEST_REDIS_URL as string };
}

describe.each(['embedded', ...(TEST_REDIS_URL ? ['redis'] : [])])('jobs on %s', (engine) => {
  it('runs what is asked for, also what was asked for before the queue was there', async () => {
    const { runs, open } = world();
    const jobs = await open(await targetFor(engine), [drain]);
    jobs.wake(drain, { user: 'lan' });
    jobs.start('all');
    await up(jobs);
    jobs.wake(drain, { user: 'minh' });
    await until('both ran', () => runs.length === 2);
    expect(runs).toEqual(['inbox.handle lan', 'inbox.handle minh']);
  });

  it('runs schedules by itself, cron and interval', async () => {
    const { runs, open } = world();
    const jobs = await open(await targetFor(engine));
    jobs.start('worker');
    await up(jobs);
    await until('both schedules ran twice', () =>
      ['inbox.sweep', 'reminders.plan'].every((name) => runs.filter((run) => run === name).length >= 2),
    );
  });

  it('gathers equal wake-ups, and keeps the one that comes while the first runs', async () => {
    let running = 0;
    let most = 0;
    const order: string[] = [];
    const gate: (() => void)[] = [];
    const { open } = world({
      'inbox.handle': async ({ user }: { user: string }) => {
        running += 1;
        most = Math.max(most, running);
        order.push(user);
        await new Promise<void>((resolve) => gate.push(resolve));
        running -= 1;
      },
    });
    const jobs = await open(await targetFor(engine), [drain]);
    jobs.start('all');
    await up(jobs);
    const wake = (): void => jobs.wake(drain, { user: 'lan' }, { dedupeId: 'zalo:123' });
    wake();
    await until('the first runs', () => order.length === 1);
    for (let i = 0; i < 20; i++) {
      wake();
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    gate.shift()?.();
    await until('the kept one runs', () => order.length === 2);
    gate.shift()?.();
    await new Promise((resolve) => setTimeout(resolve, 500));
    expect({ order, most }).toEqual({ order: ['lan', 'lan'], most: 1 });
  });

  it('waits with a delayed wake-up, and lets one that is due now pass it', async () => {
    const { runs, open } = world();
    const jobs = await open(await targetFor(engine), [drain]);
    jobs.start('all');
    await up(jobs);
    jobs.wake(drain, { user: 'later' }, { dedupeId: 'lan', delayMs: 700 });
    jobs.wake(drain, { user: 'now' }, { dedupeId: 'lan' });
    await until('both ran', () => runs.length === 2);
    expect(runs).toEqual(['inbox.handle now', 'inbox.handle later']);
  });

  it('tries again what may pass, and no more often than allowed', async () => {
    let tries = 0;
    const { logged, open } = world({
      'inbox.handle': async () => {
        tries += 1;
        throw new AppError('store_unavailable');
      },
    });
    const jobs = await open(await targetFor(engine), [drain]);
    jobs.start('all');
    await up(jobs);
    jobs.wake(drain, { user: 'lan' });
    await until('it is given up', () => logged.some((entry) => entry.message === 'job failed'));
    expect(tries).toBe(3);
  });

  it('takes a burst of 250 wake-ups without holding up the caller', async () => {
    const { runs, open } = world();
    const jobs = await open(await targetFor(engine), [drain]);
    jobs.start('all');
    await up(jobs);
    for (let i = 0; i < 250; i++) jobs.wake(drain, { user: `u${i}` }, { dedupeId: `u${i}` });
    await until('all ran', () => runs.length >= 250, 60_000);
    expect(new Set(runs).size).toBe(250);
  });

  it('refuses quietly what is no JSON, and anything after the end', async () => {
    const { messages, open } = world();
    const jobs = await open(await targetFor(engine), [drain]);
    const round: Record<string, unknown> = {};
    round['self'] = round;
    jobs.wake(drain, round as never);
    expect(messages()).toContain('job refused');
    await jobs.stop(1_000);
    expect(() => jobs.wake(drain, { user: 'lan' })).not.toThrow();
    expect(jobs.health()).toBe('down');
  });

  it('asks only, and runs nothing, as web', async () => {
    const { runs, open } = world();
    const jobs = await open(await targetFor(engine), ALL);
    jobs.start('web');
    await up(jobs);
    jobs.wake(drain, { user: 'lan' });
    await new Promise((resolve) => setTimeout(resolve, 1_500));
    expect(runs).toEqual([]);
  });
});

describe('the embedded engine', () => {
  it('asks its database seldom while there is little to do', async () => {
    const { runs, open } = world();
    const jobs = await open(embedded, [sweep]);
    jobs.start('all');
    await up(jobs);
    await until('the schedule runs', () => runs.length > 0);
    const pool = (await shared)?.pool;
    const [before, ran] = [pool?.statements ?? 0, runs.length];
    await until('five more ran', () => runs.length >= ran + 5);
    expect((pool?.statements ?? Infinity) - before).toBeLessThan(5 * 40);
  });

  it('is replaced when it dies', async () => {
    let started = 0;
    let crash: (error: Error) => void = () => undefined;
    const { runs, messages, open } = world();
    const start = async (): Promise<EmbeddedQueue> => {
      const engine = await startShared();
      started += 1;
      const crashed = new Promise<Error>((resolve) => (crash = resolve));
      return { ...engine, died: Promise.race([engine.died, crashed]) };
    };
    const jobs = await open({ embedded: start }, [drain, sweep]);
    jobs.start('all');
    await up(jobs);
    crash(new Error('the database thread has ended'));
    await until('a second engine runs', () => started === 2 && jobs.health() === 'up', 60_000);
    jobs.wake(drain, { user: 'lan' });
    await until('jobs run', () => runs.includes('inbox.handle lan'));
    expect(messages().filter((message) => message === 'job queue is away')).toHaveLength(1);
  });

  it('is tried again until it starts, and said to be away once', async () => {
    let tries = 0;
    const { messages, open } = world();
    const jobs = await open(
      {
        embedded: async () => {
          tries += 1;
          if (tries < 4) throw new AppError('store_unavailable');
          return startShared();
        },
      },
      [drain],
    );
    await up(jobs);
    expect(messages()).toEqual(['job queue is away', 'job queue is back']);
  });
});

(hasRedisServer ? describe : describe.skip)('a Redis that fails', () => {
  async function running(...settings: string[]) {
    const server = await RedisServer.start(...settings);
    servers.push(server);
    const made = world();
    const jobs = await made.open({ redisUrl: server.url });
    jobs.start('all');
    await up(jobs);
    return { ...made, server, jobs };
  }
  const away = (jobs: Jobs): Promise<void> => until('the queue is down', () => jobs.health() === 'down');

  async function comesBack({ runs, jobs, messages }: Awaited<ReturnType<typeof running>>): Promise<void> {
    const before = runs.length;
    await until('schedules and kept wake-ups run', () => {
      const since = runs.slice(before);
      return since.includes('inbox.sweep') && since.includes('inbox.drain kept') && jobs.health() === 'up';
    });
    expect(messages().filter((message) => message === 'job queue is away')).toHaveLength(1);
  }

  it('killed and restarted empty: schedules and wake-ups are there again', async () => {
    const made = await running();
    await made.server.kill();
    await away(made.jobs);
    for (let i = 0; i < 20_000; i++) made.jobs.wake(drain, { user: `u${i}` });
    made.jobs.wake(drain, { user: 'kept' }, { dedupeId: 'kept' });
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    await made.server.restart();
    made.jobs.wake(drain, { user: 'kept' });
    const before = made.runs.length;
    await until('schedules run', () => made.runs.slice(before).includes('inbox.sweep'));
    await until('the bounded rest runs', () =>
      made.runs.slice(before).some((run) => run.startsWith('inbox.handle')),
    );
    expect(
      made.logged.find((entry) => entry.message === 'job queue is back')?.facts['dropped'],
    ).toBeGreaterThan(14_000);
  });

  it('frozen: nothing is held up, and all goes on after', async () => {
    const made = await running();
    made.server.freeze();
    await away(made.jobs);
    made.jobs.wake(drain, { user: 'kept' });
    await new Promise((resolve) => setTimeout(resolve, 4_000));
    made.server.thaw();
    await comesBack(made);
  });

  it('full: wake-ups wait until there is room', async () => {
    const made = await running();
    await made.server.command('CONFIG', 'SET', 'maxmemory', '1');
    await away(made.jobs);
    made.jobs.wake(drain, { user: 'kept' });
    await made.server.command('CONFIG', 'SET', 'maxmemory', '0');
    await comesBack(made);
  });

  it('emptied without a word: schedules are declared again', async () => {
    const { server, runs } = await running();
    await until('schedules run', () => runs.includes('inbox.sweep'));
    await server.command('FLUSHALL');
    const before = runs.length;
    await until(
      'schedules run again',
      () => runs.slice(before).filter((run) => run === 'inbox.sweep').length >= 2,
    );
  });

  it('away at the start: the program starts, and jobs run once it is there', async () => {
    const server = await RedisServer.start();
    servers.push(server);
    await server.kill();
    const { runs, open } = world();
    const jobs = await open({ redisUrl: server.url });
    expect(jobs.health()).toBe('down');
    jobs.start('all');
    jobs.wake(drain, { user: 'lan' });
    await server.restart();
    await until('the wake-up ran', () => runs.includes('inbox.handle lan'));
  });

  it('is refused when it may evict keys', async () => {
    const server = await RedisServer.start('--maxmemory-policy', 'allkeys-lru');
    servers.push(server);
    await expect(world().open({ redisUrl: server.url })).rejects.toMatchObject({
      code: 'store_unsafe',
      facts: { found: 'allkeys-lru' },
    });
  });

  it('warns of a Redis without a log, and not of one with', async () => {
    const plain = await running();
    const logging = await running('--appendonly', 'yes');
    const warned = 'redis keeps no log; wake-ups are re-made after a restart';
    expect(plain.messages()).toContain(warned);
    expect(logging.messages()).not.toContain(warned);
  });

  it('forgets schedules that are no longer declared', async () => {
    const { server, jobs, open } = await running();
    await jobs.stop(2_000);
    const later = await open({ redisUrl: server.url }, [drain, night]);
    later.start('all');
    await up(later);
    let left: unknown = null;
    for (let i = 0; i < 100 && JSON.stringify(left) !== '["reminders.plan"]'; i++) {
      await new Promise((resolve) => setTimeout(resolve, 50));
      left = await server.command('ZRANGE', 'bull:bot:repeat', '0', '-1');
    }
    expect(left).toEqual(['reminders.plan']);
  });

  it('goes away while the program stops: stopping ends in time', async () => {
    const { server, jobs } = await running();
    server.freeze();
    await jobs.stop(1_000);
    server.thaw();
    expect(jobs.health()).toBe('down');
  });
});
