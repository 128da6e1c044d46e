import type { UserKey } from '../kernel/ids';
import type { Words } from '../kernel/i18n';
import { chunks } from '../kernel/lists';
import { vnDay } from '../kernel/vn-time';
import { instantOf, nextDay } from '../kernel/work-calendar';
import type { OrgDirectory } from '../org/directory';
import { unitNameOn } from '../org/names';
import type { Office } from '../org/office';
import type {
  ConditionOwner,
  Enqueue,
  NewOutboxMessage,
  OutboxRow,
  Purpose,
  RowFate,
  StillTrueAnswer,
} from '../outbox/outbox-row';
import type { Reach } from '../outbox/policy';
import { timesOf, type Calendars } from '../reporting/deadlines';
import { formOf } from '../reporting/forms';
import { monthOf, nextPeriod, previousPeriod, shiftPeriod } from '../reporting/periods';
import type { UnitTotals } from '../reporting/totals';
import { COMMUNE_FORM, VILLAGE_FORM, type Records } from './records';
import type { MonthRecord } from './record';
import { thanksText } from './thanks-text';

/**
 * One card of thanks a month to whoever reports for a unit, after its lock: for what was sent, never about what was not. It
 * waits for a day on which the person may be written to for nothing and hears no reminder, so it costs nothing and comes on
 * top of nothing; whoever asked not to be written to gets none. What does not find such a day before the next month opens
 * is not sent.
 */
export interface ThanksDeps {
  readonly records: Pick<Records, 'of'>;
  readonly rollup: { totals(form: string, period: string, unit: string): Promise<UnitTotals | null> };
  readonly directory: Pick<OrgDirectory, 'tree' | 'officesIn' | 'officesOf'>;
  readonly calendars: Calendars;
  readonly outbox: {
    readonly enqueue: Enqueue;
    reachOf(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>>;
    fates(ids: readonly string[]): Promise<readonly RowFate[]>;
    remindedOn(users: readonly UserKey[], at: Date): Promise<ReadonlySet<UserKey>>;
  };
  readonly wordsFor: (user: UserKey) => Words;
  readonly isMuted: (user: UserKey) => boolean;
}

const THANKED = [VILLAGE_FORM, COMMUNE_FORM] as const;
/** After the reminders of the morning have been written. */
const LEAVES = 9 * 60;
/** Months that a card looks back on. */
const BACK = 11;
/** As many as are read by name; of more, the reports of the whole province would be. */
const BATCH = 200;

type Holder = Office & { readonly user: UserKey };

interface Due {
  readonly form: string;
  readonly period: string;
  /** From then on the next month speaks. */
  readonly until: Date;
}

export class Thankful implements ConditionOwner {
  private planned = '';

  constructor(private readonly deps: ThanksDeps) {}

  /** Writes the cards of the day, once it is time; run again it adds none. Answers how many. */
  async plan(now: Date): Promise<number> {
    const day = vnDay(now);
    if (this.planned === day || now < instantOf(day, LEAVES) || !this.isCardDay(day)) return 0;
    let written = 0;
    for (const due of this.due(now)) written += await this.planOf(due, now);
    this.planned = day;
    return written;
  }

  /** When cards may next be due; the clock of the simulator stops there. Null: not within the next two months. */
  nextDue(after: Date): Date | null {
    for (let day = vnDay(after), tries = 0; tries < 62; day = nextDay(day, 1), tries += 1) {
      const at = instantOf(day, LEAVES);
      if (at > after && this.isCardDay(day) && this.firstDay(at)) return at;
    }
    return null;
  }

  /** For the outbox, at the moment of sending: another day when a reminder comes today, with the words of that day. */
  async isStillNeeded(row: OutboxRow, at: Date): Promise<StillTrueAnswer> {
    if (row.onlyIf?.kind !== 'thanks_due' || this.deps.isMuted(row.to)) return { now: 'drop' };
    if ((await this.deps.outbox.remindedOn([row.to], at)).has(row.to))
      return { now: 'wait', until: instantOf(nextDay(vnDay(at), 1), LEAVES) };
    const [form = '', period = '', unit = ''] = row.onlyIf.ref.split('|');
    const office = this.deps.directory.officesOf(row.to, at).find((post) => post.unit === unit);
    const months = (await this.monthsOf(form, period, [unit])).get(unit) ?? [];
    if (!office || !isThanked(months)) return { now: 'drop' };
    return { now: 'send', message: await this.messageOf({ ...office, user: row.to }, months, at) };
  }

  private isCardDay(day: string): boolean {
    return !this.deps.calendars.work.isHoliday(day);
  }

  /** Whether some card's first day is this one. */
  private firstDay(at: Date): boolean {
    return this.due(at).some(
      ({ form, period }) => nextDay(vnDay(this.times(form, period).lockAt), 1) === vnDay(at),
    );
  }

  /** The months whose lock is over by at least a night, until the next opens. */
  private due(now: Date): Due[] {
    const month = monthOf(now);
    return THANKED.flatMap((form) =>
      [previousPeriod(month), month].flatMap((period) => {
        const from = instantOf(nextDay(vnDay(this.times(form, period).lockAt), 1), 0);
        const until = this.times(form, nextPeriod(period)).opensAt;
        return now >= from && now < until ? [{ form, period, until }] : [];
      }),
    );
  }

  private async planOf({ form, period, until }: Due, now: Date): Promise<number> {
    const { outbox, directory, isMuted, calendars } = this.deps;
    const day = vnDay(now);
    const village = form === VILLAGE_FORM;
    if (!village && !calendars.work.isWorkingDay(day)) return 0;
    const units = directory.tree
      .roots(day)
      .flatMap(({ code }) =>
        village ? directory.tree.villagesUnder(code, day) : directory.tree.communesUnder(code, day),
      );
    const holders = new Map<UserKey, Holder>();
    for (const { code } of units) {
      const holder = this.holderOf(form, code);
      if (holder && !isMuted(holder.user) && !holders.has(holder.user)) holders.set(holder.user, holder);
    }
    let written = 0;
    for (const batch of chunks([...holders.values()], BATCH)) {
      const ids = batch.map(({ user }) => idOf(form, period, user));
      const known = new Set((await outbox.fates(ids)).map(({ id }) => id));
      const left = batch.filter(({ user }) => !known.has(idOf(form, period, user)));
      const ways = await outbox.reachOf(
        left.map(({ user }) => user),
        'notice',
        now,
      );
      const reminded = await outbox.remindedOn(
        left.map(({ user }) => user),
        now,
      );
      const free = left.filter(({ user }) => isFree(ways.get(user)) && !reminded.has(user));
      const months = await this.monthsOf(
        form,
        period,
        free.map(({ unit }) => unit),
      );
      const rows: NewOutboxMessage[] = [];
      for (const holder of free) {
        const own = months.get(holder.unit) ?? [];
        if (isThanked(own)) rows.push(await this.rowOf({ form, period, until }, holder, own, now));
      }
      await outbox.enqueue(rows);
      written += rows.length;
    }
    return written;
  }

  private async rowOf(
    due: Due,
    holder: Holder,
    months: readonly MonthRecord[],
    now: Date,
  ): Promise<NewOutboxMessage> {
    return {
      id: idOf(due.form, due.period, holder.user),
      to: holder.user,
      purpose: 'notice',
      message: await this.messageOf(holder, months, now),
      expiresAt: due.until,
      onlyIf: { kind: 'thanks_due', ref: `${due.form}|${due.period}|${holder.unit}` },
      cause: 'recognition.thank',
      createdAt: now,
    };
  }

  private async messageOf(holder: Holder, months: readonly MonthRecord[], at: Date) {
    const { directory, rollup, wordsFor } = this.deps;
    const words = wordsFor(holder.user);
    const unit = directory.tree.getNearest(holder.unit, vnDay(at));
    const top = unit?.level === 'village' ? unit.parent : holder.unit;
    const period = months.at(-1)?.period ?? '';
    const totals = top === null ? null : await rollup.totals(VILLAGE_FORM, period, top);
    const given = holder.fullName.trim().split(/\s+/).at(-1) ?? '';
    const address = words.locale === 'vi' ? holder.address : '';
    const text = thanksText(
      words,
      {
        ...{ person: `${address} ${given}`.trim(), address, months },
        unitName: unitNameOn(directory.tree, holder.unit, vnDay(at)),
        around:
          totals && top !== null
            ? {
                name: unitNameOn(directory.tree, top, vnDay(at)),
                sent: totals.onTime + totals.late,
                expected: totals.expected,
              }
            : null,
      },
      at,
    );
    return { kind: 'text' as const, text };
  }

  /** Whoever holds the first of the posts that report the form. */
  private holderOf(form: string, unit: string): Holder | null {
    const offices = this.deps.directory.officesIn(unit);
    const posts = formOf(form).reporters.flatMap((role) => offices.filter((office) => office.role === role));
    return posts.find((office): office is Holder => office.user !== null) ?? null;
  }

  private monthsOf(
    form: string,
    period: string,
    units: readonly string[],
  ): Promise<Map<string, MonthRecord[]>> {
    const periods = Array.from({ length: BACK + 1 }, (_, i) => shiftPeriod(period, i - BACK));
    return this.deps.records.of(form, units, periods);
  }

  private times(form: string, period: string) {
    return timesOf(formOf(form), this.deps.calendars, period);
  }
}

function idOf(form: string, period: string, user: UserKey): string {
  return `thanks:${form}:${period}:${user}`;
}

/** Only what the unit sent itself is thanked for. */
function isThanked(months: readonly MonthRecord[]): boolean {
  const result = months.at(-1)?.result;
  return result === 'on_time' || result === 'late';
}

function isFree(way: Reach | undefined): boolean {
  return way?.by === 'text' && way.cost === 0;
}
