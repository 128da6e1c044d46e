import type { BulkJobOptions, Job, JobSchedulerTemplateOptions, RepeatOptions, WorkerOptions } from 'bullmq';
import { inTime } from '../kernel/retry';
import type { JobsLogger } from './jobs';

/** What a worker does with one job. */
export type Processor = (job: Job) => Promise<void>;

export interface JobToAdd {
  readonly name: string;
  readonly data: unknown;
  readonly opts: BulkJobOptions;
}

/** What is used of BullMQ's `Queue`, whichever backend its type names. */
export interface JobQueue {
  addBulk(jobs: JobToAdd[]): Promise<unknown>;
  getJobSchedulers(): Promise<{ readonly key: string }[]>;
  getJobSchedulersCount(): Promise<number>;
  removeJobScheduler(id: string): Promise<unknown>;
  upsertJobScheduler(
    id: string,
    repeat: Omit<RepeatOptions, 'key'>,
    template: { name: string; data: unknown; opts: JobSchedulerTemplateOptions },
  ): Promise<unknown>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** What is used of BullMQ's `Worker`. */
export interface JobWorker {
  waitUntilReady(): Promise<void>;
  run(): Promise<void>;
  /** Waits for the jobs in hand unless `force`. */
  close(force?: boolean): Promise<void>;
  /** Cuts the connections of a worker that does not end. */
  disconnect(): Promise<void>;
  on(event: 'error', listener: (error: Error) => void): unknown;
}

/** One opened queue: BullMQ's objects over either engine. Lives until `close`, over any number of lost connections. */
export interface EngineSession {
  readonly queue: JobQueue;
  createWorker(processor: Processor, options: Omit<WorkerOptions, 'connection'>): JobWorker;
  /** Resolves when a job could be added now; rejects when not. May take as long as it likes: the caller has a limit. */
  probe(): Promise<void>;
  /** Resolves when this session can never work again and a new one is needed. */
  readonly broken: Promise<Error>;
  close(): Promise<void>;
}

export interface JobEngine {
  readonly name: 'redis' | 'embedded';
  /** How often to look whether it is well, in milliseconds. */
  readonly watchEveryMs: number;
  /** How long opening may take. */
  readonly openLimitMs: number;
  /** Rejects with `store_unsafe` when the store would forget jobs, with anything else when it is away. */
  open(log: JobsLogger): Promise<EngineSession>;
}

/** The one queue of the program. Job names tell the kinds apart, so a new kind needs no new connection. */
export const QUEUE_NAME = 'bot';

/** Options of every job: nothing of a job stays behind but its ids, and of a failed one for a day. */
export const JOB_DEFAULTS = {
  removeOnComplete: true,
  removeOnFail: { age: 86_400, count: 200 },
  // Messages of errors may quote what people wrote; the log has the frames.
  stackTraceLimit: 0,
} as const;

/** Rejects when the promise has not settled in time. What it was waiting for goes on unheard. */
export function within<T>(promise: Promise<T>, ms: number, what: string): Promise<T> {
  return inTime(promise, ms, () => new Error(`${what} took longer than ${ms} ms`));
}
