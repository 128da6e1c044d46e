import { spawn, spawnSync } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';

/** Whether a Redis can be started here; tests that stop and freeze one need it, and are skipped by name without. */
export const hasRedisServer = spawnSync('redis-server', ['--version']).status === 0;

/** The address of an empty Redis: a database on TEST_REDIS_URL, else a server of the test's own, to be ended by the test. */
export async function someRedis(): Promise<{ readonly url: string; end(): Promise<void> }> {
  const { TEST_REDIS_URL: url = '' } = process.env;
  if (url !== '') return { url: await emptyRedis(url), end: () => Promise.resolve() };
  return RedisServer.start('--maxmemory-policy', 'noeviction');
}

/** Whether `someRedis` can give one. */
export const hasSomeRedis = hasRedisServer || (process.env['TEST_REDIS_URL'] ?? '') !== '';

/** A port nobody listens on. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A database of this worker's own on a shared Redis, emptied. */
export async function emptyRedis(url: string): Promise<string> {
  const own = new URL(url);
  own.pathname = `/${8 + (Number(process.env['JEST_WORKER_ID'] ?? '0') % 8)}`;
  const client = new Redis(own.href, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    await client.flushdb();
  } finally {
    client.disconnect();
  }
  return own.href;
}

/** Every key of a Redis with all that stands in it. */
export async function everythingIn(url: string): Promise<[string, string][]> {
  const client = new Redis(url, { maxRetriesPerRequest: 1 });
  client.on('error', () => undefined);
  try {
    const read: Record<string, (key: string) => Promise<unknown>> = {
      string: (key) => client.get(key),
      hash: (key) => client.hgetall(key),
      list: (key) => client.lrange(key, 0, -1),
      set: (key) => client.smembers(key),
      zset: (key) => client.zrange(key, '0', '-1'),
      stream: (key) => client.xrange(key, '-', '+'),
    };
    return await Promise.all(
      (await client.keys('*')).map(async (key): Promise<[string, string]> => {
        const type = await client.type(key);
        // A key may have run out since it was listed; its type is «none» then.
        return [key, JSON.stringify((await read[type]?.(key)) ?? null)];
      }),
    );
  } finally {
    client.disconnect();
  }
}

/** One command on a connection of its own. */
export async function redisCommand(url: string, name: string, ...args: string[]): Promise<unknown> {
  // A client that was refused waits so long for a close that has been, and holds the process up.
  const client = new Redis(url, { lazyConnect: true, retryStrategy: () => null, disconnectTimeout: 100 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return await client.call(name, ...args);
  } finally {
    client.disconnect();
  }
}

/** A Redis of the test's own, kept nowhere, on a free port: to be killed, frozen, filled and emptied. */
export class RedisServer {
  private process: ChildProcess | null = null;
  private readonly dir = mkdtempSync(join(tmpdir(), 'redis-'));

  private constructor(readonly port: number) {}

  static async start(...settings: string[]): Promise<RedisServer> {
    const server = new RedisServer(await freePort());
    await server.restart(...settings);
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.port}`;
  }

  /** Starts it, empty, and waits until it answers. */
  async restart(...settings: string[]): Promise<void> {
    const base = ['--port', String(this.port), '--bind', '127.0.0.1', '--dir', this.dir, '--save', ''];
    this.process = spawn('redis-server', [...base, ...settings], { stdio: 'ignore' });
    for (let i = 0; i < 100; i++) {
      const answer = await this.command('PING').catch(() => null);
      if (answer === 'PONG') return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error(`redis-server did not answer on port ${this.port}`);
  }

  command(name: string, ...args: string[]): Promise<unknown> {
    return redisCommand(this.url, name, ...args);
  }

  /** `kill -9`, and waits until it is gone. */
  async kill(): Promise<void> {
    const process = this.process;
    this.process = null;
    if (!process || process.exitCode !== null) return;
    const gone = new Promise((resolve) => process.once('exit', resolve));
    process.kill('SIGKILL');
    await gone;
  }

  freeze(): void {
    this.process?.kill('SIGSTOP');
  }

  thaw(): void {
    this.process?.kill('SIGCONT');
  }

  async end(): Promise<void> {
    await this.kill();
    rmSync(this.dir, { recursive: true, force: true });
  }
}
