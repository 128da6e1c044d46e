import { messageOf } from '../kernel/errors';
import { backoffMs, inTime, sleep } from '../kernel/retry';
import type { JobCatalogue, JobDefinition } from './define-job';
import type { Jobs, JobsDeps, JobsHealth, JobsRole, WakeOptions } from './jobs';
import { CONCURRENCY, createRunJob, type RunJob } from './run-job';
import { ScheduleTimer } from './schedule';
import { toWake, WakeBuffer, type Wake } from './wake-buffer';

interface Try extends Wake {
  readonly attempt: number;
}

/** Jobs inside this process, for one machine without Redis. Nothing is stored: what a crash loses, a sweep finds. */
export class TimerJobs implements Jobs {
  private readonly waiting = new WakeBuffer<Try>();
  private readonly run: RunJob;
  /** By the keys of the wake-ups. */
  private readonly inHand = new Map<string, Promise<void>>();
  private state: JobsHealth = 'starting';
  private schedules: ScheduleTimer | null = null;

  constructor(
    private readonly catalogue: JobCatalogue,
    private readonly deps: JobsDeps,
  ) {
    this.run = createRunJob(catalogue, deps);
  }

  wake(definition: JobDefinition, payload: unknown, options: WakeOptions = {}): void {
    if (this.state === 'down') return;
    try {
      this.waiting.add({ ...toWake(definition, payload, options), attempt: 1 });
    } catch (error) {
      // A payload that is no JSON: a bug of the caller's, which must not cost the person's answer.
      const facts = { code: 'bad_request', job: definition.name, detail: messageOf(error) };
      this.deps.logger.error(facts, 'job refused');
      return;
    }
    // Whoever asks is not held up by the job.
    if (this.schedules) setImmediate(() => this.takeMore());
  }

  start(role: JobsRole): void {
    if (this.state !== 'starting') return;
    this.state = 'up';
    if (role === 'web') return;
    this.schedules = new ScheduleTimer({
      definitions: this.catalogue.definitions,
      clock: this.deps.clock,
      isWanted: () => true,
      run: (definition) => this.runToEnd(definition),
    });
    this.takeMore();
  }

  health(): JobsHealth {
    return this.state;
  }

  async stop(limitMs: number): Promise<void> {
    this.state = 'down';
    const ended = Promise.all([this.schedules?.stop(), ...this.inHand.values()]);
    try {
      await inTime(ended, limitMs, () => new Error(`jobs in hand took longer than ${limitMs} ms`));
    } catch (error) {
      // Jobs are wake-ups only: nothing is lost with one that is left behind.
      this.deps.logger.info({ detail: messageOf(error) }, 'jobs were left as they were at the stop');
    }
  }

  private takeMore(): void {
    if (this.state !== 'up') return;
    const free = CONCURRENCY - this.inHand.size;
    for (const wake of this.waiting.take(free, ({ key }) => !this.inHand.has(key)))
      this.inHand.set(wake.key, this.tryOnce(wake));
    const dropped = this.waiting.takeDropped();
    if (dropped > 0) this.deps.logger.warn({ dropped }, 'too many jobs wait; the sweeps will find the rest');
  }

  private async tryOnce(wake: Try): Promise<void> {
    const { outcome } = await this.run(wake.definition.name, wake.payload, wake.attempt);
    this.inHand.delete(wake.key);
    if (outcome === 'again') this.later(wake);
    this.takeMore();
  }

  private later(wake: Try): void {
    const { attempt } = wake;
    const again = (): void => {
      this.waiting.add({ ...wake, attempt: attempt + 1 });
      this.takeMore();
    };
    setTimeout(again, backoffMs(attempt)).unref();
  }

  /** A scheduled job, tried as often as it may be. */
  private async runToEnd({ name }: JobDefinition): Promise<void> {
    for (let attempt = 1; this.state === 'up'; attempt += 1) {
      const { outcome } = await this.run(name, {}, attempt);
      if (outcome !== 'again') return;
      await sleep(backoffMs(attempt));
    }
  }
}
