import type { UserKey } from '../kernel/ids';
import { rememberNext } from '../kernel/instants';
import { chunks, groupBy } from '../kernel/lists';
import { DAY, inVietnam, vnDay } from '../kernel/vn-time';
import { OneByOne } from '../kernel/retry';
import type { Enqueue, NewOutboxMessage, OutboxRow, StillTrueAnswer } from '../outbox/outbox-row';
import type { OutboxRepo } from '../outbox/outbox.repo';
import { Owed, type FullDuty, type OwedDeps } from './recipients';
import { periodsBetween, type RemindedPeriod } from './duty-kinds';
import { occasionsAfter, planReminders, type PlannedReminder } from './plan';
import { AskReminder, conditionOf, type Asked } from './ask-reminder';
import { isAskedFor } from './asked-for';
import { ReminderWords, type ReminderWordsDeps } from './reminder-texts';
import { Reached, REMINDING } from './reached';
import type { UnreachableWhy } from './unreachable';

/**
 * Reminders: who still owes something (`duty-kinds.ts`) is told by the rules of `rules.ts`, up to the day after the deadline;
 * once a day at most, in one message, and never again once it is done. The planner decides, this file loads what it
 * needs and hands rows with fixed ids to the outbox. At the moment of sending the words are made anew from what is then
 * true. Imports kernel, jobs, org, reporting and outbox.
 */
export interface RemindersDeps extends OwedDeps, ReminderWordsDeps {
  readonly directory: OwedDeps['directory'] & ReminderWordsDeps['directory'];
  readonly outbox: OwedDeps['outbox'] & { readonly enqueue: Enqueue };
  readonly rows: Pick<OutboxRepo, 'toPeople' | 'troubled' | 'byPhone'>;
  readonly runs: {
    plannedUntil(): Promise<Date | null>;
    notePlanned(until: Date): Promise<void>;
  };
  /** The hours at which these people usually write; those of whom it is not known are left out. Absent: of nobody. */
  readonly usualHours?: (users: readonly UserKey[]) => Promise<ReadonlyMap<UserKey, number>>;
  /** What else the person has to do that has a ladder of its own, each a line in their words: named in a reminder, never the reason for one. */
  readonly otherWorks?: (user: UserKey, at: Date) => Promise<readonly string[]>;
  /** Whether a question is open to the person, to which a number would be the answer. Absent: never, there are no talks. */
  readonly isAsked?: (user: UserKey) => Promise<boolean>;
}

const BATCH = 1_000;

export class RemindersService {
  private readonly runs = new OneByOne();
  private readonly owed: Owed;
  private readonly words: ReminderWords;
  private readonly ask: AskReminder;
  private readonly reached: Reached;

  constructor(private readonly deps: RemindersDeps) {
    this.owed = new Owed(deps);
    this.words = new ReminderWords(deps);
    this.reached = new Reached(deps, this.owed);
    this.ask = new AskReminder({ ...deps, enqueue: deps.outbox.enqueue }, this.owed, this.words);
  }

  /** Plans what has fallen due since the last time, at most a day back, and writes it to the outbox. Answers how many messages; run again it adds none. */
  plan(now: Date): Promise<number> {
    return this.runs.run(() => this.planOnce(now));
  }

  /** When the next reminder falls due after this instant; the clock of the simulator stops there. */
  readonly nextDue = rememberNext((after) => this.firstAfter(after));

  /** The same for a day ago, which goes along with the time as well. */
  private readonly afterYesterday = rememberNext((after) => this.firstAfter(after));

  private firstAfter(after: Date): Date {
    const from = new Date(after.getTime() - DAY);
    const times = this.periods(from, new Date(after.getTime() + 62 * DAY)).map((period) => period.times);
    const [next] = occasionsAfter(times, this.deps.settings, after);
    return next ?? new Date(after.getTime() + DAY);
  }

  /** What would come of asking to be reminded at that time; nothing is written. `cause` is the event that asks. */
  wouldAsk(user: UserKey, wished: Date, at: Date, cause: string): Promise<Asked> {
    return this.ask.wouldAsk(user, wished, at, cause);
  }

  /** Reminds the person at the time they chose. The same effect twice is one reminder. */
  askFor(effectId: string, user: UserKey, wished: Date, at: Date): Promise<void> {
    return this.ask.askFor(effectId, user, wished, at);
  }

  /** For the outbox, at the moment of sending: whether the row still holds, and its words as of now. */
  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    if (!row.onlyIf) return { now: 'send' };
    const duties = await this.owed.still(row.onlyIf, row.to, at);
    const wished = isAskedFor(row);
    if (duties.length === 0 || (!wished && this.deps.isMuted(row.to))) return { now: 'drop' };
    if (wished && (await this.ask.isReplaced(row, at))) return { now: 'drop' };
    if (!row.id.startsWith('reminder:') && !wished) return { now: 'send' };
    const touched = Math.max(...duties.map(({ touchedAt }) => touchedAt?.getTime() ?? 0));
    const peace = touched + this.deps.settings.graceMs;
    if (touched > 0 && peace > at.getTime()) return { now: 'wait', until: new Date(peace) };
    const free = !(await this.deps.isAsked?.(row.to));
    const others = (await this.deps.otherWorks?.(row.to, at)) ?? [];
    return { now: 'send', ...this.words.of(row.to, duties, at, { free, others }) };
  }

  /**
   * For the outbox, when the person of a reminder cannot be reached after all: the next of the unit who can is told at
   * once. Told twice it writes the same rows; whoever heard that day already hears nothing more.
   */
  async onUnreachable(row: OutboxRow, at: Date): Promise<void> {
    if (!row.onlyIf || !row.id.startsWith('reminder:') || !row.id.endsWith(`:${row.to}`)) return;
    const others: FullDuty[] = [];
    for (const duty of await this.owed.still(row.onlyIf, row.to, at)) {
      const kind = this.owed.kind(duty.form);
      const rest = kind ? this.owed.holders(duty.unit, kind).filter(({ user }) => user !== row.to) : [];
      const ways = await this.deps.outbox.reachOf(
        rest.map(({ user }) => user),
        row.purpose,
        at,
      );
      const office = rest.find(({ user }) => ways.get(user)?.by !== 'nothing');
      if (office) others.push({ ...duty, user: office.user, office });
    }
    for (const [user, duties] of groupBy(others, (duty) => duty.user))
      await this.tell(row, user, duties as [FullDuty, ...FullDuty[]], at);
  }

  private async tell(
    row: OutboxRow,
    user: UserKey,
    duties: readonly [FullDuty, ...FullDuty[]],
    at: Date,
  ): Promise<void> {
    const id = `${row.id.slice(0, -row.to.length)}${user}`;
    const day = inVietnam(at).startOf('day');
    const end = day.plus({ days: 1 }).toJSDate();
    const heard = await this.deps.rows.toPeople([user], REMINDING, day.toJSDate(), end);
    if (heard.some(({ state }) => state !== 'dropped' && state !== 'unreachable')) return;
    const { purpose, cause, expiresAt } = row;
    await this.deps.outbox.enqueue([
      {
        ...{ id, to: user, purpose, cause, createdAt: at },
        ...(expiresAt ? { expiresAt } : {}),
        ...this.words.of(user, duties, at),
        onlyIf: conditionOf(duties),
      },
    ]);
  }

  /** Unit → why nobody of it could be told of this period. Units that were reached, or have sent, are left out. */
  unreachable(period: string, now: Date): Promise<ReadonlyMap<string, UnreachableWhy>> {
    return this.reached.unreachable(period, now);
  }

  /** Which of these units were told of the duty: a message that names it has left to somebody there, or it was begun. */
  told(kind: string, period: string, units: readonly string[], now: Date): Promise<ReadonlySet<string>> {
    return this.reached.told(kind, period, units, now);
  }

  private async planOnce(now: Date): Promise<number> {
    const { settings, runs, outbox } = this.deps;
    if (this.afterYesterday(new Date(now.getTime() - DAY)) > now) return 0;
    const known = await runs.plannedUntil();
    const since = new Date(Math.max(known?.getTime() ?? 0, now.getTime() - DAY));
    if (since >= now) return 0;
    const fires = ({ times }: RemindedPeriod): boolean =>
      occasionsAfter([times], settings, since).some((at) => at <= now);
    const periods = this.periods(new Date(since.getTime() - DAY), now);
    if (!periods.some(fires)) return 0;
    // Every duty of the day is needed, not only those that fire, since one message speaks of all of them.
    const around = ({ times }: RemindedPeriod): boolean =>
      occasionsAfter([times], settings, new Date(since.getTime() - DAY)).some(
        (at) => at.getTime() <= now.getTime() + DAY,
      );
    const duties: FullDuty[] = [];
    for (const { kind, period } of periods.filter(around))
      duties.push(...(await this.owed.reminded(kind, period, now)));
    const users = [...new Set(duties.filter(({ owed }) => owed).map(({ user }) => user))];
    const hours = await this.deps.usualHours?.(users);
    const usual = (user: UserKey): number | null => hours?.get(user) ?? null;
    const planned = await this.withoutSecond(planReminders(duties, settings, since, now, usual));
    for (const batch of chunks(planned, BATCH)) await outbox.enqueue(batch.map((each) => this.rowOf(each)));
    await runs.notePlanned(now);
    return planned.length;
  }

  /** Nobody hears twice on one day, also when the first message of that day was planned from other facts. */
  private async withoutSecond(planned: PlannedReminder<FullDuty>[]): Promise<PlannedReminder<FullDuty>[]> {
    const kept: PlannedReminder<FullDuty>[] = [];
    for (const batch of chunks(planned, BATCH)) {
      const days = groupBy(batch, ({ at }) => vnDay(at));
      for (const reminders of days.values()) {
        const start = inVietnam((reminders[0] as PlannedReminder).at).startOf('day');
        const users = reminders.map(({ user }) => user);
        const dueAt = new Map(reminders.map(({ user, at }) => [user, at]));
        const end = start.plus({ days: 1 }).toJSDate();
        const day = vnDay(start.toJSDate());
        // One asked for a day before may be meant for this one.
        const from = start.minus({ days: 1 }).toJSDate();
        const rows = await this.deps.rows.toPeople(users, REMINDING, from, end);
        const told = new Map(
          rows.filter((row) => standsFor(row, day, dueAt.get(row.to))).map((row) => [row.to, row.id]),
        );
        kept.push(...reminders.filter(({ user, id }) => (told.get(user) ?? id) === id));
      }
    }
    return kept;
  }

  private rowOf(planned: PlannedReminder<FullDuty>): NewOutboxMessage {
    const duties = planned.items.map(({ duty }) => duty);
    return {
      id: planned.id,
      to: planned.user,
      purpose: planned.purpose,
      ...this.words.of(planned.user, duties, planned.at),
      notBefore: planned.notBefore,
      expiresAt: planned.expiresAt,
      onlyIf: conditionOf(duties),
      cause: 'reminders.plan',
      createdAt: planned.at,
    };
  }

  /** The periods of every kind that have to do with this time. */
  private periods(from: Date, to: Date): RemindedPeriod[] {
    return periodsBetween(this.deps.kinds, from, to);
  }
}

/**
 * Whether the row is the person's reminder of that day: one of ours, or one they asked for that comes when ours would or later.
 * It may have left a moment before ours was planned.
 */
function standsFor(row: OutboxRow, day: string, dueAt: Date | undefined): boolean {
  if (row.state === 'dropped' || row.state === 'unreachable') return false;
  if (!isAskedFor(row)) return vnDay(row.createdAt) === day;
  const instead = row.state === 'queued' || (dueAt !== undefined && row.notBefore >= dueAt);
  return instead && vnDay(row.notBefore) === day;
}
