import { randomUUID } from 'node:crypto';

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

function stamp(at: Date): string {
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

export function textEvent(p: Parties, messageId: string, text: string): ZaloEvent {
  return fromPerson(p, 'user_send_text', { text, msg_id: messageId });
}

export type MediaKind = 'image' | 'gif' | 'audio' | 'video' | 'sticker' | 'location' | 'file' | 'link';

/** A message that is no text; the attachment's payload is that of the kind. */
export function mediaEvent(p: Parties, messageId: string, kind: MediaKind, payload: object): ZaloEvent {
  return fromPerson(p, `user_send_${kind}`, {
    msg_id: messageId,
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

/** What Zalo tells the bot of the bot's own message; `admin` marks one typed by a person in the console. */
export function echoEvent(p: Parties, messageId: string, text: string, admin?: string): ZaloEvent {
  const event = toPerson(p, 'oa_send_text', { text, msg_id: messageId });
  return admin === undefined ? event : { ...event, sender: { id: p.oaId, admin_id: admin } };
}

export function receivedEvent(p: Parties, messageId: string): ZaloEvent {
  return toPerson(p, 'user_received_message', { msg_id: messageId });
}

export function seenEvent(p: Parties, messageIds: readonly string[]): ZaloEvent {
  return toPerson(p, 'user_seen_message', { msg_ids: messageIds });
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
