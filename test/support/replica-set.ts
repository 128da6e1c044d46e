import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BSON } from 'bson';
import { compileStore, removeCompiled, startMongoProcess, type MongoProcess } from './mongo-process';
import { freePort } from './redis';
import { TcpProxy } from './tcp-proxy';

/**
 * Stands in for a MongoDB replica set of three: one store behind three members, each of which says in its `hello` who
 * they are and who of them is primary, and refuses everything else while it is not. Elections are made by hand.
 */
const MEMBERS = 3;
const NAME = 'rs';
const SECRET = 'secret-of-the-set';
/** What a member answers whatever its part; the rest is the primary's. */
const ANYBODY = new Set(['hello', 'ismaster', 'isMaster', 'ping', 'buildInfo', 'endSessions', 'saslStart']);
const NOT_PRIMARY = { ok: 0, code: 10_107, codeName: 'NotWritablePrimary', errmsg: 'not primary' };

export class ReplicaSet {
  private term = 1;
  private primary: number | null = 0;
  /** Whom the members take for primary: they go on naming a dead one until they have elected another. */
  private named: number | null = 0;

  private constructor(
    private readonly compiled: string,
    private readonly dir: string,
    private readonly store: MongoProcess,
    readonly members: readonly TcpProxy[],
  ) {
    members.forEach((member, n) => {
      member.rewrite = (truth, asked) => (isHello(asked) ? { ...truth, ...this.hello(n) } : truth);
      // The store behind them is no set and knows no quorum.
      member.edit = (asked) => ('commitQuorum' in asked ? without(asked, 'commitQuorum') : asked);
      member.intercept = (asked) =>
        n === this.primary || ANYBODY.has(Object.keys(asked)[0] ?? '') ? null : NOT_PRIMARY;
    });
  }

  static async start(): Promise<ReplicaSet> {
    const [compiled, dir, port] = await Promise.all([
      compileStore(),
      mkdtemp(join(tmpdir(), 'set-')),
      freePort(),
    ]);
    const store = await startMongoProcess({ compiled, dir, port, token: SECRET });
    const members = await Promise.all(Array.from({ length: MEMBERS }, () => TcpProxy.open(port)));
    return new ReplicaSet(compiled, dir, store, members);
  }

  get uri(): string {
    return `mongodb://store:${SECRET}@${this.hosts.join(',')}/elected?replicaSet=${NAME}&authMechanism=PLAIN`;
  }

  /** The primary steps down: the members answer, and none of them takes writes. */
  stepDown(): void {
    this.primary = this.named = null;
  }

  /** The primary is gone with all its connections; the others name it until they have elected another. */
  killPrimary(): void {
    if (this.primary !== null) this.members[this.primary]?.cut();
    this.primary = null;
  }

  elect(member: number): void {
    this.term += 1;
    this.primary = this.named = member;
  }

  async end(): Promise<void> {
    for (const member of this.members) await member.close();
    await this.store.kill();
    await removeCompiled(this.compiled);
    await rm(this.dir, { recursive: true, force: true });
  }

  private get hosts(): string[] {
    return this.members.map(({ port }) => `127.0.0.1:${port}`);
  }

  private hello(n: number): BSON.Document {
    const primary = n === this.primary;
    return {
      setName: NAME,
      setVersion: 1,
      hosts: this.hosts,
      me: this.hosts[n],
      isWritablePrimary: primary,
      ismaster: primary,
      secondary: !primary,
      ...(this.named === null ? {} : { primary: this.hosts[this.named] }),
      ...(primary ? { electionId: new BSON.ObjectId(this.term.toString(16).padStart(24, '0')) } : {}),
    };
  }
}

function isHello(command: BSON.Document): boolean {
  return 'hello' in command || 'ismaster' in command || 'isMaster' in command;
}

function without(command: BSON.Document, field: string): BSON.Document {
  return Object.fromEntries(Object.entries(command).filter(([key]) => key !== field));
}
