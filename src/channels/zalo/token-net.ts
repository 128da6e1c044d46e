import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { messageOf } from '../../kernel/errors';
import type { Logger } from '../../observability/logger';

/**
 * The safety net under a renewal: a file that holds a sealed pair from the moment Zalo's answer is read until it lies in
 * the store. Written at once and without waiting for anybody, it takes a store that is away, or a crash on the way
 * there, out of the time in which the only good pair can be lost.
 */
export interface TokenNet {
  /** Writes and syncs; false when it could not be written. Never throws. */
  keep(text: string): boolean;
  /** What is kept; null when nothing is, or it cannot be read. */
  read(): string | null;
  /** The pair lies in the store. Never throws. */
  forget(): void;
}

export function createTokenNet(file: string, log: Logger): TokenNet {
  const complain = (error: unknown, message: string): void => log.warn({ reason: messageOf(error) }, message);
  return {
    keep: (text) => {
      try {
        const fd = openForWriting(file);
        try {
          writeSync(fd, text);
          fsyncSync(fd);
        } finally {
          closeSync(fd);
        }
        return true;
      } catch (error) {
        complain(error, 'a new zalo token could not be kept in a file on its way to the store');
        return false;
      }
    },
    read: () => {
      try {
        return readFileSync(file, 'utf8');
      } catch (error) {
        if (!isMissing(error)) complain(error, 'the file with a kept zalo token cannot be read');
        return null;
      }
    },
    forget: () => {
      try {
        unlinkSync(file);
      } catch (error) {
        if (!isMissing(error)) complain(error, 'the file with a kept zalo token cannot be removed');
      }
    },
  };
}

function openForWriting(file: string): number {
  try {
    return openSync(file, 'w', 0o600);
  } catch (error) {
    if (!isMissing(error)) throw error;
    makeFolder(dirname(file));
    return openSync(file, 'w', 0o600);
  }
}

/** One level at a time: `recursive` never returns below folders that refuse new ones, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  mkdirSync(folder);
}

function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === 'ENOENT';
}
