/**
 * Pictures and documents, kept as files under the name of their content: `<sha256>.<extension>`. The same bytes are kept
 * once, a file that is named is whole (it is written aside and then renamed), and nothing here knows what it is for.
 * Imports the kernel only.
 */
import { randomUUID } from 'node:crypto';
import { mkdir, open, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { AppError } from '../kernel/errors';
import { sha256Hex } from '../kernel/ids';

export interface StoredMedia {
  readonly bytes: Buffer;
  /** The name it was asked by. */
  readonly name: string;
}

export interface MediaStore {
  /**
   * Keeps the bytes and answers their name. Throws `bad_request` for nothing at all or an extension that is none,
   * `body_too_large` for more than the limit.
   */
  put(bytes: Buffer, extension: string): Promise<string>;
  /** Throws `not_found` for a name that is none or unknown, and for a file that is not what its name says. */
  read(name: string): Promise<StoredMedia>;
  /** For what nothing names any more. A file that is gone already is no fault. */
  remove(name: string): Promise<void>;
  /** Removes what processes that died have left half-written, an hour ago or before; answers how many. `now` is the machine's time. */
  sweepHalfWritten(now: Date): Promise<number>;
}

/** Twice what Zalo takes or hands out in one file. */
const MEDIA_MAX = 10 * 1024 * 1024;
const EXTENSION = /^[a-z0-9]{1,8}$/;
const NAME = /^([0-9a-f]{64})\.([a-z0-9]{1,8})$/;
/** Files written aside by a process that died. */
const HALF = '.half';
const HALF_OLD_MS = 3_600_000;

/** `dir` is made when the first file is kept. `max`: bytes of one file at most. */
export function createMediaStore(dir: string, options: { readonly max?: number } = {}): MediaStore {
  const max = options.max ?? MEDIA_MAX;
  const place = (name: string): string => join(dir, name.slice(0, 2), name);
  return {
    async put(bytes, given) {
      const extension = given.replace(/^\./, '').toLowerCase();
      if (!EXTENSION.test(extension)) throw new AppError('bad_request', { what: 'media extension' });
      if (bytes.length === 0) throw new AppError('bad_request', { what: 'empty media' });
      if (bytes.length > max) throw new AppError('body_too_large', { bytes: bytes.length });
      const name = `${sha256Hex(bytes)}.${extension}`;
      if ((await sizeOf(place(name))) !== bytes.length) await writeWhole(place(name), bytes);
      return name;
    },
    async read(name) {
      const [, hash] = NAME.exec(name) ?? [];
      if (hash === undefined) throw new AppError('not_found', { what: 'media' });
      const bytes = await readFile(place(name)).catch((error: unknown) => {
        if ((error as { code?: string }).code === 'ENOENT') throw new AppError('not_found', { media: name });
        throw error;
      });
      if (sha256Hex(bytes) !== hash) throw new AppError('not_found', { media: name, why: 'broken' });
      return { bytes, name };
    },
    async remove(name) {
      if (NAME.test(name)) await rm(place(name), { force: true });
    },
    sweepHalfWritten: (now) => sweep(dir, now),
  };
}

async function sizeOf(path: string): Promise<number | null> {
  try {
    return (await stat(path)).size;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return null;
    throw error;
  }
}

/** Two that write the same content rename the same bytes to the same name: either may be last. */
async function writeWhole(path: string, bytes: Buffer): Promise<void> {
  const folder = join(path, '..');
  await mkdir(folder, { recursive: true });
  const aside = join(folder, `${randomUUID()}${HALF}`);
  try {
    const file = await open(aside, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(aside, path);
  } catch (error) {
    await rm(aside, { force: true });
    throw error;
  }
}

async function sweep(dir: string, now: Date): Promise<number> {
  let removed = 0;
  const folders = await readdir(dir).catch((error: unknown) => {
    if ((error as { code?: string }).code === 'ENOENT') return [];
    throw error;
  });
  for (const folder of folders.filter((each) => /^[0-9a-f]{2}$/.test(each)))
    for (const file of await readdir(join(dir, folder)))
      if (file.endsWith(HALF) && (await isOld(join(dir, folder, file), now))) {
        await rm(join(dir, folder, file), { force: true });
        removed += 1;
      }
  return removed;
}

/** One that is gone meanwhile was whole: its writer has renamed it. */
async function isOld(path: string, now: Date): Promise<boolean> {
  try {
    return now.getTime() - (await stat(path)).mtimeMs > HALF_OLD_MS;
  } catch (error) {
    if ((error as { code?: string }).code === 'ENOENT') return false;
    throw error;
  }
}
