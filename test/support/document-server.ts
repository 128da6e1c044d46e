import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { compileStore, removeCompiled, startMongoProcess, type MongoProcess } from './mongo-process';
import { freePort } from './redis';
import { TcpProxy } from './tcp-proxy';

const SECRET = 'faults';

/**
 * The document store as a server of its own, for the scenarios in which it is away: the embedded engine in a process
 * that can be killed and frozen, behind a proxy that can be slow. Its files and its port stay the same over its lives.
 */
export class DocumentServer {
  private constructor(
    private readonly compiled: string,
    private readonly dir: string,
    private readonly port: number,
    readonly proxy: TcpProxy,
    private process: MongoProcess,
  ) {}

  static async start(): Promise<DocumentServer> {
    const [compiled, dir, port] = await Promise.all([
      compileStore(),
      mkdtemp(join(tmpdir(), 'documents-')),
      freePort(),
    ]);
    const process = await startMongoProcess({ compiled, dir, port, token: SECRET });
    return new DocumentServer(compiled, dir, port, await TcpProxy.open(port), process);
  }

  /** What the program needs to work on it, through the proxy. */
  get env(): Readonly<Record<string, string>> {
    return {
      MONGODB_URI: `mongodb://store:${SECRET}@127.0.0.1:${this.proxy.port}/faults?directConnection=true&authMechanism=PLAIN`,
      ENCRYPTION_KEY: this.key,
    };
  }

  /** `kill -9`, and waits until it is gone. */
  kill(): Promise<void> {
    return this.process.kill();
  }

  /** Starts it again on the same files; resolves when it takes connections. */
  async restart(): Promise<void> {
    this.process = await startMongoProcess({
      ...{ compiled: this.compiled, dir: this.dir, port: this.port, token: SECRET },
    });
  }

  freeze(): void {
    this.process.child.kill('SIGSTOP');
  }

  thaw(): void {
    this.process.child.kill('SIGCONT');
  }

  async end(): Promise<void> {
    this.thaw();
    await this.process.kill();
    await this.proxy.close();
    await removeCompiled(this.compiled);
    await rm(this.dir, { recursive: true, force: true });
  }

  private readonly key = randomBytes(32).toString('base64');
}
