import { z } from 'zod';
import { defineJob } from '../jobs/define-job';
import type { AuditService } from './audit.service';

/** Notes what others wrote and gives it its place in the chain. */
export const chainAudit = defineJob({
  name: 'audit.chain',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 30_000 },
});

export function auditHandlers(deps: { readonly audit: Pick<AuditService, 'catchUp'> }) {
  return { [chainAudit.name]: () => deps.audit.catchUp() };
}
