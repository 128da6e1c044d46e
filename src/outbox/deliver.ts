import type { Channel, OutboundMessage, SendResult } from '../channels/channel';
import type { Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { failpoint } from '../kernel/failpoint';
import { never } from '../kernel/lists';
import { backoffMs } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import { freshContact, type Contact } from './contact';
import type { ContactsRepo } from './contacts.repo';
import type { StillTrueCheck } from './outbox-row';
import type { HeldRow, Outcome, OutboxRepo } from './outbox.repo';
import { decide, type Decision, type SendRules } from './policy';

/**
 * One row through its send: is it still true, may it leave now, claim, send, and what became of it. The claim is
 * stored before the send begins and the outcome after it, so that a crash in between leaves a row that is known to be
 * uncertain and is not repeated blindly. Nothing here knows of other rows; `sender.ts` keeps order and pace.
 */
export interface DeliverDeps {
  readonly rows: OutboxRepo;
  readonly contacts: ContactsRepo;
  /** By the name before the colon of a user key. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly clock: Clock;
  readonly rules: SendRules;
  readonly stillTrue: StillTrueCheck;
  /** This sender; never the same twice. */
  readonly owner: string;
  readonly log: Pick<Logger, 'info' | 'warn' | 'error'>;
  readonly metrics: Pick<Metrics, 'outbox' | 'dropped'>;
  /** Tries of a message that is certainly refused each time, before it is set aside. */
  readonly maxAttempts?: number;
}

/** What the try teaches about the channel as a whole. */
export type ChannelHealth =
  { readonly kind: 'untried' | 'answered' | 'failed' } | { readonly kind: 'throttled'; readonly ms: number };

export type Delivered =
  /** To be stored; `hold` keeps those behind it waiting too. */
  | {
      readonly next: 'record';
      readonly outcome: Outcome;
      readonly hold: boolean;
      readonly health: ChannelHealth;
    }
  /** Another sender has it. */
  | { readonly next: 'lost' };

const HOUR_MS = 3_600_000;
const RETRY_CAP_MS = 300_000;

export class Deliverer {
  private readonly maxAttempts: number;

  constructor(private readonly deps: DeliverDeps) {
    this.maxAttempts = deps.maxAttempts ?? 20;
  }

  /** Whether the row would leave at this instant as it is, without asking any store. Only ever true for fresh replies. */
  leavesAtOnce(row: HeldRow, now: Date): boolean {
    if (row.purpose !== 'reply' || row.onlyIf !== undefined || !this.channelOf(row)) return false;
    return decide(row, freshContact(row.to, row.createdAt), now, this.deps.rules).action === 'send';
  }

  /**
   * `claimed`: the row is stored as being sent by us already. `down`: the channel as a whole fails, so a failure is not
   * the row's. `onPace` is awaited right before the send, in case looking and claiming took too long for the slot.
   */
  async deliver(
    row: HeldRow,
    claimed: boolean,
    down: boolean,
    onPace: () => Promise<void>,
  ): Promise<Delivered> {
    const { clock, rules, rows, owner } = this.deps;
    const now = clock.now();
    const channel = this.channelOf(row);
    if (!channel) return this.ends(row, 'dropped', 'no_channel', { kind: 'untried' });
    const fresh = await this.freshened(row, now);
    if ('next' in fresh) return fresh;
    const decision = decide(fresh, await this.contactOf(row), now, rules);
    if (decision.action !== 'send') return this.notNow(row, decision);
    failpoint('before_send');
    if (!claimed && !(await rows.claim(row.id, owner))) return { next: 'lost' };
    await onPace();
    const begun = clock.now();
    const result = await this.send(channel, row, decision.message);
    failpoint('after_send');
    return this.after(row, decision.message, result, begun, down);
  }

  private channelOf(row: HeldRow): Channel | undefined {
    return this.deps.channels.get(row.to.slice(0, row.to.indexOf(':')));
  }

  /** A reply answers a message that has just opened the window; only after a refusal is the stored contact asked. */
  private async contactOf(row: HeldRow): Promise<Contact | null> {
    const asked = freshContact(row.to, row.createdAt);
    if (row.purpose === 'reply' && row.attempts === 0) return asked;
    const stored = await this.deps.contacts.get(row.to);
    if (row.purpose !== 'reply') return stored;
    const last = stored?.lastInteractionAt;
    return { ...asked, ...stored, lastInteractionAt: last && last > row.createdAt ? last : row.createdAt };
  }

  private async freshened(row: HeldRow, now: Date): Promise<HeldRow | Delivered> {
    if (row.onlyIf === undefined) return row;
    const answer = await this.deps.stillTrue(row, now);
    switch (answer.now) {
      case 'drop':
        return this.ends(row, 'dropped', 'no_longer_true', { kind: 'untried' });
      case 'wait':
        return { ...this.waits(row, answer.until, false, { kind: 'untried' }) };
      case 'send':
        return {
          ...row,
          ...(answer.message ? { message: answer.message } : {}),
          ...(answer.template ? { template: answer.template } : {}),
        };
    }
  }

  private notNow(row: HeldRow, decision: Exclude<Decision, { action: 'send' }>): Delivered {
    switch (decision.action) {
      case 'drop':
        return this.ends(row, 'dropped', decision.reason, { kind: 'untried' });
      case 'unreachable':
        return this.ends(row, 'unreachable', decision.reason, { kind: 'untried' });
      case 'wait':
        return this.waits(row, decision.until, false, { kind: 'untried' });
    }
  }

  private async send(channel: Channel, row: HeldRow, message: OutboundMessage): Promise<SendResult> {
    try {
      return await channel.send(row.to, message);
    } catch (error) {
      this.deps.log.error({ messageId: row.id, error: messageOf(error) }, 'a send broke off');
      return { outcome: 'uncertain', detail: 'broke_off' };
    }
  }

  private async after(
    row: HeldRow,
    message: OutboundMessage,
    result: SendResult,
    begun: Date,
    down: boolean,
  ): Promise<Delivered> {
    const { contacts, log, metrics } = this.deps;
    const facts = { messageId: row.id, cause: row.cause };
    const tried = { ...row, attempts: row.attempts + 1 };
    switch (result.outcome) {
      case 'sent': {
        metrics.outbox('sent');
        const outcome: Outcome = {
          ...this.outcome(tried, 'sent'),
          messageId: result.messageId,
          ...(result.quota ? { quota: result.quota } : {}),
          ...(message === row.message ? {} : { message }),
        };
        return { next: 'record', outcome, hold: false, health: { kind: 'answered' } };
      }
      case 'uncertain':
        log.warn({ ...facts, detail: result.detail }, 'a send is uncertain');
        return this.ends(tried, 'uncertain', result.detail, { kind: 'failed' });
      case 'closed':
        await contacts.noteClosed(row.to, begun);
        if (message.kind === 'template')
          return this.ends(tried, 'unreachable', 'template_refused', { kind: 'answered' });
        if (tried.attempts >= this.maxAttempts)
          return this.ends(tried, 'dead', result.detail, { kind: 'answered' });
        return this.waits(tried, begun, true, { kind: 'answered' });
      case 'unreachable':
        await contacts.noteUnreachable(row.to, begun, result.detail);
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

  private ends(
    row: HeldRow,
    state: 'dropped' | 'unreachable' | 'uncertain' | 'dead',
    reason: string,
    health: ChannelHealth,
  ): Delivered {
    if (state === 'dropped') this.deps.metrics.dropped(reason);
    else this.deps.metrics.outbox(state);
    return { next: 'record', outcome: { ...this.outcome(row, state), reason }, hold: false, health };
  }

  private waits(row: HeldRow, until: Date, hold: boolean, health: ChannelHealth): Delivered {
    if (!hold) this.deps.metrics.outbox('deferred');
    const owner = hold ? this.deps.owner : null;
    const outcome: Outcome = { ...this.outcome(row, 'queued'), notBefore: until, owner };
    return { next: 'record', outcome, hold, health };
  }

  private outcome(row: HeldRow, state: Outcome['state']): Outcome {
    return { id: row.id, state, at: this.deps.clock.now(), attempts: row.attempts, owner: null };
  }
}
