import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { JobDefinition } from '../../src/jobs/define-job';

/** Every job of the program is a definition in `<feature>/<feature>.jobs.ts`, a handler, and a line in the catalogue. */

const SRC = join(__dirname, '../../src');
const CATALOGUE = join(SRC, 'app/job-catalogue.ts');

const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.jobs.ts'))
  .map((file) => join(SRC, file));

interface Found {
  readonly file: string;
  readonly exported: string;
  readonly definition: JobDefinition;
}

function isDefinition(value: unknown): value is JobDefinition {
  return typeof value === 'object' && value !== null && 'schema' in value && 'attempts' in value;
}

function definitionsOf(file: string): Found[] {
  const exports = jest.requireActual<Record<string, unknown>>(file);
  return Object.entries(exports).flatMap(([exported, value]) =>
    isDefinition(value) ? [{ file: relative(SRC, file), exported, definition: value }] : [],
  );
}

const found = files.flatMap(definitionsOf);

it('the program has jobs', () => {
  expect(found.length).toBeGreaterThan(0);
});

it.each(files.map((file) => relative(SRC, file)))('%s defines at least one job', (file) => {
  expect(found.filter((job) => job.file === file)).not.toHaveLength(0);
});

it('no two jobs share a name', () => {
  const names = found.map((job) => job.definition.name);
  expect(names).toEqual([...new Set(names)]);
});

it.each(found)('$file: $exported is in the catalogue and is handled', ({ file, exported, definition }) => {
  expect(readFileSync(CATALOGUE, 'utf8')).toMatch(new RegExp(`\\b${exported}\\b`));
  const handled = new RegExp(`\\[${exported}\\.name\\]\\s*:|['"]${definition.name}['"]\\s*:`);
  expect(readFileSync(join(SRC, file), 'utf8') + readFileSync(CATALOGUE, 'utf8')).toMatch(handled);
});

it.each(found)('$exported is named after its feature', ({ file, definition }) => {
  const feature = /([^/]+)\.jobs\.ts$/.exec(file)?.[1];
  expect(definition.name.split('.')[0]).toBe(feature);
});
