import { asObject, asText, type JsonObject } from '../json';
import type { ApiAnswer, OpenApi } from '../openapi';
import type { Rendered } from '../render';

/** What Zalo tells of an accepted message; `quota` says what paid for it. */
export interface Accepted {
  readonly messageId: string;
  readonly quota?: JsonObject;
}

/** One message to one person: a consultation text or an approved template, as rendered. */
export function sendMessage(api: OpenApi, token: string, rendered: Rendered): Promise<ApiAnswer> {
  return api.call({ method: 'POST', path: rendered.path, token, body: rendered.body });
}

/** Null when the answer names no message: then nobody knows what was accepted. */
export function acceptedMessage(data: JsonObject): Accepted | null {
  const messageId = asText(data['message_id']) ?? asText(data['msg_id']);
  if (messageId === undefined) return null;
  const quota = asObject(data['quota']);
  return quota ? { messageId, quota } : { messageId };
}
