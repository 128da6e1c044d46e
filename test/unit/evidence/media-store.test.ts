import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sha256Hex } from '../../../src/kernel/ids';
import { createMediaStore } from '../../../src/evidence/media-store';

describe('the media store', () => {
  let dir = '';
  beforeEach(async () => (dir = await mkdtemp(join(tmpdir(), 'media-'))));
  afterEach(() => rm(dir, { recursive: true, force: true }));

  it('gives back what it was given, under the name of the content', async () => {
    const store = createMediaStore(join(dir, 'made', 'late'));
    const bytes = Buffer.from('a picture');
    const name = await store.put(bytes, '.JPG');
    expect(name).toBe(`${sha256Hex(bytes)}.jpg`);
    expect(await store.read(name)).toEqual({ bytes, name });
  });

  it('keeps the same content once, also when many bring it at a time', async () => {
    const store = createMediaStore(dir);
    const names = await Promise.all(Array.from({ length: 20 }, () => store.put(Buffer.from('same'), 'png')));
    expect(new Set(names).size).toBe(1);
    expect(await readdir(join(dir, names[0]?.slice(0, 2) ?? ''))).toEqual([names[0]]);
  });

  it.each([
    ['nothing', Buffer.alloc(0), 'png', 'bad_request'],
    ['too much', Buffer.alloc(11), 'png', 'body_too_large'],
    ['a way out of its folder', Buffer.from('x'), '../x', 'bad_request'],
    ['no extension', Buffer.from('x'), '', 'bad_request'],
  ])('refuses %s', async (_what, bytes, extension, code) => {
    await expect(createMediaStore(dir, { max: 10 }).put(bytes, extension)).rejects.toMatchObject({ code });
  });

  it.each(['../../etc/passwd', `${'a'.repeat(64)}.png`, '', 'x.png'])('does not find %j', async (name) => {
    await expect(createMediaStore(dir).read(name)).rejects.toMatchObject({ code: 'not_found' });
  });

  it('never hands out a broken file, and mends it when the content comes again', async () => {
    const store = createMediaStore(dir);
    const name = await store.put(Buffer.from('whole'), 'pdf');
    await writeFile(join(dir, name.slice(0, 2), name), 'wh');
    await expect(store.read(name)).rejects.toMatchObject({ code: 'not_found', facts: { why: 'broken' } });
    await store.put(Buffer.from('whole'), 'pdf');
    expect((await store.read(name)).bytes.toString()).toBe('whole');
  });

  it('sweeps what a death left half-written, and only that', async () => {
    const store = createMediaStore(dir);
    const name = await store.put(Buffer.from('whole'), 'pdf');
    await writeFile(join(dir, name.slice(0, 2), 'x.half'), 'wh');
    const now = Date.now();
    expect(await store.sweepHalfWritten(new Date(now))).toBe(0);
    expect(await store.sweepHalfWritten(new Date(now + 3_700_000))).toBe(1);
    expect(await readdir(join(dir, name.slice(0, 2)))).toEqual([name]);
    expect(await createMediaStore(join(dir, 'never made')).sweepHalfWritten(new Date(now))).toBe(0);
  });
});
