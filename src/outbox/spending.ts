import { inVietnam } from '../kernel/vn-time';
import type { OutboxDeps } from './outbox';

/** What paid for a message, read from a channel's answer. */
export interface PaidBy {
  readonly kind: string;
  readonly remain: number | null;
}

/** How the month stands, in VND. */
export interface BudgetView {
  /** `2026-03` */
  readonly month: string;
  /** 0: no limit is set. */
  readonly budget: number;
  readonly spent: number;
  /** Messages that cost something. */
  readonly messages: number;
  /** What waits in the outbox and will cost. */
  readonly queued: number;
  /** At the month's end, when it goes on at the pace so far and what waits goes out. */
  readonly forecast: number;
}

/** So old may the sum of the store be; another process may have spent meanwhile. */
const FRESH_MS = 5_000;

interface Entry {
  readonly cost: number;
  /** Which number the storing of its row had; null until then. */
  readonly stored: number | null;
}

/**
 * What messages cost in the calendar month of Viet Nam. The rows are the truth: their costs are summed in the store, and
 * what has not been stored yet is kept beside the sum. With several processes the budget may be passed by what they
 * spend within a few seconds, never by more.
 */
export class Ledger {
  private month = '';
  private loaded = 0;
  private count = 0;
  private loadedAt = Number.NEGATIVE_INFINITY;
  private loading: Promise<void> | null = null;
  private readonly open = new Map<string, Entry>();
  private openSum = 0;
  private sequence = 0;
  private readonly quotas = new Map<string, number | null>();

  constructor(private readonly deps: Pick<OutboxDeps, 'rows' | 'rules' | 'metrics'>) {
    const { metrics, rules } = deps;
    metrics.gauge?.('outbox_spent_vnd', 'What messages have cost this month, in VND', () => this.spent);
    metrics.gauge?.('outbox_budget_vnd', 'Most that they may cost, in VND; 0: no limit', () => rules.budget);
  }

  /** Await it before asking what may be spent. */
  async ready(now: Date): Promise<void> {
    const age = now.getTime() - this.loadedAt;
    if (this.month === monthOf(now) && age >= 0 && age < FRESH_MS) return;
    this.loading ??= this.load(now).finally(() => (this.loading = null));
    await this.loading;
  }

  affords(cost: number): boolean {
    const { budget } = this.deps.rules;
    return budget === 0 || this.spent + cost <= budget;
  }

  /** Set aside for a send that begins. Put in again it replaces the first. */
  hold(id: string, cost: number): void {
    this.drop(id);
    if (cost === 0) return;
    this.open.set(id, { cost, stored: null });
    this.openSum += cost;
  }

  /** The row with its cost is stored, or cost nothing. */
  stored(id: string, cost: number): void {
    this.drop(id);
    if (cost === 0) return;
    this.open.set(id, { cost, stored: (this.sequence += 1) });
    this.openSum += cost;
  }

  /** The newest word of each kind about what is left; it shows among the figures once the channel has told it. */
  note({ kind, remain }: PaidBy): void {
    if (!this.quotas.has(kind))
      this.deps.metrics.gauge?.(
        `outbox_quota_${kind.replace(/\W/g, '_')}_remaining`,
        'Messages left of an allowance, as the channel last said; -1: not said',
        () => this.remaining(kind) ?? -1,
      );
    this.quotas.set(kind, remain);
  }

  remaining(kind: string): number | null {
    return this.quotas.get(kind) ?? null;
  }

  get spent(): number {
    return this.loaded + this.openSum;
  }

  view(now: Date, queued: number): BudgetView {
    const { from, to } = monthSpan(now);
    const share = (now.getTime() - from.getTime()) / (to.getTime() - from.getTime());
    // The first hours of a month say little about the rest of it.
    const pace = share < 0.02 ? this.spent : this.spent / share;
    return {
      month: monthOf(now),
      budget: this.deps.rules.budget,
      spent: this.spent,
      messages: this.count + this.open.size,
      queued,
      forecast: Math.round(Math.max(pace, this.spent + queued)),
    };
  }

  private async load(now: Date): Promise<void> {
    const { from, to } = monthSpan(now);
    const begun = this.sequence;
    const { vnd, messages } = await this.deps.rows.spentIn(from, to);
    const fresh = this.month !== monthOf(now);
    for (const [id, { stored }] of this.open)
      if (stored !== null && (fresh || stored <= begun)) this.drop(id);
    this.month = monthOf(now);
    this.loaded = vnd;
    this.count = messages;
    this.loadedAt = now.getTime();
  }

  private drop(id: string): void {
    const entry = this.open.get(id);
    if (!entry) return;
    this.open.delete(id);
    this.openSum -= entry.cost;
  }
}

function monthOf(at: Date): string {
  return inVietnam(at).toFormat('yyyy-MM');
}

function monthSpan(at: Date): { readonly from: Date; readonly to: Date } {
  const start = inVietnam(at).startOf('month');
  return { from: start.toJSDate(), to: start.plus({ months: 1 }).toJSDate() };
}
