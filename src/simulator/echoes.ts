import type { ShownMedia } from './fake-zalo-facts';
import { isFields } from './openapi/answers';
import type { AcceptedSend, Draft } from './openapi/ledger';
import {
  echoEvent,
  newMessageId,
  receivedEvent,
  type EchoOptions,
  type Parties,
  type ZaloEvent,
} from './zalo-events';
import { groupEchoEvent, visitorEchoEvent } from './zalo-group-events';

/** What Zalo tells the webhook of a message it accepted from the bot. */

interface Wanted {
  /** `oa_send_*`. */
  readonly sent: boolean;
  /** `user_received_message`. */
  readonly received: boolean;
}

export function echoesOf(send: AcceptedSend, draft: Draft, wanted: Wanted, parties: Parties): ZaloEvent[] {
  const events: ZaloEvent[] = [];
  if (wanted.sent) {
    const echo = echoOf(send, draft, parties);
    if (echo) events.push(echo);
  }
  if (wanted.received && send.to === 'user') events.push(receivedEvent(parties, send.messageId));
  return events;
}

function echoOf(send: AcceptedSend, draft: Draft, parties: Parties): ZaloEvent | null {
  const { media, drawn, quote } = draft.message;
  const attachments = media
    ? [attachmentOf(media)]
    : drawn || send.echo === 'template'
      ? [drawing(send)]
      : undefined;
  const options: EchoOptions = {
    kind: send.echo,
    ...(attachments ? { attachments } : {}),
    ...(quote === undefined ? {} : { quote }),
  };
  switch (send.to) {
    case 'user':
      return echoEvent(parties, send.messageId, send.text, options);
    case 'group':
      return groupEchoEvent(parties, send.messageId, send.text, options);
    case 'visitor':
      return visitorEchoEvent(parties, conversationOf(send.body), send.messageId, send.text, options);
    default:
      return null;
  }
}

function conversationOf(body: unknown): string {
  const recipient = isFields(body) ? body['recipient'] : undefined;
  return isFields(recipient) ? String(recipient['conversation_id']) : '';
}

/** Zalo draws buttons, lists and templates itself; the echo names the drawing. */
function drawing(send: AcceptedSend): object {
  const id = newMessageId().slice(0, 10);
  const link = `https://zinstant.example.zdn.vn/${id}`;
  return {
    type: 'template',
    payload: { zinstant_id: id, text: send.text, link_url: link, checksum: newMessageId() },
  };
}

export function attachmentOf({ kind, url = '', name = '', size = 0, checksum = '' }: ShownMedia): object {
  if (kind === 'sticker') return { type: kind, payload: { id: name, url } };
  if (kind !== 'file') return { type: kind, payload: { thumbnail: url, url } };
  const type = /\.(\w+)$/.exec(name)?.[1] ?? '';
  return { type: kind, payload: { url, size: String(size), name, checksum, type } };
}
