/** What the fake messenger writes down, one fact a line; its state is made of nothing else. */

export interface ShownButton {
  readonly title: string;
  readonly type: 'oa.query.show' | 'oa.query.hide' | 'oa.open.url' | 'oa.open.phone' | 'oa.open.sms';
  /** What a tap types, or where it leads. */
  readonly payload: string;
}

export interface ChatMessage {
  readonly id: string;
  readonly from: 'person' | 'oa';
  readonly text: string;
  /** Epoch milliseconds of the program's clock. */
  readonly at: number;
  readonly buttons?: readonly ShownButton[];
  /** The label of the tapped button, where the payload itself is not shown in the chat. */
  readonly tapped?: string;
  readonly template?: string;
  /** What is not text: where it can be had, and what it is called. */
  readonly media?: ShownMedia;
  /** The message it answers. */
  readonly quote?: string;
}

export interface ShownMedia {
  readonly kind: 'image' | 'gif' | 'audio' | 'video' | 'sticker' | 'location' | 'file' | 'link';
  readonly url?: string;
  /** Of a file its name, of a sticker its id. */
  readonly name?: string;
  readonly size?: number;
  readonly checksum?: string;
}

/** Of a person's message: the bot has not taken it yet, or has. Of the OA's: not looked at yet, or seen. */
export type MessageState = 'waiting' | 'taken' | 'unseen' | 'seen';

export interface StoredPerson {
  readonly id: string;
  name: string;
  follows: boolean;
  lastInteraction: number | null;
  /** Messages sent to the person since the last interaction. */
  repliesInWindow: number;
  /** The code with which sends to this person are refused; null: they are not. */
  refusesWith: number | null;
  /** Oldest first, the last `CHAT_KEPT` of them. */
  chat: ChatMessage[];
  /** By message id; only of messages still in `chat`. */
  states: Map<string, MessageState>;
}

/** An event that the webhook has not taken yet. */
export interface OwedEvent {
  readonly key: string;
  readonly raw: string;
  readonly timestamp: string;
  /** 0 is the first try. */
  readonly attempt: number;
  readonly dueAt: number;
  /** Comes from the host of messages by phone. */
  readonly zns?: boolean;
}

export type Fact =
  | { t: 'pair'; access: string; refresh: string; at: number; spent?: string }
  | { t: 'access'; token: string; at: number }
  | { t: 'refresh'; token: string; at: number; spent: boolean }
  | { t: 'code'; code: string; challenge: string | null; at: number }
  | { t: 'code_used'; code: string }
  | { t: 'person'; id: string; name: string }
  | { t: 'touched'; id: string; at: number }
  | { t: 'follows'; id: string; on: boolean }
  | { t: 'refuses'; id: string; code: number | null }
  | { t: 'chat'; id: string; message: ChatMessage; state: MessageState }
  | { t: 'state'; id: string; messages: string[]; state: MessageState }
  | { t: 'replied'; id: string }
  | { t: 'spent_quota'; from: 'sub' | 'purchase'; month: string }
  | { t: 'owed'; event: OwedEvent }
  | { t: 'settled'; key: string }
  | { t: 'webhook'; disabled: boolean }
  /** A row of a table; the word is that of the files people have. */
  | { t: 'shelf'; shelf: string; id: string; value: object | null };

/** A kept set of things by id: what has no place of its own above. A value is replaced whole, never changed in place. */
export interface Table<T extends object> {
  get(id: string): T | undefined;
  /** In the order in which they first came. */
  all(): T[];
  readonly size: number;
  put(id: string, value: T): void;
  drop(id: string): void;
}
