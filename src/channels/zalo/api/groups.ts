/**
 * Groups of the account (GMF): one function for each of Zalo's calls. Everything that can fail throws an `AppError` with
 * Zalo's code. Ids are strings, always. Who is in which group, and why, is decided elsewhere.
 */
import { AppError } from '../../../kernel/errors';
import { chunks } from '../../../kernel/lists';
import { asObject, asText, type JsonObject } from '../json';
import { clean, fitted, fittedLine, length, shown } from '../../text';
import { withoutMentions } from '../mentions';
import { GROUP_PATHS, PATHS, type WireMessage } from '../wire';
import { demand, type Caller } from './caller';
import { groupMessagesIn, type GroupPastMessage } from './history';
import {
  assetOf,
  groupOf,
  infoOf,
  memberOf,
  type Group,
  type GroupAsset,
  type GroupInfo,
  type GroupMember,
  type GroupSettings,
} from './group-shapes';
import { checkedPage, everything, listed, type Listed, type Page } from './paging';

export interface GroupChange {
  readonly name?: string;
  readonly description?: string;
  readonly settings?: Partial<GroupSettings>;
}

/** A text for a group: words of anybody, and those whom we call ourselves; the id of the group calls everybody. */
export type GroupText = readonly (string | { readonly mention: string })[];

export type GroupProduct = 'gmf10' | 'gmf50' | 'gmf100' | 'gmf1000';
export type QuotaKind = 'sub_quota' | 'purchase_quota' | 'reward_quota';

export const CREATE_MAX = 99;
export const GROUP_PAGE_MAX = 50;
/** The console takes no longer one; the API's own limit is not known. */
const NAME_MAX = 30;
const TEXT_MAX = 2000;

export interface Groups {
  /** `members`: 1 to 99 people, one of them an administrator of the account. Not safe to repeat after `zalo_timeout`. */
  create(group: {
    readonly name: string;
    readonly description?: string;
    readonly assetId: string;
    readonly members: readonly string[];
  }): Promise<GroupInfo>;
  get(groupId: string): Promise<Group>;
  update(groupId: string, change: GroupChange): Promise<Group>;
  updateAsset(groupId: string, assetId: string): Promise<Group>;
  ofAccount(page: Page): Promise<Listed<GroupInfo>>;
  allOfAccount(): AsyncGenerator<GroupInfo>;
  members(groupId: string, page: Page): Promise<Listed<GroupMember>>;
  allMembers(groupId: string): AsyncGenerator<GroupMember>;
  /** Who asked to join and was not answered yet. */
  pending(groupId: string, page: Page): Promise<Listed<GroupMember>>;
  allPending(groupId: string): AsyncGenerator<GroupMember>;
  /** These take any number of people, in calls of 99; twice is harmless. */
  invite(groupId: string, people: readonly string[]): Promise<void>;
  remove(groupId: string, people: readonly string[]): Promise<void>;
  acceptPending(groupId: string, people: readonly string[]): Promise<void>;
  rejectPending(groupId: string, people: readonly string[]): Promise<void>;
  addAdmins(groupId: string, people: readonly string[]): Promise<void>;
  removeAdmins(groupId: string, people: readonly string[]): Promise<void>;
  delete(groupId: string): Promise<void>;
  /** The last message of each group, newest first. */
  recentChats(page: Page): Promise<readonly GroupPastMessage[]>;
  conversation(groupId: string, page: Page): Promise<readonly GroupPastMessage[]>;
  /** Answers the id of the message. What must not get lost goes by the outbox to `zalo-group:<id>` instead. */
  post(groupId: string, message: WireMessage): Promise<string>;
  assets(product: GroupProduct, quota: QuotaKind): Promise<readonly GroupAsset[]>;
}

export function createGroups(caller: Caller): Groups {
  const get = (path: string, query: Readonly<Record<string, string | number>>): Promise<JsonObject> =>
    demand(caller, { method: 'GET', path, query });
  const post = (path: string, body: object): Promise<JsonObject> =>
    demand(caller, { method: 'POST', path, body });
  const people =
    (path: string) =>
    async (groupId: string, ids: readonly string[]): Promise<void> => {
      for (const some of chunks([...new Set(ids)], CREATE_MAX))
        await post(path, { group_id: groupId, member_user_ids: some });
    };
  const membersBy =
    (path: string) =>
    async (groupId: string, page: Page): Promise<Listed<GroupMember>> =>
      listed(
        await get(path, { group_id: groupId, ...checkedPage(page, GROUP_PAGE_MAX) }),
        ['members', 'pending_invites', 'users'],
        memberOf,
      );
  const members = membersBy(GROUP_PATHS.members);
  const pending = membersBy(GROUP_PATHS.pending);
  const ofAccount = async (page: Page): Promise<Listed<GroupInfo>> =>
    listed(await get(GROUP_PATHS.ofAccount, { ...checkedPage(page, GROUP_PAGE_MAX) }), ['groups'], (item) => [
      infoOf(asObject(item) ?? {}),
    ]);

  return {
    async create({ name, description, assetId, members: ids }) {
      const unique = [...new Set(ids)];
      if (unique.length < 1 || unique.length > CREATE_MAX)
        throw new AppError('bad_request', { members: unique.length, max: CREATE_MAX });
      const data = await post(GROUP_PATHS.create, {
        group_name: nameOf(name),
        ...(description === undefined ? {} : { group_description: clean(description) }),
        asset_id: assetId,
        member_user_ids: unique,
      });
      return infoOf(asObject(data['group_info']) ?? data);
    },
    get: async (groupId) => groupOf(await get(GROUP_PATHS.get, { group_id: groupId })),
    update: async (groupId, change) => groupOf(await post(GROUP_PATHS.update, changeOf(groupId, change))),
    updateAsset: async (groupId, assetId) =>
      groupOf(await post(GROUP_PATHS.updateAsset, { group_id: groupId, asset_id: assetId })),
    ofAccount,
    allOfAccount: () => everything(ofAccount, GROUP_PAGE_MAX),
    members,
    allMembers: (groupId) => everything((page) => members(groupId, page), GROUP_PAGE_MAX),
    pending,
    allPending: (groupId) => everything((page) => pending(groupId, page), GROUP_PAGE_MAX),
    invite: people(GROUP_PATHS.invite),
    remove: people(GROUP_PATHS.removeMembers),
    acceptPending: people(GROUP_PATHS.acceptPending),
    rejectPending: people(GROUP_PATHS.rejectPending),
    addAdmins: people(GROUP_PATHS.addAdmins),
    removeAdmins: people(GROUP_PATHS.removeAdmins),
    delete: async (groupId) => void (await post(GROUP_PATHS.delete, { group_id: groupId })),
    recentChats: async (page) =>
      groupMessagesIn(await get(GROUP_PATHS.recentChats, { ...checkedPage(page, GROUP_PAGE_MAX) })),
    conversation: async (groupId, page) =>
      groupMessagesIn(
        await get(GROUP_PATHS.conversation, { group_id: groupId, ...checkedPage(page, GROUP_PAGE_MAX) }),
        groupId,
      ),
    async post(groupId, message) {
      const data = await post(PATHS.groupMessage, { recipient: { group_id: groupId }, message });
      const id = asText(data['message_id']);
      if (id === undefined) throw new AppError('zalo_timeout', { detail: 'answer names no message' });
      return id;
    },
    async assets(product, quota) {
      const body = { quota_owner: 'OA', product_type: product, quota_type: quota };
      return listed(await post(PATHS.groupQuota, body), ['assets'], assetOf).items;
    },
  };
}

/** One text: words cannot call anybody, mentions can. Throws `bad_request` when it is longer than Zalo takes. */
export function groupText(parts: GroupText): string {
  const text = parts
    .map((part) => (typeof part === 'string' ? wordsOnly(part) : `[@${part.mention}]`))
    .join('')
    .trim();
  if (length(text) > TEXT_MAX) throw new AppError('bad_request', { points: length(text), max: TEXT_MAX });
  return text;
}

/** Also where the words end in the middle of a mention and others begin with the rest of it. */
function wordsOnly(words: string): string {
  return withoutMentions(shown(words)).replace(/\[$/, '［');
}

function nameOf(name: string): string {
  const fit = fittedLine(name, NAME_MAX);
  if (fit === '') throw new AppError('bad_request', { what: 'group name' });
  return fit;
}

function changeOf(groupId: string, { name, description, settings = {} }: GroupChange): object {
  return {
    group_id: groupId,
    ...(name === undefined ? {} : { group_name: nameOf(name) }),
    ...(description === undefined ? {} : { group_description: fitted(description, TEXT_MAX) }),
    ...(settings.lockSending === undefined ? {} : { lock_send_msg: settings.lockSending }),
    ...(settings.approveJoining === undefined ? {} : { join_appr: settings.approveJoining }),
    ...(settings.showHistory === undefined ? {} : { enable_msg_history: settings.showHistory }),
    ...(settings.joinByLink === undefined ? {} : { enable_link_join: settings.joinByLink }),
  };
}
