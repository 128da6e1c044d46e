import { randomInt } from 'node:crypto';
import type { Clock } from '../kernel/clock';
import type { FakeZaloState } from './fake-zalo-state';
import type { ChatMessage, MessageState, ShownButton, ShownMedia, StoredPerson } from './fake-zalo-facts';
import type { Feed } from './feed';
import type { WebhookEmitter } from './webhook-emitter';
import {
  chatOpenedEvent,
  followEvent,
  infoEvent,
  mediaEvent,
  newMessageId,
  reactionEvent,
  seenEvent,
  textEvent,
  withdrawnEvent,
  type MediaKind,
  type Parties,
} from './zalo-events';

/** Ids from the platform's own number space, so that they exceed 2^53 as the real ones do. */
export function newUserId(): string {
  return `3${Array.from({ length: 18 }, () => randomInt(10)).join('')}`;
}

/** A message as the person's phone shows it. */
export type PhoneMessage = ChatMessage & { readonly state: MessageState };

export interface PersonWorld {
  readonly state: FakeZaloState;
  readonly clock: Clock;
  readonly webhook: WebhookEmitter;
  readonly feed: Feed;
  readonly appId: string;
  readonly oaId: string;
}

/**
 * Somebody with a phone. Each verb resolves after the first try to tell the bot: true when the webhook took it. The
 * answer of the bot comes later, as a message in `chat`.
 */
export class Person {
  constructor(
    readonly id: string,
    private readonly world: PersonWorld,
  ) {}

  get name(): string {
    return this.stored.name;
  }

  /** Oldest first. */
  get chat(): readonly PhoneMessage[] {
    const { chat, states } = this.stored;
    return chat.map((message) => ({ ...message, state: states.get(message.id) ?? 'taken' }));
  }

  /** What the bot wrote to this person, oldest first. */
  get heard(): readonly PhoneMessage[] {
    return this.chat.filter((message) => message.from === 'oa');
  }

  get lastHeard(): PhoneMessage | undefined {
    return this.heard.at(-1);
  }

  get isFollower(): boolean {
    return this.stored.follows;
  }

  get lastInteraction(): Date | null {
    const at = this.stored.lastInteraction;
    return at === null ? null : new Date(at);
  }

  /** `quote` is the message of either side that this one answers. */
  types(text: string, quote?: string): Promise<boolean> {
    return this.says(text, quote === undefined ? {} : { quote });
  }

  /**
   * Taps a button of the bot's last message with buttons, or of the message named: by its title, its payload, or its
   * place from 1. A link or a phone call leaves the chat, so the bot hears nothing. Throws when there is no such button.
   */
  taps(button: string | number, messageId?: string): Promise<boolean> {
    const found = this.findButton(button, messageId);
    if (found.type === 'oa.query.show') return this.says(found.payload, {});
    if (found.type === 'oa.query.hide') return this.says(found.payload, { tapped: found.title });
    return Promise.resolve(true);
  }

  async follows(): Promise<boolean> {
    this.touch();
    this.record({ t: 'follows', id: this.id, on: true });
    return this.world.webhook.emit(followEvent(this.parties(), 'follow'));
  }

  async unfollows(): Promise<boolean> {
    this.record({ t: 'follows', id: this.id, on: false });
    return this.world.webhook.emit(followEvent(this.parties(), 'unfollow'));
  }

  /** Opens the chat for the first time, without a word. */
  async opensChat(): Promise<boolean> {
    this.touch();
    return this.world.webhook.emit(chatOpenedEvent(this.parties()));
  }

  async withdraws(): Promise<boolean> {
    return this.world.webhook.emit(withdrawnEvent(this.parties()));
  }

  /** Anything but text; `payload` is the attachment's, `text` what is written with it. */
  async sends(kind: MediaKind, payload: object, text?: string): Promise<boolean> {
    const media: ShownMedia = { kind, ...shownOf(payload) };
    const id = this.puts({ text: text ?? `[${kind}]`, media });
    return this.world.webhook.emit(mediaEvent(this.parties(), id, kind, payload, text), id);
  }

  /** Fills the form that the OA asked for. */
  async submitsInfo(info: object): Promise<boolean> {
    this.touch();
    return this.world.webhook.emit(infoEvent(this.parties(), info));
  }

  async reacts(messageId: string, icon: string): Promise<boolean> {
    return this.world.webhook.emit(reactionEvent(this.parties(), messageId, icon));
  }

  /** Looks at the phone: the bot is told which of its messages were seen. False when there was nothing new. */
  async sees(): Promise<boolean> {
    const unseen = this.heard.filter((message) => message.state === 'unseen').map((message) => message.id);
    if (unseen.length === 0) return false;
    this.record({ t: 'state', id: this.id, messages: unseen, state: 'seen' });
    return this.world.webhook.emit(seenEvent(this.parties(), unseen));
  }

  /** From now on sends to this person are refused with `code` (-244: does not want them, -227: gone); null: no more. */
  refuses(code: number | null): void {
    this.record({ t: 'refuses', id: this.id, code });
  }

  renames(name: string): void {
    this.record({ t: 'person', id: this.id, name });
  }

  /** Follows since long ago, without ever having been in touch: the one whom a welcome message reaches. */
  followsSinceLong(): void {
    this.record({ t: 'follows', id: this.id, on: true });
  }

  /** The last contact, set by hand; for people whose window is open or closed when the story begins. */
  lastWrote(at: Date): void {
    this.record({ t: 'touched', id: this.id, at: at.getTime() });
  }

  private get stored(): StoredPerson {
    const stored = this.world.state.person(this.id);
    if (!stored) throw new Error(`no person ${this.id}`);
    return stored;
  }

  private async says(
    text: string,
    how: { readonly tapped?: string; readonly quote?: string },
  ): Promise<boolean> {
    const id = this.puts({ text, ...how });
    return this.world.webhook.emit(textEvent(this.parties(), id, text, how.quote), id);
  }

  private puts(message: Pick<ChatMessage, 'text' | 'tapped' | 'quote' | 'media'>): string {
    this.touch();
    const id = newMessageId();
    const at = this.world.clock.now().getTime();
    this.record({
      t: 'chat',
      id: this.id,
      message: { ...message, id, from: 'person', at },
      state: 'waiting',
    });
    return id;
  }

  private touch(): void {
    this.record({ t: 'touched', id: this.id, at: this.world.clock.now().getTime() });
  }

  private record(fact: Parameters<FakeZaloState['record']>[0]): void {
    this.world.state.record(fact);
    this.world.feed.tell({ kind: 'person', id: this.id });
  }

  private findButton(wanted: string | number, messageId?: string): ShownButton {
    const message = messageId
      ? this.heard.find((m) => m.id === messageId)
      : this.heard.findLast((m) => (m.buttons ?? []).length > 0);
    const buttons = message?.buttons ?? [];
    const found =
      typeof wanted === 'number'
        ? buttons[wanted - 1]
        : buttons.find((button) => button.title === wanted || button.payload === wanted);
    if (found) return found;
    const there = buttons.map((button) => `[${button.title}]`).join(' ') || 'no buttons';
    throw new Error(`no button «${wanted}»; the message has ${there}`);
  }

  private parties(): Parties {
    const { appId, oaId, clock } = this.world;
    return { appId, oaId, userId: this.id, at: clock.now() };
  }
}

function shownOf(payload: object): Partial<ShownMedia> {
  const { url, name } = payload as { readonly url?: unknown; readonly name?: unknown };
  return {
    ...(typeof url === 'string' ? { url } : {}),
    ...(typeof name === 'string' ? { name } : {}),
  };
}
