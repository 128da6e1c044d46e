import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { stopwatch } from '../../src/kernel/clock';
import { freePort } from '../support/redis';
import { Supervisor } from '../support/supervisor';

/** The program ends with `npm start`, whoever gets the signal: npm alone, as from a service manager, or the whole group. */

jest.setTimeout(120_000);

const ROOT = join(__dirname, '../..');
const LIMIT_MS = 15_000;

describe('npm start', () => {
  let npm: ChildProcess;
  let port: number;
  let dataDir: string;

  beforeEach(async () => {
    port = await freePort();
    dataDir = mkdtempSync(join(tmpdir(), 'npm-start-'));
    const { PATH, HOME } = process.env;
    npm = spawn('npm', ['start'], {
      cwd: ROOT,
      env: { PATH, HOME, PORT: String(port), DATA_DIR: dataDir, QUEUE_AFTER_SECONDS: '3600' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    });
    await new Promise<void>((resolve, reject) => {
      npm.stdout?.on('data', (said: Buffer) => said.includes('Ready: ') && resolve());
      npm.once('exit', (code) => reject(new Error(`npm start ended with ${code}`)));
    });
  });

  afterEach(() => {
    try {
      process.kill(-(npm.pid as number), 'SIGKILL');
    } catch (error) {
      // Nothing of the group is left, as it should be.
      expect((error as NodeJS.ErrnoException).code).toBe('ESRCH');
    }
    rmSync(dataDir, { recursive: true, force: true });
  });

  it.each([
    ['SIGTERM', 'npm'],
    ['SIGINT', 'npm'],
    ['SIGTERM', 'the process group'],
    ['SIGINT', 'the process group'],
  ] as const)('dies of %s to %s, with port and folder free', async (signal, whom) => {
    const npmEnd = new Promise((resolve) => npm.once('exit', resolve));
    const since = stopwatch();
    process.kill(whom === 'npm' ? (npm.pid as number) : -(npm.pid as number), signal);
    await npmEnd;
    await until(async () => !isAlive(-(npm.pid as number)));
    await until(() => isFree(port));
    expect(since()).toBeLessThan(LIMIT_MS);
    const next = new Supervisor({ dataDir });
    await next.start();
    expect(await next.terminate()).toMatchObject({ code: 0 });
  });
});

async function until(done: () => Promise<boolean>): Promise<void> {
  for (const since = stopwatch(); !(await done());) {
    if (since() > LIMIT_MS) throw new Error('the program lives on');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = createServer()
      .once('error', () => resolve(false))
      .listen(port, '127.0.0.1', () => probe.close(() => resolve(true)));
  });
}
