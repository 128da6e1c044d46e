import { closeSync, openSync, writeSync } from 'node:fs';
import { messageOf } from '../kernel/errors';
import { stopwatch } from '../kernel/clock';

/** How long a file that failed is left alone before it is tried again, in milliseconds. */
const LEAVE_ALONE = 10_000;

export interface SinkCounts {
  /** Lines that went to the fallback because the file could not be written. */
  readonly diverted: number;
  /** Lines that are gone: the fallback failed as well. */
  readonly dropped: number;
}

/** Where a line goes when its file cannot be written; throws or emits nothing. */
export type Fallback = (text: string) => void;

const toStderr: Fallback = (text) => void process.stderr.write(text);

/**
 * A log file that may break at any moment (no folder, full disk, taken away) without stopping the program: lines then
 * go to the fallback, the trouble is told there once, and the file is tried again every ten seconds. The lines
 * of one turn of the event loop are written together, after it; `flush` writes what waits at once, for the end of the program.
 */
export class LogFile {
  private fd: number | null = null;
  private waiting: string[] = [];
  private scheduled = false;
  private told = false;
  private failedFor: (() => number) | null = null;
  private diverted = 0;
  private dropped = 0;

  constructor(
    private readonly path: string,
    private readonly fallback: Fallback = toStderr,
    private readonly leaveAloneMs = LEAVE_ALONE,
  ) {}

  write(line: string): void {
    this.waiting.push(line);
    if (this.scheduled) return;
    this.scheduled = true;
    setImmediate(() => this.flush());
  }

  counts(): SinkCounts {
    return { diverted: this.diverted, dropped: this.dropped };
  }

  /** Writes everything that waits, before it returns. */
  flush(): void {
    this.scheduled = false;
    const lines = this.waiting;
    if (lines.length === 0) return;
    this.waiting = [];
    try {
      const fd = this.open();
      let bytes = Buffer.from(lines.join(''), 'utf8');
      // A disk that fills up takes a part and says why only on the next try.
      while (bytes.length > 0) bytes = bytes.subarray(writeSync(fd, bytes));
      this.works();
    } catch (error) {
      this.failed(lines, error);
    }
  }

  close(): void {
    this.flush();
    if (this.fd !== null) closeSync(this.fd);
    this.fd = null;
  }

  private open(): number {
    if (this.fd !== null) return this.fd;
    if (this.failedFor !== null && this.failedFor() < this.leaveAloneMs) throw new Error('still left alone');
    this.fd = openSync(this.path, 'a', 0o640);
    return this.fd;
  }

  private works(): void {
    if (this.told) this.toFallback(`log file ${this.path} can be written again\n`);
    this.told = false;
    this.failedFor = null;
  }

  private failed(lines: readonly string[], error: unknown): void {
    if (this.fd !== null) {
      try {
        closeSync(this.fd);
      } catch {
        // The descriptor is gone either way; the trouble itself is told below.
      }
      this.fd = null;
      this.failedFor = null;
    }
    this.failedFor ??= stopwatch();
    if (this.failedFor() >= this.leaveAloneMs) this.failedFor = stopwatch();
    if (!this.told) {
      this.told = true;
      this.toFallback(
        `log file ${this.path} cannot be written (${messageOf(error)}); its lines go here instead\n`,
      );
    }
    this.diverted += lines.length;
    if (!this.toFallback(lines.join(''))) this.dropped += lines.length;
  }

  private toFallback(text: string): boolean {
    try {
      this.fallback(text);
      return true;
    } catch {
      // Nowhere left to say it: the caller counts the lines as dropped.
      return false;
    }
  }
}
