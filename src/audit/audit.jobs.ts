import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import { job, type Job } from '../jobs/job';
import type { AuditService } from './audit.service';

/** Notes what others wrote and gives it its place in the chain. */
export const chainAudit = defineJob({
  name: 'audit.chain',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

export function auditJobs(audit: Pick<AuditService, 'catchUp'>): Job[] {
  return [job(chainAudit, () => audit.catchUp())];
}
