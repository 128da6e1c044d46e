/** What goes over the wire between the Zalo Bot Platform and us. The simulator stands on the other end. */

export const WEBHOOK_PATH = '/webhook/zalo-bot';
export const SECRET_HEADER = 'x-bot-api-secret-token';

export type Method =
  | 'getMe'
  | 'setWebhook'
  | 'getWebhookInfo'
  | 'deleteWebhook'
  | 'sendMessage'
  | 'sendPhoto';

/** The path behind the base URL. It holds the token: never log it. */
export function methodPath(token: string, method: Method): string {
  return `/bot${token}/${method}`;
}

/** Code points of a text and of a caption. */
export const TEXT_MAX = 2000;

export interface SendMessageBody {
  readonly chat_id: string;
  readonly text: string;
}

export interface SendPhotoBody {
  readonly chat_id: string;
  readonly photo: string;
  readonly caption?: string;
}

/** One call that a message becomes. */
export type BotCall =
  | { readonly method: 'sendMessage'; readonly body: SendMessageBody }
  | { readonly method: 'sendPhoto'; readonly body: SendPhotoBody };
