import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, mkdtemp, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { transformFile } from '@swc/core';

/**
 * The embedded document store as a process of its own, for tests with two processes or with a killed one. The sources
 * are compiled into a folder of their own first, so the test never meets a stale or half-built `dist`.
 */
const ROOT = join(__dirname, '..', '..');
const SOURCES = ['src/embedded/mongo', 'src/embedded', 'src/kernel'];

/** Compiles the store; answers the folder that stands for the root of the repository. Remove it when done. */
export async function compileStore(): Promise<string> {
  const out = await mkdtemp(join(tmpdir(), 'store-js-'));
  await symlink(join(ROOT, 'node_modules'), join(out, 'node_modules'), 'junction');
  for (const folder of SOURCES) await compileFolder(folder, out);
  await writeFile(join(out, 'child.js'), CHILD);
  return out;
}

async function compileFolder(folder: string, out: string): Promise<void> {
  for (const entry of await readdir(join(ROOT, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && folder === 'src/embedded/mongo') await compileFolder(path, out);
    if (!entry.isFile() || !path.endsWith('.ts')) continue;
    const { code } = await transformFile(join(ROOT, path), { filename: join(ROOT, path) });
    const target = join(out, path.replace(/\.ts$/, '.js'));
    await mkdir(dirname(target), { recursive: true });
    await writeFile(target, code);
  }
}

/** Starts the store with the options in its argument, says READY with its address, stops when its input ends. */
const CHILD = `
const { startEmbeddedMongo } = require('./src/embedded/start.js');
const { openDataDir } = require('./src/embedded/data-dir.js');
const { dir, guard, ...options } = JSON.parse(process.argv[2]);
async function main() {
  const dataDir = guard ? await openDataDir(dir) : null;
  const place = dataDir ? { dir: dataDir.storeDir, token: dataDir.token } : { dir };
  const onError = (error) => console.log('ERROR ' + JSON.stringify({ code: error.code, facts: error.facts }));
  const store = await startEmbeddedMongo({ ...options, ...place, onError });
  if (dataDir) dataDir.announce(store.at);
  console.log('READY ' + store.uri);
  process.stdin.resume();
  process.stdin.on('end', async () => {
    await store.stop();
    if (dataDir) dataDir.release();
    process.exit(0);
  });
}
main().catch((error) => {
  console.log('FAILED ' + JSON.stringify({ code: error.code, facts: error.facts, message: error.message }));
  process.exit(1);
});
`;

export interface MongoProcess {
  readonly uri: string;
  readonly child: ChildProcess;
  /** What the process said after READY, line by line. */
  readonly lines: string[];
  /** Ends it at once, in the middle of whatever it does. */
  kill(): Promise<void>;
  /** Asks it to finish and waits. */
  stop(): Promise<void>;
}

export interface MongoProcessOptions {
  /** The folder `compileStore` answered. */
  readonly compiled: string;
  /** The store's folder; with `guard` the DATA_DIR around it. */
  readonly dir: string;
  /** Takes the lock of DATA_DIR and writes its address into it, as the server does. */
  readonly guard?: boolean;
  readonly thread?: boolean;
  /** Listens on this port, for those who know `token`, instead of a socket. */
  readonly port?: number;
  readonly token?: string;
  /** Where it finds a place for temporary files. */
  readonly tmpdir?: string;
  readonly compactBytes?: number;
}

/** Starts the process and waits until it listens; rejects with what it said when it could not start. */
export async function startMongoProcess({
  compiled,
  tmpdir: temporary,
  ...options
}: MongoProcessOptions): Promise<MongoProcess> {
  const child = spawn(process.execPath, [join(compiled, 'child.js'), JSON.stringify(options)], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: temporary === undefined ? process.env : { ...process.env, TMPDIR: temporary },
  });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const lines: string[] = [];
  const uri = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line.startsWith('READY ')) resolve(line.slice('READY '.length));
      else lines.push(line);
    });
    child.once('exit', (code) =>
      reject(new Error(`the store did not start (exit code ${code}): ${lines.join(' ')}`)),
    );
  });
  return {
    uri,
    child,
    lines,
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
    stop: async () => {
      child.stdin?.end();
      await ended;
    },
  };
}

/** Removes what `compileStore` made. */
export async function removeCompiled(folder: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
}
