import { dirname } from 'node:path';
import { isBlank } from './log-frames';
import { writeWhole, type LogFiles } from './log-files';
import { UnreadableLog } from './unreadable-log';

/**
 * The log that is written to. Room for coming frames is laid out in zeros beforehand: a sync that makes a file longer has
 * to wait for the file system's own journal too.
 */
/** How far ahead of the frames zeros are laid. */
const AHEAD_BYTES = 1 << 20;
/** The size of a few groups. */
const PROBE_BYTES = 64 * 1024;

export class OpenLog {
  private readonly fd: number;
  /** Up to where it has frames or zeros. */
  private laidOut: number;

  /** Cuts off what stands behind `end`, the last acknowledged byte. */
  constructor(
    private readonly files: LogFiles,
    private readonly file: string,
    public end: number,
    private readonly aheadBytes: number,
  ) {
    this.fd = files.open(file);
    files.truncate(this.fd, end);
    this.laidOut = end;
  }

  /** Throws when the name stands for another file by now, or for none. */
  assertThere(): void {
    if (!this.files.isThere(this.fd, this.file)) throw new UnreadableLog('folder_gone', this.file);
  }

  /** Brings the frame to the disk, behind the end; whoever acknowledges it moves the end. */
  async write(frame: Uint8Array): Promise<void> {
    this.layOut(this.end + frame.length);
    writeWhole(this.files, this.fd, frame, this.end);
    await this.files.syncData(this.fd);
    this.assertThere();
  }

  /** Lays zeros where this frame and those after it will stand. A disk without room for them may still take the frame. */
  private layOut(end: number): void {
    if (end <= this.laidOut) return;
    // Never before the last frame, wherever an earlier try has stopped.
    const from = Math.max(this.laidOut, this.end);
    const zeros = Buffer.alloc(end - from + Math.min(AHEAD_BYTES, this.aheadBytes));
    try {
      this.laidOut = from + this.files.write(this.fd, zeros, from);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
    }
  }

  /** Takes back what was written behind the end; sound again when a write there goes through. */
  async probe(): Promise<void> {
    this.laidOut = this.end;
    this.files.truncate(this.fd, this.end);
    writeWhole(this.files, this.fd, Buffer.alloc(PROBE_BYTES), this.end);
    await this.files.syncData(this.fd);
    await this.trim();
  }

  /** Leaves no blank end: whatever is missing from an older log would otherwise not be noticed. */
  async trim(): Promise<void> {
    this.laidOut = this.end;
    this.files.truncate(this.fd, this.end);
    await this.files.syncData(this.fd);
  }

  /** `sound`: nothing but zeros stands behind the end. */
  close(sound: boolean): void {
    if (sound) this.files.truncate(this.fd, this.end);
    this.files.close(this.fd);
  }
}

/**
 * Keeps bytes that are about to be cut off a log at `end` in a file beside it, on the disk before they are cut; null when
 * there is nothing but zeros. Answers the file.
 */
export function keepCut(files: LogFiles, log: string, end: number, rest: Buffer): string | null {
  if (isBlank(rest, 0)) return null;
  const file = `${log}.cut-${end}`;
  let length = rest.length;
  while (rest[length - 1] === 0) length--;
  const fd = files.open(file);
  try {
    files.truncate(fd, 0);
    writeWhole(files, fd, rest.subarray(0, length), 0);
    files.syncDataNow(fd);
  } finally {
    files.close(fd);
  }
  files.syncFolder(dirname(file));
  return file;
}
