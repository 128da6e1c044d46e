import { stopwatch } from '../kernel/clock';
import { isAppError, messageOf } from '../kernel/errors';
import type { JobCatalogue, JobDefinition } from './define-job';
import type { Jobs, JobsDeps, JobsHealth, JobsRole, WakeOptions } from './jobs';
import { type JobWorker, type RedisQueue, within } from './redis-queue';
import { createRunJob, type RunJob } from './run-job';
import { scheduledOf, ScheduleTimer } from './schedule';
import { toWake, type Wake, WakeBuffer } from './wake-buffer';

const ANSWER_LIMIT_MS = 2_000;
const LOOK_EVERY_MS = 1_000;
const BATCH = 200;

/**
 * Jobs on Redis: opens the queue, looks each second whether it is well, and after each return puts everything in its
 * place again. While it is away the schedules run from a timer of this process, since late is better than never and
 * twice does no harm.
 */
export class RedisJobs implements Jobs {
  private readonly buffer = new WakeBuffer();
  private readonly run: RunJob;
  private queue: RedisQueue | null = null;
  private worker: JobWorker | null = null;
  private schedules: ScheduleTimer | null = null;
  private state: JobsHealth = 'starting';
  private role: JobsRole = 'web';
  private stopping = false;
  private flushing = false;
  private away: (() => number) | null = null;
  private opening: Promise<void> = Promise.resolve();
  private watching: Promise<void> = Promise.resolve();
  private lookNow: () => void = () => undefined;
  private hurried = false;
  /** The worker is new, and has not declared the schedules yet. */
  private undeclared = false;

  constructor(
    private readonly openQueue: () => Promise<RedisQueue>,
    private readonly catalogue: JobCatalogue,
    private readonly deps: JobsDeps,
  ) {
    this.run = createRunJob(catalogue, deps);
  }

  /** Resolves after the first try to open. Rejects only with `store_unsafe`. */
  open(): Promise<void> {
    const opening = this.openFirst();
    this.opening = opening.catch(() => undefined);
    return opening;
  }

  private async openFirst(): Promise<void> {
    try {
      await this.look();
    } catch (error) {
      if (isAppError(error, 'store_unsafe')) throw error;
      this.noteAway(error);
    }
    this.watching = this.watch();
  }

  wake(definition: JobDefinition, payload: unknown, options: WakeOptions = {}): void {
    if (this.stopping) return;
    try {
      this.buffer.add(toWake(definition, payload, options));
    } catch (error) {
      // A payload that is no JSON: a bug of the caller's, which must not cost the person's answer.
      const facts = { code: 'bad_request', job: definition.name, detail: messageOf(error) };
      this.deps.logger.error(facts, 'job refused');
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
    if (role !== 'web')
      this.schedules ??= new ScheduleTimer({
        definitions: this.catalogue.definitions,
        clock: this.deps.clock,
        isWanted: () => this.state !== 'up',
        run: ({ name }) => this.run(name, {}, 1),
      });
    this.hurry();
  }

  health(): JobsHealth {
    return this.state;
  }

  async stop(limitMs: number): Promise<void> {
    if (this.stopping) return;
    const { worker, queue, schedules } = this;
    if (this.state === 'up') await this.settle(this.flush(), ANSWER_LIMIT_MS, 'handing in the last jobs');
    this.stopping = true;
    this.hurry();
    if (schedules) await this.settle(schedules.stop(), limitMs, 'waiting for jobs in hand');
    if (worker) {
      const closed = worker.close(this.state !== 'up');
      if (!(await this.settle(closed, limitMs, 'waiting for jobs in hand')))
        await this.settle(worker.disconnect(), ANSWER_LIMIT_MS, 'closing the worker');
    }
    if (queue) await this.settle(queue.close(), ANSWER_LIMIT_MS * 4, 'closing the queue');
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
        await this.look();
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
        this.lookNow = resolve;
        timer = setTimeout(resolve, LOOK_EVERY_MS);
        timer.unref();
      });
    clearTimeout(timer);
    this.hurried = false;
  }

  private hurry(): void {
    this.hurried = true;
    this.lookNow();
  }

  /** Opens what is not open, and when the queue has (again) answered sees to worker, schedules and waiting jobs. */
  private async look(): Promise<void> {
    const queue = this.queue ?? (await this.openAnew());
    await within(queue.probe(), ANSWER_LIMIT_MS, 'the queue');
    if (this.stopping) return;
    if (this.role !== 'web') {
      await this.ensureWorker(queue);
      if (this.state !== 'up' || this.undeclared || (await this.schedulesAreGone(queue))) {
        const declared = queue.declareSchedules(this.catalogue.definitions);
        await within(declared, ANSWER_LIMIT_MS * 4, 'declaring schedules');
        this.undeclared = false;
      }
    }
    this.noteBack();
    await this.flush();
  }

  /** A Redis that was emptied answers as if nothing had happened. */
  private async schedulesAreGone(queue: RedisQueue): Promise<boolean> {
    const counted = await within(queue.countSchedules(), ANSWER_LIMIT_MS, 'counting schedules');
    return counted !== scheduledOf(this.catalogue.definitions).length;
  }

  private async openAnew(): Promise<RedisQueue> {
    const queue = await this.openQueue();
    if (this.stopping) {
      await queue.close();
      throw new Error('stopped while opening');
    }
    return (this.queue = queue);
  }

  private async ensureWorker(queue: RedisQueue): Promise<void> {
    if (this.worker) return;
    const worker = queue.createWorker(this.run);
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
      this.noteAway(error);
    });
  }

  private async flush(): Promise<void> {
    this.flushing = true;
    let batch: Wake[] = [];
    try {
      while (this.queue && this.buffer.size > 0 && !this.stopping) {
        batch = this.buffer.take(BATCH);
        await within(this.queue.add(batch), ANSWER_LIMIT_MS, 'adding jobs');
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
    this.deps.logger.error({ code, engine: 'redis', detail: messageOf(error) }, 'job queue is away');
  }

  private noteBack(): void {
    this.state = 'up';
    if (!this.away) return;
    const facts = { awayMs: Math.round(this.away()), dropped: this.buffer.takeDropped() };
    this.away = null;
    this.deps.logger.info({ engine: 'redis', ...facts }, 'job queue is back');
  }
}
