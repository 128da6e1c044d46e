/**
 * The embedded queue: BullMQ's PostgreSQL backend on PGlite, in a thread of this process, for running with nothing
 * installed. It keeps wake-ups only, never the truth: a folder that cannot be opened is thrown away and made anew, and a
 * folder that another program holds is left alone for a queue in memory. Starting takes seconds; nothing may wait for it.
 */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { copyTemplate, dropTemplate, keepTemplate } from './template';
import { createDatabaseFolder, openDatabase } from './pglite-database';
import type { PgliteDatabase } from './pglite-database';
import { PglitePool } from './pglite-pool';

export interface QueueEngine {
  /** Handed to BullMQ as its PostgreSQL pool. */
  readonly pool: PglitePool;
  readonly storage: 'folder' | 'memory';
  /** Resolves when the engine has ended by itself; a new one must then be started. Stays open after `stop()`. */
  readonly died: Promise<Error>;
  /** Closes the files. Twice is once. */
  stop(): Promise<void>;
}

export interface EmbeddedQueueOptions {
  /** Folder for the queue alone; null keeps it in memory. */
  readonly dir: string | null;
  /** Throw away what the folder holds. */
  readonly fresh?: boolean;
}

const CHECKPOINT_EVERY_MS = 5 * 60_000;
/** Statements after which dead rows are swept; about a day of an idle bot. */
const VACUUM_AFTER = 200_000;

/** Opens the queue of `dir`, making it when it is not there. Rejects only when even a queue in memory cannot be had. */
export async function startEmbeddedQueue(options: EmbeddedQueueOptions): Promise<QueueEngine> {
  const dir = options.dir !== null && takeLock(options.dir) ? options.dir : null;
  const { database, storage } = await open(dir, options.fresh ?? false);
  const pool = new PglitePool(database);
  const housekeeping = keepHouse(pool);
  void database.died.then((error) => {
    clearInterval(housekeeping);
    pool.fail(error);
  });
  let stopping: Promise<void> | null = null;
  async function stop(): Promise<void> {
    clearInterval(housekeeping);
    await database.close();
    if (dir !== null) rmSync(lockFile(dir), { force: true });
  }
  return { pool, storage, died: database.died, stop: () => (stopping ??= stop()) };
}

async function open(
  dir: string | null,
  fresh: boolean,
): Promise<{ database: PgliteDatabase; storage: 'folder' | 'memory' }> {
  if (dir !== null) {
    for (const again of [false, true, true]) {
      let folder: Awaited<ReturnType<typeof prepareFolder>> | null = null;
      try {
        folder = await prepareFolder(dir, fresh || again);
        return { database: await openDatabase(dir), storage: 'folder' };
      } catch {
        // Spoilt by a crash or by other hands, or the disk is full: wake-ups are re-made from the rows, so begin anew.
        if (folder === 'copied') await dropTemplate();
      }
    }
  }
  return { database: await openDatabase(null), storage: 'memory' };
}

/** The folder appears under its name only when it is whole, so a crash in the middle leaves nothing half-made behind. */
async function prepareFolder(dir: string, anew: boolean): Promise<'there' | 'copied' | 'made'> {
  if (anew) rmSync(dir, { recursive: true, force: true });
  if (existsSync(join(dir, 'PG_VERSION'))) return 'there';
  const making = `${dir}.new`;
  for (const old of [dir, making]) rmSync(old, { recursive: true, force: true });
  mkdirSync(making, { recursive: true });
  const copied = await copyTemplate(making);
  if (!copied) {
    await createDatabaseFolder(making);
    await keepTemplate(making);
  }
  renameSync(making, dir);
  return copied ? 'copied' : 'made';
}

/** PGlite runs neither autovacuum nor a checkpointer: without this the log of an old installation grows for ever. */
function keepHouse(pool: PglitePool): NodeJS.Timeout {
  let atCheckpoint = 0;
  let atVacuum = 0;
  return setInterval(() => {
    if (pool.statements === atCheckpoint) return;
    const sweep = pool.statements - atVacuum > VACUUM_AFTER;
    if (sweep) atVacuum = pool.statements;
    pool
      .query(sweep ? 'VACUUM (ANALYZE)' : 'CHECKPOINT')
      .then(() => (atCheckpoint = pool.statements))
      .catch((error: Error) => pool.fail(error));
  }, CHECKPOINT_EVERY_MS).unref();
}

const lockFile = (dir: string): string => `${dir}.pid`;

/** PGlite lets two processes open one folder and spoil it. False: another living process has it, or we may not write there. */
function takeLock(dir: string): boolean {
  try {
    mkdirSync(dirname(dir), { recursive: true });
    if (existsSync(lockFile(dir))) {
      const holder = Number(readFileSync(lockFile(dir), 'utf8'));
      if (holder !== process.pid && isAlive(holder)) return false;
    }
    writeFileSync(lockFile(dir), String(process.pid));
    return true;
  } catch {
    // A folder we cannot write is no folder for a queue; memory serves until the next start.
    return false;
  }
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
