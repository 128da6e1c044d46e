import type { Channel, OutboundMessage, SendResult } from '../channels/channel';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { failpoint } from '../kernel/failpoint';
import { channelWord, type UserKey } from '../kernel/ids';
import { newer } from '../kernel/instants';
import { SendOutcome, type SendOutcomeDeps, type Delivered } from './send-outcome';
import { freshContact, type Contact } from '../contacts/contact';
import type { ContactsRepo } from '../contacts/contacts.repo';
import { askAgain, asked } from './delivery-check';
import type { StillTrueCheck } from './outbox-row';
import type { Claim, HeldRow, Look, OutboxRepo } from './outbox.repo';
import { decide, isPhone, ONLY_CHAT, type Decision, type Means } from './policy';

/**
 * One row through its send: is it still true, may it leave now, claim, send, and what became of it. The claim is
 * stored before the send begins and the outcome after it, so that a crash in between leaves a row that is known to be
 * uncertain and is not repeated blindly. Nothing here knows of other rows; `sender.ts` keeps order and pace.
 */
export interface DeliverDeps extends SendOutcomeDeps {
  readonly rows: OutboxRepo;
  readonly contacts: ContactsRepo;
  /** By the name before the colon of a user key. */
  readonly channels: ReadonlyMap<string, Channel>;
  readonly isStillNeeded: StillTrueCheck;
  /** Monotonic time, freezes included; a test moves it. */
  readonly stopwatch?: () => Stopwatch;
}

/** Milliseconds since it was made. */
export type Stopwatch = () => number;

/** A message that did not arrive is sent again so often. */
const MOST_RESENDS = 2;
/** No send begins when so much time has passed since its claim was on its way to the store; then it is claimed again. */
const SURE_MS = 2_000;
/** No request takes longer. */
const REQUEST_MS = 10_000;
/** So long after a claim was made nothing of its send can still be on its way, even if its process was frozen. */
export const SPENT_MS = SURE_MS + REQUEST_MS;

export class Deliverer {
  private readonly sendOutcome: SendOutcome;
  readonly stopwatch: () => Stopwatch;

  constructor(private readonly deps: DeliverDeps) {
    this.sendOutcome = new SendOutcome(deps);
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
    if (!channel) return this.sendOutcome.ends(row, 'dropped', 'no_channel', { kind: 'untried' });
    const fresh = await this.renewedAt(row, now);
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
    const mine = { since };
    const still = async (): Promise<boolean> => {
      if (mine.since && mine.since() > SURE_MS) mine.since = await this.claim(row, departure);
      return mine.since !== null;
    };
    const begun = clock.now();
    const result = since && (await this.send(channel, row, to, message, still));
    if (result) failpoint('after_send');
    if (!result || !mine.since) {
      ledger.hold(row.id, 0);
      return { next: 'lost' };
    }
    const tried = { row, decision, begun, down, canLookUp: channel.lookUp !== undefined };
    const delivered = await this.sendOutcome.of(tried, result);
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
    if (answer.arrived === 'yes' && !(await this.deps.rows.isKnown([answer.messageId])))
      return this.sendOutcome.sent(tried, message, { messageId: answer.messageId, cost: look.cost });
    // A message like it, which another row has sent already, says nothing about this one.
    const next = askAgain(answer.arrived === 'no' ? 'no' : 'unknown', look, down, now, message);
    if (next !== null && next !== 'absent')
      return { next: 'look', look: asked(look, down), sending, until: next, health };
    if (next === 'absent' && (row.resent ?? 0) < MOST_RESENDS) {
      metrics.outbox('retried');
      log.warn({ messageId: row.id }, 'an uncertain message did not arrive and is sent again');
      return { next: 'again', health };
    }
    log.warn({ messageId: row.id, detail: look.detail }, 'a send stays uncertain');
    return this.sendOutcome.ends(tried, 'uncertain', look.detail, health, look.cost);
  }

  /** The time since before the claim was written, or null when it was refused. */
  private async claim(row: HeldRow, departure: Pick<Claim, 'departure'>): Promise<Stopwatch | null> {
    const { rows, owner, clock } = this.deps;
    const since = this.stopwatch();
    return (await rows.claim({ id: row.id, owner, at: clock.now(), ...departure })) ? since : null;
  }

  private channelOf(row: HeldRow): Channel | undefined {
    return this.deps.channels.get(channelWord(row.to));
  }

  /** A reply answers a message that has just opened the window; only after a refusal is the stored contact asked. */
  private async contactOf(row: HeldRow): Promise<Contact | null> {
    const asked = freshContact(row.to, row.createdAt);
    if (row.purpose === 'reply' && row.attempts === 0) return asked;
    const stored = await this.deps.contacts.get(row.to);
    if (row.purpose !== 'reply') return stored;
    return {
      ...asked,
      ...stored,
      lastInteractionAt: newer(row.createdAt, stored?.lastInteractionAt ?? null),
    };
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

  private async renewedAt(row: HeldRow, now: Date): Promise<HeldRow | Delivered> {
    if (row.onlyIf === undefined) return row;
    const answer = await this.deps.isStillNeeded(row, now);
    switch (answer.now) {
      case 'drop':
        return this.sendOutcome.ends(row, 'dropped', 'no_longer_true', { kind: 'untried' });
      case 'wait':
        return this.sendOutcome.waits(row, answer.until, false, { kind: 'untried' });
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
        return this.sendOutcome.ends(row, 'dropped', decision.reason, { kind: 'untried' });
      case 'unreachable':
        if (decision.reason === 'budget')
          this.deps.log.warn(
            { messageId: row.id, spent: this.deps.ledger.spent, budget: this.deps.rules.budget },
            'not sent: the budget of the month is used up',
          );
        return this.sendOutcome.ends(row, 'unreachable', decision.reason, { kind: 'untried' });
      case 'wait':
        return this.sendOutcome.waits(row, decision.until, false, { kind: 'untried' });
    }
  }

  private async send(
    channel: Channel,
    row: HeldRow,
    to: UserKey,
    message: OutboundMessage,
    still: () => Promise<boolean>,
  ): Promise<SendResult> {
    try {
      return await channel.send(to, message, still);
    } catch (error) {
      this.deps.log.error({ messageId: row.id, error: messageOf(error) }, 'a send broke off');
      return { outcome: 'uncertain', detail: 'broke_off' };
    }
  }
}
