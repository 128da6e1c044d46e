import type { Enqueue } from '../outbox/outbox-row';
import { contactEffects, type ContactEffect, type WritesPreferences } from '../contacts/contact-effects';
import { classEffects } from '../classes/chat/class-effects';
import classes from '../classes/chat/classes.feature';
import type { QuestionSolved, QuestionUnsolved } from '../knowledge/chat/unsolved';
import type { ClassEffect, WishEffect } from '../classes/class-effects';
import { campaignEffects, type CampaignEffect } from '../campaigns/chat/campaign-effects';
import campaigns from '../campaigns/chat/campaigns.feature';
import type { DialogDeps } from '../dialogs/deps';
import { effectRunner, type EffectHandlers, type Feature } from '../dialogs/feature';
import { generalFeature } from '../dialogs/general.feature';
import { nearFeature } from '../dialogs/near.feature';
import { evidenceEffects, type KeepEvidence } from '../evidence/chat/evidence-effects';
import { directiveEffects, type DirectiveEffect } from '../directives/chat/directive-effects';
import directives from '../directives/chat/directives.feature';
import type { DirectivesService } from '../directives/directives.service';
import knowledge, { nearArticles } from '../knowledge/chat/knowledge.feature';
import { handOverEffects, type HandOverEffect } from '../org/chat/hand-over-effects';
import { orgEffects, type OrgEffect } from '../org/chat/org-effects';
import { threadEffects, type ThreadEffect } from '../handover/chat/thread-effects';
import { handoverFeature, talkRest } from '../handover/chat/handover.feature';
import org from '../org/chat/org.feature';
import { noticeEffects, type SendNotice, type SendNotices } from '../outbox/notice-effects';
import { privacyEffects, type EraseMe } from '../privacy/chat/privacy-effects';
import privacy from '../privacy/chat/privacy.feature';
import approval from '../reporting/chat/approval.feature';
import { reportEffects, type ApproveMany } from '../reporting/chat/report-effects';
import reminders from '../reminders/chat/reminders.feature';
import { reminderEffects, type AskReminder } from '../reminders/chat/remind-effects';
import reporting from '../reporting/chat/reporting.feature';
import { releaseEffects } from '../reporting/chat/release-effects';
import { ledgerEffects } from '../reporting/chat/ledger-effects';
import ledger from '../reporting/chat/ledger.feature';
import release from '../reporting/chat/release.feature';
import type { LedgerEffect } from '../reporting/ledger';
import type { ReleaseEffect } from '../reporting/releases.service';
import type { ReportEffect } from '../reporting/report';

/**
 * Every feature of the talk, one line each; the order is that in which they are asked about a message nobody else took.
 * A new feature is a folder and a line here, and its effects a line below.
 */
export const FEATURES: readonly Feature<DialogDeps>[] = [
  handoverFeature(() => FEATURES),
  org,
  privacy,
  campaigns,
  classes,
  knowledge,
  approval,
  directives,
  reporting,
  reminders,
  release,
  ledger,
  generalFeature(() => FEATURES),
  nearFeature(() => FEATURES, nearArticles),
  talkRest,
];

/** Every write a talk can ask for. */
type ProductEffect =
  | ReportEffect
  | ReleaseEffect
  | LedgerEffect
  | ApproveMany
  | OrgEffect
  | KeepEvidence
  | DirectiveEffect
  | SendNotice
  | SendNotices
  | ContactEffect
  | AskReminder
  | EraseMe
  | ClassEffect
  | HandOverEffect
  | WishEffect
  | QuestionUnsolved
  | QuestionSolved
  | ThreadEffect
  | CampaignEffect;

export interface EffectServices {
  readonly reports: Parameters<typeof reportEffects>[0];
  readonly ledger: Parameters<typeof ledgerEffects>[0];
  readonly releases: Parameters<typeof releaseEffects>[0];
  readonly org: Parameters<typeof orgEffects>[0] &
    Parameters<typeof reportEffects>[1] &
    Parameters<typeof ledgerEffects>[1];
  readonly privacy: Parameters<typeof privacyEffects>[0];
  readonly classes: Parameters<typeof classEffects>[0];
  readonly asked: Parameters<typeof classEffects>[1];
  readonly evidence: Parameters<typeof evidenceEffects>[0];
  readonly directives: DirectivesService;
  readonly threads: Parameters<typeof threadEffects>[0];
  readonly handOvers: Parameters<typeof handOverEffects>[0];
  readonly campaigns: Parameters<typeof campaignEffects>[0];
  readonly preferences: WritesPreferences;
  readonly enqueue: Enqueue;
  readonly reminders: Parameters<typeof reminderEffects>[0];
}

/** Does one write of a turn. The compiler names a kind that nobody handles. */
export function createApplyEffect(services: EffectServices) {
  const handlers: EffectHandlers<ProductEffect> = {
    ...reportEffects(services.reports, services.org),
    ...ledgerEffects(services.ledger, services.org, services.reports),
    ...releaseEffects(services.releases, services.org),
    ...orgEffects(services.org),
    ...privacyEffects(services.privacy),
    ...classEffects(services.classes, services.asked),
    ...handOverEffects(services.handOvers),
    ...evidenceEffects(services.evidence),
    ...directiveEffects(services.directives),
    ...campaignEffects(services.campaigns),
    ...noticeEffects(services.enqueue),
    ...contactEffects(services.preferences),
    ...reminderEffects(services.reminders),
    ...threadEffects(services.threads),
  };
  return effectRunner(handlers);
}
