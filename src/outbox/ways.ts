import { freshContact, type Contact } from '../contacts/contact';
import type { UserKey } from '../kernel/ids';
import { newer } from '../kernel/instants';
import { groupBy } from '../kernel/lists';
import type { OutboxDeps } from './outbox';
import type { OutboxRow, Purpose } from './outbox-row';
import type { HeldRow } from './outbox.repo';
import { decide, isPhone, ONLY_CHAT, reachAt, type Decision, type Means, type Reach } from './policy';
import type { BudgetView, Ledger } from './spending';

export interface WaysDeps extends Pick<
  OutboxDeps,
  'rows' | 'contacts' | 'rules' | 'phoneOf' | 'isStillNeeded'
> {
  readonly ledger: Ledger;
}

/** So many rows that wait are looked at for what they will cost. */
const LOOKED_AT = 5_000;

/** By which way, if any, a message may leave now: the policy, with what the stores know of its condition, its person and the money. */
export class Ways {
  constructor(private readonly deps: WaysDeps) {}

  /** Whether the row would leave at this instant as it is, without asking any store. Only ever true for fresh replies. */
  leavesAtOnce(row: OutboxRow, now: Date): boolean {
    if (row.purpose !== 'reply' || row.onlyIf !== undefined) return false;
    return decide(row, freshContact(row.to, row.createdAt), now, this.deps.rules).action === 'send';
  }

  /** What becomes of the row at this instant. */
  async decide(row: HeldRow, now: Date): Promise<Decision> {
    const { rules, isStillNeeded } = this.deps;
    let fresh: HeldRow = row;
    if (row.onlyIf !== undefined) {
      const answer = await isStillNeeded(row, now);
      if (answer.now === 'drop') return { action: 'drop', reason: 'no_longer_true' };
      if (answer.now === 'wait') return { action: 'wait', until: answer.until };
      const { message = row.message, template = row.template } = answer;
      fresh = { ...row, message, ...(template ? { template } : {}) };
    }
    return decide(fresh, await this.contactOf(row), now, rules, await this.meansOf(row, now));
  }

  /** By which means the purpose would reach each person now, the hour left aside. */
  async of(users: readonly UserKey[], purpose: Purpose, now: Date): Promise<ReadonlyMap<UserKey, Reach>> {
    const { contacts, rules, ledger } = this.deps;
    if (rules.budget > 0) await ledger.ready(now);
    const phones = new Map(users.map((user) => [user, this.phoneFor(user, purpose, now)]));
    const known = await contacts.getMany([
      ...users,
      ...[...phones.values()].filter((phone) => phone !== null),
    ]);
    return new Map(
      users.map((user) => {
        const phone = phones.get(user) ?? null;
        const means = this.means(phone, phone === null ? null : (known.get(phone) ?? null), false);
        return [user, reachAt(user, purpose, known.get(user) ?? null, now, rules, means)];
      }),
    );
  }

  /** What messages have cost this month, and what those that wait will. */
  async budget(now: Date): Promise<BudgetView> {
    const { rows, ledger } = this.deps;
    await ledger.ready(now);
    let cost = 0;
    for (const [purpose, queued] of groupBy(await rows.waiting(LOOKED_AT), (row) => row.purpose)) {
      const people = queued.map(({ to }) => to);
      const ways = await this.of(people, purpose, now);
      for (const to of people) {
        const way = ways.get(to);
        cost += way && way.by !== 'nothing' ? way.cost : 0;
      }
    }
    return ledger.view(now, cost);
  }

  /** A reply answers a message that has just opened the window; only after a refusal is the stored contact asked. */
  private async contactOf(row: HeldRow): Promise<Contact | null> {
    const asked = freshContact(row.to, row.createdAt);
    if (row.purpose === 'reply' && row.attempts === 0) return asked;
    const stored = await this.deps.contacts.get(row.to);
    if (row.purpose !== 'reply') return stored;
    const lastInteractionAt = newer(row.createdAt, stored?.lastInteractionAt ?? null);
    return { ...asked, ...stored, lastInteractionAt };
  }

  /** What there is besides the chat; looked for only where it can matter. */
  private async meansOf(row: HeldRow, now: Date): Promise<Means> {
    const { contacts, ledger, rules } = this.deps;
    if (row.purpose === 'reply' || rules.windows === false) return ONLY_CHAT;
    if (rules.budget > 0) await ledger.ready(now);
    const phone = this.phoneFor(row.to, row.purpose, now);
    return this.means(phone, phone === null ? null : await contacts.get(phone), row.notByUser === true);
  }

  /** The phone by which a template of the purpose may go; null when there is none. */
  private phoneFor(user: UserKey, purpose: Purpose, now: Date): UserKey | null {
    const { rules, phoneOf } = this.deps;
    const byPhone = rules.phoneTemplates && rules.templates[purpose] !== undefined && !isPhone(user);
    return byPhone ? (phoneOf?.(user, now) ?? null) : null;
  }

  private means(phone: UserKey | null, phoneContact: Contact | null, notByUser: boolean): Means {
    const { ledger } = this.deps;
    return {
      ...{ phone, phoneContact, notByUser },
      affords: (cost) => ledger.affords(cost),
      allowance: (ledger.remaining('sub_quota') ?? 0) > 0,
    };
  }
}
