import { appendFileSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import mongoose from 'mongoose';
import type { EngineWarning } from '../../../../src/embedded/mongo/engine';
import { startEmbeddedMongo, type EmbeddedMongoOptions } from '../../../../src/embedded/start';
import { FaultyDisk } from './disk';

type Row = { _id: string; v?: number; pad?: string; at?: Date };

describe('what is acknowledged stays', () => {
  let dir: string;
  beforeEach(() => {
    dir = mkdtempSync(join(tmpdir(), 'durable-'));
  });
  afterEach(() => rmSync(dir, { recursive: true, force: true }));

  /** Opens the store, hands over a collection, and closes both. */
  async function using<T>(
    options: Partial<EmbeddedMongoOptions>,
    use: (
      rows: mongoose.mongo.Collection<Row>,
      store: Awaited<ReturnType<typeof startEmbeddedMongo>>,
    ) => Promise<T>,
  ): Promise<T> {
    const store = await startEmbeddedMongo({ dir, retryMs: 20, ...options });
    const client = new mongoose.mongo.MongoClient(store.uri);
    try {
      return await use(client.db('t').collection<Row>('rows'), store);
    } finally {
      await client.close();
      await store.stop();
    }
  }

  const idsOf = async (rows: mongoose.mongo.Collection<Row>) =>
    (await rows.find().sort({ _id: 1 }).toArray()).map((r) => r._id);

  it('over a restart, with indexes, changes and removals', async () => {
    await using({}, async (rows) => {
      await rows.createIndex({ v: 1 }, { unique: true, sparse: true });
      await rows.insertMany([{ _id: 'a', v: 1 }, { _id: 'b', v: 2 }, { _id: 'c' }]);
      await rows.updateOne({ _id: 'a' }, { $set: { v: 3 } });
      await rows.updateOne({ _id: 'b' }, { $set: { v: 1 } });
      await rows.deleteOne({ _id: 'c' });
    });
    await using({}, async (rows) => {
      expect(await rows.find().sort({ _id: 1 }).toArray()).toEqual([
        { _id: 'a', v: 3 },
        { _id: 'b', v: 1 },
      ]);
      await expect(rows.insertOne({ _id: 'd', v: 3 })).rejects.toMatchObject({ code: 11000 });
      await rows.deleteMany({});
    });
    await using({}, async (rows) => expect(await idsOf(rows)).toEqual([]));
  });

  it('over compaction, many times', async () => {
    await using({ compactBytes: 20_000 }, async (rows) => {
      await rows.createIndex({ v: 1 });
      for (let round = 0; round < 30; round++)
        await Promise.all(
          Array.from({ length: 10 }, (_, i) =>
            rows.updateOne({ _id: `r${i}` }, { $set: { v: round, pad: 'x'.repeat(300) } }, { upsert: true }),
          ),
        );
    });
    const files = readdirSync(dir);
    expect(files.filter((name) => name.startsWith('snapshot-'))).toHaveLength(1);
    expect(files.filter((name) => name.endsWith('.tmp'))).toEqual([]);
    expect(files.reduce((sum, name) => sum + readFileSync(join(dir, name)).length, 0)).toBeLessThan(60_000);
    await using({}, async (rows) => {
      const found = await rows.find().toArray();
      expect(found.map((row) => row.v)).toEqual(Array.from({ length: 10 }, () => 29));
      expect(await rows.countDocuments({ v: 29 })).toBe(10);
    });
  });

  it('when the end of the log was never finished, and says so', async () => {
    await using({}, (rows) => rows.insertOne({ _id: 'a' }));
    const log = join(dir, 'log-1.bin');
    const before = readFileSync(log);
    await using({}, (rows) => rows.insertOne({ _id: 'b', pad: 'x'.repeat(1_000) }));
    const acknowledged = readFileSync(join(dir, 'acknowledged.bin'));
    const frame = readFileSync(log).subarray(before.length);
    // As if the process had been killed in the middle of the second write, wherever that was.
    acknowledged.writeUInt32LE(acknowledged.readUInt32LE(8) - 1, 8);
    acknowledged.writeUInt32LE(crc32(acknowledged.subarray(0, 12)), 12);
    for (const cut of [1, 12, 25, 600, frame.length - 1]) {
      writeFileSync(log, Buffer.concat([before, frame.subarray(0, cut)]));
      writeFileSync(join(dir, 'acknowledged.bin'), acknowledged);
      const warnings: EngineWarning[] = [];
      await using({ onWarning: (w) => warnings.push(w) }, async (rows) => {
        expect(await idsOf(rows)).toEqual(['a']);
        await rows.insertOne({ _id: 'c' });
      });
      expect(warnings).toMatchObject([{ kind: 'log' }]);
      await using({}, async (rows) => expect(await idsOf(rows)).toEqual(['a', 'c']));
    }
    appendFileSync(log, Buffer.alloc(100));
    await using({}, async (rows) => expect(await idsOf(rows)).toEqual(['a', 'c']));
  });

  it('and a log damaged in the middle is refused, not quietly shortened', async () => {
    await using({}, async (rows) => {
      await rows.insertOne({ _id: 'a', pad: 'first' });
      await rows.insertOne({ _id: 'b' });
    });
    const log = join(dir, 'log-1.bin');
    const bytes = readFileSync(log);
    bytes[bytes.indexOf('first')] = 0;
    writeFileSync(log, bytes);
    await expect(startEmbeddedMongo({ dir })).rejects.toMatchObject({ code: 'store_unsafe' });
    expect(readFileSync(log)).toEqual(bytes);
  });

  it.each<[string, number, (disk: FaultyDisk) => void, (disk: FaultyDisk) => void]>([
    ['the disk is full', 14031, (disk) => (disk.space = 0), (disk) => (disk.space = null)],
    [
      'the disk fills up in the middle of a write',
      14031,
      (disk) => (disk.space = 30),
      (disk) => (disk.space = null),
    ],
    ['syncing fails', 96, (disk) => (disk.syncFault = 'EIO'), (disk) => (disk.syncFault = null)],
  ])('%s: refuses, forgets what it refused, and resumes', async (_what, code, breakIt, mendIt) => {
    const disk = new FaultyDisk();
    const warnings: EngineWarning[] = [];
    await using({ files: disk.files, onWarning: (w) => warnings.push(w) }, async (rows) => {
      await rows.createIndex({ v: 1 }, { unique: true });
      await rows.insertOne({ _id: 'kept', v: 1 });
      breakIt(disk);
      await expect(rows.insertOne({ _id: 'lost', v: 2 })).rejects.toMatchObject({ code });
      expect(await idsOf(rows)).toEqual(['kept']);
      await expect(rows.updateOne({ _id: 'kept' }, { $set: { v: 9 } })).rejects.toMatchObject({ code });
      await expect(rows.findOneAndUpdate({ _id: 'kept' }, { $set: { v: 9 } })).rejects.toMatchObject({
        code,
      });
      expect(await rows.findOne({ v: 1 })).toEqual({ _id: 'kept', v: 1 });
      mendIt(disk);
      await until(() => warnings.some((warning) => warning.kind === 'writes_resumed'));
      await rows.insertOne({ _id: 'next', v: 2 });
    });
    expect(warnings.map((warning) => warning.kind)).toEqual(['writes_refused', 'writes_resumed']);
    await using({}, async (rows) => expect(await idsOf(rows)).toEqual(['kept', 'next']));
  });

  it('survives a disk that fails again and again, with every acknowledged write', async () => {
    const disk = new FaultyDisk();
    const acknowledged = new Map<string, number>();
    await using({ files: disk.files, compactBytes: 4_000, retryMs: 2 }, async (rows) => {
      let refused = 0;
      for (let i = 0; i < 240; i++) {
        if (i % 20 === 10) disk.space = (i * 37) % 400;
        if (i % 20 === 15) disk.space = null;
        if (i % 50 === 25) disk.syncFault = 'EIO';
        if (i % 50 === 30) disk.syncFault = null;
        const id = `r${i % 17}`;
        try {
          await rows.updateOne({ _id: id }, { $set: { v: i, pad: 'y'.repeat(i % 90) } }, { upsert: true });
          acknowledged.set(id, i);
        } catch {
          refused++;
          await new Promise((resolve) => setTimeout(resolve, 3));
        }
      }
      expect(refused).toBeGreaterThan(20);
      disk.space = null;
    });
    expect(acknowledged.size).toBe(17);
    await using({}, async (rows) => {
      const found = new Map((await rows.find().toArray()).map((row) => [row._id, row.v]));
      expect(found).toEqual(acknowledged);
    });
  });

  it('goes on after a full disk wherever in a write the room ran out, in the note of what was acknowledged too', async () => {
    const disk = new FaultyDisk();
    const written: string[] = [];
    const store = { files: disk.files, retryMs: 1 };
    await using(store, async (rows) => {
      for (let room = 0; room < 240; room += 3) {
        const _id = `r${room}`;
        const insert = (): Promise<boolean> =>
          rows.insertOne({ _id, v: room }).then(
            () => true,
            () => false,
          );
        disk.space = room;
        let taken = await insert();
        disk.space = null;
        for (let tries = 0; !taken && tries < 200; tries++) {
          await new Promise((resolve) => setTimeout(resolve, 5));
          taken = await insert();
        }
        if (taken) written.push(_id);
      }
    });
    expect(written).toHaveLength(80);
    await using({}, async (rows) => expect((await idsOf(rows)).sort()).toEqual(written.sort()));
  });

  it('when writes come up short they are finished', async () => {
    const disk = new FaultyDisk();
    disk.mostPerWrite = 7;
    await using({ files: disk.files }, (rows) => rows.insertOne({ _id: 'a', pad: 'x'.repeat(1_000) }));
    await using({}, async (rows) => expect(await idsOf(rows)).toEqual(['a']));
  });

  it('many writers share a sync', async () => {
    const disk = new FaultyDisk();
    await using({ files: disk.files }, async (rows) => {
      await Promise.all(Array.from({ length: 120 }, (_, i) => rows.insertOne({ _id: `r${i}` })));
      expect(await rows.countDocuments({})).toBe(120);
    });
    expect(disk.syncs).toBeLessThan(80);
  });

  it('a refused duplicate is not answered before the first is durable', async () => {
    const disk = new FaultyDisk();
    await using({ files: disk.files }, async (rows) => {
      await rows.insertOne({ _id: 'warm' });
      disk.syncFault = 'EIO';
      const both = await Promise.allSettled([rows.insertOne({ _id: 'x' }), rows.insertOne({ _id: 'x' })]);
      // Neither may hear «already there»: the first was never on the disk.
      for (const one of both) expect(one).toMatchObject({ status: 'rejected', reason: { code: 96 } });
      disk.syncFault = null;
    });
  });

  it('says so when it is outgrown, once', async () => {
    const warnings: EngineWarning[] = [];
    await using({ onWarning: (w) => warnings.push(w) }, async (rows) => {
      for (const [batch, length] of [50_000, 50_000, 10, 10].entries())
        await rows.insertMany(Array.from({ length }, (_, i) => ({ _id: `${batch}-${i}` })));
    });
    expect(warnings).toEqual([{ kind: 'many_documents', documents: 100_001 }]);
  });
});

async function until(holds: () => boolean): Promise<void> {
  for (let i = 0; i < 500 && !holds(); i++) await new Promise((resolve) => setTimeout(resolve, 10));
}
