import type { OutboundMessage, SendResult } from '../channels/channel';
import type { Clock } from '../kernel/clock';
import type { UserKey } from '../kernel/ids';
import { never } from '../kernel/lists';
import { backoffMs } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { ContactsRepo } from '../contacts/contacts.repo';
import { firstLook } from './delivery-check';
import type { ConnectDeadline } from './outbox.model';
import type { HeldRow, Look, Outcome } from './outbox.repo';
import type { ChannelHealth } from './pacer';
import { isGroup, isPhone, type Decision } from './policy';
import { groupPrice, type SendRules } from './send-rules';
import type { Ledger, PaidBy } from './spending';

/**
 * What becomes of a row after a try: how it ends, until when it waits, what it cost, what the try teaches about the
 * person and about the channel as a whole. What the channel says of the person is noted here; the rest is only answered.
 */
export interface SendOutcomeDeps {
  readonly contacts: Pick<ContactsRepo, 'noteClosed' | 'noteUnreachable'>;
  readonly clock: Clock;
  readonly rules: SendRules;
  /** This sender; never the same twice. */
  readonly owner: string;
  readonly log: Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>;
  readonly metrics: Pick<Metrics, 'outbox' | 'dropped'>;
  readonly ledger: Ledger;
  /** The phone of a member as an address (`zalo-phone:<member id>`); null when none is kept. Absent: of nobody. */
  readonly phoneOf?: (user: UserKey, now: Date) => UserKey | null;
  /** What paid for a message, out of the channel's answer; null when the answer does not say. */
  readonly paidBy?: (quota: Readonly<Record<string, unknown>>) => PaidBy | null;
  /** Tries of a message that is certainly refused each time, before it is set aside. */
  readonly maxAttempts?: number;
}

export type Delivered =
  /** To be stored; `hold` keeps those behind it waiting too. */
  | {
      readonly next: 'record';
      readonly outcome: Outcome;
      readonly hold: boolean;
      readonly health: ChannelHealth;
    }
  /** Whether it arrived is asked at `until`; it keeps its place, and those behind it wait. */
  | {
      readonly next: 'look';
      readonly look: Look;
      readonly sending: ConnectDeadline;
      readonly until: Date;
      readonly health: ChannelHealth;
    }
  /** It certainly did not arrive and is sent once more. */
  | { readonly next: 'again'; readonly health: ChannelHealth }
  /** Another sender has it. */
  | { readonly next: 'lost' };

/** A try as it was made. */
export interface Try {
  readonly row: HeldRow;
  readonly decision: Extract<Decision, { action: 'send' }>;
  readonly begun: Date;
  /** The channel as a whole fails, so a failure is not the row's. */
  readonly down: boolean;
  /** Whether the channel can be asked if it arrived. */
  readonly canLookUp: boolean;
}

const HOUR_MS = 3_600_000;
const RETRY_CAP_MS = 300_000;

export class SendOutcome {
  private readonly maxAttempts: number;

  constructor(private readonly deps: SendOutcomeDeps) {
    this.maxAttempts = deps.maxAttempts ?? 20;
  }

  /** How the row goes on after this answer to its send. */
  async of({ row, decision, begun, down, canLookUp }: Try, result: SendResult): Promise<Delivered> {
    const { contacts, log } = this.deps;
    const { to, message, cost: expected } = decision;
    const facts = { messageId: row.id };
    const tried = { ...row, attempts: row.attempts + 1 };
    switch (result.outcome) {
      case 'sent':
        return this.sent(tried, message, {
          messageId: result.messageId,
          cost: this.costOf(message, result.quota, to),
          ...(result.quota ? { quota: result.quota } : {}),
        });
      case 'uncertain':
        log.warn({ ...facts, detail: result.detail }, 'a send is uncertain');
        if (canLookUp) {
          const look = firstLook(begun, result.detail, expected);
          const sending = { to, message };
          return { next: 'look', look, sending, until: this.deps.clock.now(), health: { kind: 'failed' } };
        }
        return this.ends(tried, 'uncertain', result.detail, { kind: 'failed' }, expected);
      case 'closed':
        if (message.kind === 'template') return this.templateRefused(tried, to, begun, 'template_refused');
        await contacts.noteClosed(row.to, begun);
        if (tried.attempts >= this.maxAttempts)
          return this.ends(tried, 'dead', result.detail, { kind: 'answered' });
        return this.waits(tried, begun, true, { kind: 'answered' });
      case 'unreachable':
        await contacts.noteUnreachable(to, begun, result.detail);
        if (message.kind === 'template') return this.templateRefused(tried, to, begun, result.detail);
        if (row.template !== undefined && tried.attempts < this.maxAttempts)
          return this.waits(tried, begun, true, { kind: 'answered' });
        return this.ends(tried, 'unreachable', result.detail, { kind: 'answered' });
      case 'refused':
        log.error({ ...facts, detail: result.detail }, 'the channel refused a message of ours');
        return this.ends(tried, 'dropped', 'refused', { kind: 'answered' });
      case 'alert':
        log.error({ ...facts, detail: result.detail }, 'a message waits for an operator');
        return this.waits(tried, this.later(tried.attempts, result.afterMs, HOUR_MS), true, {
          kind: 'failed',
        });
      case 'retry':
        return this.again(row, result, down);
      default:
        return never(result);
    }
  }

  /** It left as this message, which may not be that of the row. */
  sent(
    row: HeldRow,
    message: OutboundMessage,
    facts: Pick<Outcome, 'messageId' | 'cost' | 'quota'>,
  ): Delivered {
    this.deps.metrics.outbox('sent');
    this.deps.log.debug({ messageId: row.id, purpose: row.purpose }, 'message sent');
    const outcome = {
      ...this.outcome(row, 'sent'),
      ...facts,
      ...(message === row.message ? {} : { message }),
    };
    return { next: 'record', outcome, hold: false, health: { kind: 'answered' } };
  }

  ends(
    row: HeldRow,
    state: 'dropped' | 'unreachable' | 'uncertain' | 'dead',
    reason: string,
    health: ChannelHealth,
    cost?: number,
  ): Delivered {
    if (state === 'dropped') this.deps.metrics.dropped(reason);
    else this.deps.metrics.outbox(state);
    const outcome = { ...this.outcome(row, state), reason, ...(cost === undefined ? {} : { cost }) };
    return { next: 'record', outcome, hold: false, health };
  }

  /** `hold`: this sender keeps it, and those behind it wait too. */
  waits(row: HeldRow, until: Date, hold: boolean, health: ChannelHealth): Delivered {
    if (!hold) this.deps.metrics.outbox('deferred');
    const outcome: Outcome = {
      ...this.outcome(row, 'queued'),
      notBefore: until,
      owner: hold ? this.deps.owner : null,
      ...(row.notByUser ? { notByUser: true } : {}),
    };
    return { next: 'record', outcome, hold, health };
  }

  /** By user id it does not go: then the phone, if there is one; the policy decides that at once, and remembers why. */
  private templateRefused(row: HeldRow, to: UserKey, at: Date, detail: string): Delivered {
    if (isPhone(to) || row.template === undefined || !this.deps.phoneOf?.(row.to, at))
      return this.ends(row, 'unreachable', detail, { kind: 'answered' });
    return this.waits({ ...row, notByUser: true }, at, true, { kind: 'answered' });
  }

  /** In VND: nothing when the answer says what paid, else the price. A channel without windows takes no money. */
  private costOf(message: OutboundMessage, quota: Outcome['quota'], to: UserKey): number {
    const { rules, ledger, paidBy } = this.deps;
    const paid = quota ? (paidBy?.(quota) ?? null) : null;
    if (paid) ledger.note(paid);
    if (paid || rules.windows === false) return 0;
    if (isGroup(to)) return groupPrice(this.deps.clock.now(), rules);
    if (message.kind !== 'template') return rules.prices.message;
    return message.by === 'phone' ? rules.prices.phone : rules.prices.template;
  }

  private again(row: HeldRow, result: Extract<SendResult, { outcome: 'retry' }>, down: boolean): Delivered {
    this.deps.metrics.outbox('retried');
    if (result.throttled) {
      const until = new Date(this.deps.clock.now().getTime() + result.afterMs);
      return this.waits(row, until, true, { kind: 'throttled', ms: result.afterMs });
    }
    // While nobody gets anything it is not this message's fault, and it is not set aside for it.
    const tried = { ...row, attempts: row.attempts + (down ? 0 : 1) };
    if (tried.attempts >= this.maxAttempts) {
      this.deps.log.error({ messageId: row.id, detail: result.detail }, 'a message was set aside');
      return this.ends(tried, 'dead', result.detail, { kind: 'failed' });
    }
    return this.waits(tried, this.later(tried.attempts, result.afterMs, RETRY_CAP_MS), true, {
      kind: 'failed',
    });
  }

  private later(attempts: number, afterMs: number, cap: number): Date {
    return new Date(this.deps.clock.now().getTime() + Math.max(afterMs, backoffMs(attempts, 500, cap)));
  }

  private outcome(row: HeldRow, state: Outcome['state']): Outcome {
    return { id: row.id, state, at: this.deps.clock.now(), attempts: row.attempts, owner: null };
  }
}
