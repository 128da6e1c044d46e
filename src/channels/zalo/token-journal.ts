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
export interface TokenJournal {
  /** Makes ready, so that keeping takes no longer than the writing itself. Never throws. */
  prepare(): void;
  /** Writes: from then on a killed process loses nothing. False when it could not be written. Never throws. */
  keep(text: string): boolean;
  /** Waits until it would survive a loss of power as well. Never throws. */
  sync(): void;
  /** What is kept; null when nothing is, or it cannot be read. */
  read(): string | null;
  /** Nothing needs to be kept any more. Never throws. */
  forget(): void;
}

export function createTokenJournal(file: string, log: Logger): TokenJournal {
  const complain = (error: unknown, message: string): void => log.warn({ reason: messageOf(error) }, message);
  let fd: number | null = null;

  function attempt(what: () => void): boolean {
    try {
      what();
      return true;
    } catch (error) {
      complain(error, 'a new zalo token could not be kept in a file on its way to the store');
      return false;
    }
  }
  const open = (): number => (fd ??= openForWriting(file));
  const close = (): void => {
    if (fd !== null) closeSync(fd);
    fd = null;
  };

  return {
    prepare: () => void attempt(open),
    keep: (text) =>
      attempt(() => {
        writeSync(open(), text, 0);
      }),
    sync: () =>
      void attempt(() => {
        if (fd !== null) fsyncSync(fd);
        close();
      }),
    read: () => {
      try {
        const text = readFileSync(file, 'utf8');
        // Made ready by a process that never got an answer.
        return text === '' ? null : text;
      } catch (error) {
        if (!isMissing(error)) complain(error, 'the file with a kept zalo token cannot be read');
        return null;
      }
    },
    forget: () => {
      try {
        close();
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
