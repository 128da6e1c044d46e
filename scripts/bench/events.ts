import { signWebhook } from '../../src/simulator/sign-webhook';

/** Webhook requests as Zalo sends them, signed and ready to be written to a socket. */
export const KEYS = {
  appId: '1122334455667788990',
  oaId: '2233445566778899001',
  appSecret: 'AppSecretExample0001',
  oaSecret: 'OaSecretKeyExample01',
} as const;

/** The instant at which the clock of a measured program starts: the month's report is open. */
export const BEGINS = '2026-03-12T08:00:00+07:00';

/** The id of the `n`th person who writes. */
export function person(n: number): string {
  return `55${String(n).padStart(17, '0')}`;
}

/** One text message of a person as a whole HTTP request. `id` makes it distinct, `at` is the sender's timestamp. */
export function textRequest(event: { user: string; id: string; text: string; at: number }): Buffer {
  const timestamp = String(event.at);
  const body = JSON.stringify({
    app_id: KEYS.appId,
    sender: { id: event.user },
    user_id_by_app: `44${event.user.slice(2)}`,
    recipient: { id: KEYS.oaId },
    event_name: 'user_send_text',
    message: { text: event.text, msg_id: event.id },
    timestamp,
  });
  return Buffer.from(
    `POST /webhook/zalo HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n` +
      `X-ZEvent-Signature: ${signWebhook(KEYS.appId, body, timestamp, KEYS.oaSecret)}\r\n` +
      `User-Agent: ZaloWebhook\r\nContent-Length: ${Buffer.byteLength(body)}\r\n\r\n${body}`,
  );
}
