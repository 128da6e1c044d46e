import type { ContactsRepo } from '../contacts/contacts.repo';
import type { UserKey } from '../kernel/ids';
import { groupBy } from '../kernel/lists';
import type { Metrics } from '../observability/metrics';
import type { Purpose } from './outbox-row';
import type { OutboxRepo } from './outbox.repo';
import { isPhone, reachAt, type Reach } from './policy';
import type { SendRules } from './send-rules';
import type { BudgetView, Ledger } from './spending';

export interface ReachDeps {
  readonly rows: Pick<OutboxRepo, 'waiting'>;
  readonly contacts: Pick<ContactsRepo, 'getMany'>;
  readonly rules: SendRules;
  readonly ledger: Ledger;
  /** The phone of a member as an address; null when none is kept. */
  readonly phoneOf?: (user: UserKey, now: Date) => UserKey | null;
}

/** So many rows that wait are looked at for what they will cost. */
const LOOKED_AT = 5_000;

/** By which means people would be reached now, and what that costs, before anything is sent. */
export function createReach(deps: ReachDeps) {
  const { rows, contacts, rules, ledger, phoneOf } = deps;

  async function reachOf(
    users: readonly UserKey[],
    purpose: Purpose,
    now: Date,
  ): Promise<ReadonlyMap<UserKey, Reach>> {
    if (rules.budget > 0) await ledger.ready(now);
    const templated = rules.phoneTemplates && rules.templates[purpose] !== undefined;
    const phones = new Map(
      users.map((user) => [user, templated && !isPhone(user) ? (phoneOf?.(user, now) ?? null) : null]),
    );
    const all = [...users, ...[...phones.values()].filter((phone) => phone !== null)];
    const known = await contacts.getMany(all);
    return new Map(
      users.map((user) => {
        const phone = phones.get(user) ?? null;
        const means = {
          phone,
          phoneContact: phone === null ? null : (known.get(phone) ?? null),
          notByUser: false,
          affords: (cost: number) => ledger.affords(cost),
          allowance: (ledger.remaining('sub_quota') ?? 0) > 0,
        };
        return [user, reachAt(user, purpose, known.get(user) ?? null, now, rules, means)];
      }),
    );
  }

  /** What messages have cost this month, and what those that wait will. */
  async function budget(now: Date): Promise<BudgetView> {
    await ledger.ready(now);
    let cost = 0;
    for (const [purpose, queued] of groupBy(await rows.waiting(LOOKED_AT), (row) => row.purpose)) {
      const ways = await reachOf(
        queued.map((row) => row.to),
        purpose,
        now,
      );
      for (const { to } of queued) {
        const way = ways.get(to);
        cost += way && way.by !== 'nothing' ? way.cost : 0;
      }
    }
    return ledger.view(now, cost);
  }

  return { reachOf, budget };
}

/** What an operator wants to see of the money; what is left of each allowance shows once the channel has told it. */
export function measureMoney(
  { metrics, rules }: { readonly metrics: Partial<Pick<Metrics, 'gauge'>>; readonly rules: SendRules },
  ledger: Ledger,
): void {
  metrics.gauge?.('outbox_spent_vnd', 'What messages have cost this month, in VND', () => ledger.spent);
  metrics.gauge?.('outbox_budget_vnd', 'Most that they may cost, in VND; 0: no limit', () => rules.budget);
  ledger.onKind((kind) =>
    metrics.gauge?.(
      `outbox_quota_${kind.replace(/\W/g, '_')}_remaining`,
      'Messages left of an allowance, as the channel last said; -1: not said',
      () => ledger.remaining(kind) ?? -1,
    ),
  );
}
