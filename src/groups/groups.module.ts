import type { Connection } from 'mongoose';
import type { Contacts } from '../contacts/contacts.module';
import type { Jobs } from '../jobs/jobs';
import { userKey, type UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { Logger } from '../observability/logger';
import { addressVars } from '../org/chat/people';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import type { Conditions, Enqueue } from '../outbox/outbox-row';
import type { SendRules } from '../outbox/send-rules';
import { groupEffects } from './chat/group-effects';
import type { GroupsDeps } from './deps';
import { groupEvents } from './group-events';
import type { GroupHost } from './group-host';
import { createGroups } from './groups';
import { groupJobs, runGroups } from './groups.jobs';
import { createGroupsRepo } from './groups.repo';

export interface GroupsModuleDeps {
  readonly connection: Connection;
  readonly calendars: { readonly work: WorkCalendar };
  readonly org: { readonly directory: OrgDirectory; readonly service: OrgService };
  readonly contacts: Pick<Contacts, 'repo'>;
  readonly reporting: { readonly reports: GroupsDeps['reports'] };
  readonly audit: { readonly service: GroupsDeps['audit'] };
  readonly outbox: {
    readonly enqueue: Enqueue;
    readonly rules: SendRules;
    readonly conditions: Conditions;
  };
  readonly channelModule: { readonly groups: GroupHost | null; readonly chatLink: string };
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
  readonly wordsOf: (locale: string) => Words;
  readonly log: Pick<Logger, 'warn' | 'error'>;
}

/** The groups of the communes: the parts of this folder, joined. */
export function openGroups(deps: GroupsModuleDeps) {
  const { org, outbox, channelModule, wordsFor, wordsOf, isMuted, log } = deps;
  const repo = createGroupsRepo(deps.connection);
  let jobs: Pick<Jobs, 'wake'> | null = null;
  const { view, service, boards, timers } = createGroups({
    ...{ repo, log, addressVars, isMuted, directory: org.directory, org: org.service },
    ...{ host: channelModule.groups, chatLink: channelModule.chatLink, enqueue: outbox.enqueue },
    ...{ contacts: deps.contacts.repo, reports: deps.reporting.reports, audit: deps.audit.service },
    ...{ calendar: deps.calendars.work, restDays: outbox.rules.restDays ?? new Set() },
    posts: outbox.rules.groups,
    addressOf: (groupId) => userKey('zalo-group', groupId),
    wordsFor: (user) => (user === null ? wordsOf('') : wordsFor(user)),
    wake: () => jobs?.wake(runGroups, {}, { dedupeId: runGroups.name }),
  });
  outbox.conditions.owns('group_board', boards);
  return {
    repo,
    view,
    effects: groupEffects(service),
    events: groupEvents(service),
    jobs: groupJobs(timers),
    /** From now on an order is carried out at once; before, within a minute. */
    follow: (queue: Pick<Jobs, 'wake'>) => {
      jobs = queue;
    },
  };
}
