import type { Connection } from 'mongoose';
import type { Contacts } from '../contacts/contacts.module';
import type { ConversationRepo } from '../conversation/conversation.repo';
import { newConversation } from '../conversation/dialog';
import { isAsked } from '../dialogs/unfinished';
import type { DirectivesView } from '../directives/view';
import type { UserKey } from '../kernel/ids';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import type { Conditions } from '../outbox/outbox-row';
import type { Outbox } from '../outbox/outbox';
import type { OutboxRepo } from '../outbox/outbox.repo';
import type { Calendars } from '../reporting/deadlines';
import { FORMS } from '../reporting/forms';
import { MONTHLY_TASKS, PLAN_TASKS } from '../reporting/tasks';
import { timesAbove } from '../reporting/extension';
import type { Ledger } from '../reporting/ledger';
import type { ReportsService } from '../reporting/reports.service';
import type { ReleasesService } from '../reporting/releases.service';
import type { Rollup } from '../reporting/rollup';
import { ApprovalLists } from './approval-list';
import { reminderEffects } from './chat/remind-effects';
import { Chains, sameMinute, type ChainsDeps } from './escalation/chains';
import { EscalationService } from './escalation/escalation.service';
import { ESCALATION_STEPS } from './escalation/steps';
import { dutiesOf } from './duty-kinds';
import { formDuties } from './form-duties';
import { unansweredDirectives } from './other-works';
import { planSettings } from './plan';
import { approvalJobs, escalationJobs, reminderJobs, sumJobs } from './reminders.jobs';
import { createRemindersRepo } from './reminders.repo';
import { RemindersService } from './reminders.service';
import { confirmWaits } from './confirm-waits';
import { secondKeys } from './second-keys';
import { SumWatch } from './sum-watch';
import { summaryDuties, taskDuties } from './task-duties';
import { usualHours } from './usual-hour';

export interface RemindersModuleDeps {
  readonly config: Parameters<typeof planSettings>[0];
  readonly connection: Connection;
  readonly calendars: Calendars;
  readonly org: { readonly directory: OrgDirectory; readonly service: OrgService };
  readonly contacts: Contacts;
  readonly reporting: {
    readonly reports: ReportsService;
    readonly rollup: Rollup;
    readonly ledger: Pick<Ledger, 'silences' | 'done' | 'adjustment'>;
    readonly releases: Pick<ReleasesService, 'list' | 'get'>;
  };
  readonly directives: { readonly view: Pick<DirectivesView, 'unanswered'> };
  readonly outbox: Outbox & { readonly rows: OutboxRepo; readonly conditions: Conditions };
  readonly conversations: { readonly repo: Pick<ConversationRepo, 'find'> };
}

/** What people are told of reports that are due, late or to be approved: the parts of this folder, joined. */
export function openReminders(deps: RemindersModuleDeps) {
  const { connection, calendars, org, contacts, outbox } = deps;
  const { directory } = org;
  const { reports, ledger } = deps.reporting;
  const { wordsFor, isMuted } = contacts;
  const shared = { reports, directory, outbox, wordsFor, isMuted, enqueue: outbox.enqueue };
  const forms = [...FORMS.values()];
  const tasks = { directory, ledger, calendars, releases: deps.reporting.releases };
  const kinds = [
    ...formDuties(forms, reports, calendars.runs),
    ...taskDuties(PLAN_TASKS, tasks),
    ...summaryDuties(MONTHLY_TASKS, tasks),
  ];
  const settings = planSettings(deps.config, calendars.work);
  const hours = (users: readonly UserKey[]) => usualHours(contacts.repo, users);
  const service = new RemindersService({
    ...{ ...shared, kinds, settings, usualHours: hours, rows: outbox.rows },
    runs: createRemindersRepo(connection),
    isAsked: async (user) => isAsked((await deps.conversations.repo.find(user)) ?? newConversation(user)),
    otherWorks: async (user, at) =>
      unansweredDirectives(await deps.directives.view.unanswered(user, at), user, wordsFor(user)),
  });
  const asked: ChainsDeps = {
    duties: dutiesOf(kinds),
    unreachable: (period, now) => service.unreachable(period, now),
    told: (kind, period, units, now) => service.told(kind, period, units, now),
    reasons: (kind, period) => ledger.silences(kind, period),
  };
  const chains = new Chains({ ...asked, unreachable: sameMinute(asked.unreachable) });
  const escalation = new EscalationService({
    ...{ ...shared, kinds, chains, steps: ESCALATION_STEPS, calendar: calendars.work },
    ...{ contacts: contacts.repo, phoneOf: (office) => org.service.phoneOf(office) },
    enterUntil(id, period) {
      const form = FORMS.get(id);
      return form ? timesAbove(form, calendars, period).approveUntil : null;
    },
    runs: createRemindersRepo(connection, 'escalation'),
  });
  const approvals = new ApprovalLists({
    ...{ ...shared, calendars, settings, usualHours: hours, forms },
  });
  const sums = new SumWatch({ ...shared, calendars, rollup: deps.reporting.rollup });
  outbox.conditions.owns('report_owed', service);
  outbox.conditions.owns('late_units', escalation);
  outbox.conditions.owns('approval_waits', approvals);
  outbox.conditions.owns('confirm_waits', confirmWaits(reports));
  const keys = secondKeys(deps.reporting);
  outbox.conditions.owns('release_key', keys);
  outbox.conditions.owns('adjustment_key', keys);
  return {
    service,
    chains: new Chains(asked),
    effects: reminderEffects(service),
    jobs: reminderJobs(service),
    escalation: { jobs: escalationJobs(escalation) },
    approvals: { jobs: [...approvalJobs(approvals), ...sumJobs(sums)] },
  };
}
