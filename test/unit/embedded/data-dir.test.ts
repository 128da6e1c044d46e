import { chmodSync, cpSync, mkdtempSync, renameSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { findRunning, openDataDir, openStore } from '../../../src/embedded/data-dir';
import { processStart } from '../../../src/embedded/process-start';
import { compileStore, removeCompiled, startMongoProcess } from '../../support/mongo-process';

const { MongoClient } = mongoose.mongo;
type Row = { _id: string };

describe('the folder of the data', () => {
  let dir: string;
  let compiled: string;
  beforeAll(async () => {
    compiled = await compileStore();
  });
  afterAll(() => removeCompiled(compiled));
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'data-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  const lockOf = () => JSON.parse(readFileSync(join(dir, 'lock.json'), 'utf8')) as Record<string, unknown>;
  const writeLock = (lock: Record<string, unknown>) =>
    writeFileSync(join(dir, 'lock.json'), JSON.stringify(lock));

  it('is opened by one at a time', async () => {
    const first = await openDataDir(dir);
    await expect(openDataDir(dir)).rejects.toMatchObject({
      code: 'data_dir_in_use',
      facts: { pid: process.pid },
    });
    first.release();
    first.release();
    const second = await openDataDir(join(dir, '.'));
    expect(second.token).not.toBe(first.token);
    second.release();
  });

  it('is got by exactly one of many who come at once', async () => {
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => openDataDir(dir)));
    const got = all.filter((one) => one.status === 'fulfilled');
    expect(got).toHaveLength(1);
    got[0]?.value.release();
  });

  it('is made when it is not there, and refused when it cannot be', async () => {
    (await openDataDir(join(dir, 'a', 'b'))).release();
    const file = join(dir, 'file');
    writeFileSync(file, '');
    await expect(openDataDir(file)).rejects.toMatchObject({ code: 'data_dir_unwritable' });
    chmodSync(dir, 0o500);
    // The superuser may write anywhere.
    if (process.getuid?.() !== 0)
      await expect(openDataDir(dir)).rejects.toMatchObject({ code: 'data_dir_unwritable' });
    chmodSync(dir, 0o700);
  });

  it.each<[string, () => Record<string, unknown>]>([
    ['of a process that is gone', () => ({ pid: 2 ** 22 + 7, started: '1', token: 't', at: null })],
    [
      'of an earlier process with our own id',
      () => ({ pid: process.pid, started: '1', token: 't', at: null }),
    ],
    [
      'of a process whose id another has now',
      () => ({ pid: process.ppid, started: '1', token: 't', at: null }),
    ],
  ])('takes over a lock %s', async (_what, lock) => {
    writeLock(lock());
    const opened = await openDataDir(dir);
    expect(lockOf()).toMatchObject({ pid: process.pid, token: opened.token });
    opened.release();
  });

  it('takes over half a lock, and a door left open by a process that is gone', async () => {
    writeFileSync(join(dir, 'lock.json'), '{"pid":');
    writeFileSync(join(dir, 'lock.door'), String(2 ** 22 + 7));
    (await openDataDir(dir)).release();
  });

  it('respects the lock of a process that lives', async () => {
    writeLock({ pid: process.ppid, started: processStart(process.ppid), token: 't', at: null });
    await expect(openDataDir(dir)).rejects.toMatchObject({
      code: 'data_dir_in_use',
      facts: { pid: process.ppid },
    });
  });

  it('where the system does not tell when a process began, asks at the port', async () => {
    const stranger = createServer((socket) => socket.end('HTTP/1.1 400\r\n\r\n'));
    await new Promise<void>((resolve) => stranger.listen(0, '127.0.0.1', resolve));
    const { port } = stranger.address() as { port: number };
    try {
      writeLock({ pid: process.ppid, started: null, token: 't', at: port });
      expect(await findRunning(dir)).toBeNull();
      (await openDataDir(dir)).release();
    } finally {
      stranger.close();
    }
  });

  it('tools reach the store of the running server, or start their own', async () => {
    const server = await startMongoProcess({ compiled, dir, guard: true });
    try {
      expect(await findRunning(dir)).toEqual({ uri: server.uri });
      await expect(openDataDir(dir)).rejects.toMatchObject({
        code: 'data_dir_in_use',
        facts: { pid: server.child.pid },
      });
      const tool = await openStore({ dir });
      expect(tool.uri).toBe(server.uri);
      await insert(tool.uri, 'from the tool');
      await tool.stop();
      expect(await ids(server.uri)).toEqual(['from the tool']);
    } finally {
      await server.kill();
    }
    expect(await findRunning(dir)).toBeNull();
    const own = await openStore({ dir });
    expect(await ids(own.uri)).toEqual(['from the tool']);
    expect(await findRunning(dir)).toEqual({ uri: own.uri });
    await own.stop();
    expect(await findRunning(dir)).toBeNull();
  });

  it('a copy of the folder is another folder, for tools and for the program', async () => {
    const original = join(dir, 'original');
    const server = await startMongoProcess({ compiled, dir: original, guard: true });
    try {
      await insert(server.uri, 'from before');
      const copy = join(dir, 'copy');
      cpSync(original, copy, { recursive: true, filter: (name) => !name.endsWith('.sock') });
      expect(await findRunning(copy)).toBeNull();
      const tool = await openStore({ dir: copy });
      await insert(tool.uri, 'into the copy');
      expect((await ids(tool.uri)).sort()).toEqual(['from before', 'into the copy']);
      await tool.stop();
      (await openDataDir(copy)).release();
      expect(await ids(server.uri)).toEqual(['from before']);
    } finally {
      await server.kill();
    }
  });

  it('a folder that was moved while the program runs is still the same', async () => {
    const opened = await openDataDir(join(dir, 'before'));
    renameSync(join(dir, 'before'), join(dir, 'after'));
    await expect(openDataDir(join(dir, 'after'))).rejects.toMatchObject({ code: 'data_dir_in_use' });
    opened.release();
  });

  it('a tool waits for a program that is about to stop', async () => {
    const server = await openDataDir(dir);
    const tool = openStore({ dir });
    setTimeout(() => server.release(), 300);
    await (await tool).stop();
  });

  async function insert(uri: string, id: string): Promise<void> {
    const client = new MongoClient(uri);
    await client.db('t').collection<Row>('rows').insertOne({ _id: id });
    await client.close();
  }

  async function ids(uri: string): Promise<string[]> {
    const client = new MongoClient(uri);
    const rows = await client.db('t').collection<Row>('rows').find().toArray();
    await client.close();
    return rows.map((row) => row._id);
  }
});
