import { join } from 'node:path';
import { messageOf } from '../../kernel/errors';
import { frameOf, readFrames, soundFrameAfter, type LogRecord, type RecordKind } from './log-frames';
import type { LogFiles } from './log-files';
import { writeSnapshot } from './snapshot';

/**
 * The durable side of the store: an append-only log, and now and then a snapshot that lets older logs go.
 *
 * Records handed in during one turn of the event loop, by whichever connection, become one frame, one write and one
 * `fdatasync`; the next group is gathered meanwhile. A group is acknowledged when it is on the disk, never before.
 * Room for coming frames is laid out in zeros beforehand: a sync that makes a file longer has to wait for the file
 * system's own journal too. At opening the zeros, and a torn last frame, are cut off. When the disk refuses, everything not yet acknowledged is refused too,
 * `failure` says why, and the log tries again by itself until it can write.
 */
/** How far ahead of the frames zeros are laid. */
const AHEAD_BYTES = 1 << 20;

export type Replay = (kind: RecordKind, label: string, body: Buffer) => void;

export interface LogOptions {
  readonly folder: string;
  readonly files: LogFiles;
  /** All records of the present state, in any order; called at the moment a snapshot is cut. */
  readonly snapshot: () => LogRecord[];
  /** The disk refused: what was not acknowledged is gone, and the state must be replayed from the disk. */
  readonly onFailure: (error: Error) => void;
  /** Writes are taken again. */
  readonly onRecovery: () => void;
  readonly onWarning: (message: string) => void;
  /** Log bytes that call for a snapshot; the log also has to be twice the last snapshot. */
  readonly compactBytes: number;
  readonly retryMs: number;
}

interface Group {
  readonly records: LogRecord[];
  readonly done: Promise<void>;
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

function newGroup(): Group {
  let resolve = (): void => undefined;
  let reject = (_error: Error): void => undefined;
  const done = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits gets the failure; a group nobody waits for must not end the process.
  done.catch(() => undefined);
  return { records: [], done, resolve, reject };
}

export class LogStore {
  /** Why writes are refused at present; null in health. */
  failure: Error | null = null;
  private fd = -1;
  private generation = 1;
  private durableBytes = 0;
  /** Up to where the open log has frames or zeros. */
  private laidOut = 0;
  private frameNumber = 0;
  private snapshotBytes = 0;
  private logBytes = 0;
  private open: Group | null = null;
  private flying: Group | null = null;
  private compacting: Promise<void> | null = null;
  private compactAt = 0;
  private retryTimer: NodeJS.Timeout | null = null;
  private closed = false;

  constructor(private readonly options: LogOptions) {}

  /** Replays what is on the disk, snapshot first, and leaves the log ready for writing. */
  load(replay: Replay): void {
    const { files, folder } = this.options;
    files.makeFolder(folder);
    const names = files.list(folder);
    const base = Math.max(0, ...generations(names, 'snapshot'));
    this.removeLeftovers(names, base);
    this.snapshotBytes = base > 0 ? this.replayWhole(this.path('snapshot', base), replay) : 0;
    const logs = generations(names, 'log').filter((generation) => generation >= base);
    this.logBytes = 0;
    for (const [i, generation] of logs.entries()) {
      const last = i === logs.length - 1;
      this.logBytes += last
        ? this.replayLast(this.path('log', generation), replay)
        : this.replayWhole(this.path('log', generation), replay);
    }
    this.generation = logs.at(-1) ?? Math.max(base, 1);
    if (this.fd < 0) {
      this.fd = files.open(this.path('log', this.generation));
      files.truncate(this.fd, this.durableBytes);
      files.syncFolder(folder);
    }
    this.laidOut = this.durableBytes;
    this.compactAt = Math.max(this.options.compactBytes, 2 * this.snapshotBytes);
  }

  private path(kind: 'log' | 'snapshot', generation: number): string {
    return join(this.options.folder, `${kind}-${generation}.bin`);
  }

  private removeLeftovers(names: readonly string[], base: number): void {
    const old = [
      ...names.filter((name) => name.endsWith('.tmp')),
      ...generations(names, 'snapshot')
        .filter((generation) => generation < base)
        .map((generation) => `snapshot-${generation}.bin`),
      ...generations(names, 'log')
        .filter((generation) => generation < base)
        .map((generation) => `log-${generation}.bin`),
    ];
    for (const name of old) this.options.files.remove(join(this.options.folder, name));
  }

  private replayWhole(path: string, replay: Replay): number {
    const file = this.options.files.read(path);
    const { end, frames } = readFrames(file, replay);
    this.frameNumber += frames;
    if (end !== file.length)
      throw new Error(`${path} is damaged at byte ${end}; restore the folder from a backup`);
    return file.length;
  }

  /** While open, what lies behind the last acknowledged byte is a failed write and not read at all. */
  private replayLast(path: string, replay: Replay): number {
    const whole = this.options.files.read(path);
    const file = this.fd < 0 ? whole : whole.subarray(0, this.durableBytes);
    const { end, frames } = readFrames(file, replay);
    this.frameNumber += frames;
    if (end !== file.length && soundFrameAfter(file, end))
      throw new Error(`${path} is damaged at byte ${end}; restore the folder from a backup`);
    if (!isBlank(file, end))
      this.options.onWarning(`cut ${file.length - end} bytes of an unfinished write off the end of the log`);
    this.durableBytes = end;
    return end;
  }

  /** Adds a record to the present group. Call `settled` for the promise that it is durable. */
  append(record: LogRecord): void {
    if (this.open === null) {
      this.open = newGroup();
      if (this.flying === null) setImmediate(() => void this.flush());
    }
    this.open.records.push(record);
  }

  /** Resolves once everything appended so far is on the disk; null when it already is. Rejects when the disk refused. */
  settled(): Promise<void> | null {
    return (this.open ?? this.flying)?.done ?? null;
  }

  private async flush(): Promise<void> {
    while (this.open !== null && this.flying === null && this.failure === null) {
      const group = this.open;
      this.open = null;
      this.flying = group;
      const cut = this.isSnapshotDue() ? this.options.snapshot() : null;
      try {
        const frame = frameOf(group.records, ++this.frameNumber);
        this.layOut(this.durableBytes + frame.length);
        this.writeAt(this.fd, frame, this.durableBytes);
        await this.options.files.syncData(this.fd);
        this.durableBytes += frame.length;
        this.logBytes += frame.length;
        if (cut !== null) await this.rotate(cut);
      } catch (error) {
        this.fail(error instanceof Error ? error : new Error(messageOf(error)), group);
        return;
      }
      this.flying = null;
      group.resolve();
    }
  }

  /** Lays zeros where this frame and those after it will stand. A disk without room for them may still take the frame. */
  private layOut(end: number): void {
    if (end <= this.laidOut) return;
    // Never before the last frame, wherever an earlier try has stopped.
    const from = Math.max(this.laidOut, this.durableBytes);
    const zeros = Buffer.alloc(end - from + Math.min(AHEAD_BYTES, this.options.compactBytes >> 4));
    try {
      this.laidOut = from + this.options.files.write(this.fd, zeros, from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  private writeAt(fd: number, bytes: Uint8Array, at: number): void {
    let written = 0;
    while (written < bytes.length) {
      const count = this.options.files.write(fd, bytes.subarray(written), at + written);
      if (count <= 0) throw Object.assign(new Error('the disk took no bytes'), { code: 'ENOSPC' });
      written += count;
    }
  }

  private fail(error: Error, group: Group): void {
    this.failure = error;
    this.flying = null;
    this.laidOut = this.durableBytes;
    const waiting = this.open;
    this.open = null;
    // The state is put right before anybody hears of the failure, so nobody reads what was refused.
    this.options.onFailure(error);
    group.reject(error);
    waiting?.reject(error);
    this.scheduleRetry();
  }

  private scheduleRetry(): void {
    if (this.closed) return;
    this.retryTimer = setTimeout(() => void this.retry(), this.options.retryMs);
    this.retryTimer.unref();
  }

  /** Tries a write of the size of a few groups behind the last acknowledged byte, and takes it back. */
  private async retry(): Promise<void> {
    const { files } = this.options;
    try {
      files.truncate(this.fd, this.durableBytes);
      this.writeAt(this.fd, Buffer.alloc(64 * 1024), this.durableBytes);
      await files.syncData(this.fd);
      files.truncate(this.fd, this.durableBytes);
      await files.syncData(this.fd);
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(messageOf(error));
      this.scheduleRetry();
      return;
    }
    this.failure = null;
    this.options.onRecovery();
    if (this.open !== null) setImmediate(() => void this.flush());
  }

  private isSnapshotDue(): boolean {
    return this.compacting === null && this.logBytes >= this.compactAt;
  }

  /** Goes on in a new log file and writes the snapshot that makes the older ones superfluous, in the background. */
  private async rotate(records: LogRecord[]): Promise<void> {
    const { files, folder } = this.options;
    const next = this.generation + 1;
    let fd: number;
    try {
      // An older log has no blank end: whatever is missing from it would otherwise not be noticed.
      this.laidOut = this.durableBytes;
      files.truncate(this.fd, this.durableBytes);
      await files.syncData(this.fd);
      fd = files.open(this.path('log', next));
      files.truncate(fd, 0);
      files.syncFolder(folder);
    } catch (error) {
      this.compactAt = this.logBytes * 2;
      this.options.onWarning(`the log could not be compacted: ${messageOf(error)}`);
      return;
    }
    files.close(this.fd);
    this.fd = fd;
    this.generation = next;
    this.durableBytes = 0;
    this.laidOut = 0;
    this.compacting = this.compact(next, records).finally(() => {
      this.compacting = null;
    });
  }

  private async compact(generation: number, records: LogRecord[]): Promise<void> {
    const { files, folder } = this.options;
    const before = this.logBytes;
    try {
      this.snapshotBytes = await writeSnapshot(files, folder, this.path('snapshot', generation), records);
      this.removeLeftovers(files.list(folder), generation);
      this.logBytes -= before;
      this.compactAt = Math.max(this.options.compactBytes, 2 * this.snapshotBytes);
    } catch (error) {
      this.compactAt = this.logBytes * 2;
      this.options.onWarning(`the log could not be compacted: ${messageOf(error)}`);
    }
  }

  /** Waits for what is under way and closes the file. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.retryTimer) clearTimeout(this.retryTimer);
    for (let waiting = this.settled(); waiting !== null; waiting = this.settled()) {
      const failed = await waiting.then(
        () => false,
        () => true,
      );
      if (failed) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.compacting) await this.compacting;
    if (this.fd >= 0) {
      if (this.failure === null) this.options.files.truncate(this.fd, this.durableBytes);
      this.options.files.close(this.fd);
    }
    this.fd = -1;
  }
}

/** Whether nothing but zeros stands from here on. */
function isBlank(file: Buffer, from: number): boolean {
  for (let at = from; at < file.length; at++) if (file[at] !== 0) return false;
  return true;
}

/** The generations of the files of a kind, ascending. */
function generations(names: readonly string[], kind: 'log' | 'snapshot'): number[] {
  const found: number[] = [];
  for (const name of names) {
    const match = new RegExp(`^${kind}-(\\d+)\\.bin$`).exec(name);
    if (match) found.push(Number(match[1]));
  }
  return found.sort((a, b) => a - b);
}
