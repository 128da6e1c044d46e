import { createPostgresBackend, Queue, runMigrations, Worker } from 'bullmq';
import type { PgPool } from 'bullmq';
import { JOB_DEFAULTS, QUEUE_NAME } from './engine';
import type { EngineSession, JobEngine } from './engine';

/** The embedded queue as `embedded/queue` starts it; named here because this folder does not import that one. */
export interface EmbeddedQueue {
  readonly pool: PgPool;
  readonly died: Promise<Error>;
  stop(): Promise<void>;
}

/** Starts the engine; `fresh`: throw away what is stored. */
export type StartEmbedded = (options: { readonly fresh: boolean }) => Promise<EmbeddedQueue>;

/** Jobs inside this process. A store that does not fit this version, or has died, is begun anew. */
export function embeddedEngine(start: StartEmbedded): JobEngine {
  let fresh = false;
  return {
    name: 'embedded',
    watchEveryMs: 5_000,
    openLimitMs: 300_000,
    open: async () => {
      const engine = await start({ fresh });
      try {
        const client = await engine.pool.connect();
        await runMigrations(client, 'bullmq');
        client.release();
        const queue = openQueue(engine);
        await queue.waitUntilReady();
        fresh = false;
        void engine.died.then(() => (fresh = true));
        return openSession(engine, queue);
      } catch (error) {
        fresh = true;
        await engine.stop();
        throw error;
      }
    },
  };
}

function openSession(engine: EmbeddedQueue, queue: EmbeddedBullQueue): EngineSession {
  return {
    queue,
    createWorker: (processor, options) =>
      new Worker(QUEUE_NAME, processor, { ...options, connection: engine.pool }, createPostgresBackend),
    probe: async () => {
      await engine.pool.query('SELECT 1');
    },
    broken: engine.died,
    close: async () => {
      await queue.close();
      await engine.stop();
    },
  };
}

type EmbeddedBullQueue = ReturnType<typeof openQueue>;

function openQueue(engine: EmbeddedQueue) {
  const options = { connection: engine.pool, defaultJobOptions: JOB_DEFAULTS };
  const queue = new Queue(QUEUE_NAME, options, createPostgresBackend);
  // The probe decides what is an outage.
  queue.on('error', () => undefined);
  return queue;
}
