import { createRequire } from 'node:module';
import { existsSync, readFileSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/**
 * A new database takes seconds of a whole core to make, and every new one is like the last. The first is kept beside
 * the libraries it was made with and copied from then on. Nothing depends on it: without it, or where it cannot be
 * written, a database is made as before.
 */

const resolve = createRequire(__filename).resolve;

const LIBRARY = join('node_modules', '@electric-sql', 'pglite');

/** Where the template of the installed library's version stands; null when the libraries are not in a `node_modules` folder. */
function templateFolder(): string | null {
  const entry = resolve('@electric-sql/pglite');
  const at = entry.lastIndexOf(LIBRARY);
  if (at < 0) return null;
  const root = entry.slice(0, at);
  const { version } = JSON.parse(readFileSync(join(root, LIBRARY, 'package.json'), 'utf8')) as {
    version: string;
  };
  return join(root, 'node_modules', '.cache', `queue-template-${version}`);
}

/** Fills `folder` with the files of a new database. False when there is no template; the folder is then as it was. */
export async function copyTemplate(folder: string): Promise<boolean> {
  const template = templateFolder();
  if (template === null || !existsSync(join(template, 'PG_VERSION'))) return false;
  try {
    await cp(template, folder, { recursive: true });
    return true;
  } catch {
    // Half a copy is no database: begin with an empty folder.
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
    return false;
  }
}

/** Keeps a new, never used database as the template. It appears under its name only when it is whole. */
export async function keepTemplate(folder: string): Promise<void> {
  const template = templateFolder();
  if (template === null || existsSync(template)) return;
  const half = `${template}.${process.pid}`;
  try {
    await mkdir(dirname(template), { recursive: true });
    await cp(folder, half, { recursive: true });
    await rename(half, template);
  } catch {
    // No place to keep it, or another process was first: the next one is made as this one was.
    await rm(half, { recursive: true, force: true }).catch(() => undefined);
  }
}

/** Forgets the template, for when a database copied from it could not be opened. */
export async function dropTemplate(): Promise<void> {
  const template = templateFolder();
  if (template !== null) await rm(template, { recursive: true, force: true }).catch(() => undefined);
}
