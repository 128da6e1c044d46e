import type { Clock } from '../../kernel/clock';
import type { ChatPerson, ShownMessage } from '../chat-side';
import type { Feed } from '../feed';
import type { BotEmitter } from './bot-emitter';
import type { BotFact, BotState, StoredChat } from './bot-state';
import { newBotMessageId, updateOf, type UpdateContent } from './bot-updates';

export interface BotWorld {
  readonly state: BotState;
  readonly clock: Clock;
  readonly feed: Feed;
  readonly emitter: BotEmitter;
  /** Whose message an update is, by its key. */
  readonly waiting: Map<string, string>;
}

/** Somebody who talks to the bot: a private chat, whose id is also the person's. Following does not exist here. */
export class BotPerson implements ChatPerson {
  readonly isFollower = null;

  constructor(
    readonly id: string,
    private readonly world: BotWorld,
  ) {}

  get name(): string {
    return this.stored.name;
  }

  get chat(): readonly ShownMessage[] {
    const { chat, states } = this.stored;
    return chat.map((message) => ({ ...message, state: states.get(message.id) ?? 'taken' }));
  }

  get heard(): readonly ShownMessage[] {
    return this.chat.filter((message) => message.from === 'oa');
  }

  types(text: string): Promise<boolean> {
    return this.sends({ event: 'message.text.received', text });
  }

  /** Says the same in a group: only what mentions the bot reaches it. */
  saysInGroup(group: string, text: string): Promise<boolean> {
    const key = newBotMessageId();
    const parties = { from: this.id, name: this.name, chat: group, at: this.world.clock.now() };
    const content = { event: 'message.text.received', text } as const;
    return this.world.emitter.emit(updateOf({ ...parties, chatType: 'GROUP' }, key, content), key);
  }

  /** There are no buttons on this platform. */
  taps(button: string | number): Promise<boolean> {
    throw new Error(`no button «${button}»; the platform has none`);
  }

  follows(): Promise<boolean> {
    return Promise.resolve(false);
  }

  unfollows(): Promise<boolean> {
    return Promise.resolve(false);
  }

  /** Looks at the phone. The platform tells the bot nothing of it. */
  sees(): Promise<boolean> {
    const unseen = this.heard.filter((message) => message.state === 'unseen').map((message) => message.id);
    if (unseen.length > 0) this.record({ t: 'state', id: this.id, messages: unseen, state: 'seen' });
    return Promise.resolve(false);
  }

  renames(name: string): void {
    this.record({ t: 'person', id: this.id, name });
  }

  /** From now on the bot may not write here, or may again. */
  closes(on = true): void {
    this.record({ t: 'closed', id: this.id, on });
  }

  sends(content: UpdateContent): Promise<boolean> {
    const { clock, waiting, emitter } = this.world;
    const key = newBotMessageId();
    const at = clock.now();
    const text = 'text' in content ? content.text : `[${content.event.split('.')[1] ?? ''}]`;
    this.record({
      t: 'chat',
      id: this.id,
      message: { id: key, from: 'person', text, at: at.getTime() },
      state: 'waiting',
    });
    waiting.set(key, this.id);
    const parties = { from: this.id, name: this.name, chat: this.id, chatType: 'PRIVATE', at } as const;
    return emitter.emit(updateOf(parties, key, content), key);
  }

  private get stored(): StoredChat {
    const stored = this.world.state.chats.get(this.id);
    if (!stored) throw new Error(`no chat ${this.id}`);
    return stored;
  }

  private record(fact: BotFact): void {
    this.world.state.record(fact);
    this.world.feed.tell({ kind: 'person', id: this.id });
  }
}
