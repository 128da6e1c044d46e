import { randomBytes } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  statSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { AppError, messageOf } from '../kernel/errors';
import { answersTo } from './mongo/probe';
import { processStart, runs } from './process-start';
import { startEmbeddedMongo, uriOf } from './start';

/**
 * The guard of DATA_DIR: at most one program has the folder open. Its lock file names the process, when that process
 * began, and where its document store listens, so a tool can reach the store of a running server instead of its files.
 * A lock left behind by a crash is taken over, also when its process id has meanwhile been given to another program; so
 * is one that came with a copy of the folder, since a lock is good for the folder it was made in and no other.
 */
export interface DataDir {
  readonly dir: string;
  /** Where the document store keeps its files. */
  readonly storeDir: string;
  /** The secret to start the store with, by which tools and the store recognise each other. */
  readonly token: string;
  /** Writes where the document store listens (its socket or port) into the lock, so that tools find it. */
  announce(at: string | number): void;
  /** Gives the folder free. A second call does nothing. */
  release(): void;
}

interface Lock {
  readonly pid: number;
  /** When the process began, in ticks since the machine did; null where the system does not say. */
  readonly started: string | null;
  readonly token: string;
  /** The folder itself, whatever it is called; null where the lock does not say. */
  readonly folder: string | null;
  /** The store's socket, seen from the folder, or its port; null until it listens. */
  readonly at: string | number | null;
}

const LOCK = 'lock.json';
/** Held only while a lock is judged and written. */
const DOOR = 'lock.door';
const DOOR_TRIES = 100;
const DOOR_WAIT_MS = 50;

/** Tokens of the locks this process holds: its own id in a lock without one of these is that of an earlier process. */
const held = new Set<string>();

/** Opens the folder for this process alone. Throws `data_dir_in_use` with the `pid` of the other, or `data_dir_unwritable`. */
export async function openDataDir(dir: string): Promise<DataDir> {
  const folder = resolve(dir);
  await enter(folder);
  try {
    const present = readLock(folder);
    if (present !== null && (await isAlive(folder, present)))
      throw new AppError('data_dir_in_use', { pid: present.pid });
    const lock: Lock = {
      pid: process.pid,
      started: processStart(process.pid),
      token: randomBytes(16).toString('hex'),
      folder: identityOf(folder),
      at: null,
    };
    writeLock(folder, lock);
    held.add(lock.token);
    return opened(folder, lock);
  } finally {
    remove(join(folder, DOOR));
  }
}

function opened(folder: string, lock: Lock): DataDir {
  return {
    dir: folder,
    storeDir: join(folder, 'mongo'),
    token: lock.token,
    announce: (at) => writeLock(folder, { ...lock, at: typeof at === 'string' ? relative(folder, at) : at }),
    release: () => {
      if (!held.delete(lock.token)) return;
      if (readLock(folder)?.token === lock.token) remove(join(folder, LOCK));
    },
  };
}

/** The document store of the program that has the folder open; null when none has, or its store does not answer. */
export async function findRunning(dir: string): Promise<{ uri: string } | null> {
  const folder = resolve(dir);
  const lock = readLock(folder);
  if (lock === null || lock.at === null || !isOf(folder, lock)) return null;
  const at = whereabouts(folder, lock.at);
  return (await answersTo(at, lock.token)) ? { uri: uriOf(at, lock.token) } : null;
}

function whereabouts(folder: string, at: string | number): string | number {
  return typeof at === 'string' ? resolve(folder, at) : at;
}

/** What stays the same while a folder is renamed, and is another in every copy of it. */
function identityOf(folder: string): string {
  const { dev, ino } = statSync(folder, { bigint: true });
  return `${dev}:${ino}`;
}

function isOf(folder: string, lock: Lock): boolean {
  return lock.folder === null || lock.folder === identityOf(folder);
}

export interface ToolsStore {
  readonly uri: string;
  /** Nothing was ever stored in it. */
  readonly empty: boolean;
  stop(): Promise<void>;
}

/**
 * The document store of the folder, for tools: that of the running program where there is one, else one started here,
 * which `stop` stops again. A program that is just starting or stopping is waited for, ten seconds at most.
 */
export async function openStore(options: { readonly dir: string }): Promise<ToolsStore> {
  for (let tries = 1; ; tries++) {
    const running = await findRunning(options.dir);
    if (running !== null) return { uri: running.uri, empty: false, stop: () => Promise.resolve() };
    try {
      return await startOwn(options.dir);
    } catch (error) {
      if (tries >= DOOR_TRIES || !(error instanceof AppError) || error.code !== 'data_dir_in_use')
        throw error;
    }
    await pause(DOOR_WAIT_MS * 2);
  }
}

async function startOwn(dir: string): Promise<ToolsStore> {
  const dataDir = await openDataDir(dir);
  try {
    const store = await startEmbeddedMongo({ dir: dataDir.storeDir, token: dataDir.token });
    dataDir.announce(store.at);
    return {
      uri: store.uri,
      empty: store.empty,
      stop: async () => {
        await store.stop();
        dataDir.release();
      },
    };
  } catch (error) {
    dataDir.release();
    throw error;
  }
}

/** Takes the door, waiting for whoever has it; a door whose process is gone is opened by force. */
async function enter(folder: string): Promise<void> {
  const door = join(folder, DOOR);
  for (let tries = 1; ; tries++) {
    try {
      makeFolder(folder);
      writeFileSync(door, String(process.pid), { flag: 'wx', mode: 0o600 });
      return;
    } catch (error) {
      if (!hasCode(error, 'EEXIST'))
        throw new AppError('data_dir_unwritable', { dir: folder, reason: messageOf(error) });
    }
    const pid = Number(readText(door) ?? '');
    if (tries >= DOOR_TRIES || (pid > 0 && pid !== process.pid && !runs(pid))) remove(door);
    else await pause(DOOR_WAIT_MS);
  }
}

/** One level at a time: `recursive` never returns below folders that refuse new ones, such as /proc. */
function makeFolder(folder: string): void {
  if (existsSync(folder)) return;
  if (dirname(folder) !== folder) makeFolder(dirname(folder));
  try {
    mkdirSync(folder);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  }
}

async function isAlive(folder: string, lock: Lock): Promise<boolean> {
  if (!isOf(folder, lock)) return false;
  if (held.has(lock.token)) return true;
  if (lock.at !== null && (await answersTo(whereabouts(folder, lock.at), lock.token))) return true;
  if (lock.pid === process.pid || !runs(lock.pid)) return false;
  const started = processStart(lock.pid);
  if (started !== null && lock.started !== null) return started === lock.started;
  // The system does not say when that process began. One that had a store and does not answer for it is another.
  return lock.at === null;
}

function readLock(folder: string): Lock | null {
  const text = readText(join(folder, LOCK));
  if (text === null) return null;
  try {
    const lock = JSON.parse(text) as Partial<Lock>;
    if (typeof lock.pid !== 'number' || typeof lock.token !== 'string') return null;
    const { pid, token, started = null, folder: made = null, at = null } = lock;
    return { pid, token, started, folder: made, at };
  } catch {
    // Half a lock is what a machine that lost power leaves behind.
    return null;
  }
}

/** By way of another file, so that nobody reads half a lock. */
function writeLock(folder: string, lock: Lock): void {
  const path = join(folder, LOCK);
  try {
    writeFileSync(`${path}.new`, JSON.stringify(lock), { mode: 0o600 });
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new AppError('data_dir_unwritable', { dir: folder, reason: messageOf(error) });
  }
}

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null;
    throw new AppError('data_dir_unwritable', { dir: path, reason: messageOf(error) });
  }
}

function remove(path: string): void {
  try {
    unlinkSync(path);
  } catch (error) {
    if (!hasCode(error, 'ENOENT')) throw error;
  }
}

function hasCode(error: unknown, code: string): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === code;
}

/** A wait that keeps the process alive, unlike `sleep`: somebody is standing at the door. */
function pause(ms: number): Promise<void> {
  return new Promise((resume) => setTimeout(resume, ms));
}
