import type { Channel, OutboundMessage, SendResult } from '../channels/channel';
import { stopwatch } from '../kernel/clock';
import { messageOf } from '../kernel/errors';
import { failpoint } from '../kernel/failpoint';
import { channelWord, type UserKey } from '../kernel/ids';
import type { OutboxParts } from './outbox';
import type { Claim, HeldRow, Look } from './outbox.repo';
import { SendOutcome, type Delivered } from './send-outcome';

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
/**
 * When a channel is asked whether an uncertain message arrived: at once, then after these pauses. Found once is found.
 * That it is absent is believed only when a pause has passed since the send was given up, since an answer that came too
 * late for us may still have been a success. All of it takes less than a minute: then those behind it go on, and whoever
 * waits is told.
 */
const PAUSES_MS = [3_000, 10_000, 30_000];
/** While the channel as a whole is down it is asked again after this, and that does not count. */
const DOWN_MS = 5_000;

/**
 * One row through its send: may it leave now, claim, send, and what became of it. The claim is stored before the send
 * begins and the outcome after it, so that a crash in between leaves a row that is known to be uncertain and is not
 * repeated blindly. Nothing here knows of other rows; `sender.ts` keeps order and pace.
 */
export class Deliverer {
  private readonly sendOutcome: SendOutcome;
  /** Begun before a row is on its way to the store as being sent. */
  readonly stopwatch: () => Stopwatch;

  constructor(private readonly deps: OutboxParts) {
    this.sendOutcome = new SendOutcome(deps);
    this.stopwatch = deps.stopwatch ?? stopwatch;
  }

  /**
   * `claimed`: the row is stored as being sent by us already, and this ran since before that write. `onPace` is awaited right
   * before the send, in case looking and claiming took too long for the slot.
   */
  async deliver(row: HeldRow, claimed: Stopwatch | null, onPace: () => Promise<void>): Promise<Delivered> {
    const { clock, ledger, pacer, ways } = this.deps;
    const { down } = pacer;
    const channel = this.channelOf(row);
    if (!channel) return this.sendOutcome.notNow(row, { action: 'drop', reason: 'no_channel' });
    const decision = await ways.decide(row, clock.now());
    if (decision.action !== 'send') return this.sendOutcome.notNow(row, decision);
    failpoint('before_send');
    ledger.hold(row.id, decision.cost);
    const { to, message } = decision;
    const sentAs = to === row.to && message === row.message ? {} : { sentAs: { to, message } };
    let since = claimed ?? (await this.claim(row, sentAs));
    // A process that was frozen after its claim is taken for dead by the others, who may have sent this meanwhile.
    const still = async (): Promise<boolean> => {
      while (since && since() > SURE_MS) since = await this.claim(row, sentAs);
      return since !== null;
    };
    if (since) await onPace();
    const mine = await still();
    const begun = clock.now();
    const result = mine ? await this.send(channel, row, to, message, still) : null;
    if (result) failpoint('after_send');
    if (!result || !since) {
      ledger.hold(row.id, 0);
      return { health: { kind: 'untried' } };
    }
    const tried = { row, decision, begun, down, canLookUp: channel.lookUp !== undefined };
    const delivered = await this.sendOutcome.of(tried, result);
    if (delivered.outcome && delivered.outcome.cost === undefined) ledger.hold(row.id, 0);
    return delivered;
  }

  /** Whether the channel can be asked if this row's last send arrived. */
  canLookUp(row: HeldRow): boolean {
    return this.channelOf(row)?.lookUp !== undefined;
  }

  /** Asks whether the row's last send arrived. */
  async look(row: HeldRow, look: Look): Promise<Delivered> {
    const { clock, log, metrics, rows, pacer } = this.deps;
    // While the channel as a whole is down, not knowing says nothing.
    const { down } = pacer;
    const sending = row.sending ?? { to: row.to, message: row.message };
    const { to, message } = sending;
    const answer =
      (await this.channelOf(row)?.lookUp?.(to, message, look.since)) ?? ({ arrived: 'unknown' } as const);
    const now = clock.now();
    const tried = { ...row, attempts: row.attempts + 1 };
    const health = { kind: answer.arrived === 'unknown' ? 'untried' : 'answered' } as const;
    if (answer.arrived === 'yes' && !(await rows.isKnown([answer.messageId])))
      return this.sendOutcome.sent(tried, message, { messageId: answer.messageId, cost: look.cost });
    // A message like it, which another row has sent already, says nothing about this one.
    const isAbsent = answer.arrived === 'no' && look.asked > 0;
    if (isAbsent && (row.resent ?? 0) < MOST_RESENDS) {
      metrics.outbox('retried');
      log.warn({ messageId: row.id }, 'an uncertain message did not arrive and is sent again');
      const { look: _, ...again } = row;
      return { health, keep: { row: { ...again, resent: (row.resent ?? 0) + 1 }, until: now } };
    }
    const pause = isAbsent ? null : pauseBefore(answer.arrived !== 'no', look, down, message);
    if (pause === null) {
      log.warn({ messageId: row.id, detail: look.detail }, 'a send stays uncertain');
      return this.sendOutcome.ends(tried, 'uncertain', look.detail, health, look.cost);
    }
    const asked = { ...look, asked: look.asked + (down ? 0 : 1) };
    const until = new Date(now.getTime() + pause);
    return { health, keep: { row: { ...row, look: asked, sending }, until } };
  }

  /** The time since before the claim was written, or null when it was refused. */
  private async claim(row: HeldRow, sentAs: Pick<Claim, 'sentAs'>): Promise<Stopwatch | null> {
    const { rows, owner, clock } = this.deps;
    const since = this.stopwatch();
    return (await rows.claim({ id: row.id, owner, at: clock.now(), ...sentAs })) ? since : null;
  }

  private channelOf(row: HeldRow): Channel | undefined {
    return this.deps.channels.get(channelWord(row.to));
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

/** How long to wait before the channel is asked again; null when nobody will ever know. */
function pauseBefore(isUnknown: boolean, look: Look, down: boolean, message: OutboundMessage): number | null {
  // No channel shows templates in the talk: what it cannot say at first it never will.
  if (isUnknown && message.kind === 'template') return null;
  return isUnknown && down ? DOWN_MS : (PAUSES_MS[look.asked] ?? null);
}
