import { type ZaloEvent, type Parties, idByApp, stamp, type EchoOptions, echoed } from './zalo-events';

/** Events of groups, and of visitors who have no account. */

/** The same of a group: `userId` is the group. */
export function groupEchoEvent(
  p: Parties,
  messageId: string,
  text: string,
  options: EchoOptions = {},
): ZaloEvent {
  return {
    app_id: p.appId,
    oa_id: p.oaId,
    sender: options.admin === undefined ? { id: p.oaId } : { id: p.oaId, admin_id: options.admin },
    recipient: { id: p.userId },
    event_name: `oa_send_group_${options.kind ?? 'text'}`,
    message: echoed(messageId, text, options),
    timestamp: stamp(p.at),
  };
}

/** The same of a visitor without an account. */
export function visitorEchoEvent(
  p: Parties,
  conversationId: string,
  messageId: string,
  text: string,
  options: EchoOptions = {},
): ZaloEvent {
  return {
    app_id: p.appId,
    sender: { id: p.oaId },
    recipient: { id: p.userId },
    event_name: `oa_send_anonymous_${options.kind ?? 'text'}`,
    message: { conversation_id: conversationId, ...echoed(messageId, text, options) },
    timestamp: stamp(p.at),
  };
}

/** Somebody without an account writes on a web page. */
export function visitorEvent(p: Parties, kind: string, message: object): ZaloEvent {
  return {
    app_id: p.appId,
    sender: { id: p.userId },
    recipient: { id: p.oaId },
    event_name: `anonymous_send_${kind}`,
    message,
    timestamp: stamp(p.at),
  };
}

export type About = Pick<Parties, 'appId' | 'oaId' | 'at'>;

/** A member writes in a group. */
export function groupMessageEvent(p: Parties, groupId: string, kind: string, message: object): ZaloEvent {
  return {
    app_id: p.appId,
    oa_id: p.oaId,
    sender: { id: p.userId },
    recipient: { id: groupId },
    event_name: `user_send_group_${kind}`,
    message,
    timestamp: stamp(p.at),
  };
}

/** Something happened to a group. */
export function groupEvent(
  about: About,
  name: string,
  groupId: string,
  users?: readonly string[],
): ZaloEvent {
  return {
    app_id: about.appId,
    oa_id: about.oaId,
    group_id: groupId,
    event_name: name,
    ...(users ? { users: users.map((id) => ({ id })) } : {}),
    timestamp: stamp(about.at),
  };
}

export function tagEvent(about: About, name: string, tag: string, users?: readonly string[]): ZaloEvent {
  return {
    app_id: about.appId,
    oa_id: about.oaId,
    ...(users?.[0] === undefined ? {} : { user_id_by_app: idByApp(users[0]) }),
    event_name: name,
    tag: users ? { user_ids: users, name: tag } : { name: tag },
    timestamp: stamp(about.at),
  };
}
