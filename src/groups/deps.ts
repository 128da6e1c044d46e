import type { AuditService } from '../audit/audit.service';
import type { ContactsRepo } from '../contacts/contacts.repo';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import type { Enqueue } from '../outbox/outbox-row';
import type { Duty } from '../reporting/duties';
import type { PeriodTimes } from '../reporting/deadlines';
import type { Holder } from './difference';
import type { GroupHost } from './group-host';
import type { GroupsRepo } from './groups.repo';

/** What the parts of the mirror need. */
export interface GroupsDeps {
  readonly repo: GroupsRepo;
  /** Null: the messenger has no groups for us. */
  readonly host: GroupHost | null;
  /** Turns the messenger's id of a group into its address. */
  readonly addressOf: (groupId: string) => UserKey;
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesIn' | 'officesOf' | 'everHeldBy' | 'all'>;
  readonly org: Pick<OrgService, 'mayWriteFor'>;
  readonly contacts: Pick<ContactsRepo, 'getMany'>;
  readonly reports: {
    times(form: string, period: string): PeriodTimes;
    duties(form: string, period: string, unit: string, now: Date): Promise<readonly Duty[]>;
  };
  readonly calendar: Pick<WorkCalendar, 'isWorkingDay'>;
  /** Days of Tết, on which nothing is posted. */
  readonly restDays: ReadonlySet<string>;
  readonly audit: Pick<AuditService, 'note'>;
  readonly enqueue: Enqueue;
  /** Whether anything is written into groups. */
  readonly posts: boolean;
  /** Opens the private chat with the bot; empty where there is no such link. */
  readonly chatLink: string;
  /** Of nobody in particular: what everybody in a group reads. */
  readonly wordsFor: (user: UserKey | null) => Words;
  /** Whether the person asked us not to write unasked. */
  readonly isMuted: (user: UserKey) => boolean;
  readonly addressVars: (words: Words, to: Holder) => { readonly address: string; readonly Address: string };
  /** An order was given: carry it out soon. */
  readonly wake: () => void;
  readonly log: {
    warn(facts: object, message: string): void;
    error(facts: object, message: string): void;
  };
}
