import { channelUserId, type UserKey } from '../kernel/ids';
import { vnDay } from '../kernel/vn-time';
import type { OrgDirectory } from '../org/directory';
import type { Office } from '../org/office';
import { unitsActedFor } from '../org/roles';
import { reportsNamed, type Purpose, type StillTrue } from '../outbox/outbox-row';
import { isPhone, type Reach } from '../outbox/policy';
import type { Duty } from '../reporting/duties';
import type { DutyKind, DutyTimes, Progress, Says } from './duty-kinds';
import { phoneAddress } from './phones';
import { ruleAt, type PlanSettings, type RemindedDuty } from './plan';

export interface OwedDeps {
  /** All that is reminded of. */
  readonly kinds: readonly DutyKind[];
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesActingFor' | 'officesOf' | 'office'>;
  readonly outbox: {
    reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
  };
  /** Whether the person asked not to be written to unasked. */
  readonly isMuted: (user: UserKey) => boolean;
  readonly settings: PlanSettings;
}

/** A duty that is asked for, how far it is, and who is to be told. */
export interface FullDuty extends RemindedDuty, DutyTimes, Omit<Progress, 'submittedAt'> {
  readonly says: Says;
  readonly office: Office;
}

/** Somebody who may be told, by chat or, while the post is not claimed, by phone. */
type Holder = Office & { readonly user: UserKey; readonly claimed: boolean };

/** Which duties are owed, how far they are, and whom of a unit to tell of it: read anew each time it is asked. */
export class Owed {
  constructor(private readonly deps: OwedDeps) {}

  /** Every duty of the period, owed or not, with the first of its unit who can be told; units with nobody to tell are left out. */
  async reminded(kind: DutyKind, period: string, now: Date): Promise<FullDuty[]> {
    const found = await this.dutiesOf(kind, period, now);
    const begun = await kind.begun(
      period,
      found.map(({ unit }) => unit),
    );
    const users = found.flatMap(({ unit }) => this.holders(unit, kind).map(({ user }) => user));
    const rule = ruleAt(kind.times(period), this.deps.settings, now);
    const ways = await this.deps.outbox.reachOf([...new Set(users)], rule?.purpose ?? 'reminder', now);
    const canReach = (user: UserKey): boolean => ways.get(user)?.by !== 'nothing';
    return found.flatMap((duty) => {
      const holders = this.holders(duty.unit, kind);
      // Nobody is told that a phone without an account cannot be reached: the post has simply not been claimed.
      const office = holders.find(({ user }) => canReach(user)) ?? holders.find(({ claimed }) => claimed);
      return office ? [fullDuty(kind, duty, office, begun.get(duty.unit))] : [];
    });
  }

  /** The posts that are reminded, the first to be asked first: those claimed, then those of whom only a phone is known. */
  holders(unit: string, { roles }: Pick<DutyKind, 'roles'>): Holder[] {
    const offices = this.deps.directory.officesActingFor(unit);
    const posts = roles.flatMap((role) => offices.filter((office) => office.role === role));
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
  claimants(unit: string, { roles }: Pick<DutyKind, 'roles'>): UserKey[] {
    return this.deps.directory
      .officesActingFor(unit)
      .flatMap(({ user, role }) => (user !== null && roles.includes(role) ? [user] : []));
  }

  /** The duties of every unit for the period, as they stand now. */
  async dutiesOf(kind: DutyKind, period: string, now: Date): Promise<Duty[]> {
    const found: Duty[] = [];
    for (const root of this.deps.directory.tree.roots(vnDay(kind.times(period).deadline)))
      found.push(...(await kind.duties(period, root.code, now)));
    return found;
  }

  /** The kind by its id; undefined: nothing is reminded under that name any more. */
  kind(id: string): DutyKind | undefined {
    return this.deps.kinds.find((one) => one.id === id);
  }

  /** The duties of the condition that nobody has done, whose time is not over, and that the person is still asked for. */
  async still(condition: StillTrue, user: UserKey, at: Date): Promise<FullDuty[]> {
    const { directory } = this.deps;
    const offices = isPhone(user) ? [directory.office(channelUserId(user))] : directory.officesOf(user, at);
    const owed: FullDuty[] = [];
    for (const { form, period, unit } of reportsNamed(condition)) {
      const kind = this.kind(form);
      const office = offices.find((each) => each && unitsActedFor(each).includes(unit));
      const times = kind?.times(period);
      if (!kind || !times || !office || at >= times.lockAt) continue;
      const progress = (await kind.begun(period, [unit])).get(unit);
      if (progress?.submittedAt && progress.returned === 0) continue;
      const duty: Duty = { form, period, unit, ...times, status: 'open', submittedAt: null };
      owed.push(fullDuty(kind, duty, { ...office, user }, progress));
    }
    return owed;
  }
}

function fullDuty(
  kind: DutyKind,
  { form, period, unit, opensAt, deadline, lockAt, submittedAt }: Duty,
  office: Office & { readonly user: UserKey },
  begun: Progress | undefined,
): FullDuty {
  const { touchedAt, answered, asked, returned } = begun ?? kind.untouched(period);
  return {
    ...kind.times(period),
    ...{ form, period, unit, opensAt, deadline, lockAt, says: kind.says },
    ...{ touchedAt, answered, asked, returned },
    owed: submittedAt === null || returned > 0,
    user: office.user,
    office,
  };
}
