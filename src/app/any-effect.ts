import type { NoteSeen } from '../audit/seen-effects';
import type { CampaignEffect } from '../campaigns/chat/campaign-effects';
import type { ClassEffect, WishEffect } from '../classes/class-effects';
import type { ContactEffect } from '../contacts/contact-effects';
import type { DirectiveEffect } from '../directives/chat/directive-effects';
import type { KeepEvidence, ShowEvidence } from '../evidence/chat/evidence-effects';
import type { GroupEffect } from '../groups/chat/group-effects';
import type { ThreadEffect } from '../handover/chat/thread-effects';
import type { QuestionSolved, QuestionUnsolved } from '../knowledge/chat/unsolved';
import type { HandOverEffect } from '../org/chat/hand-over-effects';
import type { LeaveEffect } from '../org/chat/leave-effects';
import type { OrgEffect } from '../org/chat/org-effects';
import type { TellOfStranger } from '../org/chat/stranger-effects';
import type { ChangeUnits } from '../org/chat/unit-change-effects';
import type { AskInfo, SendNotice, SendNotices } from '../outbox/enqueue';
import type { EraseMe } from '../privacy/chat/privacy-effects';
import type { AskReminder } from '../reminders/chat/remind-effects';
import type { ApproveMany } from '../reporting/chat/report-effects';
import type { LedgerEffect } from '../reporting/ledger';
import type { ReleaseEffect } from '../reporting/releases.service';
import type { ReportEffect } from '../reporting/report-effect';
import type { SheetEffect } from '../sheets/chat/sheet-effects';

/**
 * Every write that a talk can ask for, one line a feature. The union is closed: a dialog that asks for another kind does
 * not compile, and neither does a program in which one of these has no handler (`createApplyEffect`).
 */
declare module '../conversation/dialog' {
  interface EffectsOfFeatures {
    readonly audit: NoteSeen;
    readonly campaigns: CampaignEffect;
    readonly classes: ClassEffect | WishEffect;
    readonly contacts: ContactEffect;
    readonly directives: DirectiveEffect;
    readonly evidence: KeepEvidence | ShowEvidence;
    readonly groups: GroupEffect;
    readonly handover: ThreadEffect;
    readonly knowledge: QuestionUnsolved | QuestionSolved;
    readonly org: OrgEffect | HandOverEffect | LeaveEffect | ChangeUnits | TellOfStranger;
    readonly outbox: SendNotice | SendNotices | AskInfo;
    readonly privacy: EraseMe;
    readonly reminders: AskReminder;
    readonly reporting: ReportEffect | ApproveMany | LedgerEffect | ReleaseEffect;
    readonly sheets: SheetEffect;
  }
}
