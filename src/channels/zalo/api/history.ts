import { asObject, asText, type JsonObject } from '../json';
import type { ApiAnswer } from '../openapi';
import { GROUP_PATHS, PATHS } from '../wire';
import type { Caller, CallRequest } from './caller';
import { numberOf } from './templates';

/** Zalo hands out no more at a time. */
export const HISTORY_PAGE = 10;

/** One message of a talk as Zalo remembers it; texts as they lie there. */
export interface PastMessage {
  readonly messageId: string;
  /** Null where Zalo does not say who wrote it. */
  readonly byAccount: boolean | null;
  readonly at: Date | null;
  /** Zalo's own word: text, photo, GIF, link, nosupport and others. */
  readonly type: string;
  readonly text: string | null;
}

/** A talk, newest first; the answer itself where there was none. */
export async function pastMessages(
  caller: Caller,
  talk: { readonly userId: string } | { readonly groupId: string },
  offset: number,
): Promise<{ readonly messages: readonly PastMessage[] } | { readonly failed: ApiAnswer }> {
  const page = { offset, count: HISTORY_PAGE };
  const request: CallRequest =
    'userId' in talk
      ? { method: 'GET', path: PATHS.conversation, data: { user_id: talk.userId, ...page } }
      : { method: 'GET', path: GROUP_PATHS.conversation, query: { group_id: talk.groupId, ...page } };
  const answer = await caller.call(request);
  if (answer.outcome !== 'ok') return { failed: answer };
  return { messages: messagesIn(answer.data) };
}

/** A message of a group; `groupId` is null where neither the row nor the question names one. */
export interface GroupPastMessage extends PastMessage {
  readonly groupId: string | null;
}

/** The messages in an answer's value, in whichever list they lie. */
export function messagesIn(data: JsonObject): PastMessage[] {
  return rowsIn(data).map(messageOf);
}

/** The same of groups; `asked` is the group of the question. Some rows name the group as the one written to. */
export function groupMessagesIn(data: JsonObject, asked: string | null = null): GroupPastMessage[] {
  return rowsIn(data).map((row) => ({
    ...messageOf(row),
    groupId: asText(row['group_id']) ?? asText(row['to_id']) ?? asked,
  }));
}

function rowsIn(data: JsonObject): JsonObject[] {
  const list = data['items'] ?? data['messages'] ?? [];
  return (Array.isArray(list) ? (list as unknown[]) : []).map((value) => asObject(value) ?? {});
}

function messageOf(item: JsonObject): PastMessage {
  const src = asText(item['src']);
  const time = numberOf(item['time']) ?? 0;
  return {
    messageId: asText(item['message_id']) ?? '',
    byAccount: src === undefined ? null : src === '0',
    at: time > 0 ? new Date(time) : null,
    type: asText(item['type']) ?? '',
    text: asText(item['message']) ?? asText(item['description']) ?? null,
  };
}
