import { Queue, UnrecoverableError, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { AppError } from '../kernel/errors';
import { backoffMs, inTime } from '../kernel/retry';
import { ZONE } from '../kernel/vn-time';
import type { JobDefinition } from './define-job';
import type { JobsLogger } from './jobs';
import { CONCURRENCY, type RunJob } from './run-job';
import { scheduledOf, timeOfDay, type Schedule } from './schedule';
import type { Wake } from './wake-buffer';

/** What is used of BullMQ's `Worker`. */
export interface JobWorker {
  waitUntilReady(): Promise<unknown>;
  run(): Promise<void>;
  /** Waits for the jobs in hand unless `force`. */
  close(force?: boolean): Promise<void>;
  /** Cuts the connections of a worker that does not end. */
  disconnect(): Promise<void>;
}

/** The opened queue. Lives until `close`, over any number of lost connections. */
export interface RedisQueue {
  add(wakes: readonly Wake[]): Promise<void>;
  countSchedules(): Promise<number>;
  /** Makes the queue's schedules those that are defined: missing and changed ones are written, others removed. */
  declareSchedules(definitions: readonly JobDefinition[]): Promise<void>;
  createWorker(run: RunJob): JobWorker;
  /** Resolves when a job could be added now; rejects when not. May take as long as it likes: the caller has a limit. */
  probe(): Promise<void>;
  close(): Promise<void>;
}

/** The one queue of the program. Job names tell the kinds apart, so a new kind needs no new connection. */
const QUEUE_NAME = 'bot';
/** After a return of Redis everybody is back within this and a moment. */
const RECONNECT_MS = 400;
const FIRST_ANSWER_MS = 2_500;

const CONNECTION = {
  retryStrategy: () => RECONNECT_MS,
  connectTimeout: 2_000,
  keepAlive: 5_000,
};

/** Nothing of a job stays behind but its ids, and of a failed one for a day. */
const JOB_DEFAULTS = {
  removeOnComplete: true,
  removeOnFail: { age: 86_400, count: 200 },
  // Messages of errors may quote what people wrote; the log has the frames.
  stackTraceLimit: 0,
} as const;

const WORKER_OPTIONS = {
  concurrency: CONCURRENCY,
  // A killed process holds its jobs this long; they then go to somebody else.
  lockDuration: 15_000,
  stalledInterval: 5_000,
  // A wake-up that was interrupted again and again is still wanted.
  maxStalledCount: 20,
  // How long to wait after a failed fetch; the default of 15 s would be felt after an outage.
  runRetryDelay: 500,
  autorun: false,
  settings: { backoffStrategy: (attempt: number) => backoffMs(attempt) },
} as const;

/**
 * Opens the queue in a Redis of one's own. It needs no durability, but must not throw keys away to make room. Rejects
 * with `store_unsafe` when it might, with anything else when Redis is away.
 */
export async function openRedisQueue(url: string, log: JobsLogger): Promise<RedisQueue> {
  // Nothing waits in here while Redis is away: a command fails at once, and the wake-up stays in our own, bounded, buffer.
  const client = new Redis(url, {
    ...CONNECTION,
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    socketTimeout: 10_000,
  });
  // Every try to reconnect reports its failure; the outage is noticed, and logged once, by the probe.
  client.on('error', () => undefined);
  try {
    await within(ready(client), FIRST_ANSWER_MS, 'connecting to Redis');
    await checkSafety(client, log);
    const queue = new Queue(QUEUE_NAME, { connection: client, defaultJobOptions: JOB_DEFAULTS });
    queue.on('error', () => undefined);
    await within(queue.waitUntilReady(), FIRST_ANSWER_MS, 'opening the queue');
    return opened(url, client, queue);
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

/** Rejects when the promise has not settled in time. What it was waiting for goes on unheard. */
export function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  return inTime(promise, ms, () => new Error(`${what} took longer than ${ms} ms`));
}

function opened(url: string, client: Redis, queue: Queue): RedisQueue {
  const workerConnections: Redis[] = [];
  return {
    add: async (wakes) => {
      await queue.addBulk(wakes.map(toJob));
    },
    countSchedules: () => queue.getJobSchedulersCount(),
    declareSchedules: (definitions) => declare(queue, scheduledOf(definitions)),
    createWorker: (run) => {
      // Waits over an outage, so its own connection; BullMQ makes a second one of it for the blocking read.
      const own = new Redis(url, { ...CONNECTION, maxRetriesPerRequest: null });
      own.on('error', () => undefined);
      workerConnections.push(own);
      const worker = new Worker(
        QUEUE_NAME,
        async (job) => {
          const result = await run(job.name, job.data, job.attemptsMade + 1, job.id);
          // The queue keeps what is thrown.
          if (result.outcome === 'again') throw new Error(result.code);
          if (result.outcome === 'failed') throw new UnrecoverableError(result.code);
        },
        { ...WORKER_OPTIONS, connection: own },
      );
      // Connections report each failed try; the probe decides whether that is an outage, and logs it once.
      worker.on('error', () => undefined);
      return worker;
    },
    // A write: a full Redis answers PING but takes no job.
    probe: async () => {
      await client.set(`bull:${QUEUE_NAME}:probe`, '1', 'PX', 60_000);
    },
    close: async () => {
      await queue.close();
      for (const connection of [client, ...workerConnections]) connection.disconnect();
    },
  };
}

function toJob({ definition, payload, dedupeId }: Wake) {
  const { name, attempts } = definition;
  const alike = { deduplication: { id: `${name}:${dedupeId ?? ''}`, keepLastIfActive: true } };
  return {
    name,
    data: payload,
    opts: { attempts, backoff: { type: 'custom' }, ...(dedupeId === undefined ? {} : alike) },
  };
}

async function declare(queue: Queue, wanted: readonly JobDefinition[]): Promise<void> {
  for (const found of await queue.getJobSchedulers()) {
    if (!wanted.some((definition) => definition.name === found.key))
      await queue.removeJobScheduler(found.key);
  }
  for (const { name, schedule, attempts } of wanted) {
    if (!schedule) continue;
    await queue.upsertJobScheduler(name, repeatOf(schedule), {
      name,
      data: {},
      opts: { attempts, backoff: { type: 'custom' } },
    });
  }
}

function repeatOf(schedule: Schedule) {
  if ('every' in schedule) return { every: schedule.every };
  const { hour, minute } = timeOfDay(schedule.dailyAt);
  return { pattern: `${minute} ${hour} * * *`, tz: ZONE };
}

function ready(client: Redis): Promise<void> {
  return new Promise((resolve) => {
    if (client.status === 'ready') resolve();
    else client.once('ready', () => resolve());
  });
}

/** Throws `store_unsafe` when Redis may evict keys; warns when a restart would empty it, which costs only a re-made wake-up. */
async function checkSafety(client: Redis, log: JobsLogger): Promise<void> {
  const info = await within(client.info(), FIRST_ANSWER_MS, 'asking Redis about itself');
  const field = (name: string): string => new RegExp(`^${name}:(.*)$`, 'm').exec(info)?.[1]?.trim() ?? '';
  const policy = field('maxmemory_policy');
  if (policy !== '' && policy !== 'noeviction')
    throw new AppError('store_unsafe', {
      problem: 'redis_evicts',
      setting: 'maxmemory-policy',
      found: policy,
      needed: 'noeviction',
    });
  if (field('aof_enabled') === '0')
    log.warn(
      { store: 'redis', setting: 'appendonly' },
      'redis keeps no log; wake-ups are re-made after a restart',
    );
}
