import { join } from 'node:path';
import { messageOf } from '../../kernel/errors';
import { AcknowledgedNote } from './acknowledged';
import { frameOf, isBlank, type LogRecord } from './log-frames';
import type { LogFiles } from './log-files';
import { fileName, leftovers, replayFolder, type Replay, type Replayed } from './log-replay';
import { writeSnapshot } from './snapshot';
import { UnreadableLog } from './unreadable-log';

/**
 * The durable side of the store: an append-only log, and now and then a snapshot that lets older logs go.
 *
 * Records handed in during one turn of the event loop, by whichever connection, become one frame, one write and one
 * `fdatasync`; the next group is gathered meanwhile. A group is acknowledged when it is on the disk, never before.
 * Room for coming frames is laid out in zeros beforehand: a sync that makes a file longer has to wait for the file
 * system's own journal too. At opening the zeros, and an unfinished write that was never acknowledged, are cut off; what is cut
 * is set beside the log. When the disk refuses, everything not yet acknowledged is refused too, `failure` says why, and the
 * log tries again by itself until it can write. When the folder is gone it gives up for good: `lost`.
 */
/** How far ahead of the frames zeros are laid. */
const AHEAD_BYTES = 1 << 20;

export interface LogOptions {
  readonly folder: string;
  readonly files: LogFiles;
  /** All records of the present state, in any order; called at the moment a snapshot is cut. */
  readonly snapshot: () => LogRecord[];
  /** The disk refused: what was not acknowledged is gone, and the state must be replayed from the disk. */
  readonly onFailure: (error: Error) => void;
  /** The files are not where they were; nothing is acknowledged any more. */
  readonly onLost: (error: UnreadableLog) => void;
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
  /** The folder is gone: neither writes nor the state in memory can be relied on. */
  lost = false;
  private readonly note: AcknowledgedNote;
  /** Frames are noted as they are acknowledged; not before those of an earlier program are in a snapshot. */
  private noting = true;
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

  constructor(private readonly options: LogOptions) {
    this.note = new AcknowledgedNote(options.files, options.folder);
  }

  /** Replays what is on the disk and leaves the log ready for writing. Answers whether nothing was ever stored. */
  load(replay: Replay): boolean {
    const { files, folder } = this.options;
    files.makeFolder(folder);
    const found = replayFolder(files, folder, replay);
    this.fd = files.open(this.path('log', found.generation));
    this.setAside(found);
    files.truncate(this.fd, found.end);
    files.syncFolder(folder);
    for (const name of leftovers(files.list(folder), found.base)) files.remove(join(folder, name));
    this.generation = found.generation;
    this.durableBytes = found.end;
    this.laidOut = found.end;
    this.frameNumber = found.lastNumber;
    this.logBytes = found.logBytes;
    this.snapshotBytes = found.snapshotBytes;
    this.noting = !found.unnoted;
    this.compactAt = found.unnoted ? 0 : Math.max(this.options.compactBytes, 2 * this.snapshotBytes);
    return found.empty;
  }

  /** Replays what was acknowledged, after a write that the disk refused. */
  reload(replay: Replay): void {
    this.assertThere();
    replayFolder(this.options.files, this.options.folder, replay, this.durableBytes);
  }

  private assertThere(): void {
    const file = this.path('log', this.generation);
    if (!this.options.files.isThere(this.fd, file)) throw new UnreadableLog('folder_gone', file);
  }

  /** Keeps what is about to be cut off the end of the log. */
  private setAside({ generation, end, rest }: Replayed): void {
    if (isBlank(rest, 0)) return;
    const { files } = this.options;
    const file = `${this.path('log', generation)}.cut-${end}`;
    let length = rest.length;
    while (rest[length - 1] === 0) length--;
    const fd = files.open(file);
    files.truncate(fd, 0);
    this.writeAt(fd, rest.subarray(0, length), 0);
    files.close(fd);
    this.options.onWarning(`cut ${length} bytes of an unfinished write off the end of the log, into ${file}`);
  }

  private path(kind: 'log' | 'snapshot', generation: number): string {
    return join(this.options.folder, fileName(kind, generation));
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
        const number = this.frameNumber + 1;
        const frame = frameOf(group.records, number);
        this.layOut(this.durableBytes + frame.length);
        this.writeAt(this.fd, frame, this.durableBytes);
        await this.options.files.syncData(this.fd);
        this.assertThere();
        if (this.noting) await this.note.write(number);
        this.frameNumber = number;
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
    try {
      // The state is put right before anybody hears of the failure, so nobody reads what was refused.
      this.options.onFailure(error);
      this.scheduleRetry();
    } catch (cause) {
      this.lost = true;
      this.options.onLost(
        cause instanceof UnreadableLog ? cause : new UnreadableLog('folder_gone', messageOf(cause)),
      );
    }
    group.reject(error);
    waiting?.reject(error);
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
    this.compacting = this.compact(next, records, this.frameNumber).finally(() => {
      this.compacting = null;
    });
  }

  private async compact(generation: number, records: LogRecord[], through: number): Promise<void> {
    const { files, folder } = this.options;
    const before = this.logBytes;
    try {
      const target = this.path('snapshot', generation);
      this.snapshotBytes = await writeSnapshot(files, folder, target, records, through);
      for (const name of leftovers(files.list(folder), generation)) files.remove(join(folder, name));
      this.noting = true;
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
      this.note.close();
    }
    this.fd = -1;
  }
}
