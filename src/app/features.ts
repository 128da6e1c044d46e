import classes from '../classes/chat/classes.feature';
import campaigns from '../campaigns/chat/campaigns.feature';
import type { DialogDeps } from '../dialogs/deps';
import type { EffectOutcome, Feature } from '../dialogs/feature';
import type { EventHandlers } from '../channels/stored-event';
import type { Job } from '../jobs/job';
import { generalFeature } from '../dialogs/general.feature';
import { nearFeature } from '../dialogs/near.feature';
import { wishFeature } from '../dialogs/wish.feature';
import directives, { orderReplies } from '../directives/chat/directives.feature';
import groups from '../groups/chat/groups.feature';
import knowledge, { nearArticles } from '../knowledge/chat/knowledge.feature';
import { handoverFeature, talkRest } from '../handover/chat/handover.feature';
import org from '../org/chat/org.feature';
import privacy from '../privacy/chat/privacy.feature';
import evidence from '../evidence/chat/evidence.feature';
import approval from '../reporting/chat/approval.feature';
import recognition from '../recognition/chat/recognition.feature';
import reminders from '../reminders/chat/reminders.feature';
import reporting, { figuresRest } from '../reporting/chat/reporting.feature';
import ledger from '../reporting/chat/ledger.feature';
import release from '../reporting/chat/release.feature';
import sheets from '../sheets/chat/sheets.feature';

/**
 * Every feature of the talk, one line each; the order is that in which they are asked about a message nobody else took.
 * A new feature is a folder and a line here.
 */
export const FEATURES: readonly Feature<DialogDeps>[] = [
  handoverFeature(() => FEATURES),
  org,
  orderReplies,
  wishFeature(() => FEATURES),
  privacy,
  campaigns,
  groups,
  classes,
  knowledge,
  approval,
  evidence,
  directives,
  reporting,
  reminders,
  recognition,
  release,
  ledger,
  sheets,
  generalFeature(() => FEATURES),
  nearFeature(() => FEATURES, nearArticles),
  figuresRest,
  talkRest,
];

/** What the module of a feature brings to the running program. */
export interface FeatureParts {
  /** One handler for each kind of its effects, which the compiler checks where they stand. */
  readonly effects?: Readonly<Record<string, (effect: never) => Promise<EffectOutcome>>>;
  /** What it does with events that are not talk. */
  readonly events?: EventHandlers;
  readonly jobs?: readonly Job[];
}
