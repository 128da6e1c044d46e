import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { EvidenceService } from './evidence.service';

/** Fetches again what the messenger's servers did not give the first time. */
export const sweepEvidence = defineJob({
  name: 'evidence.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

export function evidenceJobs(evidence: Pick<EvidenceService, 'sweep'>): Job[] {
  return [job(sweepEvidence, () => evidence.sweep())];
}
