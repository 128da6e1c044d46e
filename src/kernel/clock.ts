/** The time as a value. Everything in the program that asks for the time asks a `Clock`, so a test or the simulator can move it. */
export interface Clock {
  /** The present instant of the program, which in the simulator is not that of the machine. */
  now(): Date;
}

/** The machine's own time. */
export const systemClock: Clock = { now: () => new Date() };

/** A monotonic stopwatch in milliseconds, for measuring how long something took. Never a date. */
export function stopwatch(): () => number {
  const begun = process.hrtime.bigint();
  return () => Number(process.hrtime.bigint() - begun) / 1e6;
}

/**
 * A clock that runs at normal speed from any instant and can be moved forward.
 * Moving it back is refused by the callers that move it, never silently done here.
 */
export class MovableClock implements Clock {
  private offsetMs: number;

  constructor(offsetMs = 0) {
    this.offsetMs = offsetMs;
  }

  static startingAt(instant: Date): MovableClock {
    return new MovableClock(instant.getTime() - Date.now());
  }

  now(): Date {
    return new Date(Date.now() + this.offsetMs);
  }

  /** Jumps so that `now()` is `instant`; it goes on running from there. */
  moveTo(instant: Date): void {
    this.offsetMs = instant.getTime() - Date.now();
  }

  /** How far this clock is from the machine's, in milliseconds; what is kept over a restart. */
  get offset(): number {
    return this.offsetMs;
  }
}

/** A clock that stands still until it is told otherwise; for tests of pure rules. */
export class FrozenClock implements Clock {
  constructor(private instant: Date) {}

  now(): Date {
    return new Date(this.instant);
  }

  moveTo(instant: Date): void {
    this.instant = instant;
  }
}
