import type { Router } from 'express';
import type { Clock } from '../../kernel/clock';
import type { ChatSide } from '../chat-side';
import { serveAlone, type Served } from '../serve-alone';
import { FaultQueue } from '../faults';
import { Feed } from '../feed';
import { BotEmitter } from './bot-emitter';
import { botMethods, type AcceptedBotSend } from './bot-methods';
import { BotPerson, type BotWorld } from './bot-person';
import { createBotRouter } from './bot-router';
import { BotState } from './bot-state';
import { newChatId } from './bot-updates';

/**
 * The one fake of the Zalo Bot Platform, behind the same HTTP calls as the real one: token in the path, refusals with
 * HTTP 200, updates to a webhook that the bot itself has set, with the secret in a header. It keeps a ledger of
 * everything it accepted and shares no code with the bot's own client, so a mistake there cannot hide here.
 */
export interface FakeBotPlatformOptions {
  readonly clock: Clock;
  /** `<digits>:<secret>` */
  readonly token: string;
  readonly requestsPerMinute?: number;
  /** Facts are kept in this file over restarts; absent: in memory only. */
  readonly stateFile?: string;
  /** Real time in which the webhook must answer. */
  readonly webhookDeadlineMs?: number;
  /** Accepted messages that are remembered, at least; up to twice as many. */
  readonly sendsKept?: number;
}

const SENDS_KEPT = 100_000;

export class FakeBotPlatform implements ChatSide {
  readonly router: Router;
  readonly feed = new Feed();
  readonly fail = new FaultQueue();
  readonly webhook: BotEmitter;
  private readonly state: BotState;
  private readonly world: BotWorld;
  private readonly ledger: AcceptedBotSend[] = [];
  private forgotten = 0;
  private readonly handles = new Map<string, BotPerson>();
  private accepted: Omit<AcceptedBotSend, 'path' | 'body'> | null = null;
  private alone: Served | null = null;

  constructor(private readonly options: FakeBotPlatformOptions) {
    const { clock, token } = options;
    const { feed, fail } = this;
    const state = (this.state = new BotState(options.stateFile ?? null));
    const waiting = new Map<string, string>();
    this.webhook = new BotEmitter({
      state,
      feed,
      clock,
      deadlineMs: options.webhookDeadlineMs ?? 2_000,
      onTaken: (key) => this.taken(key),
    });
    this.world = { state, clock, feed, emitter: this.webhook, waiting };
    const methods = botMethods({
      state,
      clock,
      emitter: this.webhook,
      rate: () => options.requestsPerMinute ?? 100,
      onAccepted: (send) => (this.accepted = send),
    });
    this.router = createBotRouter({
      token,
      clock,
      feed,
      faults: fail,
      methods,
      onCall: (path, body) => this.keep(path, body, clock.now()),
    });
  }

  get sends(): readonly AcceptedBotSend[] {
    return this.ledger;
  }

  get lastSend(): number {
    return this.forgotten + this.ledger.length;
  }

  sendsTo(user: string, since = 0): readonly AcceptedBotSend[] {
    return this.ledger.slice(Math.max(0, since - this.forgotten)).filter((send) => send.user === user);
  }

  /** Where updates go; null until the bot has set it. */
  get webhookUrl(): string | null {
    return this.state.webhook?.url ?? null;
  }

  /** Somebody, made on first mention; without an id a new person. */
  person(id: string = newChatId(), name?: string): BotPerson {
    const known = this.handles.get(id);
    if (known) return known;
    if (!this.state.chats.has(id)) {
      this.state.record({ t: 'person', id, name: name ?? '' });
      this.feed.tell({ kind: 'person', id });
    }
    const person = new BotPerson(id, this.world);
    this.handles.set(id, person);
    return person;
  }

  people(): readonly BotPerson[] {
    return [...this.state.chats.keys()].map((id) => this.person(id));
  }

  /** Begins to watch the clock for repeats, those of an earlier run included. */
  start(): void {
    this.webhook.watch();
  }

  /** Serves alone, on loopback. Resolves with the base URL. */
  async listen(): Promise<string> {
    this.alone = await serveAlone(this.router, 0);
    return this.alone.base;
  }

  async close(): Promise<void> {
    this.webhook.close();
    await this.alone?.close();
    this.state.close();
  }

  /** A call was carried out; if it was a message, it stands in the ledger and in the chat. */
  private keep(path: string, body: unknown, at: Date): void {
    const { accepted } = this;
    this.accepted = null;
    if (accepted === null) return;
    const { user, messageId, text } = accepted;
    this.ledger.push({ ...accepted, path, body });
    const { sendsKept = SENDS_KEPT } = this.options;
    if (this.ledger.length >= sendsKept * 2) this.forgotten += this.ledger.splice(0, sendsKept).length;
    this.state.record({
      t: 'chat',
      id: user,
      message: { id: messageId, from: 'oa', text, at: at.getTime() },
      state: 'unseen',
    });
    this.feed.tell({ kind: 'person', id: user });
  }

  private taken(key: string): void {
    const id = this.world.waiting.get(key) ?? this.ownerOf(key);
    this.world.waiting.delete(key);
    if (id === undefined) return;
    this.state.record({ t: 'state', id, messages: [key], state: 'taken' });
    this.feed.tell({ kind: 'person', id });
  }

  /** Of an update that an earlier run still owed. */
  private ownerOf(key: string): string | undefined {
    for (const { id, states } of this.state.chats.values()) if (states.has(key)) return id;
    return undefined;
  }
}
