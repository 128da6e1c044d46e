import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { stopwatch } from '../../src/kernel/clock';
import { freePort } from './redis';

const ROOT = join(__dirname, '../..');

export interface SupervisorOptions {
  /** Configuration of the program; nothing else of this process's environment reaches it but PATH and HOME. */
  readonly env?: Readonly<Record<string, string>>;
  /** What is run; the compiled program when absent. */
  readonly entry?: string;
  /** Kept over restarts; a folder of its own, removed at the end, when absent. */
  readonly dataDir?: string;
  /** How long a start may take. */
  readonly readyLimitMs?: number;
}

/** What a running program says it stores in and is woken by. */
export interface Engines {
  readonly store: string;
  readonly queue: string;
}

/** How a life of the program ended. */
export interface Ending {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** From the signal to the end. */
  readonly ms: number;
}

/**
 * Starts the program as an operator does, in a process of its own on a free port, and ends it in every way there is.
 * Port and folder stay the same over its lives, and so does the log, which is collected.
 */
export class Supervisor {
  /** Every line the program wrote in all its lives. */
  readonly log: string[] = [];
  readonly dataDir: string;
  /** Lives so far. */
  lives = 0;
  private readonly ownsDir: boolean;
  private readonly entry: string;
  /** Chosen at the first start, then kept. */
  port = 0;
  private child: ChildProcess | null = null;
  private ended: Promise<Ending> = Promise.resolve({ code: null, signal: null, ms: 0 });
  private since = stopwatch();
  /** Where in the log the present life begins. */
  private bornAt = 0;

  constructor(private readonly options: SupervisorOptions = {}) {
    this.ownsDir = options.dataDir === undefined;
    this.dataDir = options.dataDir ?? mkdtempSync(join(tmpdir(), 'bot-'));
    this.entry = options.entry ?? join(ROOT, 'dist/program.js');
  }

  get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  get webhookUrl(): string {
    return `${this.url}/webhook/zalo`;
  }

  /** The configuration of the program, for tools that work on the same stores. */
  get env(): Readonly<Record<string, string>> {
    const { dataDir, port } = this;
    return { HOST: '127.0.0.1', PORT: String(port), DATA_DIR: dataDir, ...this.options.env };
  }

  get running(): boolean {
    return this.child !== null;
  }

  /** Starts the program and waits until it is ready. Resolves with the milliseconds that took; rejects with its last words. */
  async start(more: Readonly<Record<string, string>> = {}): Promise<number> {
    const ms = await this.startUnlessKilled(more);
    if (ms === null) throw new Error(`the program ended at its start:\n${this.lastWords()}`);
    return ms;
  }

  /**
   * As `start`, for a program that a message kept from its last life may kill at once: null when it was killed before
   * it was seen to be ready. An ending by itself rejects.
   */
  async startUnlessKilled(more: Readonly<Record<string, string>> = {}): Promise<number | null> {
    await this.launch(more);
    const since = stopwatch();
    const limit = this.options.readyLimitMs ?? 60_000;
    // Asking takes more of a busy machine than looking whether it has said so.
    while (!this.log.slice(this.bornAt).some(enginesIn) || !(await this.isReady())) {
      if (!this.child) {
        if ((await this.ended).signal === 'SIGKILL') return null;
        throw new Error(`the program ended at its start:\n${this.lastWords()}`);
      }
      if (since() > limit)
        throw new Error(`the program was not ready after ${limit} ms:\n${this.lastWords()}`);
      await new Promise((resolve) => setTimeout(resolve, 25));
    }
    const ms = since();
    this.checkEngines(await this.saidEngines(), more);
    return ms;
  }

  /** The engines the present life of the program said it is on. Throws when it does not say so within 30 s. */
  async saidEngines(): Promise<Engines> {
    const since = stopwatch();
    for (;;) {
      for (const line of this.log.slice(this.bornAt)) {
        const said = enginesIn(line);
        if (said) return said;
      }
      if (since() > 30_000)
        throw new Error(`the program did not say which engines it is on:\n${this.lastWords()}`);
      // The answer to «ready?» may overtake the line in the log.
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  }

  /** Engines that nobody asked for would make a run on MongoDB or Redis repeat the embedded one. */
  private checkEngines(said: Engines, more: Readonly<Record<string, string>>): void {
    const asked = enginesAskedBy({ ...this.env, ...more });
    const isAsked = said.store === asked.store && (said.queue === 'redis') === (asked.queue === 'redis');
    const shown = `store ${said.store}, queue ${said.queue}`;
    if (!isAsked)
      throw new Error(`asked for store ${asked.store} and queue ${asked.queue}; it runs on ${shown}`);
    const report = process.env['TEST_ENGINES_FILE'];
    if (report) appendFileSync(report, `${shown}\n`);
  }

  /** Starts the program without waiting for it; for starts that are meant to be refused. */
  async launch(more: Readonly<Record<string, string>> = {}): Promise<void> {
    if (this.child) throw new Error('the program is running already');
    if (!existsSync(this.entry)) throw new Error(`${this.entry} is missing; run: npm run build`);
    if (this.port === 0) this.port = await freePort();
    const { PATH = '', HOME = '' } = process.env;
    const child = spawn(process.execPath, [this.entry], {
      cwd: ROOT,
      env: { PATH, HOME, ...this.env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    this.child = child;
    this.bornAt = this.log.length;
    this.lives += 1;
    for (const stream of [child.stdout, child.stderr])
      createInterface({ input: stream }).on('line', (line) => this.log.push(line));
    this.ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        if (this.child === child) this.child = null;
        // A death nobody asked for is told with the last words of the program.
        this.log.push(`ended with ${signal ?? `code ${code}`}`);
        resolve({ code, signal, ms: this.since() });
      });
    });
  }

  /** Resolves when the present life ends by itself. */
  get end(): Promise<Ending> {
    return this.ended;
  }

  /** `kill -9`. Resolves when it is gone. */
  kill(): Promise<Ending> {
    return this.signal('SIGKILL');
  }

  /** What a deployment does. Resolves with how it ended; the caller judges. A program that ignores it is killed after the limit. */
  async terminate(limitMs = 30_000): Promise<Ending> {
    const timer = setTimeout(() => this.child?.kill('SIGKILL'), limitMs);
    const ending = await this.signal('SIGTERM');
    clearTimeout(timer);
    return ending;
  }

  /** From now on a failpoint that waits (`…:later`) counts. */
  arm(): void {
    this.child?.kill('SIGUSR2');
  }

  freeze(): void {
    this.child?.kill('SIGSTOP');
  }

  thaw(): void {
    this.child?.kill('SIGCONT');
  }

  /** Kills and starts again. Resolves with the milliseconds from the start to ready. */
  async killAndStart(more: Readonly<Record<string, string>> = {}): Promise<number> {
    await this.kill();
    return this.start(more);
  }

  async isReady(): Promise<boolean> {
    return (await this.get('/health/ready'))?.status === 200;
  }

  /** An answer of the program's; null when there was none within 2 s. */
  async get(
    path: string,
    headers: Record<string, string> = {},
    patienceMs = 2_000,
  ): Promise<{ status: number; body: string } | null> {
    try {
      const answer = await fetch(this.url + path, { headers, signal: AbortSignal.timeout(patienceMs) });
      return { status: answer.status, body: await answer.text() };
    } catch {
      // Not listening, or gone in the middle: the caller is told by null.
      return null;
    }
  }

  /** The value of one line of `/metrics`; null when there is none. */
  async metric(name: string, labels = ''): Promise<number | null> {
    const text = (await this.get('/metrics'))?.body ?? '';
    const line = text.split('\n').find((each) => each.startsWith(`${name}${labels} `));
    return line === undefined ? null : Number(line.slice(line.lastIndexOf(' ') + 1));
  }

  /** Lines of the log that hold any of these words; for canaries. */
  linesWith(...words: string[]): string[] {
    return this.log.filter((line) => words.some((word) => line.includes(word)));
  }

  lastWords(count = 30): string {
    return this.log.slice(-count).join('\n');
  }

  /** Ends the program, whatever state it is in, and removes its folder. */
  async close(): Promise<void> {
    if (this.child) {
      this.thaw();
      await this.kill();
    }
    if (this.ownsDir) rmSync(this.dataDir, { recursive: true, force: true });
  }

  private signal(name: NodeJS.Signals): Promise<Ending> {
    this.since = stopwatch();
    this.child?.kill(name);
    return this.ended;
  }
}

/** The engines a program with this configuration must say it is on. */
export function enginesAskedBy(env: Readonly<Record<string, string | undefined>>): Engines {
  return { store: env['MONGODB_URI'] ? 'mongodb' : 'embedded', queue: env['REDIS_URL'] ? 'redis' : 'timers' };
}

/** What the line that says «ready» tells of the engines; null for any other line. */
function enginesIn(line: string): Engines | null {
  if (!line.startsWith('{') || !line.includes('"ready"')) return null;
  const { msg, store, queue } = JSON.parse(line) as Record<string, unknown>;
  return msg === 'ready' && typeof store === 'string' && typeof queue === 'string' ? { store, queue } : null;
}
