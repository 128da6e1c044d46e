import type { UserKey } from '../../kernel/ids';
import { rememberNext } from '../../kernel/instants';
import { DAY, vnDay } from '../../kernel/vn-time';
import type { WorkCalendar } from '../../kernel/work-calendar';
import type { Words } from '../../kernel/i18n';
import type { OrgDirectory } from '../../org/directory';
import type { Office } from '../../org/office';
import { givenName, spokenName, unitNameOn, villageWord } from '../../org/names';
import type {
  ConditionOwner,
  Enqueue,
  NewOutboxMessage,
  OutboxRow,
  Purpose,
  StillTrueAnswer,
} from '../../outbox/outbox-row';
import type { Reach } from '../../outbox/policy';
import { periodsBetween, type DutyKind, type RemindedPeriod } from '../duty-kinds';
import { callsOf, composeLate } from './late-text';
import { LateUnits, type LateUnitsDeps } from './late-units';
import { dueSteps, nextStep, type DueStep, type LateDuty } from './plan';
import type { EscalationStep } from './steps';

/**
 * What is late is told to whoever can help: one list for each of them and each step, with whom to call. Planned by the minute
 * with fixed ids, made anew at the moment of sending, so that who has sent meanwhile is not on it and an empty list never
 * leaves. Whoever is late was told on the last morning that this would happen.
 */
export interface EscalationDeps extends LateUnitsDeps {
  readonly steps: readonly EscalationStep[];
  readonly kinds: readonly DutyKind[];
  readonly directory: LateUnitsDeps['directory'] & Pick<OrgDirectory, 'officesIn'>;
  readonly outbox: {
    readonly enqueue: Enqueue;
    reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
  };
  readonly runs: {
    plannedUntil(): Promise<Date | null>;
    notePlanned(until: Date): Promise<void>;
  };
  readonly calendar: WorkCalendar;
  /** Until when figures are entered on behalf for the period; null: nobody enters them. */
  readonly enterUntil: (kind: string, period: string) => Date | null;
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
}

/** How long after its deadline a period is looked at: one of a baseline is late for weeks, one of a month for days. */
export const LOOKS_BACK = 14 * DAY;
const AHEAD = 62 * DAY;

type Holder = Office & { readonly user: UserKey };

export class EscalationService implements ConditionOwner {
  private readonly late: LateUnits;

  constructor(private readonly deps: EscalationDeps) {
    this.late = new LateUnits(deps);
  }

  /** Tells what has fallen late since the last time, at most a day back. Answers how many lists; run again it adds none. */
  async plan(now: Date): Promise<number> {
    const next = this.afterYesterday(new Date(now.getTime() - DAY));
    if (next === null || next > now) return 0;
    const known = await this.deps.runs.plannedUntil();
    const since = new Date(Math.max(known?.getTime() ?? 0, now.getTime() - DAY));
    if (since >= now) return 0;
    const due = dueSteps(this.deps.steps, this.periods(since, now), this.deps.calendar, since, now);
    if (due.length === 0) return 0;
    const rows: NewOutboxMessage[] = [];
    for (const step of due)
      for (const unit of await this.late.above(step, now)) {
        const row = await this.rowOf(step, unit, now);
        if (row) rows.push(row);
      }
    await this.deps.outbox.enqueue(rows);
    await this.deps.runs.notePlanned(now);
    return rows.length;
  }

  /** When the next step falls due after this instant; the clock of the simulator stops there. */
  readonly nextDue = rememberNext((after) => this.firstAfter(after));

  /** The same for a day ago, which goes along with the time as well. */
  private readonly afterYesterday = rememberNext((after) => this.firstAfter(after));

  private firstAfter(after: Date): Date | null {
    const periods = this.periods(after, new Date(after.getTime() + AHEAD));
    return nextStep(this.deps.steps, periods, this.deps.calendar, after);
  }

  /** The list as it reads now; dropped once nobody on it is late. */
  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    const about = this.aboutOf(row);
    const office = about && this.holders(about.step, about.unit).find(({ user }) => user === row.to);
    if (!about || !office) return { now: 'drop' };
    const composed = await this.composed(about, about.unit, office, at);
    return composed ? { now: 'send', ...composed } : { now: 'drop' };
  }

  /** The next post that may help hears it instead. */
  async onUnreachable(row: OutboxRow, at: Date): Promise<void> {
    const about = this.aboutOf(row);
    if (!about) return;
    const holders = this.holders(about.step, about.unit);
    const rest = holders.slice(holders.findIndex(({ user }) => user === row.to) + 1);
    const next = await this.rowOf(about, about.unit, at, rest);
    if (next) await this.deps.outbox.enqueue([next]);
  }

  private async rowOf(
    due: DueStep,
    unit: string,
    now: Date,
    holders = this.holders(due.step, unit),
  ): Promise<NewOutboxMessage | null> {
    const ways = await this.deps.outbox.reachOf(
      holders.map(({ user }) => user),
      'notice',
      now,
    );
    const office = holders.find(({ user }) => ways.get(user)?.by !== 'nothing') ?? holders[0];
    const composed = office && (await this.composed(due, unit, office, now));
    if (!office || !composed) return null;
    return {
      id: `late:${due.step.id}:${due.at.getTime()}:${unit}:${office.user}`,
      to: office.user,
      purpose: 'notice',
      ...composed,
      expiresAt: new Date(due.at.getTime() + 2 * DAY),
      onlyIf: { kind: 'late_units', ref: refOf(due, unit) },
      cause: 'reminders.escalate',
      createdAt: now,
    };
  }

  private async composed(due: DueStep, unit: string, office: Holder, now: Date) {
    const words = this.deps.wordsFor(office.user);
    const ended = due.step.says === 'ended';
    const parts = await this.late.below(due, unit, { calls: callsOf(due.step), ended }, words, now);
    if (parts.length === 0) return null;
    const [first] = due.duties;
    const until = first ? this.deps.enterUntil(first.kind.id, first.period) : null;
    const helper = this.deps.directory
      .officesIn(unit)
      .find(({ role, user }) => role === 'commune_officer' && user !== null && user !== office.user);
    return composeLate(
      words,
      {
        ...{ step: due.step, parts, address: office.address },
        name: givenName(office.fullName),
        unitName: unitNameOn(this.deps.directory.tree, unit, vnDay(now)),
        places: villageWord(this.deps.directory.tree, unit, vnDay(now)),
        enterUntil: until !== null && until > now ? until : null,
        helper: helper ? spokenName(words, helper) : null,
      },
      now,
    );
  }

  /** Who may be told at the unit, the first to be asked first. */
  private holders({ to }: EscalationStep, unit: string): Holder[] {
    const offices = this.deps.directory.officesIn(unit);
    return to.flatMap((role) =>
      offices.flatMap((office) =>
        office.role === role && office.user !== null && !this.deps.isMuted(office.user)
          ? [{ ...office, user: office.user }]
          : [],
      ),
    );
  }

  /** What a row is about, out of its condition; null when the step or the duty is there no more. */
  private aboutOf(row: OutboxRow): (DueStep & { readonly unit: string }) | null {
    if (row.onlyIf?.kind !== 'late_units') return null;
    const [stepId = '', at = '', unit = '', named = ''] = row.onlyIf.ref.split('|');
    const step = this.deps.steps.find((one) => one.id === stepId);
    const duties = named.split(',').flatMap((one): LateDuty[] => {
      const [id = '', period = ''] = one.split('/');
      const kind = this.deps.kinds.find((each) => each.id === id);
      if (!kind) return [];
      const { deadline, lockAt } = kind.times(period);
      return [{ kind, period, deadline, lockAt }];
    });
    return step && duties.length > 0 ? { step, at: new Date(Number(at)), unit, duties } : null;
  }

  private periods(from: Date, to: Date): RemindedPeriod[] {
    return periodsBetween(this.deps.kinds, new Date(from.getTime() - LOOKS_BACK), to);
  }
}

function refOf({ step, at, duties }: DueStep, unit: string): string {
  const named = duties.map(({ kind, period }) => `${kind.id}/${period}`).join(',');
  return [step.id, at.getTime(), unit, named].join('|');
}
