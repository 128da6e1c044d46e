import { spawn, type ChildProcess } from 'node:child_process';
import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { transformFile } from '@swc/core';
import type { Token, TokenHealth } from '../../src/channels/zalo/tokens';

/**
 * Processes of their own that hold the token of one account, and a token endpoint as strict as Zalo's: for tests of what
 * happens between processes, and to one that is killed.
 */
const ROOT = join(__dirname, '..', '..');
const SOURCES = ['src/channels', 'src/channels/zalo', 'src/observability'];
export const ACCOUNT = '2233445566778899001';
export const FIRST = { accessToken: 'at-0', refreshToken: 'rt-0' };

/** Compiles what such a process needs into a folder made by `compileStore`. */
export async function compileTokens(folder: string): Promise<void> {
  for (const source of SOURCES)
    for (const entry of await readdir(join(ROOT, source))) {
      if (!entry.endsWith('.ts')) continue;
      const path = join(source, entry);
      const { code } = await transformFile(join(ROOT, path), { filename: join(ROOT, path) });
      const target = join(folder, path.replace(/\.ts$/, '.js'));
      await mkdir(dirname(target), { recursive: true });
      await writeFile(target, code);
    }
  await writeFile(join(folder, 'tokens-child.js'), CHILD);
}

/** Answers each line of its input, `renew 3` or `tend`, with one line of JSON. */
const CHILD = `
const mongoose = require('mongoose');
const { createInterface } = require('node:readline');
const { createOAuth } = require('./src/channels/zalo/oauth.js');
const { createTokenJournal } = require('./src/channels/zalo/token-journal.js');
const { createTokenRepo } = require('./src/channels/zalo/tokens.repo.js');
const { createZaloTokens } = require('./src/channels/zalo/tokens.js');
const { armFailpoint } = require('./src/kernel/failpoint.js');
const { systemClock } = require('./src/kernel/clock.js');
const { silentLog } = require('./src/observability/logger.js');
const { uri, base, key, owner, journal, failpoint, account, first, leaseMs } = JSON.parse(process.argv[2]);
async function main() {
  const connection = await mongoose.createConnection(uri, { dbName: 'tokens', autoIndex: false, autoCreate: false }).asPromise();
  const tokens = createZaloTokens({
    repo: createTokenRepo(connection, account),
    oauth: createOAuth({ baseUrl: base, appId: '1', appSecret: 'secret', timeoutMs: 2000 }),
    encryptionKey: Buffer.from(key, 'base64'), accountId: account, clock: systemClock, log: silentLog,
    owner, first, leaseMs, againMs: () => 0, journal: journal ? createTokenJournal(journal, silentLog) : undefined,
  });
  armFailpoint(failpoint || '');
  const verbs = {
    current: () => tokens.current(),
    renew: (generation) => tokens.renew(generation),
    tend: () => tokens.tend(),
  };
  createInterface({ input: process.stdin }).on('line', async (line) => {
    const [id, verb, argument] = line.split(' ');
    const answer = await verbs[verb](Number(argument)).then((token) => ({ token }), (error) => ({ code: error.code || error.message }));
    console.log(JSON.stringify({ id, ...answer, health: tokens.health() }));
  }).on('close', () => process.exit(0));
  console.log('READY');
}
main().catch((error) => { console.error(error); process.exit(1); });
`;

export interface Said {
  readonly token?: Token;
  /** Of the error, when there was one. */
  readonly code?: string;
  readonly health: TokenHealth;
}

export interface TokenProcessOptions {
  readonly compiled: string;
  readonly uri: string;
  readonly base: string;
  readonly key: Buffer;
  readonly owner: string;
  readonly journal?: string;
  readonly failpoint?: string;
  readonly leaseMs?: number;
}

export class TokenProcess {
  private readonly waiting = new Map<string, (said: Said | null) => void>();
  private asked = 0;
  readonly ended: Promise<void>;

  private constructor(
    private readonly child: ChildProcess,
    ready: () => void,
  ) {
    createInterface({ input: child.stdout as NodeJS.ReadableStream }).on('line', (line) => {
      if (line === 'READY') return ready();
      const { id, ...said } = JSON.parse(line) as Said & { id: string };
      this.waiting.get(id)?.(said);
      this.waiting.delete(id);
    });
    this.ended = new Promise((resolve) =>
      child.once('exit', () => {
        for (const tell of this.waiting.values()) tell(null);
        this.waiting.clear();
        resolve();
      }),
    );
  }

  /** Resolves once it is connected to the store; it has read nothing yet. */
  static start(options: TokenProcessOptions): Promise<TokenProcess> {
    const { compiled, key, ...rest } = options;
    const spec = { ...rest, key: key.toString('base64'), account: ACCOUNT, first: FIRST };
    const child = spawn(process.execPath, [join(compiled, 'tokens-child.js'), JSON.stringify(spec)], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    return new Promise((resolve, reject) => {
      child.once('exit', (code) => reject(new Error(`a process with the token ended at its start: ${code}`)));
      const made: TokenProcess = new TokenProcess(child, () => resolve(made));
    });
  }

  /** Null when the process died before it could answer. */
  say(words: string): Promise<Said | null> {
    this.asked += 1;
    const id = String(this.asked);
    return new Promise((resolve) => {
      this.waiting.set(id, resolve);
      this.child.stdin?.write(`${id} ${words}\n`, () => undefined);
    });
  }

  async kill(): Promise<void> {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  async stop(): Promise<void> {
    this.child.stdin?.end();
    await this.ended;
  }
}

/** Zalo's token endpoint: a refresh token works once, and a new pair ends the access token before it. */
export class TokenEndpoint {
  /** What every call got: the refresh token it came with, and whether it was given a pair. */
  readonly calls: { readonly refreshToken: string; readonly gave: boolean }[] = [];
  /** What the next calls get onUnreachable: an answer that never comes, or that of a gateway, before or after the token was used up. */
  readonly trouble: ('500 before' | '500 after' | 'silence after')[] = [];
  /** Called when a pair has just been handed to the network. */
  onPair: () => void = () => undefined;
  private good = FIRST.refreshToken;
  private access = FIRST.accessToken;
  private made = 0;
  private server: Server | null = null;

  async listen(): Promise<string> {
    this.server = createServer((req, res) => {
      let body = '';
      req.on('data', (part: Buffer) => (body += part.toString()));
      req.on('end', () => this.answer(new URLSearchParams(body), res));
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** Pairs given. */
  get given(): number {
    return this.calls.filter(({ gave }) => gave).length;
  }

  isLive(token: Token | undefined): boolean {
    return token?.accessToken === this.access;
  }

  /** What a new consent gives; the pairs before it are dead. */
  consent(): { accessToken: string; refreshToken: string; livesMs: number } {
    this.made += 1;
    this.good = `rt-${this.made}`;
    this.access = `at-${this.made}`;
    return { accessToken: this.access, refreshToken: this.good, livesMs: 90_000_000 };
  }

  async close(): Promise<void> {
    this.server?.closeAllConnections();
    await new Promise((resolve) => this.server?.close(resolve));
  }

  private answer(form: URLSearchParams, res: ServerResponse): void {
    const refreshToken = form.get('refresh_token') ?? '';
    const trouble = this.trouble.shift();
    if (trouble === '500 before') {
      this.calls.push({ refreshToken, gave: false });
      res.writeHead(500).end('<html>');
      return;
    }
    if (refreshToken !== this.good) {
      this.calls.push({ refreshToken, gave: false });
      res.end(JSON.stringify({ error: -14014, error_name: 'Invalid refresh token' }));
      return;
    }
    this.calls.push({ refreshToken, gave: true });
    const pair = this.consent();
    if (trouble === 'silence after') return;
    if (trouble === '500 after') {
      res.writeHead(500).end('<html>');
      return;
    }
    const { accessToken: access_token, refreshToken: refresh_token } = pair;
    res.end(JSON.stringify({ access_token, refresh_token, expires_in: '90000' }), () => this.onPair());
  }
}
