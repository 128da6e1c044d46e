import { z } from 'zod';
import { auditHandlers, chainAudit } from '../audit/audit.jobs';
import type { AuditService } from '../audit/audit.service';
import { defineJob, type JobCatalogue } from '../jobs/define-job';
import type { CampaignTimers } from '../campaigns/campaign-timers';
import { campaignHandlers, runCampaigns } from '../campaigns/campaigns.jobs';
import { directiveHandlers, runDirectives } from '../directives/directives.jobs';
import type { DirectiveTimers } from '../directives/timers';
import { classHandlers, sweepClasses } from '../classes/classes.jobs';
import type { ClassTimers } from '../classes/class-timers';
import { evidenceHandlers, sweepEvidence } from '../evidence/evidence.jobs';
import type { EvidenceService } from '../evidence/evidence.service';
import { handoverHandlers, sweepThreads } from '../handover/handover.jobs';
import { handlePerson, forgetInbox, inboxHandlers, sweepInbox, type InboxJobDeps } from '../inbox/inbox.jobs';
import { outboxHandlers, sweepOutbox } from '../outbox/outbox.jobs';
import type { Outbox } from '../outbox/outbox';
import { carryOutErasures, privacyHandlers } from '../privacy/privacy.jobs';
import { orgHandlers, sweepPosts } from '../org/org.jobs';
import type { EscalationService } from '../reminders/escalation/escalation.service';
import { escalate, listApprovals, planReminders, reminderHandlers } from '../reminders/reminders.jobs';
import type { ApprovalLists } from '../reminders/approval-list';
import type { RemindersService } from '../reminders/reminders.service';

/** Keeps the channel's tokens fresh, also in weeks in which nobody is written to. */
export const renewTokens = defineJob({
  name: 'zalo.renewTokens',
  schema: z.object({}),
  attempts: 1,
  schedule: { every: 15 * 60_000 },
});

/**
 * Every job there is, with its handler. A new job is a definition in its folder and two lines here, before the outbox's
 * when it writes there: a clock that is moved runs them in this order. Where it plans rows for later instants, a third
 * line in `nextDue` says when the next falls due.
 */
export function jobCatalogue(deps: {
  readonly inbox: InboxJobDeps;
  readonly outbox: Pick<Outbox, 'sweep' | 'nextDue'>;
  readonly reminders: Pick<RemindersService, 'plan' | 'nextDue'>;
  readonly directives: Pick<DirectiveTimers, 'run' | 'nextDue'>;
  readonly campaigns: Pick<CampaignTimers, 'run' | 'nextDue'>;
  readonly escalation: Pick<EscalationService, 'plan' | 'nextDue'>;
  readonly approvalLists: Pick<ApprovalLists, 'plan' | 'nextDue'>;
  readonly evidence: Pick<EvidenceService, 'sweep'>;
  readonly sweepPosts: (now: Date) => Promise<void>;
  readonly audit: Pick<AuditService, 'catchUp'>;
  readonly eraseAsked: (now: Date) => Promise<void>;
  readonly classes: Pick<ClassTimers, 'run' | 'nextDue'>;
  readonly handover: Parameters<typeof handoverHandlers>[0];
  readonly nextOfThreads: (after: Date) => Promise<Date | null>;
  readonly renewTokens: () => Promise<void>;
}): JobCatalogue {
  return {
    definitions: [
      renewTokens,
      handlePerson,
      sweepInbox,
      forgetInbox,
      sweepEvidence,
      sweepPosts,
      sweepThreads,
      planReminders,
      runDirectives,
      runCampaigns,
      escalate,
      sweepClasses,
      carryOutErasures,
      listApprovals,
      sweepOutbox,
      chainAudit,
    ],
    handlers: {
      ...inboxHandlers(deps.inbox),
      ...outboxHandlers(deps.outbox),
      ...directiveHandlers(deps.directives),
      ...campaignHandlers(deps.campaigns),
      ...reminderHandlers(deps.reminders, deps.escalation, deps.approvalLists),
      ...evidenceHandlers(deps.evidence),
      ...orgHandlers(deps),
      ...handoverHandlers(deps.handover),
      ...auditHandlers(deps),
      ...classHandlers(deps.classes),
      ...privacyHandlers(deps),
      [renewTokens.name]: () => deps.renewTokens(),
    },
    nextDue: [
      (after) => deps.reminders.nextDue(after),
      (after) => deps.directives.nextDue(after),
      (after) => deps.campaigns.nextDue(after),
      (after) => deps.escalation.nextDue(after),
      (after) => deps.classes.nextDue(after),
      (after) => deps.approvalLists.nextDue(after),
      (after) => deps.nextOfThreads(after),
      (after) => deps.outbox.nextDue(after),
    ],
  };
}
