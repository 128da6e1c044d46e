/**
 * The log: JSON lines, one per thing that happened. A line has a fixed message and the facts as fields; it carries the
 * id of the event in hand by itself (`withEventId`), and never a name, a phone number, a text or a key (redact.ts). A log
 * that cannot be written never stops the program.
 */
import pino from 'pino';
import { type Clock, systemClock } from '../kernel/clock';
import { type Fallback, LogFile, type SinkCounts } from './log-sink';
import { redact, redactText } from './redact';
import { AsyncLocalStorage } from 'node:async_hooks';

type Write = (facts: object, message: string) => void;

/** What the rest of the program sees of the log. `child` adds facts to every line of its own. */
export interface Logger {
  readonly trace: Write;
  readonly debug: Write;
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
  readonly fatal: Write;
  child(facts: object): Logger;
}

export interface LogOptions {
  readonly level: string;
  /** Absent or empty: the standard output. */
  readonly file?: string;
  readonly clock?: Clock;
  /** Where lines go when the file is broken; the standard error by default. */
  readonly fallback?: Fallback;
  /** For tests: takes every line instead of file and standard output. */
  readonly write?: (line: string) => void;
}

export interface Log {
  readonly log: Logger;
  /** Lines that did not get where they belong; always zero for the standard output unless it was closed. */
  counts(): SinkCounts;
  /** Writes what waits. Safe to call more than once. */
  close(): void;
}

export function createLog(options: LogOptions): Log {
  const clock = options.clock ?? systemClock;
  const file = options.file ? new LogFile(options.file, options.fallback) : null;
  const output = file ? null : new Output(options.write);
  const destination = {
    write: (line: string): void => (file ? file.write(line) : output?.write(line)),
    flushSync: (): void => file?.flush(),
  };
  const log = pino(
    {
      level: options.level,
      base: null,
      messageKey: 'msg',
      timestamp: () => `,"time":"${clock.now().toISOString()}"`,
      formatters: {
        level: (label) => ({ level: label }),
        log: (facts) => redact(facts) as Record<string, unknown>,
      },
      // Errors are made fit for the log by `redact`; pino's own serializer would only spoil them.
      serializers: { err: (err: unknown) => err },
      mixin: () => {
        const eventId = currentEventId();
        return eventId === undefined ? {} : { eventId };
      },
      hooks: {
        logMethod(args, method) {
          method.apply(
            this,
            args.map((arg: unknown) => (typeof arg === 'string' ? redactText(arg) : arg)) as typeof args,
          );
        },
      },
    },
    destination,
  );
  return {
    log: withCleanChildren(log),
    counts: () => file?.counts() ?? output?.counts() ?? { diverted: 0, dropped: 0 },
    close: () => file?.close(),
  };
}

/** pino does not pass the facts of a child through its formatters. */
function withCleanChildren(log: pino.Logger): Logger {
  return {
    trace: (facts, message) => log.trace(facts, message),
    debug: (facts, message) => log.debug(facts, message),
    info: (facts, message) => log.info(facts, message),
    warn: (facts, message) => log.warn(facts, message),
    error: (facts, message) => log.error(facts, message),
    fatal: (facts, message) => log.fatal(facts, message),
    child: (facts) => withCleanChildren(log.child(redact(facts) as object)),
  };
}

/** The standard output, which whoever reads it may close at any time. */
class Output {
  private dropped = 0;
  private readonly out: (line: string) => void;

  constructor(out?: (line: string) => void) {
    this.out = out ?? ((line) => void process.stdout.write(line));
    if (!out) watchStdout(() => (this.dropped += 1));
  }

  write(line: string): void {
    try {
      this.out(line);
    } catch {
      // The reader of the log went away; the line is counted, the program goes on.
      this.dropped += 1;
    }
  }

  counts(): SinkCounts {
    return { diverted: 0, dropped: this.dropped };
  }
}

const stdoutWatchers = new Set<() => void>();

function watchStdout(onError: () => void): void {
  if (stdoutWatchers.size === 0) {
    process.stdout.on('error', () => {
      for (const watcher of stdoutWatchers) watcher();
    });
  }
  stdoutWatchers.add(onError);
}

/** The event in hand, along whatever is awaited. */
const storage = new AsyncLocalStorage<string | undefined>();

/** Says nothing; for tests and tools that have no log. */
export const silentLog: Logger = createLog({ level: 'silent', write: () => undefined }).log;

/**
 * Runs `work` under the id of the event (or job) that caused it; every log line written inside, however many awaits
 * later, carries it as `eventId`. Nested calls see the innermost id. Work for many events that one of them merely set
 * going (a queue, a timer) is begun with `undefined`, so that nothing is told of the wrong event.
 */
export function withEventId<T>(eventId: string | undefined, work: () => T): T {
  return storage.run(eventId, work);
}

/** The id of what is being handled, or undefined outside of any. */
export function currentEventId(): string | undefined {
  return storage.getStore();
}
