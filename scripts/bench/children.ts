import { fork, type ChildProcess } from 'node:child_process';
import { get } from 'node:http';
import { join } from 'node:path';

/** The processes of a measurement. Whatever happens, none outlives it. */
const alive = new Set<ChildProcess>();

process.on('exit', () => {
  for (const child of alive) child.kill('SIGKILL');
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

export interface Child {
  readonly process: ChildProcess;
  /** The last lines it wrote, for when it fails. */
  words(): string;
  kill(): Promise<void>;
}

export interface ChildOptions {
  readonly args?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** Starts a compiled file. Nothing of our environment reaches it but what is handed in. */
export function startChild(file: string, options: ChildOptions = {}): Child {
  const { PATH = '', HOME = '', BENCH_NODE_OPTIONS = '' } = process.env;
  const child = fork(file, [...(options.args ?? [])], {
    cwd: options.cwd ?? process.cwd(),
    env: { PATH, HOME, ...options.env },
    execArgv: BENCH_NODE_OPTIONS.split(' ').filter(Boolean),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  alive.add(child);
  const said: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (part: Buffer) => {
      said.push(part.toString());
      if (said.length > 40) said.shift();
    });
  const ended = new Promise<void>((resolve) => {
    child.once('exit', () => {
      alive.delete(child);
      resolve();
    });
  });
  return {
    process: child,
    words: () => said.join('').slice(-4_000),
    kill: async () => {
      child.kill('SIGKILL');
      await ended;
    },
  };
}

/** The next message of the child. Rejects when it ends instead. */
export function nextMessage<T>(child: Child): Promise<T> {
  return new Promise((resolve, reject) => {
    const ended = (): void => reject(new Error(`a process of the measurement ended: ${child.words()}`));
    child.process.once('exit', ended);
    child.process.once('message', (message) => {
      child.process.off('exit', ended);
      resolve(message as T);
    });
  });
}

/** Sends an order to a child that answers `{ result }` or `{ error }`. */
export async function ask<T>(child: Child, order: object): Promise<T> {
  const answer = nextMessage<{ result: T; error?: string }>(child);
  child.process.send(order);
  const { result, error } = await answer;
  if (error !== undefined) throw new Error(error);
  return result;
}

/** A file of this folder, compiled. */
export function here(name: string): string {
  return join(__dirname, `${name}.js`);
}

/** The text at a path of a server on this machine; null when there is none. */
export function fetchText(port: number, path: string): Promise<string | null> {
  return new Promise((resolve) => {
    const req = get({ port, host: '127.0.0.1', path, agent: false }, (res) => {
      let text = '';
      res.setEncoding('utf8');
      res.on('data', (part: string) => (text += part));
      res.on('end', () => resolve(res.statusCode === 200 ? text : null));
    });
    req.on('error', () => resolve(null));
    req.setTimeout(3_000, () => req.destroy());
  });
}

/** Seconds of CPU the server has used with all its threads. */
export async function cpuSeconds(port: number): Promise<number> {
  const text = (await fetchText(port, '/metrics')) ?? '';
  const found = /^process_cpu_seconds_total (\S+)/m.exec(text)?.[1];
  return found === undefined ? NaN : Number(found);
}
