import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Config } from '../config/config';
import { MovableClock, systemClock, type Clock } from '../kernel/clock';
import { newer } from '../kernel/instants';
import { vnInstant } from '../kernel/vn-time';

/** Where a fresh simulator begins: Thursday 12 March 2026, 08:00, with the month's report open and its deadline ahead. */
const SIMULATOR_START = vnInstant(2026, 3, 12, 8, 0);

export interface ProgramClock {
  readonly clock: Clock;
  /** Null when the program runs on real time and nobody may move it. */
  readonly movable: MovableClock | null;
  /** Keeps where the clock stands, so that a restart goes on from there. */
  keep(): void;
}

/**
 * The program's clock. Real time in live mode, unless `CLOCK_START` is set; in the simulator it starts in March 2026.
 * A clock that was moved is kept in DATA_DIR over a restart, and the later of the two wins.
 */
export function openProgramClock(config: Pick<Config, 'mode' | 'CLOCK_START' | 'DATA_DIR'>): ProgramClock {
  const clock = clockNow(config);
  if (!clock) return { clock: systemClock, movable: null, keep: () => undefined };
  const file = keptIn(config);
  const keep = (): void => {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(`${file}.new`, JSON.stringify({ offsetMs: clock.offset }));
    renameSync(`${file}.new`, file);
  };
  keep();
  return { clock, movable: clock, keep };
}

/** The program's time for a tool beside it, which moves and keeps nothing. */
export function readProgramClock(config: Pick<Config, 'mode' | 'CLOCK_START' | 'DATA_DIR'>): Clock {
  return clockNow(config) ?? systemClock;
}

/** Null: real time. */
function clockNow(config: Pick<Config, 'mode' | 'CLOCK_START' | 'DATA_DIR'>): MovableClock | null {
  if (config.mode === 'live' && config.CLOCK_START === '') return null;
  const offset = readOffset(keptIn(config));
  const kept = offset === null ? null : new MovableClock(offset).now();
  const asked = config.CLOCK_START === '' ? null : new Date(config.CLOCK_START);
  return MovableClock.startingAt(newer(kept, asked) ?? SIMULATOR_START);
}

function keptIn({ DATA_DIR }: Pick<Config, 'DATA_DIR'>): string {
  return join(DATA_DIR, 'clock.json');
}

function readOffset(file: string): number | null {
  try {
    const kept = JSON.parse(readFileSync(file, 'utf8')) as { offsetMs?: unknown };
    return typeof kept.offsetMs === 'number' ? kept.offsetMs : null;
  } catch (error) {
    // Never written, or cut short by a power failure: the clock then starts where a fresh one would.
    if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return null;
    throw error;
  }
}
