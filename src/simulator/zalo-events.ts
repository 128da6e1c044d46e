import { randomUUID } from 'node:crypto';
import type { About } from './zalo-group-events';

/** Bodies of the webhook events a chat bot meets, with the keys and the order of keys that Zalo uses. */

export interface ZaloEvent {
  readonly event_name: string;
  readonly timestamp: string;
  readonly [key: string]: unknown;
}

export interface Parties {
  readonly appId: string;
  readonly oaId: string;
  readonly userId: string;
  readonly at: Date;
}

/** An id as messages have them: 20 hex characters. */
export function newMessageId(): string {
  return randomUUID().replaceAll('-', '').slice(0, 20);
}

/** The same person as the app sees it: always another number than the OA's `user_id`. */
export function idByApp(userId: string): string {
  return /^\d+$/.test(userId)
    ? (BigInt(userId) + 1111111111111111111n).toString().slice(-19)
    : `app-${userId}`;
}

export function stamp(at: Date): string {
  return String(at.getTime());
}

function fromPerson(p: Parties, name: string, message: object): ZaloEvent {
  return {
    app_id: p.appId,
    sender: { id: p.userId },
    user_id_by_app: idByApp(p.userId),
    recipient: { id: p.oaId },
    event_name: name,
    message,
    timestamp: stamp(p.at),
  };
}

function toPerson(p: Parties, name: string, message: object): ZaloEvent {
  return {
    app_id: p.appId,
    sender: { id: p.oaId },
    user_id_by_app: idByApp(p.userId),
    recipient: { id: p.userId },
    event_name: name,
    message,
    timestamp: stamp(p.at),
  };
}

export function textEvent(p: Parties, messageId: string, text: string, quote?: string): ZaloEvent {
  return fromPerson(p, 'user_send_text', {
    text,
    msg_id: messageId,
    ...(quote === undefined ? {} : { quote_msg_id: quote }),
  });
}

export type MediaKind = 'image' | 'gif' | 'audio' | 'video' | 'sticker' | 'location' | 'file' | 'link';

/** A message that is no text; the attachment's payload is that of the kind. */
export function mediaEvent(
  p: Parties,
  messageId: string,
  kind: MediaKind,
  payload: object,
  text?: string,
): ZaloEvent {
  return fromPerson(p, `user_send_${kind}`, {
    msg_id: messageId,
    ...(text === undefined ? {} : { text }),
    attachments: [{ type: kind, payload }],
  });
}

export function reactionEvent(p: Parties, messageId: string, icon: string): ZaloEvent {
  return fromPerson(p, 'user_reacted_message', { msg_id: messageId, react_icon: icon });
}

export function followEvent(p: Parties, name: 'follow' | 'unfollow'): ZaloEvent {
  return {
    app_id: p.appId,
    oa_id: p.oaId,
    follower: { id: p.userId },
    user_id_by_app: idByApp(p.userId),
    event_name: name,
    source: 'oa_profile',
    timestamp: stamp(p.at),
  };
}

export function chatOpenedEvent(p: Parties): ZaloEvent {
  return {
    app_id: p.appId,
    oa_id: p.oaId,
    user_id: p.userId,
    user_id_by_app: idByApp(p.userId),
    event_name: 'user_click_chatnow',
    timestamp: stamp(p.at),
  };
}

export function withdrawnEvent(p: Parties): ZaloEvent {
  return {
    app_id: p.appId,
    oa_id: p.oaId,
    user_id: p.userId,
    user_id_by_app: idByApp(p.userId),
    event_name: 'user_withdraw',
    timestamp: stamp(p.at),
  };
}

/** What an echo shows besides the text. */
export interface EchoOptions {
  /** The kind of message, as in `oa_send_<kind>`. */
  readonly kind?: string;
  /** Typed by this person in the console. */
  readonly admin?: string;
  readonly attachments?: readonly object[];
  readonly quote?: string;
}

export function echoed(messageId: string, text: string, options: EchoOptions): object {
  return {
    ...(text === '' ? {} : { text }),
    msg_id: messageId,
    ...(options.quote === undefined ? {} : { quote_msg_id: options.quote }),
    ...(options.attachments ? { attachments: options.attachments } : {}),
  };
}

/** What Zalo tells the bot of the bot's own message, or of one typed by a person in the console. */
export function echoEvent(p: Parties, messageId: string, text: string, options: EchoOptions = {}): ZaloEvent {
  const event = toPerson(p, `oa_send_${options.kind ?? 'text'}`, echoed(messageId, text, options));
  return options.admin === undefined ? event : { ...event, sender: { id: p.oaId, admin_id: options.admin } };
}

export function receivedEvent(p: Parties, messageId: string): ZaloEvent {
  return toPerson(p, 'user_received_message', { msg_id: messageId });
}

/** The receipt of a message by phone number, which stands where a person's id would. */
export function phoneReceivedEvent(p: Parties, messageId: string, trackingId?: string): ZaloEvent {
  return {
    sender: { id: p.oaId },
    recipient: { id: p.userId },
    event_name: 'user_received_message',
    message: {
      delivery_time: stamp(p.at),
      msg_id: messageId,
      ...(trackingId === undefined ? {} : { tracking_id: trackingId }),
    },
    app_id: p.appId,
    timestamp: stamp(p.at),
  };
}

export function seenEvent(p: Parties, messageIds: readonly string[]): ZaloEvent {
  return toPerson(p, 'user_seen_message', { msg_ids: messageIds });
}

export function reactionByOaEvent(p: Parties, messageId: string, icon: string): ZaloEvent {
  return toPerson(p, 'oa_reacted_message', { msg_id: messageId, react_icon: icon });
}

/** Answer to a request for particulars. */
export function infoEvent(p: Parties, info: object): ZaloEvent {
  return {
    app_id: p.appId,
    sender: { id: p.userId },
    recipient: { id: p.oaId },
    user_id_by_app: idByApp(p.userId),
    event_name: 'user_submit_info',
    info,
    timestamp: stamp(p.at),
  };
}

/** Anything else that happened to the account, with fields of its own. */
export function accountEvent(about: About, name: string, fields: object = {}): ZaloEvent {
  return { app_id: about.appId, oa_id: about.oaId, event_name: name, ...fields, timestamp: stamp(about.at) };
}

export function consoleProbe(appId: string, at: Date): ZaloEvent {
  return {
    app_id: appId,
    sender: { id: '1000000000000000001' },
    user_id_by_app: '1000000000000000002',
    recipient: { id: '1000000000000000003' },
    event_name: 'user_send_text',
    message: { text: 'This is testing message', msg_id: 'This is message id' },
    timestamp: stamp(at),
  };
}
