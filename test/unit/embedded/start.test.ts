import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
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
    const first = await startEmbeddedMongo({ dir: join(dir, 'a') });
    await expect(startEmbeddedMongo({ dir: join(dir, 'b'), port: first.port })).rejects.toMatchObject({
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

  it('is reached by its socket also after a process that left one behind', async () => {
    mkdirSync(join(dir, 'near'));
    writeFileSync(join(dir, 'near', 'store.sock'), 'left behind');
    const store = await startEmbeddedMongo({ dir: join(dir, 'near') });
    expect(store.nearUri).toContain(encodeURIComponent(join('near', 'store.sock')));
    const client = new MongoClient(store.nearUri);
    await client.db('t').collection('rows').insertOne({});
    expect(await client.db('t').collection('rows').countDocuments()).toBe(1);
    await client.close();
    await store.stop();
  });

  it('is reached by its address alone where the name of a socket would be too long', async () => {
    const store = await startEmbeddedMongo({ dir: join(dir, 'long'.repeat(30)) });
    expect(store.nearUri).toBe(store.uri);
    await store.stop();
  });

  it('reports from the thread why it could not start', async () => {
    const first = await startEmbeddedMongo({ dir: join(dir, 'a') });
    await expect(
      startMongoProcess({ compiled, dir: join(dir, 'b'), thread: true, port: first.port }),
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
