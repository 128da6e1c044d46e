import type { OutboundMessage, TemplateData } from '../channels/channel';
import type { UserKey } from '../kernel/ids';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import type { HeldRow, OutboxRepo } from './outbox.repo';

/** A message on its way to a person, and the condition under which one that was planned earlier leaves. */

/** Why a message is written. `reply` answers what the person just did; the rest are our own idea and obey the night, the window and the budget. */
export type Purpose = 'reply' | 'period_opening' | 'reminder' | 'returned' | 'directive' | 'notice';

export type OutboxState =
  /** Waits for its time or for a sender. */
  | 'queued'
  /** A sender has it in hand, or asks whether it arrived; after a crash the row is found in this state and its send is uncertain. */
  | 'sending'
  | 'sent'
  /** May have arrived; not repeated blindly. */
  | 'uncertain'
  /** Deliberately not sent; `reason` says why. */
  | 'dropped'
  /** The person cannot be reached; `reason` says why. */
  | 'unreachable'
  /** Set aside after too many tries; `npm run replay` lists it. */
  | 'dead';

export interface NewOutboxMessage {
  /** `<eventId>:<n>`, `reminder:<rule>:<form>:<period>:<unit>:<user>`: the same cause gives the same id, so a repeat writes nothing. */
  readonly id: string;
  readonly to: UserKey;
  readonly purpose: Purpose;
  readonly message: OutboundMessage;
  /** For a purpose that may have to go as an approved template: its values. */
  readonly template?: TemplateData;
  /** Not before this instant; absent: at once. */
  readonly notBefore?: Date;
  /** After this instant it is pointless and is dropped. */
  readonly expiresAt?: Date;
  readonly onlyIf?: StillTrue;
  /** Leaves at any hour of any day: a critical directive, which two people have answered for. Absent: quiet hours are kept. */
  readonly anyHour?: true;
  /** The event or job that caused it. */
  readonly cause: string;
  readonly createdAt: Date;
}

export interface OutboxRow extends NewOutboxMessage {
  readonly state: OutboxState;
  readonly reason: string | null;
  readonly attempts: number;
  readonly notBefore: Date;
  /** The channel's id of the message, once it was accepted. */
  readonly messageId: string | null;
  readonly sentAt: Date | null;
  readonly deliveredAt: Date | null;
  readonly seenAt: Date | null;
  readonly quota: Readonly<Record<string, unknown>> | null;
  /** What it cost, in VND; absent while it was not sent. An uncertain one counts as sent. */
  readonly cost?: number;
}

/** What is not known of a row yet. */
export const UNKNOWN = {
  ...{ reason: null, owner: null, messageId: null, quota: null },
  ...{ sentAt: null, deliveredAt: null, seenAt: null },
};

/** A new row as its sender knows it. */
export function newRow(row: NewOutboxMessage, order: number, notBefore: Date, owner: string): HeldRow {
  return { ...UNKNOWN, ...row, notBefore, order, owner, state: 'queued', attempts: 0 };
}

/** Writes rows that are not there yet and wakes the sender. Rows that exist stay as they are. Resolves once they are stored. */
export type Enqueue = (messages: readonly NewOutboxMessage[]) => Promise<void>;

/** What became of a row. */
export type RowFate = Pick<
  OutboxRow,
  'id' | 'state' | 'createdAt' | 'reason' | 'sentAt' | 'deliveredAt' | 'seenAt'
>;

/** What must still be true when a message that was planned earlier is about to leave. A new kind is a name here and its owner in `app`. */
export type StillTrue = ReportOwed | StandingCondition;

/** The unit has not submitted this form for this period. */
export interface ReportOwed {
  readonly kind: 'report_owed';
  readonly form: string;
  readonly period: string;
  readonly unit: string;
  /** Further reports that the same message speaks of; it is dropped only when none of them is owed any more. */
  readonly also?: readonly { readonly form: string; readonly period: string; readonly unit: string }[];
}

/** Something else that whoever owns the kind can look up: an office that still has to hear of a directive, a list of late units, what waits for approval, the board of a group, thanks for a month. */
export interface StandingCondition {
  readonly kind:
    | 'directive_open'
    | 'late_units'
    | 'approval_waits'
    | 'confirm_waits'
    | SecondKey
    | 'group_board'
    | 'thanks_due';
  /** What it is about, in the words of its owner. */
  readonly ref: string;
}

/** What waits for a second key: a request to turn it holds only so long. */
export type SecondKey = 'directive_key' | 'campaign_key' | 'release_key' | 'adjustment_key';

/** Requests whose words never change between their planning and their send: they may be split like any other text. */
export const WORDS_STAY: ReadonlySet<StillTrue['kind']> = new Set<SecondKey>([
  'directive_key',
  'campaign_key',
  'release_key',
  'adjustment_key',
]);

/**
 * What the owner of a condition says at the moment of sending. `send` may bring the words as they must read now;
 * `wait` moves the message, `drop` ends it with `no_longer_true`.
 */
export type StillTrueAnswer =
  | { readonly now: 'send'; readonly message?: OutboundMessage; readonly template?: TemplateData }
  | { readonly now: 'wait'; readonly until: Date }
  | { readonly now: 'drop' };

/** Asked for every row that carries `onlyIf`, right before its send; `at` is that moment. */
export type StillTrueCheck = (row: OutboxRow, at: Date) => Promise<StillTrueAnswer>;

/** Who answers for a kind of condition: each has one owner, which registers itself. */
export interface ConditionOwner {
  /** Whether the row still holds, and its words as of now. */
  isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer>;
  /** The person of the row cannot be reached after all. Absent: nothing is done about it. */
  onUnreachable?(row: OutboxRow, at: Date): Promise<void>;
}

type Kind = StillTrue['kind'];

/** Asks the owner of a row's condition; a row without one simply leaves. */
export class Conditions implements Required<ConditionOwner> {
  private readonly owners = new Map<Kind, ConditionOwner>();
  private readonly listeners: Required<ConditionOwner>['onUnreachable'][] = [];

  /** From now on that owner answers for the kind. Throws a RangeError where another one does. */
  owns(kind: Kind, owner: ConditionOwner): void {
    if (this.owners.has(kind)) throw new RangeError(`${kind} has an owner`);
    this.owners.set(kind, owner);
  }

  /** Told of every row whose person cannot be reached, after the owner of its condition; perhaps more than once. */
  whenUnreachable(listener: Required<ConditionOwner>['onUnreachable']): void {
    this.listeners.push(listener);
  }

  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    return row.onlyIf ? this.ownerOf(row.onlyIf.kind).isStillNeeded(row, at) : { now: 'send' };
  }

  async onUnreachable(row: OutboxRow, at: Date): Promise<void> {
    if (row.onlyIf) await this.ownerOf(row.onlyIf.kind).onUnreachable?.(row, at);
    for (const listener of this.listeners) await listener(row, at);
  }

  private ownerOf(kind: Kind): ConditionOwner {
    const owner = this.owners.get(kind);
    if (!owner) throw new RangeError(`nobody answers for ${kind}`);
    return owner;
  }
}

/** The reports a condition speaks of; none when it is about something else. */
export function reportsNamed(
  condition: StillTrue | undefined,
): readonly Pick<ReportOwed, 'form' | 'period' | 'unit'>[] {
  return condition?.kind === 'report_owed' ? [condition, ...(condition.also ?? [])] : [];
}

const REMINDING: readonly Purpose[] = ['period_opening', 'reminder'];

/**
 * Whom of these a reminder that we began ourselves reached on the day of `at`, in Viet Nam, or waits to reach yet. Other
 * messages of our own give way to it: one a day.
 */
export async function remindedOn(
  rows: Pick<OutboxRepo, 'toPeople'>,
  users: readonly UserKey[],
  at: Date,
): Promise<ReadonlySet<UserKey>> {
  const start = inVietnam(at).startOf('day').toJSDate();
  const end = new Date(start.getTime() + DAY);
  const told = (await rows.toPeople(users, REMINDING, start, end)).filter(
    ({ id, state, notBefore }) =>
      id.startsWith('reminder:') &&
      state !== 'dropped' &&
      state !== 'unreachable' &&
      vnDay(notBefore) === vnDay(at),
  );
  return new Set(told.map(({ to }) => to));
}
