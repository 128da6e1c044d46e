import type { OutboundMessage, SendResult } from '../channels/channel';
import type { UserKey } from '../kernel/ids';
import { never } from '../kernel/lists';
import { backoffMs } from '../kernel/retry';
import type { OutboxParts } from './outbox';
import type { HeldRow, Outcome } from './outbox.repo';
import type { ChannelHealth } from './pacer';
import { isGroup, isPhone, type Decision } from './policy';
import { groupPrice } from './send-rules';

/** Where a try leads. */
export interface Delivered {
  readonly health: ChannelHealth;
  /** To be stored; absent: the row stays as it is stored. */
  readonly outcome?: Outcome;
  /** The row keeps its place until then, and those behind it wait too; absent: it leaves our hand. */
  readonly keep?: { readonly row: HeldRow; readonly until: Date };
}

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
/** Tries of a message that is certainly refused each time, before it is set aside. */
const MOST_TRIES = 20;
const UNTRIED: ChannelHealth = { kind: 'untried' };
const ANSWERED: ChannelHealth = { kind: 'answered' };
const FAILED: ChannelHealth = { kind: 'failed' };

/**
 * What becomes of a row after a try: how it ends, until when it waits, what it cost, what the try teaches about the
 * person and about the channel as a whole. What the channel says of the person is noted here; the rest is only answered.
 */
export class SendOutcome {
  constructor(private readonly deps: OutboxParts) {}

  /** How the row goes on that may not leave now. */
  notNow(row: HeldRow, decision: Exclude<Decision, { action: 'send' }>): Delivered {
    const { log, ledger, rules } = this.deps;
    switch (decision.action) {
      case 'drop':
        return this.ends(row, 'dropped', decision.reason, UNTRIED);
      case 'unreachable':
        if (decision.reason === 'budget')
          log.warn(
            { messageId: row.id, spent: ledger.spent, budget: rules.budget },
            'not sent: the budget of the month is used up',
          );
        return this.ends(row, 'unreachable', decision.reason, UNTRIED);
      case 'wait':
        return this.waits(row, decision.until, false, UNTRIED);
    }
  }

  /** How the row goes on after this answer to its send. */
  async of({ row, decision, begun, down, canLookUp }: Try, result: SendResult): Promise<Delivered> {
    const { contacts, log, maxAttempts = MOST_TRIES } = this.deps;
    const { to, message, cost } = decision;
    const facts = { messageId: row.id };
    const tried = { ...row, attempts: row.attempts + 1 };
    switch (result.outcome) {
      case 'sent':
        return this.sent(tried, message, {
          messageId: result.messageId,
          cost: this.costOf(message, result.quota, to),
          ...(result.quota ? { quota: result.quota } : {}),
        });
      case 'uncertain': {
        const { detail } = result;
        log.warn({ ...facts, detail }, 'a send is uncertain');
        if (!canLookUp) return this.ends(tried, 'uncertain', detail, FAILED, cost);
        const asked = { ...row, look: { since: begun, asked: 0, detail, cost }, sending: { to, message } };
        return { health: FAILED, keep: { row: asked, until: this.deps.clock.now() } };
      }
      case 'closed':
        if (message.kind === 'template') return this.templateRefused(tried, to, begun, 'template_refused');
        await contacts.noteClosed(row.to, begun);
        if (tried.attempts >= maxAttempts) return this.ends(tried, 'dead', result.detail, ANSWERED);
        return this.waits(tried, begun, true, ANSWERED);
      case 'unreachable':
        await contacts.noteUnreachable(to, begun, result.detail);
        if (message.kind === 'template') return this.templateRefused(tried, to, begun, result.detail);
        if (row.template !== undefined && tried.attempts < maxAttempts)
          return this.waits(tried, begun, true, ANSWERED);
        return this.ends(tried, 'unreachable', result.detail, ANSWERED);
      case 'refused':
        log.error({ ...facts, detail: result.detail }, 'the channel refused a message of ours');
        return this.ends(tried, 'dropped', 'refused', ANSWERED);
      case 'alert':
        log.error({ ...facts, detail: result.detail }, 'a message waits for an operator');
        return this.waits(tried, this.later(tried.attempts, result.afterMs, HOUR_MS), true, FAILED);
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
    const words = message === row.message ? {} : { message };
    return { health: ANSWERED, outcome: { ...this.outcome(row, 'sent'), ...facts, ...words } };
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
    return { health, outcome };
  }

  /** `hold`: this sender keeps it, and those behind it wait too. */
  private waits(row: HeldRow, until: Date, hold: boolean, health: ChannelHealth): Delivered {
    const { metrics, owner } = this.deps;
    if (!hold) metrics.outbox('deferred');
    const refused = row.notByUser ? { notByUser: row.notByUser } : {};
    const outcome = { ...this.outcome(row, 'queued'), notBefore: until, ...refused };
    if (!hold) return { health, outcome };
    return { health, outcome: { ...outcome, owner }, keep: { row: { ...row, notBefore: until }, until } };
  }

  /** By user id it does not go: then the phone, if there is one; the policy decides that at once, and remembers why. */
  private templateRefused(row: HeldRow, to: UserKey, at: Date, detail: string): Delivered {
    if (isPhone(to) || row.template === undefined || !this.deps.phoneOf?.(row.to, at))
      return this.ends(row, 'unreachable', detail, ANSWERED);
    return this.waits({ ...row, notByUser: true }, at, true, ANSWERED);
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
    const { clock, log, metrics, maxAttempts = MOST_TRIES } = this.deps;
    metrics.outbox('retried');
    if (result.throttled) {
      const until = new Date(clock.now().getTime() + result.afterMs);
      return this.waits(row, until, true, { kind: 'throttled', ms: result.afterMs });
    }
    // While nobody gets anything it is not this message's fault, and it is not set aside for it.
    const tried = { ...row, attempts: row.attempts + (down ? 0 : 1) };
    if (tried.attempts >= maxAttempts) {
      log.error({ messageId: row.id, detail: result.detail }, 'a message was set aside');
      return this.ends(tried, 'dead', result.detail, FAILED);
    }
    return this.waits(tried, this.later(tried.attempts, result.afterMs, RETRY_CAP_MS), true, FAILED);
  }

  private later(attempts: number, afterMs: number, cap: number): Date {
    return new Date(this.deps.clock.now().getTime() + Math.max(afterMs, backoffMs(attempts, 500, cap)));
  }

  private outcome(row: HeldRow, state: Outcome['state']): Outcome {
    return { id: row.id, state, at: this.deps.clock.now(), attempts: row.attempts, owner: null };
  }
}
