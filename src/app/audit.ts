import type { Connection } from 'mongoose';
import { createAuditRepo } from '../audit/audit.repo';
import { AuditService } from '../audit/audit.service';
import { postSource } from '../audit/post-notes';
import type { InboxRepo } from '../inbox/inbox.repo';
import type { Clock } from '../kernel/clock';
import { MINUTE } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { OrgRepo } from '../org/org.repo';
import { reportSource } from '../reporting/report-audit';
import type { ReportsRepo } from '../reporting/reports.repo';

/** A message that has waited so long holds the chain up no more: it is in trouble of its own. */
const HELD_MS = MINUTE;

/** The audit of the running program: it hears of reports and posts from where they stand, and of the rest by `note`. */
export function openAudit(deps: {
  readonly connection: Connection;
  readonly clock: Clock;
  readonly orgRepo: OrgRepo;
  readonly directory: OrgDirectory;
  readonly reportsRepo: ReportsRepo;
  readonly inboxRepo: Pick<InboxRepo, 'oldestWaiting'>;
}): AuditService {
  const { clock, directory } = deps;
  const holder = (unit: string) =>
    directory.officesActingFor(unit).find((office) => office.user !== null)?.user ?? null;
  return new AuditService({
    repo: createAuditRepo(deps.connection),
    sources: [reportSource(deps.reportsRepo, holder), postSource(deps.orgRepo, () => clock.now())],
    heldFrom: async () => {
      const oldest = await deps.inboxRepo.oldestWaiting();
      return oldest && clock.now().getTime() - oldest.getTime() < HELD_MS ? oldest : null;
    },
  });
}
