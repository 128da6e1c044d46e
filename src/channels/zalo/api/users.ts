/**
 * People as Zalo knows them: profile, lists, tags, history and what may still be sent to them. Zalo counts these calls
 * like messages, so nobody may be asked about once per message. What fails throws an `AppError` with Zalo's code.
 */
import { asObject, asText, type JsonObject } from '../json';
import { PATHS } from '../wire';
import { demand, type Caller } from './caller';
import { HISTORY_PAGE, messagesIn, type PastMessage } from './history';
import type { QuotaKind } from './groups';
import { checkedPage, everything, listed, type Listed, type Page } from './paging';
import { numberOf } from './templates';

export interface ZaloPerson {
  readonly userId: string;
  /** May be a placeholder where the person keeps it private. */
  readonly displayName: string;
  readonly follows: boolean;
  readonly avatar: string | null;
  readonly tags: readonly string[];
  /** Parameter of the last dynamic link the person came by; empty when none. */
  readonly entry: string;
  /** Our own key for the person. */
  readonly externalId: string;
  /** Day of the last interaction as Zalo writes it, `dd/MM/yyyy`; null when never. */
  readonly lastInteractionOn: string | null;
  /** What the person filled in at our request; null before. The phone number is never read. */
  readonly shared: { readonly name: string; readonly address: string } | null;
}

/** When a person last interacted with the account, by Zalo's own book, and how many free answers are left; null where it says nothing. */
export interface PersonQuota {
  readonly lastInteractionAt: Date | null;
  readonly freeRemain: number | null;
}

/** A package of messages of the account. */
export interface MessagePack {
  readonly id: string;
  readonly validThrough: string | null;
  readonly total: number | null;
  readonly remain: number | null;
}

export interface PeopleFilter {
  readonly tag?: string;
  /** `TODAY`, `YESTERDAY`, `L7D`, `L30D` or `YYYY_MM_DD:YYYY_MM_DD`. */
  readonly lastInteraction?: string;
  readonly follows?: boolean;
}

export const USERS_PAGE_MAX = 50;
/** With a page of 50 Zalo shows the first ten thousand of a filter; split by tag or time to see more. */
export const USERS_OFFSET_MAX = 9_951;

export interface Users {
  detail(userId: string): Promise<ZaloPerson>;
  list(page: Page, filter?: PeopleFilter): Promise<Listed<string>>;
  /** Ids of everybody the filter finds, the first 10,000 of them. */
  all(filter?: PeopleFilter): AsyncGenerator<string>;
  update(userId: string, change: { readonly alias?: string; readonly externalId?: string }): Promise<void>;
  /** Zalo forgets what the person shared with the account. */
  forget(userId: string): Promise<void>;
  tag(userId: string, tag: string): Promise<void>;
  untag(userId: string, tag: string): Promise<void>;
  deleteTag(tag: string): Promise<void>;
  tags(): Promise<readonly string[]>;
  quota(userId: string): Promise<PersonQuota>;
  packs(quota: QuotaKind, owner?: 'OA' | 'APP'): Promise<readonly MessagePack[]>;
  /** The last message of each talk, newest first; at most ten at a time. */
  recentChats(page: Page): Promise<readonly PastMessage[]>;
  conversation(userId: string, page: Page): Promise<readonly PastMessage[]>;
}

export function createUsers(caller: Caller): Users {
  const get = (path: string, data?: object): Promise<JsonObject> =>
    demand(caller, { method: 'GET', path, ...(data ? { data } : {}) });
  const post = (path: string, body: object): Promise<JsonObject> =>
    demand(caller, { method: 'POST', path, body });
  const list = async (page: Page, filter: PeopleFilter = {}): Promise<Listed<string>> =>
    listed(
      await get(PATHS.userList, {
        ...checkedPage(page, USERS_PAGE_MAX, USERS_OFFSET_MAX),
        ...(filter.tag === undefined ? {} : { tag_name: filter.tag }),
        ...(filter.lastInteraction === undefined ? {} : { last_interaction_period: filter.lastInteraction }),
        ...(filter.follows === undefined ? {} : { is_follower: String(filter.follows) }),
      }),
      ['users'],
      (item) => {
        const id = asText(asObject(item)?.['user_id']);
        return id === undefined ? [] : [id];
      },
    );
  return {
    detail: async (userId) => personOf(userId, await get(PATHS.userDetail, { user_id: userId })),
    list,
    all: (filter) => everything((page) => list(page, filter), USERS_PAGE_MAX, USERS_OFFSET_MAX),
    async update(userId, { alias, externalId }) {
      await post(PATHS.userUpdate, {
        user_id: userId,
        ...(alias === undefined ? {} : { user_alias: alias }),
        ...(externalId === undefined ? {} : { user_external_id: externalId }),
      });
    },
    forget: async (userId) => void (await post(PATHS.userDelete, { user_id: userId })),
    tag: async (userId, tag) => void (await post(PATHS.tagUser, { user_id: userId, tag_name: tag })),
    untag: async (userId, tag) => void (await post(PATHS.untagUser, { user_id: userId, tag_name: tag })),
    deleteTag: async (tag) => void (await post(PATHS.deleteTag, { tag_name: tag })),
    tags: async () =>
      listed(await get(PATHS.tags), ['tags'], (item) => (typeof item === 'string' ? [item] : [])).items,
    async quota(userId) {
      const data = await post(PATHS.quota, { user_id: userId });
      const last = numberOf(data['last_interaction']) ?? 0;
      return {
        lastInteractionAt: last > 0 ? new Date(last) : null,
        freeRemain: numberOf(asObject(data['cs_reply'])?.['remain']),
      };
    },
    async packs(quota, owner = 'OA') {
      const body = { quota_owner: owner, product_type: 'cs', quota_type: quota };
      return listed(await post(PATHS.quota, body), ['assets'], packOf).items;
    },
    recentChats: async (page) =>
      messagesIn(await get(PATHS.recentChats, { ...checkedPage(page, HISTORY_PAGE) })),
    conversation: async (userId, page) =>
      messagesIn(await get(PATHS.conversation, { user_id: userId, ...checkedPage(page, HISTORY_PAGE) })),
  };
}

function personOf(userId: string, data: JsonObject): ZaloPerson {
  const info = asObject(data['tags_and_notes_info']);
  const names = info?.['tag_names'];
  const shared = asObject(data['shared_info']);
  return {
    userId: asText(data['user_id']) ?? userId,
    displayName: asText(data['display_name']) ?? '',
    follows: data['user_is_follower'] === true || data['user_is_follower'] === 'true',
    avatar: asText(data['avatar']) ?? null,
    tags: (Array.isArray(names) ? (names as unknown[]) : []).filter((name) => typeof name === 'string'),
    entry: asText(data['dynamic_param']) ?? '',
    externalId: asText(data['user_external_id']) ?? '',
    lastInteractionOn: asText(data['user_last_interaction_date']) ?? null,
    shared: shared ? { name: asText(shared['name']) ?? '', address: asText(shared['address']) ?? '' } : null,
  };
}

function packOf(value: unknown): MessagePack[] {
  const item = asObject(value) ?? {};
  const id = asText(item['asset_id']);
  if (id === undefined) return [];
  return [
    {
      id,
      validThrough: asText(item['valid_through']) ?? null,
      total: numberOf(item['total']),
      remain: numberOf(item['remain']),
    },
  ];
}
