import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { JOB_FILES, JOBS as found } from '../support/job-files';

/** Every job of the program is a definition in `<feature>.jobs.ts` and a handler, which its module gives to the program. */

const SRC = join(__dirname, '../../src');
const APP = readFileSync(join(SRC, 'app/app.ts'), 'utf8');

/** The functions of a file that join definitions and handlers. */
function joinersOf(file: string): string[] {
  return [...readFileSync(join(SRC, file), 'utf8').matchAll(/export function (\w+Jobs)\(/g)].map(
    ([, name]) => name as string,
  );
}

it('the program has jobs', () => {
  expect(found.length).toBeGreaterThan(0);
});

it.each(JOB_FILES)('%s defines at least one job', (file) => {
  expect(found.filter((job) => job.file === file)).not.toHaveLength(0);
});

it('no two jobs share a name', () => {
  const names = found.map((job) => job.definition.name);
  expect(names).toEqual([...new Set(names)]);
});

it.each(found)('$file: $exported is handled', ({ file, exported }) => {
  expect(readFileSync(join(SRC, file), 'utf8')).toMatch(new RegExp(`\\bjob\\(\\s*${exported},`));
});

it.each(JOB_FILES)('the jobs of %s are given to the program', (file) => {
  const folder = file.split('/')[0] as string;
  const module = folder === 'app' ? APP : readFileSync(join(SRC, folder, `${folder}.module.ts`), 'utf8');
  expect(joinersOf(file)).not.toEqual([]);
  for (const joiner of joinersOf(file))
    expect(new RegExp(`(?:jobs: |\\.\\.\\.)${joiner}\\(`).test(module)).toBe(true);
});

it.each(found)('$exported is named after its feature', ({ file, definition }) => {
  const feature = /([^/]+)\.jobs\.ts$/.exec(file)?.[1];
  expect(definition.name.split('.')[0]).toBe(feature);
});
