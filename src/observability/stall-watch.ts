import { Worker } from 'node:worker_threads';
import { stopwatch } from '../kernel/clock';
import type { Logger } from './logger';
import type { Metrics } from './metrics';

/**
 * Notices when the event loop stands still: a handler that computes for seconds answers nobody meanwhile. A stall that
 * ends is said and counted. One that does not end is ended by a thread of its own, which kills the process: whoever
 * started it starts it anew, and the message that did it is known by then as one that was in hand (see inbox/inbox-worker).
 */

export interface StallWatchOptions {
  readonly log: Pick<Logger, 'error'>;
  readonly metrics: Pick<Metrics, 'gauge'>;
  /** A stall is said from this length on. */
  readonly saidFromMs?: number;
  /** A stall of this length is ended with the process; 0: never. */
  readonly endedAfterMs?: number;
}

const BEAT_MS = 100;

/**
 * Counts its own ticks since the last beat of the main thread: when the whole machine or process was frozen, no ticks
 * passed here either, and nothing is ended.
 */
const WATCHER = `
const { workerData: { beats, ticks } } = require('node:worker_threads');
const { writeSync } = require('node:fs');
let seen = -1, still = 0;
setInterval(() => {
  const now = Atomics.load(beats, 0);
  still = now === seen ? still + 1 : 0;
  seen = now;
  if (still < ticks) return;
  writeSync(2, 'The program has stood still for ' + ticks + ' s and ends itself, to be started anew.\\n');
  process.kill(process.pid, 'SIGKILL');
}, 1000);
`;

export function watchStalls(options: StallWatchOptions): { stop(): Promise<void> } {
  const { saidFromMs = 1_000, endedAfterMs = 30_000 } = options;
  const beats = new Int32Array(new SharedArrayBuffer(4));
  let stalls = 0;
  let longest = 0;
  let since = stopwatch();
  options.metrics.gauge(
    'event_loop_stalls',
    'Times the event loop stood still for a second or more',
    () => stalls,
  );
  options.metrics.gauge(
    'event_loop_longest_stall_seconds',
    'Longest time for which the event loop stood still',
    () => longest / 1_000,
  );
  const beat = setInterval(() => {
    Atomics.add(beats, 0, 1);
    const ms = Math.round(since() - BEAT_MS);
    since = stopwatch();
    if (ms < saidFromMs) return;
    stalls += 1;
    longest = Math.max(longest, ms);
    options.log.error({ ms }, 'the event loop stood still; nobody was answered meanwhile');
  }, BEAT_MS);
  beat.unref();
  const watcher =
    endedAfterMs === 0
      ? null
      : new Worker(WATCHER, { eval: true, workerData: { beats, ticks: Math.ceil(endedAfterMs / 1_000) } });
  watcher?.unref();
  return {
    stop: async () => {
      clearInterval(beat);
      await watcher?.terminate();
    },
  };
}
