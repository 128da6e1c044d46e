import { DAY, inVietnam } from '../kernel/vn-time';
import type { JobDefinition } from './define-job';
import type { Clock } from '../kernel/clock';

/** `every`: milliseconds between runs. `dailyAt`: a time of day in Viet Nam, `03:40`. */
export type Schedule = { readonly every: number } | { readonly dailyAt: string };

/** The definitions that run by themselves. */
export function scheduledOf(definitions: readonly JobDefinition[]): JobDefinition[] {
  return definitions.filter((definition) => definition.schedule !== undefined);
}

/** The hour and minute of a daily schedule. */
export function timeOfDay(dailyAt: string): { readonly hour: number; readonly minute: number } {
  const [hour = 0, minute = 0] = dailyAt.split(':').map(Number);
  return { hour, minute };
}

/** A schedule cuts time into slots; here is the number of the one that holds the instant. A job is due once in each. */
export function slotOf(schedule: Schedule, at: Date): number {
  if ('every' in schedule) return Math.floor(at.getTime() / schedule.every);
  const { hour, minute } = timeOfDay(schedule.dailyAt);
  const local = inVietnam(at);
  return Math.floor((at.getTime() + (local.offset - hour * 60 - minute) * 60_000) / DAY);
}

/**
 * Which jobs have fallen due since they were last taken. Runs that were missed are one, and a clock that was set back
 * makes a job due at once rather than silent until it has caught up.
 */
export class DueJobs {
  private readonly scheduled: readonly JobDefinition[];
  private readonly taken = new Map<string, number>();

  /** The slots in which `begun` lies count as done, so that a start does not run everything at once. */
  constructor(definitions: readonly JobDefinition[], begun: Date) {
    this.scheduled = scheduledOf(definitions);
    this.take(begun);
  }

  /** In the order of the catalogue; each is given out once. */
  take(now: Date): JobDefinition[] {
    return this.scheduled.filter(({ name, schedule }) => {
      const slot = schedule && slotOf(schedule, now);
      if (slot === undefined || this.taken.get(name) === slot) return false;
      this.taken.set(name, slot);
      return true;
    });
  }
}

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
