import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A repository of its own, so that nothing learned for the real one is touched. */
const root = mkdtempSync(join(tmpdir(), 'kept-'));
jest.mock('../../../src/kernel/root', () => ({ repositoryRoot: () => root }));
// eslint-disable-next-line import/first
import { kept } from '../../../src/kernel/kept';

const LEARNED = join(root, 'dist', 'learned');

beforeAll(() => {
  for (const folder of ['understanding', 'knowledge', 'kernel'])
    mkdirSync(join(root, 'src', folder), { recursive: true });
  writeFileSync(join(root, 'src', 'kernel', 'one.ts'), 'rules');
});
afterAll(() => rmSync(root, { recursive: true, force: true }));
beforeEach(() => rmSync(LEARNED, { recursive: true, force: true }));

const MADE = { places: new Map([['a', 1]]), weights: Float32Array.from([0.5, -1]), names: new Set(['x']) };

it('gives back what was made from the same texts, and nothing before', () => {
  const keep = kept<typeof MADE>('wishes', ['a', 'b']);
  expect(keep.read()).toBeNull();
  keep.write(MADE);
  expect(kept('wishes', ['a', 'b']).read()).toEqual(MADE);
  expect(readdirSync(LEARNED)).toHaveLength(1);
});

it.each([
  ['another text', ['a', 'c']],
  ['the same letters parted elsewhere', ['ab']],
  ['one text more', ['a', 'b', '']],
])('nothing for %s', (_what, from) => {
  kept<typeof MADE>('wishes', ['a', 'b']).write(MADE);
  expect(kept('wishes', from).read()).toBeNull();
});

it('a folder that cannot be made costs time and no more', () => {
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(LEARNED, 'a file where the folder should be');
  const keep = kept<typeof MADE>('wishes', ['a']);
  expect(keep.read()).toBeNull();
  expect(() => keep.write(MADE)).not.toThrow();
  rmSync(LEARNED);
  expect(existsSync(LEARNED)).toBe(false);
});
