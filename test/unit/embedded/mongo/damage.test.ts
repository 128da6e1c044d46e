import { cpSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import mongoose from 'mongoose';
import type { EngineWarning } from '../../../../src/embedded/mongo/engine';
import { realFiles, type LogFiles } from '../../../../src/embedded/mongo/log-files';
import { startEmbeddedMongo, type EmbeddedMongoOptions } from '../../../../src/embedded/start';
import type { AppError } from '../../../../src/kernel/errors';
import { Random } from '../../../support/random';

type Row = { _id: string; pad?: string };

const MARK = 'bdhvlog1';

/** A log that is not what was written is refused as it is, or opened with everything that was acknowledged. */
describe('a folder that was damaged', () => {
  let dir: string;
  let written: string;
  /** What was acknowledged into `written`. */
  const ids: string[] = [];

  beforeAll(async () => {
    dir = mkdtempSync(join(tmpdir(), 'damage-'));
    written = join(dir, 'written');
    await using(written, { compactBytes: 3_000 }, async (rows) => {
      for (let i = 0; i < 40; i++) {
        await rows.insertOne({ _id: `r${i}`, pad: 'x'.repeat(20 + i) });
        ids.push(`r${i}`);
      }
    });
    ids.sort();
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  async function using<T>(
    folder: string,
    options: Partial<EmbeddedMongoOptions>,
    use: (rows: mongoose.mongo.Collection<Row>) => Promise<T>,
  ): Promise<T> {
    const store = await startEmbeddedMongo({ dir: folder, retryMs: 20, ...options });
    const client = new mongoose.mongo.MongoClient(store.uri);
    try {
      return await use(client.db('t').collection<Row>('rows'));
    } finally {
      await client.close();
      await store.stop();
    }
  }

  const idsOf = async (rows: mongoose.mongo.Collection<Row>) =>
    (await rows.find().sort({ _id: 1 }).toArray()).map((row) => row._id);

  let copies = 0;
  function copy(): string {
    const folder = join(dir, `copy-${++copies}`);
    cpSync(written, folder, { recursive: true });
    return folder;
  }

  const contents = (folder: string) =>
    Object.fromEntries(
      readdirSync(folder).map((name) => [name, readFileSync(join(folder, name)).toString('hex')]),
    );
  const nameOf = (folder: string, kind: string) =>
    readdirSync(folder).find((name) => name.startsWith(kind)) as string;

  /** Opens the folder: the refusal, or null when all that was acknowledged is there. Anything else fails the test. */
  async function refusalOf(folder: string): Promise<AppError | null> {
    const before = contents(folder);
    try {
      expect(await using(folder, {}, idsOf)).toEqual(ids);
      return null;
    } catch (error) {
      if ((error as AppError).code !== 'store_unsafe') throw error;
      expect(contents(folder)).toEqual(before);
      return error as AppError;
    }
  }

  /** Where frames begin in these bytes. */
  function framesIn(bytes: Buffer): number[] {
    const found: number[] = [];
    for (let at = bytes.indexOf(MARK); at >= 0; at = bytes.indexOf(MARK, at + 1)) found.push(at);
    return found;
  }

  it('begins with a snapshot and several frames in a log', () => {
    expect(framesIn(readFileSync(join(written, nameOf(written, 'snapshot')))).length).toBeGreaterThan(1);
    expect(framesIn(readFileSync(join(written, nameOf(written, 'log')))).length).toBeGreaterThan(3);
  });

  it.each<[string, string, (bytes: Buffer, frames: number[]) => Buffer | null, string]>([
    ['a missing log', 'log', () => null, 'log_incomplete'],
    ['a missing snapshot', 'snapshot', () => null, 'log_incomplete'],
    ['an empty log', 'log', () => Buffer.alloc(0), 'log_incomplete'],
    ['an empty snapshot', 'snapshot', () => Buffer.alloc(0), 'log_damaged'],
    ['a zeroed log', 'log', (bytes) => Buffer.alloc(bytes.length), 'log_incomplete'],
    ['a zeroed snapshot', 'snapshot', (bytes) => Buffer.alloc(bytes.length), 'log_damaged'],
    ['a log without its first frame', 'log', (bytes, frames) => bytes.subarray(frames[1]), 'log_incomplete'],
    [
      'a log without its last frame',
      'log',
      (bytes, frames) => bytes.subarray(0, frames.at(-1)),
      'log_incomplete',
    ],
    ['half a last frame', 'log', (bytes) => bytes.subarray(0, bytes.length - 9), 'log_incomplete'],
    [
      'a log without a frame in the middle',
      'log',
      (bytes, frames) => Buffer.concat([bytes.subarray(0, frames[1]), bytes.subarray(frames[2])]),
      'log_incomplete',
    ],
    [
      'a frame that stands there twice',
      'log',
      (bytes, frames) => Buffer.concat([bytes, bytes.subarray(frames.at(-1))]),
      'log_incomplete',
    ],
    [
      'a snapshot without its last frames',
      'snapshot',
      (bytes, frames) => bytes.subarray(0, frames.at(-1)),
      'log_incomplete',
    ],
    ['a frame of a newer program', 'log', (bytes, frames) => newer(bytes, frames[1] ?? 0), 'log_newer'],
    ['a log of a newer program', 'log', (bytes) => newer(bytes, 0), 'log_newer'],
    [
      'a last frame of a newer program',
      'log',
      (bytes, frames) => newer(bytes, frames.at(-1) ?? 0),
      'log_newer',
    ],
    ['a snapshot of a newer program', 'snapshot', (bytes) => newer(bytes, 0), 'log_newer'],
    ['a damaged note of what was acknowledged', 'acknowledged', (bytes) => flipped(bytes, 9), 'log_damaged'],
  ])('%s is refused, and everything left as it is', async (_what, kind, spoil, problem) => {
    const folder = copy();
    const file = join(folder, nameOf(folder, kind));
    const bytes = readFileSync(file);
    const spoiled = spoil(bytes, framesIn(bytes));
    if (spoiled === null) rmSync(file);
    else writeFileSync(file, spoiled);
    expect((await refusalOf(folder))?.facts).toMatchObject({ problem });
  });

  describe.each<[string, (folder: string) => void]>([
    ['whose note is gone', (folder) => rmSync(join(folder, 'acknowledged.bin'))],
    ['whose note is blank', (folder) => writeFileSync(join(folder, 'acknowledged.bin'), Buffer.alloc(20))],
  ])('a folder %s', (_which, spoilNote) => {
    it('is opened with everything when nothing else is wrong', async () => {
      const folder = copy();
      spoilNote(folder);
      expect(await refusalOf(folder)).toBeNull();
    });

    it.each<[string, (bytes: Buffer, frames: number[]) => Buffer]>([
      ['the first frame is missing', (bytes, frames) => bytes.subarray(frames[1])],
      [
        'a frame in the middle is missing',
        (bytes, frames) => Buffer.concat([bytes.subarray(0, frames[1]), bytes.subarray(frames[2])]),
      ],
      [
        'a frame stands there twice',
        (bytes, frames) => Buffer.concat([bytes, bytes.subarray(frames.at(-1))]),
      ],
    ])('is refused as it is when behind the snapshot %s', async (_what, spoil) => {
      const folder = copy();
      spoilNote(folder);
      const file = join(folder, nameOf(folder, 'log'));
      const bytes = readFileSync(file);
      writeFileSync(file, spoil(bytes, framesIn(bytes)));
      expect((await refusalOf(folder))?.facts).toMatchObject({ problem: 'log_incomplete' });
    });
  });

  it.each<[string, string, (bytes: Buffer, frames: number[]) => Buffer | null]>([
    [
      'a frame in the middle',
      'log',
      (bytes, frames) => Buffer.concat([bytes.subarray(0, frames[1]), bytes.subarray(frames[2])]),
    ],
    ['the last frame', 'log', (bytes, frames) => bytes.subarray(0, frames.at(-1))],
    ['the whole log', 'log', () => null],
  ])('whoever wants to go on without %s says so in a file, once', async (_what, kind, spoil) => {
    const folder = copy();
    const file = join(folder, nameOf(folder, kind));
    const bytes = readFileSync(file);
    const left = spoil(bytes, framesIn(bytes));
    if (left === null) rmSync(file);
    else writeFileSync(file, left);
    expect((await refusalOf(folder))?.facts).toMatchObject({ problem: 'log_incomplete' });
    writeFileSync(join(folder, 'go-on-with-what-is-left'), '');
    const first = await using(folder, {}, async (rows) => {
      await rows.insertOne({ _id: 'anew' });
      await rows.insertOne({ _id: 'too' });
      return idsOf(rows);
    });
    const lost = ids.filter((id) => !first.includes(id));
    expect(lost.length).toBeGreaterThan(0);
    expect(lost.length).toBeLessThan(ids.length);
    expect(await using(folder, {}, idsOf)).toEqual(first);
    expect(readdirSync(folder)).not.toContain('go-on-with-what-is-left');
    // From then on it is a folder like any other.
    const now = join(folder, nameOf(folder, 'log'));
    writeFileSync(now, readFileSync(now).subarray(0, -1));
    await expect(startEmbeddedMongo({ dir: folder })).rejects.toMatchObject({
      facts: { problem: 'log_incomplete' },
    });
  });

  it('any byte may be wrong, added, and any stretch missing or blank: nothing acknowledged is lost in silence', async () => {
    const random = new Random(20_260_312);
    let refused = 0;
    for (let round = 0; round < 180; round++) {
      const folder = copy();
      const kind = random.pick(['log', 'log', 'snapshot', 'acknowledged']);
      const file = join(folder, nameOf(folder, kind));
      const bytes = readFileSync(file);
      const at = random.between(0, bytes.length - 1);
      const end = Math.min(bytes.length, at + random.between(1, 700));
      const spoiled = random.pick([
        () => flipped(bytes, at),
        () => bytes.subarray(0, at),
        () => Buffer.concat([bytes.subarray(0, at), bytes.subarray(end)]),
        () => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(end - at), bytes.subarray(end)]),
        () => Buffer.concat([bytes.subarray(0, at), noise(random, end - at), bytes.subarray(at)]),
        () => Buffer.concat([bytes.subarray(0, at), Buffer.alloc(end - at), bytes.subarray(at)]),
        () => withFrame(random, bytes, framesIn(bytes)),
      ])();
      writeFileSync(file, spoiled);
      if ((await refusalOf(folder)) !== null) refused++;
      rmSync(folder, { recursive: true });
    }
    // What is wrong in the small note alone may be harmless, and so is what stands behind the end; the rest is not.
    expect(refused).toBeGreaterThan(125);
  });

  it('an unfinished write behind what was acknowledged is cut off and set beside the log', async () => {
    const folder = copy();
    const name = nameOf(folder, 'log');
    const bytes = readFileSync(join(folder, name));
    const torn = bytes.subarray(framesIn(bytes).at(-1)).subarray(0, 30);
    writeFileSync(join(folder, name), Buffer.concat([bytes, torn, Buffer.alloc(5_000)]));
    const warnings: EngineWarning[] = [];
    await using(folder, { onWarning: (warning) => warnings.push(warning) }, async (rows) => {
      expect(await idsOf(rows)).toEqual(ids);
      await rows.insertOne({ _id: 'next' });
    });
    expect(warnings).toMatchObject([{ kind: 'log' }]);
    expect(readFileSync(join(folder, `${name}.cut-${bytes.length}`))).toEqual(torn);
    await using(folder, { compactBytes: 1 }, async (rows) => {
      expect(await idsOf(rows)).toEqual(['next', ...ids].sort());
      for (let n = 0; n < 60; n += 1) await rows.insertOne({ _id: `x${n}`, pad: 'y'.repeat(900) });
    });
    await using(folder, {}, async () => undefined);
    // Also once its log was made superfluous.
    expect(readdirSync(folder)).not.toContain(name);
    expect(readFileSync(join(folder, `${name}.cut-${bytes.length}`))).toEqual(torn);
  });

  it('what is cut is on the disk beside the log, and so is its name, before it is cut', async () => {
    const folder = copy();
    const name = nameOf(folder, 'log');
    const bytes = readFileSync(join(folder, name));
    writeFileSync(join(folder, name), Buffer.concat([bytes, bytes.subarray(framesIn(bytes).at(-1), -9)]));
    const cut = `${name}.cut-${bytes.length}`;
    const done: string[] = [];
    const opened = new Map<number, string>();
    const told =
      <A extends unknown[], R>(what: string, act: (...args: A) => R) =>
      (...args: A): R => {
        done.push(`${what} ${typeof args[0] === 'number' ? (opened.get(args[0]) ?? '') : ''}`.trim());
        return act(...args);
      };
    const files: LogFiles = {
      ...realFiles,
      open: (file) => {
        const fd = realFiles.open(file);
        opened.set(fd, basename(file));
        return fd;
      },
      syncDataNow: told('sync', (fd: number) => realFiles.syncDataNow(fd)),
      syncFolder: told('sync folder', (folder: string) => realFiles.syncFolder(folder)),
      truncate: told('cut', (fd: number, length: number) => realFiles.truncate(fd, length)),
    };
    await using(folder, { files }, async (rows) => expect(await idsOf(rows)).toEqual(ids));
    const order = [`sync ${cut}`, 'sync folder', `cut ${name}`];
    expect(done.filter((step) => order.includes(step)).slice(0, 3)).toEqual(order);
  });

  it('a whole last frame with wrong bytes was not torn, and is refused also where it was not acknowledged', async () => {
    const folder = copy();
    const name = nameOf(folder, 'log');
    const bytes = readFileSync(join(folder, name));
    const last = Buffer.from(bytes.subarray(framesIn(bytes).at(-1)));
    writeFileSync(join(folder, name), Buffer.concat([bytes, flipped(last, last.length - 4)]));
    expect((await refusalOf(folder))?.facts).toMatchObject({ problem: 'log_damaged' });
  });

  it('a folder of an earlier program is opened, and noted from then on', async () => {
    const folder = copy();
    rmSync(join(folder, nameOf(folder, 'acknowledged')));
    await using(folder, {}, async (rows) => {
      await rows.insertOne({ _id: 'one' });
      await new Promise((resolve) => setTimeout(resolve, 200));
      await rows.insertOne({ _id: 'two' });
    });
    const log = join(folder, nameOf(folder, 'log'));
    writeFileSync(log, readFileSync(log).subarray(0, -1));
    await expect(startEmbeddedMongo({ dir: folder })).rejects.toMatchObject({
      code: 'store_unsafe',
      facts: { problem: 'log_incomplete' },
    });
  });

  it.each<[string, (folder: string) => void]>([
    ['was moved away', (folder) => renameSync(folder, `${folder}-moved`)],
    ['was removed', (folder) => rmSync(folder, { recursive: true })],
    [
      'was replaced by another',
      (folder) => {
        renameSync(folder, `${folder}-moved`);
        cpSync(`${folder}-moved`, folder, { recursive: true, filter: (name) => !name.endsWith('.sock') });
      },
    ],
  ])('a store whose folder %s acknowledges nothing more and says so', async (_what, spoil) => {
    const folder = join(copy(), 'store');
    const errors: AppError[] = [];
    const store = await startEmbeddedMongo({ dir: folder, onError: (error) => errors.push(error) });
    const client = new mongoose.mongo.MongoClient(store.uri);
    const rows = client.db('t').collection<Row>('rows');
    try {
      await rows.insertOne({ _id: 'before' });
      spoil(folder);
      await expect(rows.insertOne({ _id: 'after' })).rejects.toMatchObject({ code: 96 });
      await expect(rows.insertOne({ _id: 'later' })).rejects.toMatchObject({ code: 96 });
      await expect(rows.find().toArray()).rejects.toMatchObject({ code: 96 });
      expect(errors).toMatchObject([{ code: 'store_unsafe', facts: { problem: 'folder_gone' } }]);
    } finally {
      await client.close();
      await store.stop();
    }
  });
});

function noise(random: Random, length: number): Buffer {
  return Buffer.from(Array.from({ length }, () => random.between(0, 255)));
}

/** A frame of the file once more, somewhere else between two frames or at the end. */
function withFrame(random: Random, bytes: Buffer, frames: readonly number[]): Buffer {
  const edges = [...frames, bytes.length];
  const which = random.between(0, Math.max(0, frames.length - 1));
  const frame = bytes.subarray(edges[which], edges[which + 1]);
  const at = random.pick(edges);
  return Buffer.concat([bytes.subarray(0, at), frame, bytes.subarray(at)]);
}

function flipped(bytes: Buffer, at: number): Buffer {
  const out = Buffer.from(bytes);
  out[at] = (out[at] as number) ^ 0x55;
  return out;
}

/** As if the frame that begins there had been written in the next format. */
function newer(bytes: Buffer, at: number): Buffer {
  const out = Buffer.from(bytes);
  out.write('bdhvlog2', at, 'latin1');
  return out;
}
