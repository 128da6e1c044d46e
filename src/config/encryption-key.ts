import { randomBytes } from 'node:crypto';
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { AppError, messageOf } from '../kernel/errors';
import type { Config } from './config';

/**
 * The 32 bytes that protect tokens and phone numbers at rest: `ENCRYPTION_KEY`, or in embedded mode a key that is made once
 * and kept in DATA_DIR, readable by its owner only. Whether it is the key of the data at hand is the caller's question.
 */
type Where = Pick<Config, 'ENCRYPTION_KEY' | 'DATA_DIR'>;

const keyFile = (config: Where): string => join(config.DATA_DIR, 'encryption.key');

/** The key that was configured, else the one kept in DATA_DIR, else null. Throws `config_invalid` when its file holds no key. */
export function readKey(config: Where): Buffer | null {
  return config.ENCRYPTION_KEY === '' ? keptKey(config) : Buffer.from(config.ENCRYPTION_KEY, 'base64');
}

/** The key kept in DATA_DIR, whatever is configured; null when there is none. */
export function keptKey(config: Where): Buffer | null {
  return readFile(keyFile(config));
}

/** A key that was made and, after a crash, not yet kept; null when there is none. */
export function unkeptKey(config: Where): Buffer | null {
  return readFile(`${keyFile(config)}.new`);
}

/** A new key, on the disk, but not yet the kept one; that of another program that was faster. */
export function makeKey(config: Where): Buffer {
  const target = `${keyFile(config)}.new`;
  const half = `${target}.${process.pid}`;
  try {
    mkdirSync(config.DATA_DIR, { recursive: true });
    const fd = openSync(half, 'w', 0o600);
    try {
      writeSync(fd, `${randomBytes(32).toString('base64')}\n`);
      fsyncSync(fd);
    } finally {
      closeSync(fd);
    }
    try {
      linkSync(half, target);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    unlinkSync(half);
  } catch (cause) {
    const facts = { dir: config.DATA_DIR, reason: messageOf(cause) };
    throw new AppError('data_dir_unwritable', facts, { cause });
  }
  return readFile(target) ?? makeKey(config);
}

/** Makes the key of `makeKey` the kept one. Twice is the same. */
export function keepKey(config: Where): void {
  try {
    renameSync(`${keyFile(config)}.new`, keyFile(config));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || keptKey(config) === null) throw error;
  }
}

function readFile(file: string): Buffer | null {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new AppError('data_dir_unwritable', { dir: file, reason: messageOf(error) }, { cause: error });
  }
  const key = Buffer.from(text.trim(), 'base64');
  if (key.length !== 32)
    throw new AppError('config_invalid', {
      faults: [`${file} does not hold 32 bytes in base64; restore it from a backup, or set ENCRYPTION_KEY`],
    });
  return key;
}
