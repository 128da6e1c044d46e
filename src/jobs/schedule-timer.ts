import type { Clock } from '../kernel/clock';
import type { JobDefinition } from './define-job';
import { DueJobs } from './schedule';

const LOOK_EVERY_MS = 500;

export interface ScheduleTimerOptions {
  readonly definitions: readonly JobDefinition[];
  readonly clock: Clock;
  /** Asked at each look; what falls due while it says no is passed over. */
  readonly isWanted: () => boolean;
  /** Never rejects. */
  readonly run: (definition: JobDefinition) => Promise<unknown>;
}

/** Runs scheduled jobs from a timer of this process, by the program's clock, each within half a second of its time. */
export class ScheduleTimer {
  private readonly due: DueJobs;
  private readonly timer: NodeJS.Timeout;
  private readonly inHand = new Set<Promise<unknown>>();

  constructor(private readonly options: ScheduleTimerOptions) {
    this.due = new DueJobs(options.definitions, options.clock.now());
    this.timer = setInterval(() => this.look(), LOOK_EVERY_MS);
    this.timer.unref();
  }

  /** Starts nothing more; resolves when what was begun has ended. */
  async stop(): Promise<void> {
    clearInterval(this.timer);
    await Promise.all(this.inHand);
  }

  private look(): void {
    const { clock, isWanted, run } = this.options;
    const due = this.due.take(clock.now());
    if (!isWanted()) return;
    for (const definition of due) {
      const running = run(definition).finally(() => this.inHand.delete(running));
      this.inHand.add(running);
    }
  }
}
