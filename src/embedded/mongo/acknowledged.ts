import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { isBlank } from './log-frames';
import { writeWhole, type LogFiles } from './log-files';
import { UnreadableLog } from './unreadable-log';

/**
 * The note of the last frame that was acknowledged, beside the log: what is missing below it was lost, what is unfinished
 * above it was never promised. It is written when the frame is on the disk and not waited for, so after a power cut it may
 * lag behind, never run ahead.
 */
const MARK = Buffer.from('bdhvack1');
const BYTES = MARK.length + 8;
export const ACKNOWLEDGED = 'acknowledged.bin';

/** The number of the last acknowledged frame; null where nothing was noted yet. */
export function readAcknowledged(files: LogFiles, folder: string, names: readonly string[]): number | null {
  if (!names.includes(ACKNOWLEDGED)) return null;
  const note = files.read(join(folder, ACKNOWLEDGED));
  // The note was made and the power went before it was on the disk.
  if (isBlank(note, 0)) return null;
  const sound =
    note.length === BYTES &&
    MARK.compare(note, 0, MARK.length) === 0 &&
    crc32(note.subarray(0, BYTES - 4)) === note.readUInt32LE(BYTES - 4);
  if (!sound) throw new UnreadableLog('log_damaged', ACKNOWLEDGED);
  return note.readUInt32LE(MARK.length);
}

export class AcknowledgedNote {
  private fd = -1;

  constructor(
    private readonly files: LogFiles,
    private readonly folder: string,
  ) {}

  /** Notes that everything up to this frame is acknowledged. The first note of a process is waited for. */
  async write(number: number): Promise<void> {
    const first = this.fd < 0;
    if (first) this.fd = this.files.open(join(this.folder, ACKNOWLEDGED));
    const note = Buffer.alloc(BYTES);
    MARK.copy(note);
    note.writeUInt32LE(number >>> 0, MARK.length);
    note.writeUInt32LE(crc32(note.subarray(0, BYTES - 4)), BYTES - 4);
    writeWhole(this.files, this.fd, note, 0);
    if (!first) return;
    await this.files.syncData(this.fd);
    this.files.syncFolder(this.folder);
  }

  close(): void {
    if (this.fd >= 0) this.files.close(this.fd);
    this.fd = -1;
  }
}
