import { Queue, Worker } from 'bullmq';
import { Redis } from 'ioredis';
import { AppError } from '../kernel/errors';
import { JOB_DEFAULTS, QUEUE_NAME, within } from './engine';
import type { EngineSession, JobEngine } from './engine';
import type { JobsLogger } from './jobs';

/** After a return of Redis everybody is back within this and a moment. */
const RECONNECT_MS = 400;
const FIRST_ANSWER_MS = 2_500;

const OPTIONS = {
  retryStrategy: () => RECONNECT_MS,
  connectTimeout: 2_000,
  keepAlive: 5_000,
};

/** Jobs in a Redis of one's own. It needs no durability, but it must not throw keys away to make room. */
export function redisEngine(url: string): JobEngine {
  return { name: 'redis', watchEveryMs: 1_000, openLimitMs: 8_000, open: (log) => openRedis(url, log) };
}

async function openRedis(url: string, log: JobsLogger): Promise<EngineSession> {
  // Nothing waits in here while Redis is away: a command fails at once, and the wake-up stays in our own, bounded, buffer.
  const client = new Redis(url, {
    ...OPTIONS,
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
    return session(url, client, queue);
  } catch (error) {
    client.disconnect();
    throw error;
  }
}

function session(url: string, client: Redis, queue: Queue): EngineSession {
  const workerConnections: Redis[] = [];
  return {
    queue,
    createWorker: (processor, options) => {
      // Waits over an outage, so its own connection; BullMQ makes a second one of it for the blocking read.
      const own = new Redis(url, { ...OPTIONS, maxRetriesPerRequest: null });
      own.on('error', () => undefined);
      workerConnections.push(own);
      return new Worker(QUEUE_NAME, processor, { ...options, connection: own });
    },
    // A write: a full Redis answers PING but takes no job.
    probe: async () => {
      await client.set(`bull:${QUEUE_NAME}:probe`, '1', 'PX', 60_000);
    },
    broken: new Promise(() => undefined),
    close: async () => {
      await queue.close();
      for (const connection of [client, ...workerConnections]) connection.disconnect();
    },
  };
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
