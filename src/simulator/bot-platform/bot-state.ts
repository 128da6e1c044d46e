import { Journal } from '../journal';
import type { ShownMessage } from '../chat-side';

/**
 * What the fake Bot Platform knows: its webhook, people with their chats, updates that were not taken yet. Every change is
 * a fact, written down before it counts, so that nothing typed is forgotten when program and fake are killed together.
 */

type State = ShownMessage['state'];
export type StoredMessage = Omit<ShownMessage, 'state'>;

export interface StoredChat {
  readonly id: string;
  name: string;
  /** The bot may no longer write here. */
  closed: boolean;
  chat: StoredMessage[];
  states: Map<string, State>;
}

/** An update the webhook has not taken yet; `attempt` 0 is the first try. */
export interface OwedUpdate {
  readonly key: string;
  readonly raw: string;
  readonly attempt: number;
  readonly dueAt: number;
}

export interface SetWebhook {
  readonly url: string;
  readonly secret: string;
  readonly at: number;
}

export type BotFact =
  | { t: 'webhook'; webhook: SetWebhook | null }
  | { t: 'person'; id: string; name: string }
  | { t: 'closed'; id: string; on: boolean }
  | { t: 'chat'; id: string; message: StoredMessage; state: State }
  | { t: 'state'; id: string; messages: string[]; state: State }
  | { t: 'owed'; update: OwedUpdate }
  | { t: 'settled'; key: string };

const CHAT_KEPT = 300;

export class BotState {
  webhook: SetWebhook | null = null;
  readonly chats = new Map<string, StoredChat>();
  readonly owed = new Map<string, OwedUpdate>();
  private readonly journal: Journal<BotFact> | null;

  /** `file` null keeps everything in memory. */
  constructor(file: string | null = null) {
    this.journal =
      file === null
        ? null
        : Journal.open<BotFact>(file, (facts) => {
            for (const fact of facts) this.apply(fact);
            return this.facts();
          });
  }

  record(fact: BotFact): void {
    this.journal?.append(fact);
    this.apply(fact);
  }

  close(): void {
    this.journal?.close();
  }

  private apply(fact: BotFact): void {
    switch (fact.t) {
      case 'webhook':
        this.webhook = fact.webhook;
        return;
      case 'owed':
        this.owed.set(fact.update.key, fact.update);
        return;
      case 'settled':
        this.owed.delete(fact.key);
        return;
      case 'person': {
        const known = this.chats.get(fact.id);
        if (known) known.name = fact.name;
        else {
          const fresh = { id: fact.id, name: fact.name, closed: false, chat: [], states: new Map() };
          this.chats.set(fact.id, fresh);
        }
        return;
      }
      default:
        this.applyToChat(this.chatOf(fact.id), fact);
    }
  }

  private applyToChat(stored: StoredChat, fact: Extract<BotFact, { t: 'closed' | 'chat' | 'state' }>): void {
    if (fact.t === 'closed') stored.closed = fact.on;
    else if (fact.t === 'state') {
      for (const id of fact.messages) if (stored.states.has(id)) stored.states.set(id, fact.state);
    } else {
      stored.chat.push(fact.message);
      stored.states.set(fact.message.id, fact.state);
      for (const old of stored.chat.splice(0, Math.max(0, stored.chat.length - CHAT_KEPT)))
        stored.states.delete(old.id);
    }
  }

  private chatOf(id: string): StoredChat {
    const chat = this.chats.get(id);
    if (!chat) throw new Error(`the fake platform has a fact about an unknown chat ${id}`);
    return chat;
  }

  /** The present state as the fewest facts that lead to it. */
  private facts(): BotFact[] {
    const facts: BotFact[] = [];
    if (this.webhook) facts.push({ t: 'webhook', webhook: this.webhook });
    for (const { id, name, closed, chat, states } of this.chats.values()) {
      facts.push({ t: 'person', id, name });
      if (closed) facts.push({ t: 'closed', id, on: true });
      for (const message of chat)
        facts.push({ t: 'chat', id, message, state: states.get(message.id) ?? 'taken' });
    }
    for (const update of this.owed.values()) facts.push({ t: 'owed', update });
    return facts;
  }
}
