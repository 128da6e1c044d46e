import { chunks } from '../kernel/lists';
import type { UserKey } from '../kernel/ids';
import { DAY } from '../kernel/vn-time';
import { reportsNamed, type Purpose } from '../outbox/outbox-row';
import type { OutboxRepo } from '../outbox/outbox.repo';
import type { DutyKind } from './duty-kinds';
import type { Owed, OwedDeps } from './recipients';
import { unreachableUnits, type UnreachableWhy } from './unreachable';

/** The purposes of what reminders write. */
export const REMINDING: readonly Purpose[] = ['period_opening', 'reminder'];
const BATCH = 1_000;

export interface ReachedDeps {
  readonly kinds: readonly DutyKind[];
  readonly outbox: OwedDeps['outbox'];
  readonly rows: Pick<OutboxRepo, 'toPeople' | 'troubled' | 'byPhone'>;
}

/** Which units heard of a duty, and why the others could not: read from what became of the messages. */
export class Reached {
  constructor(
    private readonly deps: ReachedDeps,
    private readonly owed: Owed,
  ) {}

  async unreachable(period: string, now: Date): Promise<ReadonlyMap<string, UnreachableWhy>> {
    const { rows, outbox } = this.deps;
    const owing: { readonly unit: string; readonly kind: DutyKind }[] = [];
    for (const kind of this.deps.kinds.filter((one) => one.isPeriod(period)))
      for (const { unit, submittedAt } of await this.owed.dutiesOf(kind, period, now))
        if (submittedAt === null) owing.push({ unit, kind });
    const troubled = await rows.troubled(period);
    // Whoever wrote to us since can be written to again, whatever became of the last message to them.
    const failed = [...new Set(troubled.filter(({ state }) => state === 'unreachable').map(({ to }) => to))];
    const reach = await outbox.reachOf(failed, 'reminder', now);
    return unreachableUnits(
      owing.map(({ unit, kind }) => {
        const claimed = this.owed.claimants(unit, kind).length > 0;
        const optedOut = claimed && this.owed.holders(unit, kind).length === 0;
        return { unit, claimed, optedOut };
      }),
      [...troubled, ...(await rows.byPhone(period))],
      (user) => reach.get(user)?.by === 'text',
    );
  }

  async told(
    kindId: string,
    period: string,
    units: readonly string[],
    now: Date,
  ): Promise<ReadonlySet<string>> {
    const kind = this.owed.kind(kindId);
    if (!kind) return new Set();
    const found = new Set((await kind.begun(period, units)).keys());
    const from = new Date(kind.times(period).opensAt.getTime() - DAY);
    const people = units.filter((unit) => !found.has(unit)).flatMap((unit) => this.peopleOf(unit, kind));
    for (const users of chunks([...new Set(people)], BATCH))
      for (const { state, onlyIf } of await this.deps.rows.toPeople(users, REMINDING, from, now))
        for (const named of state === 'sent' || state === 'uncertain' ? reportsNamed(onlyIf) : [])
          if (named.form === kindId && named.period === period) found.add(named.unit);
    return found;
  }

  /** Whoever may have been written to: also those who have asked since not to be. */
  private peopleOf(unit: string, kind: DutyKind): UserKey[] {
    return [...this.owed.claimants(unit, kind), ...this.owed.holders(unit, kind).map(({ user }) => user)];
  }
}
