import type { HandoverView } from '../handover/handover-view';
import type { Words } from '../kernel/i18n';
import type { UserKey } from '../kernel/ids';
import type { AskedCount } from '../classes/asked';
import type { ClassesService } from '../classes/classes.service';
import type { Article } from '../knowledge/article';
import type { OrgDirectory } from '../org/directory';
import type { OrgService } from '../org/org.service';
import type { Recognition } from '../recognition/recognition.service';
import type { Chains } from '../reminders/escalation/chains';
import type { RemindersService } from '../reminders/reminders.service';
import type { EvidenceService } from '../evidence/evidence.service';
import type { CampaignsView } from '../campaigns/campaigns.view';
import type { GroupsView } from '../groups/groups.view';
import type { DirectivesView } from '../directives/view';
import type { Kept } from '../contacts/kept';
import type { Calendars } from '../reporting/deadlines';
import type { OptionalFigures } from '../reporting/forms';
import type { Report, ReportKey } from '../reporting/report';
import type { Ledger } from '../reporting/ledger';
import type { ReleasesService } from '../reporting/releases.service';
import type { Rollup } from '../reporting/rollup';
import type { SentSheets } from '../sheets/sent-sheets';

/** What dialogs may read. Writes go through effects (`effects.ts`). */
export interface DialogDeps {
  readonly org: Pick<
    OrgService,
    'lookUp' | 'findByCode' | 'findByPhone' | 'consentOf' | 'phoneOf' | 'codeMark'
  >;
  readonly directory: Pick<
    OrgDirectory,
    | 'tree'
    | 'officesOf'
    | 'officesIn'
    | 'offeredTo'
    | 'holdersOf'
    | 'mayActFor'
    | 'lostRight'
    | 'everHeldBy'
    | 'refresh'
  >;
  readonly reports: {
    get(key: ReportKey): Promise<Report | null>;
    /** Reports of the months before, the last one first; only those that exist. */
    history(key: ReportKey, months: number): Promise<readonly Report[]>;
    /** The reports of these units for the period, drafts too; units without one are left out. */
    submissions(form: string, period: string, units: readonly string[]): Promise<readonly Report[]>;
    /** How many other units of the same commune had their lock moved in the period. */
    extensions(key: ReportKey): Promise<number>;
  };
  /** What was sent beside a report. */
  readonly evidence: Pick<EvidenceService, 'of' | 'ofAll'>;
  /** Sheets of figures that were sent in chat. */
  readonly sheets: Pick<SentSheets, 'shownTo' | 'get'>;
  readonly ledger: Pick<Ledger, 'explanations' | 'done' | 'adjustments' | 'adjustment'>;
  readonly releases: Pick<ReleasesService, 'list' | 'get' | 'draft' | 'confirmed'>;
  readonly rollup: Pick<Rollup, 'totals' | 'notSent'>;
  readonly reminders: Pick<RemindersService, 'wouldAsk'>;
  readonly directives: Omit<DirectivesView, 'list'>;
  readonly campaigns: Pick<CampaignsView, keyof CampaignsView>;
  readonly groups: Pick<GroupsView, 'off' | 'of' | 'inChargeOf' | 'places' | 'names'>;
  /** Whether the person asked us not to write unasked. */
  readonly isMuted: (user: UserKey) => boolean;
  /** The words of somebody else, in their language and the form of address they asked for. Absent: those of whoever talks. */
  readonly wordsFor?: (user: UserKey) => Words;
  /** What is kept about the person beside posts and figures. */
  readonly kept: (user: UserKey, at: Date) => Promise<Kept>;
  readonly articles: (locale: string) => readonly Article[];
  /** When these people last wrote to us; those never heard of are left out. */
  readonly lastContact: (users: readonly UserKey[]) => Promise<ReadonlyMap<UserKey, Date>>;
  /** How the asking of each unit for a report stands, and how it ended. */
  readonly chains: Pick<Chains, 'of' | 'counts'>;
  /** What the last message the person was shown, other than the answer to this event, has behind a digit; null: nothing. */
  readonly shown: (
    user: UserKey,
    digit: number,
    event: { readonly id: string; readonly arrivedAt: Date },
  ) => Promise<string | null>;
  /** Payloads of the buttons that begin with these letters, of messages that left for the person since then, the oldest first. */
  readonly offered: (user: UserKey, letters: string, since: Date) => Promise<readonly string[]>;
  readonly classes: Pick<
    ClassesService,
    'get' | 'coming' | 'awaiting' | 'ofPerson' | 'held' | 'lastNumbers' | 'proposalsFor' | 'lastPlace'
  > & {
    /** The commune of the person's post, or the one they said they live in; null: not known. */
    communeOf(user: UserKey, at: Date): string | null;
    /** What people of the commune were stuck at in the week, the most asked first. */
    askedIn(week: string, commune: string): Promise<readonly AskedCount[]>;
  };
  /** Talks with a human, and where people live. */
  readonly handover: HandoverView;
  /** What units have done month after month, and the list for the awards. Who may read it is the feature's to check. */
  readonly recognition: Pick<Recognition, 'recordOf' | 'villagesToPropose' | 'shortlist' | 'evidenceFor'>;
  readonly settings: DialogSettings;
}

/** The part of the configuration that dialogs speak of. */
export interface DialogSettings {
  readonly calendars: Calendars;
  readonly optionalFigures: OptionalFigures;
  readonly undoMinutes: number;
  /** The chair of a commune is asked to confirm its month. Absent: nobody is. */
  readonly chairConfirms?: boolean;
  /** Address of the picture on the card that asks for a phone number; null: the messenger has no such card, or cannot reach us. */
  readonly askPhoneImage: string | null;
  /** Version of the privacy notice; raised when its text changes, so that it is shown again. */
  readonly noticeVersion: string;
}
