import { frameOf, type LogRecord } from './log-frames';
import { writeWhole, type LogFiles } from './log-files';

/** Bytes written before other work gets a turn. */
const PIECE_BYTES = 1 << 20;

/**
 * Writes all records, which stand for all frames up to `through`, to `target` by way of a temporary file: whole and on the disk, or not there at all. Gives way to
 * other work between pieces, so a big snapshot does not hold up requests. Answers the bytes written.
 */
export async function writeSnapshot(
  files: LogFiles,
  folder: string,
  target: string,
  records: readonly LogRecord[],
  through: number,
): Promise<number> {
  const temporary = `${target}.tmp`;
  const fd = files.open(temporary);
  let at = 0;
  try {
    files.truncate(fd, 0);
    let number = 0;
    for (const piece of pieces(records)) {
      const frame = piece.length === 0 ? frameOf(piece, through) : frameOf(piece, ++number);
      writeWhole(files, fd, frame, at);
      at += frame.length;
      await new Promise((resolve) => setImmediate(resolve));
    }
    await files.syncData(fd);
  } catch (error) {
    files.close(fd);
    files.remove(temporary);
    throw error;
  }
  files.close(fd);
  files.rename(temporary, target);
  files.syncFolder(folder);
  return at;
}

/** The records in frames, and an empty one at the end. */
function* pieces(records: readonly LogRecord[]): Generator<LogRecord[]> {
  let piece: LogRecord[] = [];
  let bytes = 0;
  for (const record of records) {
    piece.push(record);
    bytes += record.body.length;
    if (bytes < PIECE_BYTES) continue;
    yield piece;
    piece = [];
    bytes = 0;
  }
  if (piece.length > 0) yield piece;
  yield [];
}
