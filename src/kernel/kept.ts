import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { repositoryRoot } from './root';

/**
 * What is worked out from texts that seldom change, and takes seconds, is kept in a file of `dist/learned` under a mark
 * of the texts and of the code that reads them. Another text, another rule or another Node has another mark, so nothing
 * kept is ever out of date; without the file, or where it cannot be written, it is worked out anew.
 */
export interface Kept<T> {
  /** Null: it was not worked out yet. */
  read(): T | null;
  /** Numbers, strings, maps, sets, lists and typed arrays of them. */
  write(made: T): void;
}

/** The folders whose code says how a text is read. */
const READING = ['understanding', 'knowledge', 'kernel'];
/** Reasons why a file is not there or cannot be written; with any other something is wrong. */
const MISSING = new Set(['ENOENT', 'ENOTDIR']);
const UNWRITABLE = new Set([
  ...['EROFS', 'EACCES', 'EPERM', 'ENOSPC', 'EDQUOT', 'ENOENT', 'ENOTDIR', 'EEXIST'],
]);

/** `name` is that of the file; `from` all it is made from. */
export function kept<T>(name: string, from: readonly string[]): Kept<T> {
  const folder = join(repositoryRoot(), 'dist', 'learned');
  const mark = createHash('sha256').update(codeMark());
  for (const text of from) mark.update(text).update('\0');
  const file = join(folder, `${name}-${mark.digest('hex').slice(0, 24)}`);
  return {
    read() {
      try {
        return deserialize(readFileSync(file)) as T;
      } catch (error) {
        if (MISSING.has(codeOf(error))) return null;
        throw error;
      }
    },
    write(made) {
      try {
        mkdirSync(folder, { recursive: true });
        // Another process that reads meanwhile sees the whole file or none.
        const draft = `${file}.${process.pid}`;
        writeFileSync(draft, serialize(made));
        renameSync(draft, file);
      } catch (error) {
        if (!UNWRITABLE.has(codeOf(error))) throw error;
      }
    },
  };
}

function codeOf(error: unknown): string {
  return (error as NodeJS.ErrnoException).code ?? '';
}

let known: string | null = null;

/** The same for the same code and the same Node. */
function codeMark(): string {
  if (known !== null) return known;
  const mark = createHash('sha256').update(process.versions.v8);
  for (const file of codeFiles()) mark.update(readFileSync(file));
  known = mark.digest('hex');
  return known;
}

/** The sources, or where only the bundle was delivered, that. */
function codeFiles(): string[] {
  const root = repositoryRoot();
  try {
    return READING.flatMap((folder) => {
      const path = join(root, 'src', folder);
      return readdirSync(path)
        .filter((name) => name.endsWith('.ts'))
        .sort()
        .map((name) => join(path, name));
    });
  } catch (error) {
    if (!MISSING.has(codeOf(error))) throw error;
    return [join(root, 'dist', 'program.js')];
  }
}
