import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { openToolStore } from '../../src/app/tool-store';
import { fetchText, startChild, type Child } from './children';
import { BEGINS, KEYS } from './events';

/** On which stores the program is measured: the embedded ones always, real ones when their addresses are given. */
export interface Engine {
  readonly name: string;
  readonly mongo: string | null;
  readonly redis: string | null;
}

export function engines(env: Readonly<Record<string, string | undefined>>): Engine[] {
  const mongo = env['TEST_MONGODB_URI'] || env['MONGODB_URI'] || null;
  const redis = env['TEST_REDIS_URL'] || env['REDIS_URL'] || null;
  const embedded: Engine = { name: 'embedded', mongo: null, redis: null };
  if (mongo && redis) return [embedded, { name: 'real', mongo, redis }];
  if (mongo) return [embedded, { name: 'mongodb+timers', mongo, redis }];
  if (redis) return [embedded, { name: 'redis+embedded', mongo, redis }];
  return [embedded];
}

/** Where one measured program lives: a folder and, on a real MongoDB, a database of its own; both removed at the end. */
export class Home {
  readonly dir = mkdtempSync(join(tmpdir(), 'bench-'));
  readonly env: Readonly<Record<string, string>>;

  constructor(engine: Engine, more: Readonly<Record<string, string>> = {}) {
    homes.add(this);
    this.env = {
      HOST: '127.0.0.1',
      PORT: '0',
      DATA_DIR: this.dir,
      LOG_LEVEL: 'error',
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      CLOCK_START: BEGINS,
      ZALO_APP_ID: KEYS.appId,
      ZALO_APP_SECRET: KEYS.appSecret,
      ZALO_OA_ID: KEYS.oaId,
      ZALO_OA_SECRET_KEY: KEYS.oaSecret,
      ZALO_ACCESS_TOKEN: 'bench-access',
      ZALO_REFRESH_TOKEN: 'bench-refresh',
      // Nobody listens there: whatever is sent by mistake goes nowhere.
      ZALO_OPENAPI_URL: 'http://127.0.0.1:9',
      ZALO_OAUTH_URL: 'http://127.0.0.1:9',
      ZALO_BUSINESS_URL: 'http://127.0.0.1:9',
      ...(engine.mongo ? { MONGODB_URI: ownDatabase(engine.mongo) } : {}),
      ...(engine.redis ? { REDIS_URL: engine.redis } : {}),
      ...more,
    };
  }

  store() {
    return openToolStore({
      embeddedStore: this.env['MONGODB_URI'] === undefined,
      DATA_DIR: this.dir,
      MONGODB_URI: this.env['MONGODB_URI'] ?? '',
    });
  }

  async remove(): Promise<void> {
    if (this.env['MONGODB_URI'] !== undefined) {
      const store = await this.store();
      for (const { name } of await store.connection.listCollections())
        await store.connection.collection(name).deleteMany({});
      await store.stop();
    }
    this.forget();
  }

  forget(): void {
    homes.delete(this);
    rmSync(this.dir, { recursive: true, force: true });
  }
}

const homes = new Set<Home>();
process.on('exit', () => {
  for (const home of homes) home.forget();
});

function ownDatabase(uri: string): string {
  const url = new URL(uri);
  url.pathname = `/bench_${randomBytes(6).toString('hex')}`;
  return url.href;
}

export interface Server {
  readonly child: Child;
  readonly port: number;
}

/** Starts a server that prints its address when ready, as the program does, and waits for it. */
export async function startServer(
  file: string,
  env: Readonly<Record<string, string>>,
  cwd: string,
): Promise<Server> {
  const child = startChild(file, { env, cwd });
  const port = await new Promise<number>((resolve, reject) => {
    let said = '';
    child.process.stdout?.on('data', (part: Buffer) => {
      said += part.toString();
      const found = /Ready: http:\/\/[^:]+:(\d+)/.exec(said)?.[1];
      if (found !== undefined) resolve(Number(found));
    });
    child.process.once('exit', () => reject(new Error(`the program did not start: ${child.words()}`)));
  });
  return { child, port };
}

/** How long the queue may take to come up. */
const QUEUE_UP_MS = 60_000;

/** Starts the program itself, and waits until its queue has come up too. */
export async function startProgram(home: Home): Promise<Server> {
  const server = await startServer(join(__dirname, '../../program.js'), home.env, home.dir);
  for (let waited = 0; waited < QUEUE_UP_MS; waited += 250) {
    const text = await fetchText(server.port, '/health/ready');
    const parts = text === null ? {} : (JSON.parse(text) as { parts: Record<string, { ok: boolean }> }).parts;
    if (parts['queue']?.ok === true) return server;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  throw new Error(`the program is not ready: ${server.child.words()}`);
}
