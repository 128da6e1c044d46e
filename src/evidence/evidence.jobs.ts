import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { EvidenceService } from './evidence.service';

/** Fetches again what the messenger's servers did not give the first time. */
export const sweepEvidence = defineJob({
  name: 'evidence.sweep',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

/** Handlers of the jobs of evidence. */
export function evidenceHandlers(evidence: Pick<EvidenceService, 'sweep'>) {
  return { [sweepEvidence.name]: (_payload: z.output<typeof sweepEvidence.schema>) => evidence.sweep() };
}
