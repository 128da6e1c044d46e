import { randomBytes } from 'node:crypto';

/** Updates as the Bot Platform writes them. */

export interface Parties {
  readonly from: string;
  readonly name: string;
  readonly chat: string;
  readonly chatType: 'PRIVATE' | 'GROUP';
  readonly at: Date;
}

export type UpdateContent =
  | { readonly event: 'message.text.received'; readonly text: string }
  | { readonly event: 'message.image.received'; readonly photo_url: string; readonly caption?: string }
  | { readonly event: 'message.image.received'; readonly photo: string; readonly caption?: string }
  | { readonly event: 'message.sticker.received'; readonly sticker: string; readonly url: string }
  | { readonly event: 'message.voice.received'; readonly voice_url: string }
  | { readonly event: 'message.unsupported.received' };

/** 20 hexadecimal digits, as messages of the platform have. */
export function newBotMessageId(): string {
  return randomBytes(10).toString('hex');
}

/** 18 hexadecimal digits: of no other platform's number space. */
export function newChatId(): string {
  return randomBytes(9).toString('hex');
}

export function updateOf(parties: Parties, messageId: string, content: UpdateContent) {
  const { event, ...rest } = content;
  return {
    event_name: event,
    message: {
      from: { id: parties.from, display_name: parties.name, is_bot: false },
      chat: { id: parties.chat, chat_type: parties.chatType },
      ...rest,
      message_id: messageId,
      date: parties.at.getTime(),
    },
  };
}

export type Update = ReturnType<typeof updateOf>;
