import { AppError } from '../kernel/errors';
import { isoWithOffset } from '../kernel/vn-time';
import type { ProgramClock } from './program-clock';

export interface TimeKeeperDeps {
  readonly clock: ProgramClock;
  /** The next instant after this one at which something falls due; null when nothing is planned. */
  readonly nextDue: (after: Date) => Promise<Date | null>;
  /** Does what is due now and resolves when it is out. */
  readonly runDue: (now: Date) => Promise<void>;
}

/** No rehearsal crosses more due instants than this in one jump. */
const STEPS_MAX = 20_000;

/**
 * Moves the clock of a rehearsal forward, stopping at every instant at which something falls due, in order, so that a
 * jump over a week does what the week would have done. Two jumps at once run one after the other.
 */
export function createTimeKeeper({ clock, nextDue, runDue }: TimeKeeperDeps) {
  let tail: Promise<unknown> = Promise.resolve();

  async function advance(to: Date): Promise<Date> {
    const { movable } = clock;
    if (!movable) throw new AppError('not_found', { what: 'a movable clock' });
    if (to < movable.now()) throw new AppError('clock_backwards', { now: isoWithOffset(movable.now()) });
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

  return (to: Date): Promise<Date> => {
    const mine = tail.then(
      () => advance(to),
      () => advance(to),
    );
    tail = mine.catch(() => undefined);
    return mine;
  };
}
