import type { ChatMessage } from '../fake-zalo-facts';
import { reactionByOaEvent } from '../zalo-events';
import { isFields, isRefusal, OK, refuse, word, type ApiAnswer, type ApiCall, type Fields } from './answers';
import { accept, shapesOf, type ApiContext } from './api-context';
import { readMessage } from './message-shapes';
import { isNight } from './window';

/** `POST /v2.0/oa/message`, where the shape decides the meaning: a reaction, a visitor, a broadcast, or what was shut down. */

export const REACTIONS = [':>', '--b', ':-((', '/-strong', '/-heart', ':-h', ':o', '/-remove'];
const PER_MESSAGE = 50;
/** Of so many messages the number of reactions is remembered. */
const REACTED_KEPT = 5_000;

/** Somebody without a Zalo account in the chat of a web page. */
export interface Visitor {
  readonly id: string;
  readonly conversationId: string;
  /** The last messages, oldest first. */
  readonly chat: readonly ChatMessage[];
}

export function createOldMessage(api: ApiContext) {
  const reacted = new Map<string, number>();

  function react(recipient: Fields, action: Fields): ApiAnswer {
    const { react_icon: icon, react_message_id: id } = action;
    const person =
      typeof recipient['user_id'] === 'string' ? api.state.person(recipient['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    if (typeof icon !== 'string' || !REACTIONS.includes(icon)) return refuse(-201, 'react_icon is invalid');
    if (typeof id !== 'string' || id === '') return refuse(-201, 'react_message_id is invalid');
    const count = reacted.get(id) ?? 0;
    if (count >= PER_MESSAGE) return refuse(-210, 'reactions of this message exceed 50');
    reacted.set(id, count + 1);
    for (const [old] of reacted) if (reacted.size > REACTED_KEPT) reacted.delete(old);
    const parties = { appId: api.appId, oaId: api.oaId, userId: person.id, at: api.clock.now() };
    api.tell(reactionByOaEvent(parties, id, icon));
    return { ...OK, data: { message_id: id, user_id: person.id } };
  }

  function toVisitor(call: ApiCall, recipient: Fields, raw: unknown): ApiAnswer {
    const visitors = api.state.table<Visitor>('visitor');
    const visitor =
      typeof recipient['anonymous_id'] === 'string' ? visitors.get(recipient['anonymous_id']) : undefined;
    if (!visitor) return refuse(-201, 'anonymous_id is invalid');
    if (recipient['conversation_id'] !== visitor.conversationId)
      return refuse(-201, 'conversation_id is invalid');
    const message = readMessage(raw, shapesOf(api));
    if (isRefusal(message)) return message;
    if (message.drawn) return refuse(-233, 'message type is not supported');
    const draft = { to: 'visitor', user: visitor.id, call, message, paidFrom: 'free' } as const;
    const send = accept(api, { ...draft, echo: message.echo });
    const shown = { id: send.messageId, from: 'oa', text: message.text, at: send.at.getTime() } as const;
    visitors.put(visitor.id, { ...visitor, chat: [...visitor.chat, shown].slice(-50) });
    const ids = { anonymous_id: visitor.id, conversation_id: visitor.conversationId };
    return { ...OK, data: { message_id: send.messageId, ...ids } };
  }

  function broadcast(call: ApiCall, raw: unknown): ApiAnswer {
    const attachment = isFields(raw) ? raw['attachment'] : undefined;
    const payload = isFields(attachment) ? attachment['payload'] : undefined;
    const elements =
      isFields(payload) && payload['template_type'] === 'media' ? payload['elements'] : undefined;
    const isArticle = (element: unknown): boolean =>
      isFields(element) &&
      element['media_type'] === 'article' &&
      word(element['attachment_id']) !== undefined;
    if (!Array.isArray(elements) || !elements.every(isArticle))
      return refuse(-233, 'broadcast is of articles only');
    if (elements.length < 1 || elements.length > 5) return refuse(-201, 'elements exceeds 5');
    if (isNight(api.clock.now())) return refuse(-234, 'broadcast is not allowed from 22h to 6h');
    const message = { text: `[article] ${elements.length}` };
    const draft = { to: 'everybody', user: '', call, message, paidFrom: 'free', echo: 'text' } as const;
    return { ...OK, data: { message_id: accept(api, draft).messageId } };
  }

  function message(call: ApiCall): ApiAnswer {
    const { body } = call;
    if (!isFields(body) || !isFields(body['recipient'])) return refuse(-201, 'recipient is invalid');
    const { recipient, sender_action: action } = body;
    if (isFields(action)) return react(recipient, action);
    if ('anonymous_id' in recipient) return toVisitor(call, recipient, body['message']);
    if (isFields(recipient['target'])) return broadcast(call, body['message']);
    return refuse(-240, 'API v2 message has been shut down, use v3');
  }

  return { 'POST /v2.0/oa/message': message };
}
