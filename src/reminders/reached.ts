import { chunks } from '../kernel/lists';
import type { UserKey } from '../kernel/ids';
import { DAY } from '../kernel/vn-time';
import { reportsNamed, type Purpose } from '../outbox/outbox-row';
import type { OutboxRepo } from '../outbox/outbox.repo';
import { isPeriodOf, type PeriodTimes } from '../reporting/deadlines';
import type { Form } from '../reporting/form';
import type { Owed, OwedDeps } from './recipients';
import { unreachableUnits, type UnreachableWhy } from './unreachable';

/** The purposes of what reminders write. */
export const REMINDING: readonly Purpose[] = ['period_opening', 'reminder'];
const BATCH = 1_000;

export interface ReachedDeps {
  readonly forms: readonly Form[];
  readonly reports: { times(form: string, period: string): PeriodTimes };
  readonly outbox: OwedDeps['outbox'];
  readonly rows: Pick<OutboxRepo, 'toPeople' | 'troubled' | 'byPhone'>;
}

/** Which units heard of a report, and why the others could not: read from what became of the messages. */
export class Reached {
  constructor(
    private readonly deps: ReachedDeps,
    private readonly owed: Owed,
  ) {}

  async unreachable(period: string, now: Date): Promise<ReadonlyMap<string, UnreachableWhy>> {
    const { rows, outbox } = this.deps;
    const forms = this.deps.forms.filter((form) => isPeriodOf(form, period));
    const duties = await this.owed.dutiesOf(forms, period, null);
    const owing = duties.filter(({ duty }) => duty.submittedAt === null);
    const troubled = await rows.troubled(period);
    // Whoever wrote to us since can be written to again, whatever became of the last message to them.
    const failed = [...new Set(troubled.filter(({ state }) => state === 'unreachable').map(({ to }) => to))];
    const reach = await outbox.reachOf(failed, 'reminder', now);
    return unreachableUnits(
      owing.map(({ duty, form }) => {
        const claimed = this.owed.claimants(duty.unit, form).length > 0;
        const optedOut = claimed && this.owed.holders(duty.unit, form).length === 0;
        return { unit: duty.unit, claimed, optedOut };
      }),
      [...troubled, ...(await rows.byPhone(period))],
      (user) => reach.get(user)?.by === 'text',
    );
  }

  async told(
    formId: string,
    period: string,
    units: readonly string[],
    now: Date,
  ): Promise<ReadonlySet<string>> {
    const form = this.deps.forms.find(({ id }) => id === formId);
    if (!form) return new Set();
    const found = new Set(await this.owed.begun(formId, period, units));
    const from = new Date(this.deps.reports.times(formId, period).opensAt.getTime() - DAY);
    const people = units.filter((unit) => !found.has(unit)).flatMap((unit) => this.peopleOf(unit, form));
    for (const users of chunks([...new Set(people)], BATCH))
      for (const { state, onlyIf } of await this.deps.rows.toPeople(users, REMINDING, from, now))
        for (const named of state === 'sent' || state === 'uncertain' ? reportsNamed(onlyIf) : [])
          if (named.form === formId && named.period === period) found.add(named.unit);
    return found;
  }

  /** Whoever may have been written to: also those who have asked since not to be. */
  private peopleOf(unit: string, form: Form): UserKey[] {
    return [...this.owed.claimants(unit, form), ...this.owed.holders(unit, form).map(({ user }) => user)];
  }
}
