import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Microseconds of the processor: what others do on the machine meanwhile does not count. */
export interface Micros {
  /** Of the thread that works the turn out, so what somebody waits for. */
  readonly own: number;
  /**
   * With what V8 compiled and collected on threads of its own meanwhile. The system tells of these every 4 ms, so that
   * one turn in ten has a lump of 3 ms in it that belongs to no turn. Where it is not told apart `own` is the same.
   */
  readonly all: number;
}

const THREADS = '/proc/self/task';
/** Reading takes less; in between the system has told of another thread. */
const LUMP = 1_000;

export function cpuStopwatch(): () => Micros {
  let [began, helpers] = [allThreads(), 0];
  for (let tried = 0; tried < 5; tried += 1) {
    const before = allThreads();
    helpers = otherThreads();
    began = allThreads();
    if (began - before < LUMP) break;
  }
  return () => {
    const ended = allThreads();
    const all = ended - began;
    const own = all - (otherThreads() - helpers);
    return { all, own: allThreads() - ended < LUMP && own > 0 ? own : all };
  };
}

function allThreads(): number {
  const { user, system } = process.cpuUsage();
  return user + system;
}

function otherThreads(): number {
  if (!existsSync(THREADS)) return 0;
  return readdirSync(THREADS)
    .filter((thread) => Number(thread) !== process.pid)
    .reduce((sum, thread) => sum + threadTime(thread), 0);
}

function threadTime(thread: string): number {
  const nanoseconds = readFileSync(`${THREADS}/${thread}/schedstat`, 'latin1').split(' ')[0];
  return Number(nanoseconds) / 1_000;
}
