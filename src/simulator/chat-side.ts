import type { FaultQueue } from './faults';
import type { Feed } from './feed';

/** What the page with phones needs of a fake messenger, whichever it is. */

/** A message as a phone shows it. `oa` is whoever answers for the office: the account or the bot. */
export interface ShownMessage {
  readonly id: string;
  readonly from: 'person' | 'oa';
  readonly text: string;
  /** Epoch milliseconds of the program's clock. */
  readonly at: number;
  readonly tapped?: string;
  readonly buttons?: readonly { readonly title: string }[];
  /** Of a person's message: the bot has not taken it yet, or has. Of the office's: not looked at yet, or seen. */
  readonly state: 'waiting' | 'taken' | 'unseen' | 'seen';
}

/** Somebody with a phone. Each verb resolves after the first try to tell the bot: true when the webhook took it. */
export interface ChatPerson {
  readonly id: string;
  readonly name: string;
  /** Null where the messenger knows no following. */
  readonly isFollower: boolean | null;
  /** Oldest first. */
  readonly chat: readonly ShownMessage[];
  readonly heard: readonly ShownMessage[];
  types(text: string): Promise<boolean>;
  taps(button: string | number, messageId?: string): Promise<boolean>;
  follows(): Promise<boolean>;
  unfollows(): Promise<boolean>;
  sees(): Promise<boolean>;
  renames(name: string): void;
}

export interface ChatSide {
  readonly feed: Feed;
  readonly fail: FaultQueue;
  /** The ledger's last place: how many messages were accepted from the bot since the start. It never falls. */
  readonly lastSend: number;
  /** What was accepted for one person after the ledger's place `since`, exactly as it was sent. */
  sendsTo(user: string, since?: number): readonly { readonly path: string; readonly body: unknown }[];
  person(id?: string): ChatPerson;
  people(): readonly ChatPerson[];
}
