import { channelUserId, type UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { Office } from '../org/office';
import { unitsActedFor } from '../org/roles';
import { reportsNamed, type Purpose, type StillTrue } from '../outbox/outbox-row';
import { isPhone, type Reach } from '../outbox/policy';
import type { Duty } from '../reporting/duties';
import type { FigureDef, Form } from '../reporting/form';
import { formOf } from '../reporting/forms';
import type { DataSpan, PeriodTimes } from '../reporting/deadlines';
import type { Report, ReportKey } from '../reporting/report';
import { isOwed } from '../reporting/report-writing';
import { phoneAddress } from './phones';
import { ruleAt, type PlanSettings, type RemindedDuty } from './plan';

export interface OwedDeps {
  readonly reports: {
    times(form: string, period: string): PeriodTimes;
    asked(form: string, period: string): readonly FigureDef[];
    duties(form: string, period: string, unit: string, now?: Date): Promise<readonly Duty[]>;
    submissions(form: string, period: string, units: readonly string[]): Promise<readonly Report[]>;
  };
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesActingFor' | 'officesOf' | 'office'>;
  readonly outbox: {
    reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
  };
  /** Whether the person asked not to be written to unasked. */
  readonly isMuted: (user: UserKey) => boolean;
  readonly settings: PlanSettings;
}

/** A report that is asked for, how far it is, and who is to be told. */
export interface FullDuty extends RemindedDuty {
  readonly office: Office;
  /** Figures that are answered, out of those asked. */
  readonly answered: number;
  readonly asked: number;
  /** Figures that were sent back to be looked at again. */
  readonly returned: number;
  /** The deadline of the rule, when a day off has moved it. */
  readonly movedFrom: Date | null;
  /** The days whose facts it speaks of; null: it says so itself. */
  readonly data: DataSpan | null;
  /** The units that owe it, where they were chosen. */
  readonly audience?: ReadonlySet<string>;
}

/** Somebody who may be told, by chat or, while the post is not claimed, by phone. */
type Holder = Office & { readonly user: UserKey; readonly claimed: boolean };

/** Which reports are owed, how far they are, and whom of a unit to tell of it: read anew each time it is asked. */
export class Owed {
  constructor(private readonly deps: OwedDeps) {}

  /** Every report of the period, owed or not, with the first of its unit who can be told; units with nobody to tell are left out. */
  async reminded(form: Form, period: string, now: Date): Promise<FullDuty[]> {
    const found = await this.dutiesOf([form], period, now);
    const drafts = await this.reportsOf(
      form.id,
      period,
      found.map(({ duty }) => duty.unit),
    );
    const users = found.flatMap(({ duty }) => this.holders(duty.unit, form).map(({ user }) => user));
    const times = { ...this.deps.reports.times(form.id, period), weekends: isForVillages(form) };
    const rule = ruleAt(times, this.deps.settings, now);
    const ways = await this.deps.outbox.reachOf([...new Set(users)], rule?.purpose ?? 'reminder', now);
    const canReach = (user: UserKey): boolean => ways.get(user)?.by !== 'nothing';
    return found.flatMap(({ duty }) => {
      const holders = this.holders(duty.unit, form);
      // Nobody is told that a phone without an account cannot be reached: the post has simply not been claimed.
      const office = holders.find(({ user }) => canReach(user)) ?? holders.find(({ claimed }) => claimed);
      return office ? [this.fullDuty(duty, office, drafts.get(duty.unit) ?? null)] : [];
    });
  }

  /** The posts that are reminded, the first to be asked first: those claimed, then those of whom only a phone is known. */
  holders(unit: string, form: Form): Holder[] {
    const offices = this.deps.directory.officesActingFor(unit);
    const posts = form.reporters.flatMap((role) => offices.filter((office) => office.role === role));
    const claimed = posts.flatMap((office) =>
      office.user === null ? [] : [{ ...office, user: office.user, claimed: true }],
    );
    const byPhone = posts.flatMap((office) =>
      office.user === null && office.hasPhone
        ? [{ ...office, user: phoneAddress(office), claimed: false }]
        : [],
    );
    return [...claimed, ...byPhone].filter(({ user }) => !this.deps.isMuted(user));
  }

  /** Everybody who has claimed a post of the unit that is reminded, whether or not they wish to hear. */
  claimants(unit: string, form: Form): UserKey[] {
    const roles = form.reporters;
    return this.deps.directory
      .officesActingFor(unit)
      .flatMap(({ user, role }) => (user !== null && roles.includes(role) ? [user] : []));
  }

  /** The duties of every unit for the period; with `now`, as they stand then. */
  async dutiesOf(
    forms: readonly Form[],
    period: string,
    now: Date | null,
  ): Promise<{ form: Form; duty: Duty }[]> {
    const { reports, directory } = this.deps;
    const found: { form: Form; duty: Duty }[] = [];
    for (const form of forms) {
      const day = vnDay(reports.times(form.id, period).deadline);
      for (const root of directory.tree.roots(day)) {
        const duties = await reports.duties(form.id, period, root.code, ...(now ? [now] : []));
        found.push(...duties.map((duty) => ({ form, duty })));
      }
    }
    return found;
  }

  /** The reports of the condition that nobody has sent, that are not locked, and that the person is still asked for. */
  async still(condition: StillTrue, user: UserKey, at: Date): Promise<FullDuty[]> {
    const { reports, directory } = this.deps;
    const offices = isPhone(user) ? [directory.office(channelUserId(user))] : directory.officesOf(user, at);
    const keys: readonly ReportKey[] = reportsNamed(condition);
    const owed: FullDuty[] = [];
    for (const { form, period, unit } of keys) {
      const office = offices.find((each) => each && unitsActedFor(each).includes(unit));
      const times = reports.times(form, period);
      if (!office || at >= times.lockAt) continue;
      const report = (await this.reportsOf(form, period, [unit])).get(unit) ?? null;
      if (report?.submittedAt && returnedCount(report) === 0) continue;
      const duty: Duty = { form, unit, ...times, status: 'open', submittedAt: null };
      owed.push(this.fullDuty(duty, { ...office, user }, report));
    }
    return owed;
  }

  private fullDuty(duty: Duty, office: Office & { readonly user: UserKey }, report: Report | null): FullDuty {
    // What follows from an answer is asked only once that answer is there.
    const asked = this.deps.reports
      .asked(duty.form, duty.period)
      .filter(({ id }) => isOwed(formOf(duty.form), id, report));
    const returned = report ? returnedCount(report) : 0;
    const { form, period, unit, opensAt, deadline, lockAt } = duty;
    const times = this.deps.reports.times(form, period);
    return {
      ...{ form, period, unit, opensAt, deadline, lockAt },
      weekends: isForVillages(formOf(form)),
      ...{ movedFrom: times.movedFrom, data: times.data },
      ...(times.audience ? { audience: times.audience } : {}),
      returned,
      owed: duty.submittedAt === null || returned > 0,
      touchedAt: report?.touchedAt ?? null,
      user: office.user,
      office,
      asked: asked.length,
      answered: report ? asked.filter(({ id }) => report.figures[id] !== undefined).length : 0,
    };
  }

  /** Which of these units have begun the report. */
  async begun(form: string, period: string, units: readonly string[]): Promise<string[]> {
    return [...(await this.reportsOf(form, period, units)).keys()];
  }

  private async reportsOf(
    form: string,
    period: string,
    units: readonly string[],
  ): Promise<Map<string, Report>> {
    const reports = units.length === 0 ? [] : await this.deps.reports.submissions(form, period, units);
    return new Map(reports.map((report) => [report.unit, report]));
  }
}

/** Villages are reminded on any day but holidays, offices on working days. */
export function isForVillages(form: Form): boolean {
  return form.levels.includes('village');
}

function returnedCount(report: Report): number {
  return Object.values(report.figures).filter(({ state }) => state === 'returned').length;
}
