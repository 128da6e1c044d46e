import type { Clock } from '../../kernel/clock';
import { newMessageId } from '../zalo-events';
import type { ApiCall } from './answers';
import type { EchoKind, ReadMessage } from './message-shapes';

/** What Zalo accepted, in order. It keeps the last ones, so that a long run does not fill the memory. */

export type Addressee = 'user' | 'group' | 'visitor' | 'phone' | 'everybody';

/** A message that Zalo accepted. */
export interface AcceptedSend {
  /** Place in the ledger, from 1. */
  readonly seq: number;
  readonly messageId: string;
  /** The id of the person, or of the group, the visitor, the phone number, by `to`. */
  readonly user: string;
  readonly to: Addressee;
  readonly path: string;
  /** Exactly as sent to Zalo. */
  readonly body: unknown;
  /** The text the person reads, of a template too. */
  readonly text: string;
  readonly at: Date;
  readonly paidFrom: 'reply' | 'welcome' | 'sub' | 'purchase' | 'balance' | 'template' | 'free';
  /** How Zalo's echo of it is called. */
  readonly echo: EchoKind | 'template';
}

export interface Draft extends Pick<AcceptedSend, 'to' | 'user' | 'paidFrom'> {
  readonly call: ApiCall;
  readonly message: Pick<ReadMessage, 'text'> & Partial<ReadMessage>;
  readonly echo: AcceptedSend['echo'];
}

export class Ledger {
  readonly sends: AcceptedSend[] = [];
  private seq = 0;

  constructor(
    private readonly clock: Clock,
    private readonly kept = 100_000,
  ) {}

  get last(): number {
    return this.seq;
  }

  add(draft: Draft): AcceptedSend {
    this.seq += 1;
    const send: AcceptedSend = {
      seq: this.seq,
      messageId: newMessageId(),
      user: draft.user,
      to: draft.to,
      path: draft.call.path,
      body: draft.call.body,
      text: draft.message.text,
      at: this.clock.now(),
      paidFrom: draft.paidFrom,
      echo: draft.echo,
    };
    this.sends.push(send);
    if (this.sends.length >= this.kept * 2) this.sends.splice(0, this.kept);
    return send;
  }

  /** What came after the place `since`; newest last. */
  after(since: number): readonly AcceptedSend[] {
    const missing = this.seq - this.sends.length;
    return this.sends.slice(Math.max(0, since - missing));
  }
}
