import { join } from 'node:path';
import { messageOf } from '../../kernel/errors';
import { AcknowledgedNote } from './acknowledged';
import { newGroup, type CommitGroup } from './commit-group';
import { frameOf, type LogRecord } from './log-frames';
import type { LogFiles } from './log-files';
import { endGoOn, fileName, leftovers, replayFolder, type Replay, type Replayed } from './log-replay';
import { keepCut, OpenLog } from './open-log';
import { writeSnapshot } from './snapshot';
import { UnreadableLog } from './unreadable-log';

/**
 * The durable side of the store: an append-only log, and now and then a snapshot that lets older logs go.
 *
 * Records handed in during one turn of the event loop, by whichever connection, become one frame, one write and one
 * `fdatasync`; the next group is gathered meanwhile. A group is acknowledged when it is on the disk, never before.
 * At opening an unfinished write that was never acknowledged is cut off and set beside the log. When the disk refuses, everything not yet acknowledged is refused too, `failure` says why, and the
 * log tries again by itself until it can write. When the folder is gone it gives up for good: `lost`.
 */
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

export class LogStore {
  /** Why writes are refused at present; null in health. */
  failure: Error | null = null;
  /** The folder is gone: neither writes nor the state in memory can be relied on. */
  lost = false;
  private readonly note: AcknowledgedNote;
  /** Frames are noted as they are acknowledged; not before those of an earlier program are in a snapshot. */
  private noting = true;
  private log: OpenLog | null = null;
  private generation = 1;
  private frameNumber = 0;
  private snapshotBytes = 0;
  private logBytes = 0;
  private open: CommitGroup | null = null;
  private flying: CommitGroup | null = null;
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
    this.setAside(found);
    this.log = this.openLog(found.generation, found.end);
    files.syncFolder(folder);
    for (const name of leftovers(files.list(folder), found.base)) files.remove(join(folder, name));
    this.generation = found.generation;
    this.frameNumber = found.lastNumber;
    this.logBytes = found.logBytes;
    this.snapshotBytes = found.snapshotBytes;
    this.noting = !found.unnoted;
    this.compactAt = found.unnoted ? 0 : Math.max(this.options.compactBytes, 2 * this.snapshotBytes);
    return found.empty;
  }

  private openLog(generation: number, end: number): OpenLog {
    const { files, compactBytes } = this.options;
    return new OpenLog(files, this.path('log', generation), end, compactBytes >> 4);
  }

  private get current(): OpenLog {
    if (this.log === null) throw new Error('the log is not open');
    return this.log;
  }

  /** Replays what was acknowledged, after a write that the disk refused. */
  reload(replay: Replay): void {
    this.current.assertThere();
    const { files, folder } = this.options;
    const acknowledged = this.noting ? this.frameNumber : null;
    replayFolder(files, folder, replay, { until: this.current.end, acknowledged });
  }

  /** Keeps what is about to be cut off the end of the log. */
  private setAside({ generation, end, rest }: Replayed): void {
    const kept = keepCut(this.options.files, this.path('log', generation), end, rest);
    if (kept !== null) this.options.onWarning(`cut an unfinished write off the end of the log, into ${kept}`);
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
      const isDue = this.compacting === null && this.logBytes >= this.compactAt;
      const cut = isDue ? this.options.snapshot() : null;
      try {
        const number = this.frameNumber + 1;
        const frame = frameOf(group.records, number);
        await this.current.write(frame);
        if (this.noting) await this.note.write(number);
        this.frameNumber = number;
        this.current.end += frame.length;
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

  private fail(error: Error, group: CommitGroup): void {
    this.failure = error;
    this.flying = null;
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
    this.retryTimer = setTimeout(() => void this.retry(), this.options.retryMs).unref();
  }

  private async retry(): Promise<void> {
    try {
      // The refused write may have been the note's own.
      if (this.noting) await this.note.write(this.frameNumber);
      await this.current.probe();
    } catch (error) {
      this.failure = error instanceof Error ? error : new Error(messageOf(error));
      this.scheduleRetry();
      return;
    }
    this.failure = null;
    this.options.onRecovery();
    if (this.open !== null) setImmediate(() => void this.flush());
  }

  /** Goes on in a new log file and writes the snapshot that makes the older ones superfluous, in the background. */
  private async rotate(records: LogRecord[]): Promise<void> {
    const next = this.generation + 1;
    const former = this.current;
    let fresh: OpenLog | null = null;
    try {
      await former.trim();
      fresh = this.openLog(next, 0);
      this.options.files.syncFolder(this.options.folder);
    } catch (error) {
      this.compactLater(error);
      // A later log makes this one an older one, which may have no blank end.
      fresh?.close(false);
      if (fresh !== null) this.options.files.remove(this.path('log', next));
      return;
    }
    this.log = fresh;
    former.close(false);
    this.generation = next;
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
      this.logBytes -= before;
      this.compactAt = Math.max(this.options.compactBytes, 2 * this.snapshotBytes);
      if (!this.noting) await this.beginNoting();
    } catch (error) {
      this.compactLater(error);
    }
  }

  /** From now on frames are noted; those acknowledged while the snapshot was written are noted with the last of them. */
  private async beginNoting(): Promise<void> {
    endGoOn(this.options.files, this.options.folder);
    this.noting = true;
    await this.note.write(this.frameNumber);
  }

  private compactLater(error: unknown): void {
    this.compactAt = this.logBytes * 2;
    this.options.onWarning(`the log could not be compacted: ${messageOf(error)}`);
  }

  /** Waits for what is under way and closes the file. */
  async close(): Promise<void> {
    this.closed = true;
    if (this.retryTimer) clearTimeout(this.retryTimer);
    for (let waiting = this.settled(); waiting !== null; waiting = this.settled()) {
      await waiting.catch(() => undefined);
      if (this.failure !== null) break;
      await new Promise((resolve) => setImmediate(resolve));
    }
    if (this.compacting) await this.compacting;
    this.log?.close(this.failure === null);
    this.log = null;
    this.note.close();
  }
}
