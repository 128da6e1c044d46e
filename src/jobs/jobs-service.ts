import { stopwatch } from '../kernel/clock';
import { isAppError, messageOf } from '../kernel/errors';
import type { JobDefinition, JobHandlers } from './define-job';
import { within } from './engine';
import type { EngineSession, JobEngine, JobToAdd, JobWorker, Processor } from './engine';
import type { Jobs, JobsDeps, JobsHealth, JobsRole } from './jobs';
import { reconcileSchedulers, scheduledOf } from './schedulers';
import { WakeBuffer } from './wake-buffer';
import type { Wake } from './wake-buffer';
import { createProcessor, WORKER_OPTIONS } from './worker';

export interface JobCatalogue {
  readonly definitions: readonly JobDefinition[];
  readonly handlers: JobHandlers;
}

const ANSWER_LIMIT_MS = 2_000;
const REOPEN_MS = 1_000;
const BUFFER_MAX = 5_000;
const BATCH = 200;

/** Keeps one engine in use: opens it, looks whether it is well, and after each return puts everything in its place again. */
export class JobsService implements Jobs {
  private readonly buffer = new WakeBuffer(BUFFER_MAX);
  private readonly processor: Processor;
  private session: EngineSession | null = null;
  private worker: JobWorker | null = null;
  private state: JobsHealth = 'starting';
  private role: JobsRole = 'web';
  private stopping = false;
  private flushing = false;
  private away: (() => number) | null = null;
  private opening: Promise<void> = Promise.resolve();
  private watching: Promise<void> = Promise.resolve();
  private wakeWatch: () => void = () => undefined;
  private openNow: () => void = () => undefined;
  private hurried = false;
  /** The worker is new, and has not declared the schedules yet. */
  private undeclared = false;

  constructor(
    private readonly engine: JobEngine,
    private readonly catalogue: JobCatalogue,
    private readonly deps: JobsDeps,
  ) {
    this.processor = createProcessor(catalogue.definitions, catalogue.handlers, deps);
  }

  /** Resolves after the first try to open, made after so many milliseconds. Rejects only with `store_unsafe`. */
  open(afterMs = 0): Promise<void> {
    const opening = this.openFirst(afterMs);
    this.opening = opening.catch(() => undefined);
    return opening;
  }

  private async openFirst(afterMs: number): Promise<void> {
    if (afterMs > 0)
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, afterMs);
        timer.unref();
        this.openNow = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    if (this.stopping) return;
    try {
      await this.tend();
    } catch (error) {
      if (isAppError(error, 'store_unsafe')) throw error;
      this.noteAway(error);
    }
    this.watching = this.watch();
  }

  wake(
    definition: JobDefinition,
    payload: unknown,
    options: { readonly dedupeId?: string; readonly delayMs?: number } = {},
  ): void {
    if (this.stopping) return;
    const { dedupeId, delayMs = 0 } = options;
    try {
      const about = dedupeId ?? JSON.stringify(payload);
      this.buffer.add({
        definition,
        payload,
        delayMs,
        about,
        ...(dedupeId === undefined ? {} : { dedupeId }),
      });
    } catch (error) {
      // A payload that is no JSON: a bug of the caller's, which must not cost the person's answer.
      this.deps.logger.error(
        { code: 'bad_request', job: definition.name, detail: messageOf(error) },
        'job refused',
      );
      return;
    }
    if (this.state === 'up' && !this.flushing) {
      this.flushing = true;
      // At the end of this turn of the event loop, so that a burst becomes one command.
      setImmediate(() => void this.flush());
    }
  }

  start(role: JobsRole): void {
    this.role = role;
    this.hurry();
  }

  health(): JobsHealth {
    return this.state;
  }

  async stop(limitMs: number): Promise<void> {
    if (this.stopping) return;
    const { worker, session } = this;
    if (this.state === 'up') await this.settle(this.flush(), ANSWER_LIMIT_MS, 'handing in the last jobs');
    this.stopping = true;
    this.openNow();
    this.hurry();
    if (worker) {
      const closed = worker.close(this.state !== 'up');
      if (!(await this.settle(closed, limitMs, 'waiting for jobs in hand')))
        await this.settle(worker.disconnect(), ANSWER_LIMIT_MS, 'closing the worker');
    }
    if (session) await this.settle(session.close(), ANSWER_LIMIT_MS * 4, 'closing the queue');
    await this.settle(this.opening, limitMs, 'opening the queue');
    await this.settle(this.watching, ANSWER_LIMIT_MS, 'ending the watch');
    this.state = 'down';
  }

  /** Waits within a limit; a failure is logged and is the end of it. False when it failed or took too long. */
  private async settle(promise: Promise<unknown>, ms: number, what: string): Promise<boolean> {
    try {
      await within(promise, ms, what);
      return true;
    } catch (error) {
      // Jobs are wake-ups only: nothing is lost with a queue that is left behind.
      this.deps.logger.info({ detail: messageOf(error) }, 'the queue was left as it was at the stop');
      return false;
    }
  }

  private async watch(): Promise<void> {
    while (!this.stopping) {
      await this.rest();
      if (this.stopping) return;
      try {
        await this.tend();
      } catch (error) {
        this.noteAway(error);
      }
    }
  }

  /** Waits until the next look is due or `hurry` asks for it now. */
  private async rest(): Promise<void> {
    let timer: NodeJS.Timeout | undefined;
    if (!this.hurried)
      await new Promise<void>((resolve) => {
        this.wakeWatch = resolve;
        const due = this.state === 'up' ? this.engine.watchEveryMs : REOPEN_MS;
        timer = setTimeout(resolve, due);
        timer.unref();
      });
    clearTimeout(timer);
    this.hurried = false;
  }

  private hurry(): void {
    this.hurried = true;
    this.wakeWatch();
  }

  /** One look: opens what is not open, and when the queue has (again) answered sees to worker, schedules and waiting jobs. */
  private async tend(): Promise<void> {
    const session = this.session ?? (await this.openSession());
    await within(session.probe(), ANSWER_LIMIT_MS, 'the queue');
    if (this.stopping) return;
    if (this.role !== 'web') {
      await this.ensureWorker(session);
      if (this.state !== 'up' || this.undeclared || (await this.schedulesAreGone(session))) {
        await within(this.reconcile(session), ANSWER_LIMIT_MS * 4, 'declaring schedules');
        this.undeclared = false;
      }
    }
    this.noteBack();
    await this.flush();
  }

  /** A Redis that was emptied answers as if nothing had happened. */
  private async schedulesAreGone(session: EngineSession): Promise<boolean> {
    const counted = within(session.queue.getJobSchedulersCount(), ANSWER_LIMIT_MS, 'counting schedules');
    return (await counted) !== scheduledOf(this.catalogue.definitions).length;
  }

  private reconcile(session: EngineSession): Promise<void> {
    return reconcileSchedulers(session.queue, this.catalogue.definitions);
  }

  private async openSession(): Promise<EngineSession> {
    const session = await this.engine.open(this.deps.logger);
    if (this.stopping) {
      await session.close();
      throw new Error('stopped while opening');
    }
    this.session = session;
    void session.broken.then(async (error) => {
      if (this.stopping || this.session !== session) return;
      const worker = this.worker;
      this.session = null;
      this.worker = null;
      this.noteAway(error);
      if (worker) await this.settle(worker.close(true), ANSWER_LIMIT_MS, 'closing the worker');
      await this.settle(session.close(), ANSWER_LIMIT_MS * 4, 'closing the queue');
      this.hurry();
    });
    return session;
  }

  private async ensureWorker(session: EngineSession): Promise<void> {
    if (this.worker) return;
    const worker = session.createWorker(this.processor, WORKER_OPTIONS);
    // Connections report each failed try; the probe decides whether that is an outage, and logs it once.
    worker.on('error', () => undefined);
    try {
      await within(worker.waitUntilReady(), ANSWER_LIMIT_MS * 2, 'starting the worker');
    } catch (error) {
      void this.settle(worker.close(true), ANSWER_LIMIT_MS, 'closing the worker');
      throw error;
    }
    if (this.stopping) {
      // The stop has looked for a worker before this one was there.
      await worker.close(true);
      throw new Error('stopped while starting the worker');
    }
    this.worker = worker;
    this.undeclared = true;
    worker.run().catch((error: unknown) => {
      if (this.worker === worker) this.worker = null;
      if (!this.stopping) this.noteAway(error);
    });
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    let batch: Wake[] = [];
    try {
      while (this.session && this.buffer.size > 0 && !this.stopping) {
        batch = this.buffer.take(BATCH);
        await within(this.session.queue.addBulk(batch.map(toJob)), ANSWER_LIMIT_MS, 'adding jobs');
        batch = [];
      }
    } catch (error) {
      // Some may have been taken: twice is no harm.
      for (const wake of batch) this.buffer.add(wake);
      this.noteAway(error);
    } finally {
      this.flushing = false;
    }
  }

  private noteAway(error: unknown): void {
    if (this.stopping) return;
    this.state = 'down';
    if (this.away) return;
    this.away = stopwatch();
    const code = isAppError(error) ? error.code : 'store_unavailable';
    this.deps.logger.error({ code, engine: this.engine.name, detail: messageOf(error) }, 'job queue is away');
  }

  private noteBack(): void {
    this.state = 'up';
    if (!this.away) return;
    const dropped = this.buffer.takeDropped();
    const awayMs = Math.round(this.away());
    this.away = null;
    this.deps.logger.info({ engine: this.engine.name, awayMs, dropped }, 'job queue is back');
  }
}

function toJob({ definition, payload, dedupeId, delayMs }: Wake): JobToAdd {
  const id = `${definition.name}:${delayMs > 0 ? 'later:' : ''}${dedupeId ?? ''}`;
  return {
    name: definition.name,
    data: payload,
    opts: {
      attempts: definition.attempts,
      backoff: { type: 'custom' },
      ...(delayMs > 0 ? { delay: delayMs } : {}),
      ...(dedupeId === undefined ? {} : { deduplication: { id, keepLastIfActive: true } }),
    },
  };
}
