import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import mongoose from 'mongoose';
import { addressed, replyOf } from '../../../src/embedded/mongo/reply';
import { startEmbeddedMongo } from '../../../src/embedded/start';
import { compileStore, removeCompiled, startMongoProcess } from '../../support/mongo-process';

const { MongoClient } = mongoose.mongo;

describe('starting the embedded store', () => {
  let dir: string;
  let compiled: string;
  beforeAll(async () => {
    compiled = await compileStore();
  });
  afterAll(() => removeCompiled(compiled));
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'start-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  it('a taken port is named as such', async () => {
    const first = await startEmbeddedMongo({ dir: join(dir, 'a'), port: 0 });
    await expect(startEmbeddedMongo({ dir: join(dir, 'b'), port: Number(first.at) })).rejects.toMatchObject({
      code: 'port_taken',
    });
    await first.stop();
    await first.stop();
  });

  it('works in a thread of its own: serves, stops, keeps', async () => {
    for (const count of [1, 2]) {
      const store = await startMongoProcess({ compiled, dir, thread: true });
      const client = new MongoClient(store.uri);
      await client.db('t').collection('rows').insertOne({});
      expect(await client.db('t').collection('rows').countDocuments()).toBe(count);
      await client.close();
      await store.stop();
      expect([store.lines, store.child.exitCode]).toEqual([[], 0]);
    }
  });

  async function count(uri: string): Promise<number> {
    const client = new MongoClient(uri, { serverSelectionTimeoutMS: 500 });
    try {
      await client.db('t').collection('rows').insertOne({});
      return await client.db('t').collection('rows').countDocuments();
    } finally {
      await client.close();
    }
  }

  it('is reached by a socket in a folder that is for its owner only, also after a process left one behind', async () => {
    mkdirSync(join(dir, 'near'), { mode: 0o755 });
    writeFileSync(join(dir, 'near', 'store.sock'), 'left behind');
    const store = await startEmbeddedMongo({ dir: join(dir, 'near') });
    expect(store.at).toBe(join(dir, 'near', 'store.sock'));
    expect(statSync(join(dir, 'near')).mode & 0o777).toBe(0o700);
    expect(await count(store.uri)).toBe(1);
    await store.stop();
  });

  it('has its socket in a folder of its own where the name would be too long', async () => {
    const store = await startEmbeddedMongo({ dir: join(dir, 'long'.repeat(30)) });
    expect(String(store.at).startsWith(tmpdir())).toBe(true);
    expect(statSync(dirname(String(store.at))).mode & 0o777).toBe(0o700);
    expect(await count(store.uri)).toBe(1);
    await store.stop();
    expect(() => statSync(dirname(String(store.at)))).toThrow('ENOENT');
  });

  it('where no socket can be had, listens on the loopback address and asks for the secret first', async () => {
    const store = await startMongoProcess({
      ...{ compiled, dir: join(dir, 'data'.repeat(30)), tmpdir: join(dir, 'not there') },
      token: 'the secret',
    });
    try {
      const { hostname, port } = new URL(store.uri);
      expect(hostname).toBe('127.0.0.1');
      expect(await count(store.uri)).toBe(1);
      await expect(count(`mongodb://127.0.0.1:${port}/?directConnection=true`)).rejects.toThrow();
      const secret = (text: string) => new mongoose.mongo.Binary(Buffer.from(`\0store\0${text}`));
      const sasl = { saslStart: 1, mechanism: 'PLAIN' };
      const refused = [{ ping: 1 }, { find: 'rows' }, sasl, { ...sasl, payload: secret('the secrets') }];
      for (const command of refused) expect(await answerTo(port, { ...command, $db: 't' })).toBe('');
      expect(await answerTo(port, { ...sasl, payload: secret('the secret'), $db: 't' })).toContain('done');
      const answer = await answerTo(port, { hello: 1, $db: 't' });
      expect(answer).toContain('isWritablePrimary');
      expect(answer).not.toContain('the secret');
    } finally {
      await store.stop();
    }
  });

  /** What comes back until the server hangs up or has answered once. */
  function answerTo(port: string, command: Record<string, unknown>): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect({ host: '127.0.0.1', port: Number(port) });
      socket.setTimeout(2_000, () => reject(new Error('neither answered nor closed')));
      socket.on('connect', () => socket.write(addressed(replyOf(command), 0)));
      socket.on('data', (bytes) => {
        socket.destroy();
        resolve(bytes.toString('latin1'));
      });
      socket.on('error', () => resolve(''));
      socket.on('close', () => resolve(''));
    });
  }

  it('reports from the thread why it could not start', async () => {
    const first = await startEmbeddedMongo({ dir: join(dir, 'a'), port: 0 });
    await expect(
      startMongoProcess({ compiled, dir: join(dir, 'b'), thread: true, port: Number(first.at) }),
    ).rejects.toThrow(/port_taken/);
    await first.stop();
  });

  it('tells the parent when the thread breaks down', async () => {
    const broken = await compileStore();
    try {
      const worker = join(broken, 'src/embedded/mongo/worker.js');
      renameSync(worker, join(broken, 'src/embedded/mongo/sound-worker.js'));
      writeFileSync(
        worker,
        "require('./sound-worker.js');\nsetTimeout(() => { throw new Error('out of its mind'); }, 300);\n",
      );
      const store = await startMongoProcess({ compiled: broken, dir, thread: true });
      for (let i = 0; i < 100 && store.lines.length === 0; i++)
        await new Promise((resolve) => setTimeout(resolve, 50));
      expect(store.lines).toHaveLength(1);
      expect(store.lines[0]).toMatch(
        /^ERROR .*store_unavailable.*thread of the embedded store has ended: out of its mind/,
      );
      await store.stop();
    } finally {
      await removeCompiled(broken);
    }
  });
});
