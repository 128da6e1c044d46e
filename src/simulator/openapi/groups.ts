import { DAY, inVietnam } from '../../kernel/vn-time';
import { newMessageId } from '../zalo-events';
import { groupEvent } from '../zalo-group-events';
import {
  fromQuery,
  isFields,
  isRefusal,
  OK,
  paging,
  points,
  refuse,
  word,
  type ApiAnswer,
  type ApiCall,
  type Fields,
  type Refusal,
} from './answers';
import { accept, quoteRefusal, shapesOf, type ApiContext } from './api-context';
import { PRODUCTS, SETTINGS, type Asset, type Group, type GroupStore } from './group-store';
import { readMessage } from './message-shapes';
import { createGroupMembers } from './group-members';

/** Group chats by API: places, making, reading, changing, ending, posting. Reads take plain parameters and `data=` alike. */

const CREATE_MAX = 99;
const QUOTAS = ['sub_quota', 'purchase_quota', 'reward_quota'];

export function createGroups(api: ApiContext, store: GroupStore) {
  const tell = (name: string, group: Group, users?: readonly string[]): void =>
    api.tell(groupEvent({ appId: api.appId, oaId: api.oaId, at: api.clock.now() }, name, group.id, users));

  function found(id: unknown): Group | Refusal {
    const group = store.get(id);
    if (!group) return refuse(-201, 'group_id is invalid');
    if (!group.hasOa) return refuse(-403, 'OA is not in the group');
    return isExpired(store.asset(group.assetId))
      ? refuse(-237, 'group is disabled, its asset expired')
      : group;
  }

  function isExpired(asset: Asset | undefined): boolean {
    return !asset || asset.validThrough < api.clock.now().getTime();
  }

  /** A place that is there, alive and free. */
  function freeAsset(id: unknown): Asset | Refusal {
    const asset = store.asset(id);
    if (!asset) return refuse(-201, 'asset_id is invalid');
    if (asset.usedId !== null) return refuse(-241, 'asset_id is already used');
    return isExpired(asset) ? refuse(-238, 'asset_id is disabled') : asset;
  }

  function ids(raw: unknown, max: number): readonly string[] | Refusal {
    if (!Array.isArray(raw) || raw.length === 0 || !raw.every((id) => typeof id === 'string'))
      return refuse(-201, 'member_user_ids is invalid');
    if (raw.length > max) return refuse(-210, `member_user_ids exceeds ${max}`);
    const unknown = raw.find((id) => !api.state.person(id));
    return unknown === undefined ? [...new Set(raw)] : refuse(-201, `member_user_ids has unknown ${unknown}`);
  }

  /** People who may be invited follow the account or have written within seven days. */
  function inviteRefusal(users: readonly string[]): Refusal | null {
    for (const user of users) {
      const person = api.state.person(user);
      if (person?.refusesWith === -217) return refuse(-217, 'user blocked invitations of the OA');
      const last = person?.lastInteraction ?? null;
      const isNear = last !== null && api.clock.now().getTime() - last <= 7 * DAY;
      if (!person?.follows && !isNear) return refuse(-213, 'user has not interacted with the OA');
    }
    return null;
  }

  function create({ body }: ApiCall): ApiAnswer {
    if (!isFields(body)) return refuse(-201, 'body is invalid');
    const name = word(body['group_name']);
    if (name === undefined) return refuse(-201, 'group_name is invalid');
    if (points(name) > api.account.now.groupNameMax) return refuse(-210, 'group_name is too long');
    const asset = freeAsset(body['asset_id']);
    if (isRefusal(asset)) return asset;
    const users = ids(body['member_user_ids'], CREATE_MAX);
    if ('error' in users) return users;
    if (users.length + 1 > PRODUCTS[asset.product])
      return refuse(-210, 'members exceed the size of the asset');
    const refused = inviteRefusal(users);
    if (refused) return refused;
    const admins = users.filter((user) => api.account.now.admins.includes(user));
    if (admins.length === 0) return refuse(-201, 'member_user_ids needs an admin of the OA');
    const id = newMessageId();
    store.putAsset({ ...asset, usedId: id });
    const group = store.change(
      {
        ...{ id, name, description: word(body['group_description']) ?? '', avatar: '', assetId: asset.id },
        ...{ members: users, admins, pending: [], settings: SETTINGS, hasOa: true, chat: [] },
      },
      {},
    );
    tell('create_group', group);
    tell('user_join_group', group, users);
    return { ...OK, data: info(group) };
  }

  function info(group: Group) {
    const asset = store.asset(group.assetId);
    const until = asset ? inVietnam(new Date(asset.validThrough)).plus({ days: 45 }).toISODate() : '';
    return {
      ...{ name: group.name, avatar: group.avatar, group_id: group.id },
      ...{ group_link: `https://zalo.me/g/${group.id.slice(0, 9)}`, group_description: group.description },
      status: isExpired(asset) ? 'disabled' : 'enabled',
      total_member: group.members.length + 1,
      max_member: asset ? PRODUCTS[asset.product] : 0,
      auto_delete_date: until,
    };
  }

  function whole(group: Group) {
    const asset = store.asset(group.assetId);
    const asset_info = asset && {
      ...{ asset_type: asset.product, asset_id: asset.id, auto_renew: false },
      valid_through: inVietnam(new Date(asset.validThrough)).toFormat('dd/MM/yyyy'),
    };
    return { group_info: info(group), asset_info, group_setting: group.settings };
  }

  function read({ query }: ApiCall): ApiAnswer {
    const group = store.get(askedOf(query)['group_id']);
    if (!group) return refuse(-201, 'group_id is invalid');
    return group.hasOa ? { ...OK, data: whole(group) } : refuse(-403, 'OA is not in the group');
  }

  function update({ body }: ApiCall): ApiAnswer {
    const fields = isFields(body) ? body : {};
    const group = found(fields['group_id']);
    if (isRefusal(group)) return group;
    const name = fields['group_name'] ?? group.name;
    if (typeof name !== 'string' || name === '' || points(name) > api.account.now.groupNameMax)
      return refuse(-201, 'group_name is invalid');
    const settings: Record<string, boolean> = {};
    for (const key of Object.keys(SETTINGS)) {
      const value = fields[key];
      if (value !== undefined && typeof value !== 'boolean') return refuse(-201, `${key} is invalid`);
      if (value !== undefined) settings[key] = value;
    }
    const changed = store.change(group, {
      name,
      description: word(fields['group_description']) ?? group.description,
      avatar: word(fields['group_avatar']) ?? group.avatar,
      settings: { ...group.settings, ...settings },
    });
    tell('update_group_info', changed);
    return { ...OK, data: whole(changed) };
  }

  function updateAsset({ body }: ApiCall): ApiAnswer {
    const fields = isFields(body) ? body : {};
    const group = store.get(fields['group_id']);
    if (!group) return refuse(-201, 'group_id is invalid');
    if (!group.hasOa) return refuse(-403, 'OA is not in the group');
    const asset = freeAsset(fields['asset_id']);
    if (isRefusal(asset)) return asset;
    if (group.members.length + 1 > PRODUCTS[asset.product]) return refuse(-210, 'asset is too small');
    const before = store.asset(group.assetId);
    if (before) store.putAsset({ ...before, usedId: null });
    store.putAsset({ ...asset, usedId: group.id });
    return { ...OK, data: whole(store.change(group, { assetId: asset.id })) };
  }

  function list({ query }: ApiCall): ApiAnswer {
    const page = paging(askedOf(query), { count: 50, usual: 5 });
    if (!page) return refuse(-201, 'count is invalid');
    const groups = store.all().filter((group) => group.hasOa);
    const rows = groups.slice(page.offset, page.offset + page.count).map(info);
    const data = { total: groups.length, ...page, group_count: rows.length, groups: rows };
    return { ...OK, data };
  }

  function remove({ body }: ApiCall): ApiAnswer {
    const group = found(isFields(body) ? body['group_id'] : undefined);
    if (isRefusal(group)) return group;
    const asset = store.asset(group.assetId);
    if (asset) store.putAsset({ ...asset, usedId: null });
    tell('delete_group', store.change(group, { hasOa: false, members: [], admins: [], pending: [] }));
    return { ...OK };
  }

  function post(call: ApiCall): ApiAnswer {
    const recipient = isFields(call.body) ? call.body['recipient'] : undefined;
    const group = found(isFields(recipient) ? recipient['group_id'] : undefined);
    if (isRefusal(group)) return group;
    const message = readMessage((call.body as Fields)['message'], shapesOf(api));
    if (isRefusal(message)) return message;
    if (message.drawn) return refuse(-233, 'message type is not supported in groups');
    const wrong = quoteRefusal(group.chat, message.quote);
    if (wrong) return wrong;
    const draft = { to: 'group', user: group.id, call, message, paidFrom: 'free' } as const;
    const send = accept(api, { ...draft, echo: message.echo });
    const shown = { id: send.messageId, from: 'oa', text: message.text, at: send.at.getTime() } as const;
    store.say(group, { ...shown, ...(message.media ? { media: message.media } : {}), by: api.oaId });
    return { ...OK, data: { message_id: send.messageId, group_id: group.id } };
  }

  function assets({ body }: ApiCall): ApiAnswer {
    const fields = isFields(body) ? body : {};
    if (fields['quota_owner'] !== 'OA') return refuse(-201, 'quota_owner is invalid');
    const { product_type: kind, quota_type: quota } = fields;
    if (kind !== undefined && !isOneOf(Object.keys(PRODUCTS), kind))
      return refuse(-201, 'product_type is invalid');
    if (quota !== undefined && !isOneOf(QUOTAS, quota)) return refuse(-201, 'quota_type is invalid');
    const rows = store
      .allAssets()
      .filter(
        ({ product, quotaType }) =>
          (kind === undefined || product === kind) && (quota === undefined || quotaType === quota),
      )
      .map((asset) => ({
        ...{
          asset_id: asset.id,
          product_type: asset.product,
          quota_type: asset.quotaType,
          auto_renew: false,
        },
        valid_through: inVietnam(new Date(asset.validThrough)).toFormat('dd/MM/yyyy'),
        status: asset.usedId === null ? 'available' : 'used',
        used_id: asset.usedId ?? '',
      }));
    return { ...OK, data: rows };
  }

  return {
    'POST /v3.0/oa/group/message': post,
    'POST /v3.0/oa/quota/group': assets,
    'POST /v3.0/oa/group/creategroupwithoa': create,
    'GET /v3.0/oa/group/getgroup': read,
    'POST /v3.0/oa/group/updateinfo': update,
    'POST /v3.0/oa/group/updateasset': updateAsset,
    'GET /v3.0/oa/group/getgroupsofoa': list,
    'POST /v3.0/oa/group/delete': remove,
    ...createGroupMembers({ api, store, found, ids, inviteRefusal, tell, askedOf }),
  };
}

function isOneOf(words: readonly string[], value: unknown): boolean {
  return typeof value === 'string' && words.includes(value);
}

/** What a read asks for, as plain parameters or as one `data` of JSON. */
function askedOf(query: Fields): Fields {
  const data = fromQuery(query);
  return isFields(data) ? data : query;
}
