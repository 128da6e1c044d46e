import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { SentSheets } from './sent-sheets';

/** Takes up sheets that could not be fetched, that a crash left, or that nobody answered. */
export const sweepSheets = defineJob({
  name: 'sheets.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 15_000 },
});

export function sheetJobs(sheets: Pick<SentSheets, 'sweep'>): Job[] {
  return [job(sweepSheets, () => sheets.sweep())];
}
