/**
 * What goes over the wire between Zalo and us: paths, shapes and the signature, as both ends know them. The simulator
 * stands on the other end, so nothing here may depend on how we use it.
 */
import { createHash } from 'node:crypto';

export const WEBHOOK_PATH = '/webhook/zalo';
export const SIGNATURE_HEADER = 'x-zevent-signature';
/** `ZNS` marks events about messages by phone number. */
export const SERVER_HEADER = 'x-zevent-server';
/** The id in the sample event that the console sends when the URL is saved or tested. */
export const PROBE_MESSAGE_ID = 'This is message id';

export const PATHS = {
  consultation: '/v3.0/oa/message/cs',
  template: '/v3.0/oa/message/template',
  quota: '/v3.0/oa/quota/message',
  accountInfo: '/v2.0/oa/getoa',
  token: '/v4/oa/access_token',
  consent: '/v4/oa/permission',
} as const;

/**
 * The signature of a webhook body: plain SHA-256 over four texts set end to end, not an HMAC. `timestamp` is the body's
 * own field as written, `raw` the bytes as sent. Lower-case hex, without `mac=`.
 */
export function webhookMac(appId: string, raw: Buffer, timestamp: string, secret: string): string {
  return createHash('sha256').update(appId).update(raw).update(timestamp).update(secret).digest('hex');
}

/** A button of a consultation message. */
export type WireButton =
  | { readonly title: string; readonly type: 'oa.query.show' | 'oa.query.hide'; readonly payload: string }
  | { readonly title: string; readonly type: 'oa.open.url'; readonly payload: { readonly url: string } }
  | {
      readonly title: string;
      readonly type: 'oa.open.phone';
      readonly payload: { readonly phone_code: string };
    };

export interface ConsultationBody {
  readonly recipient: { readonly user_id: string };
  readonly message: {
    readonly text: string;
    readonly attachment?: {
      readonly type: 'template';
      readonly payload: { readonly buttons: readonly WireButton[] };
    };
  };
}

export interface TemplateBody {
  readonly user_id: string;
  readonly template_id: string;
  readonly template_data: Readonly<Record<string, string>>;
}

/** The envelope of every answer of the OA host; failures too come with HTTP status 200. */
export interface AnswerBody {
  readonly error: number | string;
  readonly message?: string;
  readonly data?: unknown;
}

/** A new token pair; flat, and the life in seconds is a text. */
export interface TokenBody {
  readonly access_token: string;
  readonly refresh_token: string;
  readonly expires_in: string;
}
