import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, sep } from 'node:path';
import { repositoryRoot } from '../../src/kernel/root';

/**
 * The program in a process of its own, with its simulator, that tells what it enters and what it asks its store: V8's own
 * coverage, and the driver's own log of commands.
 */

const DIST = join(repositoryRoot(), 'dist', 'src');
/** Writes what was entered since the last time, when asked by a signal. */
const HOOK = 'data:text/javascript,import v8 from "node:v8"; process.on("SIGUSR2", () => v8.takeCoverage());';
/** What the compiler makes of an export: no function of ours. */
const EXPORTED = /^get (\w+)\s*\(\)\s*\{\s*return \1;\s*\}$/;

/** What the store is asked once the reply was accepted: for its echo and its receipts, which are events of their own. */
const OF_ECHOES =
  /"(?:oa_send_|user_received|user_seen)|"messageId":|"state":"sending","to"|"to":"[^"]*","state":"sending"/;

/** What the store did meanwhile; `bytes` of the embedded one. */
export interface Asked {
  readonly commands: number;
  readonly bytes: number;
  readonly ms: number;
}

interface Coverage {
  readonly result: readonly {
    readonly url: string;
    readonly functions: readonly {
      readonly functionName: string;
      readonly ranges: readonly {
        readonly count: number;
        readonly startOffset: number;
        readonly endOffset: number;
      }[];
    }[];
  }[];
}

export class MeasuredProgram {
  private commands = 0;
  private rest = '';

  private constructor(
    private readonly child: ChildProcess,
    /** A folder of its own, removed at the end. */
    readonly folder: string,
    private readonly url: string,
  ) {
    child.stderr?.on('data', (data: Buffer) => this.read(data.toString()));
  }

  static async start(env: Readonly<Record<string, string>> = {}): Promise<MeasuredProgram> {
    const folder = mkdtempSync(join(tmpdir(), 'path-'));
    const child = spawn(process.execPath, ['--import', HOOK, join(DIST, 'main.js')], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...{ PATH: process.env['PATH'], PORT: '0', DATA_DIR: join(folder, 'data'), LOG_FILE: '/dev/null' },
        ...{ NODE_V8_COVERAGE: join(folder, 'coverage'), GATHER_MS: '200' },
        // The driver tells every command, one JSON line each.
        ...{ MONGODB_LOG_COMMAND: 'debug', MONGODB_LOG_PATH: 'stderr' },
        ...env,
      },
    });
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.on('data', (data: Buffer) => {
        const ready = /Ready: (\S+)\/simulator/.exec(data.toString());
        if (ready) resolve(ready[1] as string);
      });
      child.once('exit', (code) => reject(new Error(`the program ended with ${code}`)));
    });
    return new MeasuredProgram(child, folder, url);
  }

  get dataDir(): string {
    return join(this.folder, 'data');
  }

  say(user: string, text: string): Promise<unknown> {
    return this.post('/simulator/say', { user, text });
  }

  moveTo(now: string): Promise<unknown> {
    return this.post('/simulator/clock', { now });
  }

  /** Claim codes of posts of this role, in units whose code begins so. */
  async codes(role: string, unit: string): Promise<string[]> {
    const answer = await fetch(`${this.url}/simulator/codes`);
    const { codes } = (await answer.json()) as { codes: { role: string; unit: string; code: string }[] };
    return codes.filter((one) => one.role === role && one.unit.startsWith(unit)).map(({ code }) => code);
  }

  /** Somebody takes a post with this code. */
  async claim(user: string, code: string | undefined): Promise<void> {
    if (code === undefined) throw new Error('there is no such post');
    await this.say(user, code);
    await this.say(user, 'đúng');
  }

  /** What the store was asked and wrote while the work was done. */
  async asked(work: () => Promise<unknown>): Promise<Asked> {
    this.commands = 0;
    const before = this.stored();
    const since = performance.now();
    await work();
    return { commands: this.commands, bytes: this.stored() - before, ms: performance.now() - since };
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Functions of the product entered since the last call, by file. */
  async entered(): Promise<Map<string, string[]>> {
    const folder = join(this.folder, 'coverage');
    const before = this.reports().length;
    this.child.kill('SIGUSR2');
    while (this.reports().length === before) await new Promise((resolve) => setTimeout(resolve, 50));
    await new Promise((resolve) => setTimeout(resolve, 200));
    const newest = this.reports().at(-1) as string;
    const { result } = JSON.parse(readFileSync(join(folder, newest), 'utf8')) as Coverage;
    const found = new Map<string, string[]>();
    for (const { url, functions } of result) {
      const file = relative(DIST, url.replace('file://', ''));
      if (file.startsWith('..') || /^(?:embedded|simulator)/.test(file.split(sep)[0] as string)) continue;
      const text = readFileSync(url.replace('file://', ''), 'utf8');
      const called = functions.filter(
        ({ ranges: [whole] }) =>
          whole && whole.count > 0 && !EXPORTED.test(text.slice(whole.startOffset, whole.endOffset)),
      );
      if (called.length > 0)
        found.set(
          file.replace(/\.js$/, ''),
          called.map(({ functionName }) => functionName),
        );
    }
    return found;
  }

  private reports(): string[] {
    const folder = join(this.folder, 'coverage');
    try {
      return readdirSync(folder).sort(
        (a, b) => statSync(join(folder, a)).mtimeMs - statSync(join(folder, b)).mtimeMs,
      );
    } catch {
      return [];
    }
  }

  /** Bytes of the embedded store's log. Room for coming frames is laid out in zeros behind the last one. */
  private stored(): number {
    const folder = join(this.folder, 'data', 'mongo');
    const files = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isFile());
    return files.reduce((sum, { name }) => {
      const bytes = readFileSync(join(folder, name));
      let end = bytes.length;
      while (end > 0 && bytes[end - 1] === 0) end -= 1;
      return sum + end;
    }, 0);
  }

  private read(text: string): void {
    const lines = (this.rest + text).split('\n');
    this.rest = lines.pop() ?? '';
    for (const line of lines)
      if (line.includes('Command started') && !OF_ECHOES.test(line)) this.commands += 1;
  }

  private async post(path: string, body: object): Promise<unknown> {
    const answer = await fetch(`${this.url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }
}
