import type { Channel, OutboundMessage, SendResult } from '../channels/channel';
import { stopwatch, type Clock } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { failpoint } from '../kernel/failpoint';
import { never } from '../kernel/lists';
import { backoffMs } from '../kernel/retry';
import type { Logger } from '../observability/logger';
import type { Metrics } from '../observability/metrics';
import type { UserKey } from '../kernel/ids';
import { freshContact, type Contact } from './contact';
import type { ContactsRepo } from './contacts.repo';
import { askAgain, asked, firstLook } from './look-up';
import type { StillTrueCheck } from './outbox-row';
import type { Departure } from './outbox.model';
import type { Claim, HeldRow, Look, Outcome, OutboxRepo } from './outbox.repo';
import { decide, isGroup, isPhone, ONLY_CHAT, type Decision, type Means, type SendRules } from './policy';
import type { Ledger, PaidBy } from './spending';

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
  readonly ledger: Ledger;
  /** The phone of a member as an address (`zalo-phone:<member id>`); null when none is kept. Absent: of nobody. */
  readonly phoneOf?: (user: UserKey, now: Date) => UserKey | null;
  /** What paid for a message, out of the channel's answer; null when the answer does not say. */
  readonly paidBy?: (quota: Readonly<Record<string, unknown>>) => PaidBy | null;
  /** Tries of a message that is certainly refused each time, before it is set aside. */
  readonly maxAttempts?: number;
  /** Monotonic time, freezes included; a test moves it. */
  readonly stopwatch?: () => Stopwatch;
}

/** Milliseconds since it was made. */
export type Stopwatch = () => number;

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
  /** Whether it arrived is asked at `until`; it keeps its place, and those behind it wait. */
  | {
      readonly next: 'look';
      readonly look: Look;
      readonly sending: Departure;
      readonly until: Date;
      readonly health: ChannelHealth;
    }
  /** It certainly did not arrive and is sent once more. */
  | { readonly next: 'again'; readonly health: ChannelHealth }
  /** Another sender has it. */
  | { readonly next: 'lost' };

const HOUR_MS = 3_600_000;
const RETRY_CAP_MS = 300_000;
/** A message that did not arrive is sent again so often. */
const MOST_RESENDS = 2;
/** No send begins when so much time has passed since its claim was on its way to the store; then it is claimed again. */
const SURE_MS = 2_000;
/** No request takes longer. */
const REQUEST_MS = 10_000;
/** So long after a claim was made nothing of its send can still be on its way, even if its process was frozen. */
export const SPENT_MS = SURE_MS + REQUEST_MS;

export class Deliverer {
  private readonly maxAttempts: number;
  readonly stopwatch: () => Stopwatch;

  constructor(private readonly deps: DeliverDeps) {
    this.maxAttempts = deps.maxAttempts ?? 20;
    this.stopwatch = deps.stopwatch ?? stopwatch;
  }

  /** Whether the row would leave at this instant as it is, without asking any store. Only ever true for fresh replies. */
  leavesAtOnce(row: HeldRow, now: Date): boolean {
    if (row.purpose !== 'reply' || row.onlyIf !== undefined || !this.channelOf(row)) return false;
    return decide(row, freshContact(row.to, row.createdAt), now, this.deps.rules).action === 'send';
  }

  /**
   * `claimed`: the row is stored as being sent by us already, and this ran since before that write. `down`: the channel
   * as a whole fails, so a failure is not the row's. `onPace` is awaited right before the send, in case looking and
   * claiming took too long for the slot.
   */
  async deliver(
    row: HeldRow,
    claimed: Stopwatch | null,
    down: boolean,
    onPace: () => Promise<void>,
  ): Promise<Delivered> {
    const { clock, rules, ledger } = this.deps;
    const now = clock.now();
    const channel = this.channelOf(row);
    if (!channel) return this.ends(row, 'dropped', 'no_channel', { kind: 'untried' });
    const fresh = await this.freshened(row, now);
    if ('next' in fresh) return fresh;
    const decision = decide(fresh, await this.contactOf(row), now, rules, await this.meansOf(row, now));
    if (decision.action !== 'send') return this.notNow(row, decision);
    failpoint('before_send');
    ledger.hold(row.id, decision.cost);
    const { to, message } = decision;
    const departure = to === row.to && message === row.message ? {} : { departure: { to, message } };
    let since = claimed ?? (await this.claim(row, departure));
    if (since) await onPace();
    // A process that was frozen in between is taken for dead by the others, who may have sent this meanwhile.
    while (since && since() > SURE_MS) since = await this.claim(row, departure);
    if (!since) {
      ledger.hold(row.id, 0);
      return { next: 'lost' };
    }
    const begun = clock.now();
    const result = await this.send(channel, row, to, message);
    failpoint('after_send');
    const delivered = await this.after(row, decision, result, begun, down);
    if (delivered.next === 'record' && delivered.outcome.cost === undefined) ledger.hold(row.id, 0);
    return delivered;
  }

  /** Whether the channel can be asked if this row's last send arrived. */
  canLookUp(row: HeldRow): boolean {
    return this.channelOf(row)?.lookUp !== undefined;
  }

  /** Asks whether the row's last send arrived. `down`: the channel as a whole fails, and not knowing says nothing. */
  async look(row: HeldRow, look: Look, down: boolean): Promise<Delivered> {
    const { clock, log, metrics } = this.deps;
    const sending = row.sending ?? { to: row.to, message: row.message };
    const { to, message } = sending;
    const answer =
      (await this.channelOf(row)?.lookUp?.(to, message, look.since)) ?? ({ arrived: 'unknown' } as const);
    const now = clock.now();
    const tried = { ...row, attempts: row.attempts + 1 };
    const health = { kind: answer.arrived === 'unknown' ? 'untried' : 'answered' } as const;
    if (answer.arrived === 'yes' && !(await this.deps.rows.isKnown([answer.messageId]))) {
      metrics.outbox('sent');
      const { messageId } = answer;
      const outcome = { ...this.outcome(tried, 'sent'), messageId, cost: look.cost, ...words(row, message) };
      return { next: 'record', outcome, hold: false, health };
    }
    // A message like it, which another row has sent already, says nothing about this one.
    const next = askAgain(answer.arrived === 'no' ? 'no' : 'unknown', look, down, now, message);
    if (next !== null && next !== 'absent')
      return { next: 'look', look: asked(look, down), sending, until: next, health };
    if (next === 'absent' && (row.resent ?? 0) < MOST_RESENDS) {
      metrics.outbox('retried');
      log.warn(
        { messageId: row.id, cause: row.cause },
        'an uncertain message did not arrive and is sent again',
      );
      return { next: 'again', health };
    }
    log.warn({ messageId: row.id, cause: row.cause, detail: look.detail }, 'a send stays uncertain');
    return this.ends(tried, 'uncertain', look.detail, health, look.cost);
  }

  /** The time since before the claim was written, or null when it was refused. */
  private async claim(row: HeldRow, departure: Pick<Claim, 'departure'>): Promise<Stopwatch | null> {
    const { rows, owner, clock } = this.deps;
    const since = this.stopwatch();
    return (await rows.claim({ id: row.id, owner, at: clock.now(), ...departure })) ? since : null;
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

  /** What there is besides the chat; looked for only where it can matter. */
  private async meansOf(row: HeldRow, now: Date): Promise<Means> {
    const { contacts, ledger, rules, phoneOf } = this.deps;
    if (row.purpose === 'reply' || rules.windows === false) return ONLY_CHAT;
    if (rules.budget > 0) await ledger.ready(now);
    const byPhone = rules.phoneTemplates && rules.templates[row.purpose] !== undefined && !isPhone(row.to);
    const phone = byPhone ? (phoneOf?.(row.to, now) ?? null) : null;
    return {
      phone,
      phoneContact: phone === null ? null : await contacts.get(phone),
      notByUser: row.notByUser === true,
      affords: (cost) => ledger.affords(cost),
      allowance: (ledger.remaining('sub_quota') ?? 0) > 0,
    };
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
        if (decision.reason === 'budget')
          this.deps.log.warn(
            { messageId: row.id, spent: this.deps.ledger.spent, budget: this.deps.rules.budget },
            'not sent: the budget of the month is used up',
          );
        return this.ends(row, 'unreachable', decision.reason, { kind: 'untried' });
      case 'wait':
        return this.waits(row, decision.until, false, { kind: 'untried' });
    }
  }

  private async send(
    channel: Channel,
    row: HeldRow,
    to: UserKey,
    message: OutboundMessage,
  ): Promise<SendResult> {
    try {
      return await channel.send(to, message);
    } catch (error) {
      this.deps.log.error({ messageId: row.id, error: messageOf(error) }, 'a send broke off');
      return { outcome: 'uncertain', detail: 'broke_off' };
    }
  }

  private async after(
    row: HeldRow,
    { to, message, cost: expected }: Extract<Decision, { action: 'send' }>,
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
          cost: this.costOf(message, result.quota, to),
          ...(result.quota ? { quota: result.quota } : {}),
          ...words(row, message),
        };
        return { next: 'record', outcome, hold: false, health: { kind: 'answered' } };
      }
      case 'uncertain':
        log.warn({ ...facts, detail: result.detail }, 'a send is uncertain');
        if (this.canLookUp(row)) {
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

  /** By user id it does not go: then the phone, if there is one; the policy decides that at once, and remembers why. */
  private templateRefused(row: HeldRow, to: UserKey, at: Date, detail: string): Delivered {
    if (isPhone(to) || row.template === undefined || !this.deps.phoneOf?.(row.to, at))
      return this.ends(row, 'unreachable', detail, { kind: 'answered' });
    return this.waits({ ...row, notByUser: true }, at, true, { kind: 'answered' });
  }

  /** In VND: nothing when the answer says what paid, else the price. A channel without windows takes no money. */
  private costOf(message: OutboundMessage, quota: SentQuota, to: UserKey): number {
    const { rules, ledger, paidBy } = this.deps;
    const paid = quota ? (paidBy?.(quota) ?? null) : null;
    if (paid) ledger.note(paid);
    if (paid || rules.windows === false || isGroup(to)) return 0;
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

  private ends(
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

  private waits(row: HeldRow, until: Date, hold: boolean, health: ChannelHealth): Delivered {
    if (!hold) this.deps.metrics.outbox('deferred');
    const owner = hold ? this.deps.owner : null;
    const outcome: Outcome = {
      ...this.outcome(row, 'queued'),
      notBefore: until,
      owner,
      ...(row.notByUser ? { notByUser: true } : {}),
    };
    return { next: 'record', outcome, hold, health };
  }

  private outcome(row: HeldRow, state: Outcome['state']): Outcome {
    return { id: row.id, state, at: this.deps.clock.now(), attempts: row.attempts, owner: null };
  }
}

type SentQuota = Readonly<Record<string, unknown>> | undefined;

/** The words that left, where they are not those of the row. */
function words(row: HeldRow, message: OutboundMessage): { readonly message?: OutboundMessage } {
  return message === row.message ? {} : { message };
}
