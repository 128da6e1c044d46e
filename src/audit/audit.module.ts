import type { Connection } from 'mongoose';
import type { Clock } from '../kernel/clock';
import { MINUTE } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { OrgRepo } from '../org/org.repo';
import { auditJobs } from './audit.jobs';
import { createAuditRepo } from './audit.repo';
import { AuditService } from './audit.service';
import { postSource } from './post-notes';
import { unitSource } from './unit-notes';
import { seenEffects } from './seen-effects';

/** A message that has waited so long holds the chain up no more: it is in trouble of its own. */
const HELD_MS = MINUTE;

export interface AuditModuleDeps {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly org: { readonly repo: OrgRepo; readonly directory: OrgDirectory };
  readonly inboxRows: { oldestWaiting(): Promise<Date | null> };
}

/** The audit of the running program: it hears of posts, and of reports, from where they stand (`hears`), and of the rest by `note`. */
export function openAudit({ connection, clock, org, inboxRows }: AuditModuleDeps) {
  const service = new AuditService({
    repo: createAuditRepo(connection),
    sources: [postSource(org.repo, () => clock.now()), unitSource(org.repo)],
    heldFrom: async () => {
      const oldest = await inboxRows.oldestWaiting();
      return oldest && clock.now().getTime() - oldest.getTime() < HELD_MS ? oldest : null;
    },
  });
  return { service, effects: seenEffects(service), jobs: auditJobs(service) };
}
