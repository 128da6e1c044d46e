import type { AuditService } from '../audit/audit.service';
import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { OrgService } from '../org/org.service';
import type { UnitTag } from '../org/seed/tags';
import type { Enqueue, OutboxRow, Purpose, RowFate } from '../outbox/outbox-row';
import type { Reach } from '../outbox/policy';
import type { AnnexesRepo } from './annexes.repo';
import type { AnnexFiles } from './annexes';
import type { DirectivesRepo } from './directives.repo';
import type { Offices } from './offices';

/** What directives are made of; one object for the parts of the folder. */
export interface DirectivesDeps {
  readonly repo: DirectivesRepo;
  readonly offices: Offices;
  readonly org: Pick<OrgService, 'mayWriteFor' | 'phoneOf'>;
  readonly outbox: {
    readonly enqueue: Enqueue;
    reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
  };
  readonly rows: {
    fates(ids: readonly string[]): Promise<readonly RowFate[]>;
    toPeople(
      users: readonly UserKey[],
      purposes: readonly Purpose[],
      from: Date,
      to: Date,
    ): Promise<readonly OutboxRow[]>;
  };
  /** The instant itself, or the next at which people are written to unasked. */
  readonly afterRest: (at: Date) => Date;
  /** Minutes after midnight at which reminders of reports leave. */
  readonly remindAt: number;
  readonly calendar: WorkCalendar;
  readonly wordsFor: (user: UserKey) => Words;
  readonly tags: Readonly<Record<UnitTag, ReadonlySet<string>>>;
  /** Codes of the pilot communes; a setting that is empty until they are named. */
  readonly pilots: readonly string[];
  readonly stuck: StuckTalks;
  readonly audit: Pick<AuditService, 'note'>;
  /** Files that go with directives. */
  readonly annexes: AnnexesRepo;
  readonly files: AnnexFiles;
  readonly clock: Clock;
  readonly log: {
    info(facts: object, message: string): void;
    warn(facts: object, message: string): void;
  };
}

/** The talk of a stuck office with the office above it, which is kept elsewhere. */
export interface StuckTalks {
  /** By when somebody of the unit above answers; null: nobody is there to. */
  promisedAt(unit: string, at: Date): Date | null;
  /** The same id opens one talk. False: none was opened, since the person has another that is open. */
  open(talk: {
    readonly id: string;
    readonly unit: string;
    readonly user: UserKey;
    readonly topic: string;
    readonly at: Date;
  }): Promise<boolean>;
}
