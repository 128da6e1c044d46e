import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AppError } from '../kernel/errors';
import type { Config } from './config';

/**
 * The 32 bytes that protect tokens and phone numbers at rest: `ENCRYPTION_KEY`, or in embedded mode a key made once and
 * kept in DATA_DIR, readable by its owner only. Called twice, even by two programs at once, it gives the same key.
 */
export function encryptionKey(config: Pick<Config, 'ENCRYPTION_KEY' | 'DATA_DIR'>): Buffer {
  if (config.ENCRYPTION_KEY !== '') return Buffer.from(config.ENCRYPTION_KEY, 'base64');
  const file = join(config.DATA_DIR, 'encryption.key');
  try {
    mkdirSync(config.DATA_DIR, { recursive: true });
    writeFileSync(file, `${randomBytes(32).toString('base64')}\n`, { flag: 'wx', mode: 0o600 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      throw new AppError('data_dir_unwritable', { dir: config.DATA_DIR }, { cause: error });
  }
  const key = Buffer.from(readFileSync(file, 'utf8').trim(), 'base64');
  if (key.length !== 32)
    throw new AppError('config_invalid', {
      faults: [`${file} does not hold 32 bytes in base64; restore it from a backup, or set ENCRYPTION_KEY`],
    });
  return key;
}
