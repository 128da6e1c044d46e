import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { JobDefinition } from '../../src/jobs/define-job';

/** Every job that the program defines, where it stands. */
export interface FoundJob {
  readonly file: string;
  readonly exported: string;
  readonly definition: JobDefinition;
}

const SRC = join(__dirname, '../../src');

/** Files of definitions, as paths below `src`. */
export const JOB_FILES = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((file) =>
  file.endsWith('.jobs.ts'),
);

export const JOBS: readonly FoundJob[] = JOB_FILES.flatMap((file) =>
  Object.entries(jest.requireActual<Record<string, unknown>>(join(SRC, file))).flatMap(([exported, value]) =>
    isDefinition(value) ? [{ file, exported, definition: value }] : [],
  ),
);

function isDefinition(value: unknown): value is JobDefinition {
  return typeof value === 'object' && value !== null && 'schema' in value && 'attempts' in value;
}
