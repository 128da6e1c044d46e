import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import type { WorkCalendar } from '../kernel/work-calendar';
import type { OrgService } from '../org/org.service';
import type { UnitTag } from '../org/seed/tags';
import type { Enqueue, Purpose, RowFate } from '../outbox/outbox-row';
import type { Reach } from '../outbox/policy';
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
  readonly rows: { fates(ids: readonly string[]): Promise<readonly RowFate[]> };
  readonly calendar: WorkCalendar;
  readonly wordsFor: (user: UserKey) => Words;
  readonly tags: Readonly<Record<UnitTag, ReadonlySet<string>>>;
  /** Codes of the pilot communes; a setting that is empty until they are named. */
  readonly pilots: readonly string[];
  /** Opens the talk of a stuck office with the office above it; null: the reason stays with the recipient and is told. */
  readonly stuck: OpenStuck | null;
}

/** Opens a talk about what keeps an office from doing it; the same id opens one. Answers by when somebody will answer. */
export type OpenStuck = (talk: {
  readonly id: string;
  readonly unit: string;
  readonly user: UserKey;
  readonly text: string;
  readonly directive: string;
  readonly at: Date;
}) => Promise<{ readonly promisedAt: Date }>;
