import { AppError } from '../kernel/errors';
import { OneByOne, sleep } from '../kernel/retry';
import { isoWithOffset } from '../kernel/vn-time';
import type { Config } from '../config/config';
import { earliest } from '../kernel/instants';
import { openProgramClock, type ProgramClock } from './program-clock';

export interface TimeKeeperDeps {
  readonly clock: ProgramClock;
  /** The next instant after this one at which something falls due; null when nothing is planned. */
  readonly nextDue: (after: Date) => Promise<Date | null>;
  /** Does what is due now and resolves when it is out. */
  readonly runDue: (now: Date) => Promise<void>;
}

/** What a moved clock stops for and does on its way. */
export type Due = Pick<TimeKeeperDeps, 'nextDue' | 'runDue'>;

/** The program's time. What falls due is told by `follow` once all that does anything by the clock is made. */
export function openTime(config: Pick<Config, 'mode' | 'CLOCK_START' | 'DATA_DIR'>) {
  const clock = openProgramClock(config);
  const followed: Due[] = [];
  const keeper = createTimeKeeper({
    clock,
    nextDue: async (after) => earliest(await Promise.all(followed.map(({ nextDue }) => nextDue(after)))),
    runDue: async (now) => {
      for (const { runDue } of followed) await runDue(now);
    },
  });
  return {
    ...clock,
    ...keeper,
    /** In the order in which they are done at each stop. */
    follow: (...due: readonly Due[]): void => void followed.push(...due),
  };
}

/** No rehearsal crosses more due instants than this in one jump. */
const STEPS_MAX = 20_000;

/**
 * Moves the clock of a rehearsal forward, stopping at every instant at which something falls due, in order, so that a
 * jump over a week does what the week would have done. Two jumps at once run one after the other.
 */
export function createTimeKeeper({ clock, nextDue, runDue }: TimeKeeperDeps) {
  const jumps = new OneByOne();
  /** Where a jump under way ends. */
  let target: Date | null = null;

  async function advance(to: Date): Promise<Date> {
    const { movable } = clock;
    if (!movable) throw new AppError('not_found', { what: 'a movable clock' });
    if (to < movable.now()) throw new AppError('clock_backwards', { now: isoWithOffset(movable.now()) });
    target = to;
    let from = movable.now();
    for (let steps = 0; steps < STEPS_MAX; steps += 1) {
      const next = await nextDue(from);
      if (!next || next > to) break;
      if (next > movable.now()) movable.moveTo(next);
      await runDue(movable.now());
      from = next;
    }
    if (to > movable.now()) movable.moveTo(to);
    clock.keep();
    await runDue(movable.now());
    return movable.now();
  }

  /** A pause between sends. In the middle of a jump nobody sits it out: the clock goes on by so much, up to the end of the jump. */
  async function pause(ms: number): Promise<void> {
    const { movable } = clock;
    if (!movable || target === null || movable.now() >= target) return sleep(ms);
    const until = new Date(Math.min(movable.now().getTime() + ms, target.getTime()));
    await new Promise((resolve) => setImmediate(resolve));
    if (movable.now() < until) movable.moveTo(until);
  }

  return {
    pause,
    advance: (to: Date): Promise<Date> => jumps.run(() => advance(to).finally(() => (target = null))),
  };
}
