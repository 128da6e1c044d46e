import { asObject, asText, type JsonObject } from '../json';
import type { ApiAnswer } from '../openapi';
import type { Rendered } from '../render';
import { BUSINESS_PATHS } from '../wire';
import type { Caller, Counted } from './caller';

/** What Zalo tells of an accepted message; `quota` says what paid for it. */
export interface Accepted {
  readonly messageId: string;
  readonly quota?: JsonObject;
}

/** One message to one address, as rendered. */
export function sendMessage(caller: Caller, rendered: Rendered, counted: Counted): Promise<ApiAnswer> {
  const host = rendered.path === BUSINESS_PATHS.template ? 'business' : 'oa';
  return caller.call({ method: 'POST', host, path: rendered.path, body: rendered.body }, counted);
}

/** Null when the answer names no message: then nobody knows what was accepted. */
export function acceptedMessage(data: JsonObject): Accepted | null {
  const messageId = asText(data['message_id']) ?? asText(data['msg_id']);
  if (messageId === undefined) return null;
  const quota = asObject(data['quota']);
  return quota ? { messageId, quota } : { messageId };
}
