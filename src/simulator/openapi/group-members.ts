import {
  isRefusal,
  isFields,
  OK,
  paging,
  refuse,
  type ApiAnswer,
  type ApiCall,
  type Fields,
  type Refusal,
} from './answers';
import type { ApiContext } from './api-context';
import { PRODUCTS, type Group, type GroupMessage, type GroupStore } from './group-store';
import { historyRow, type HistoryParty } from './history';

/** Who is in a group and who wants to be, and what was said there. */

export interface MembersDeps {
  readonly api: ApiContext;
  readonly store: GroupStore;
  /** The group when the account may act in it. */
  readonly found: (id: unknown) => Group | Refusal;
  readonly ids: (raw: unknown, max: number) => readonly string[] | Refusal;
  readonly inviteRefusal: (users: readonly string[]) => Refusal | null;
  readonly tell: (name: string, group: Group, users?: readonly string[]) => void;
  readonly askedOf: (query: Fields) => Fields;
}

const IDS_MAX = 100;
const PAGE = { count: 50, usual: 5 };

type Change = (group: Group, users: readonly string[]) => ApiAnswer;

export function createGroupMembers(deps: MembersDeps) {
  const { api, store, found, ids, tell, askedOf } = deps;

  /** A call of the form `{ group_id, member_user_ids }`. */
  function about(change: Change) {
    return ({ body }: ApiCall): ApiAnswer => {
      const fields = isFields(body) ? body : {};
      const group = found(fields['group_id']);
      if (isRefusal(group)) return group;
      const users = ids(fields['member_user_ids'], IDS_MAX);
      return 'error' in users ? users : change(group, users);
    };
  }

  const invite: Change = (group, users) => {
    const refused = deps.inviteRefusal(users);
    if (refused) return refused;
    return join(group, users, 'user_join_group');
  };

  function join(group: Group, users: readonly string[], event: string): ApiAnswer {
    const size = PRODUCTS[store.asset(group.assetId)?.product ?? 'gmf10'];
    const members = [...new Set([...group.members, ...users])];
    if (members.length + 1 > size) return refuse(-210, 'members exceed the size of the asset');
    const pending = group.pending.filter((user) => !users.includes(user));
    tell(event, store.change(group, { members, pending }), users);
    return OK;
  }

  const acceptPending: Change = (group, users) =>
    users.every((user) => group.pending.includes(user))
      ? join(group, users, 'accept_request_join_group')
      : refuse(-201, 'member_user_ids did not ask to join');

  const rejectPending: Change = (group, users) => {
    if (!users.every((user) => group.pending.includes(user)))
      return refuse(-201, 'member_user_ids did not ask to join');
    const pending = group.pending.filter((user) => !users.includes(user));
    tell('reject_request_join_group', store.change(group, { pending }), users);
    return OK;
  };

  /** Something done to members only. */
  function ofMembers(
    event: string,
    after: (group: Group, users: readonly string[]) => Partial<Group>,
  ): Change {
    return (group, users) => {
      if (!users.every((user) => group.members.includes(user)))
        return refuse(-201, 'member_user_ids are not in the group');
      tell(event, store.change(group, after(group, users)), users);
      return OK;
    };
  }

  const without = (all: readonly string[], users: readonly string[]) =>
    all.filter((user) => !users.includes(user));

  function people(pick: (group: Group) => readonly string[], withOa: boolean) {
    return ({ query }: ApiCall): ApiAnswer => {
      const asked = askedOf(query);
      const group = found(asked['group_id']);
      if (isRefusal(group)) return group;
      const page = paging(asked, PAGE);
      if (!page) return refuse(-201, 'count is invalid');
      const rows = [
        ...(withOa ? [{ oa_id: api.oaId, name: api.oaName, avatar: '' }] : []),
        ...pick(group).map((id) => ({ user_id: id, name: api.state.person(id)?.name ?? '', avatar: '' })),
      ];
      const members = rows.slice(page.offset, page.offset + page.count);
      const data = { total: rows.length, ...page, member_count: members.length, members };
      return { ...OK, data };
    };
  }

  function party(id: string): HistoryParty {
    return id === api.oaId ? { id, name: api.oaName } : { id, name: api.state.person(id)?.name ?? '' };
  }

  /** The group stands in a field of its own; whether also as the one written to, sources differ. */
  function rowOf(group: Group, message: GroupMessage) {
    const row = historyRow(message, party(message.by), { id: group.id, name: group.name });
    if (api.account.now.groupRowsTo) return { ...row, group_id: group.id };
    const { to_id: _id, to_display_name: _name, to_avatar: _avatar, ...rest } = row;
    return { ...rest, group_id: group.id };
  }

  function rows(group: Group, last?: number) {
    return group.chat
      .slice(last === undefined ? 0 : -last)
      .map((message) => rowOf(group, message))
      .reverse();
  }

  function conversation({ query }: ApiCall): ApiAnswer {
    const asked = askedOf(query);
    const group = found(asked['group_id']);
    if (isRefusal(group)) return group;
    const page = paging(asked, PAGE);
    if (!page) return refuse(-201, 'count is invalid');
    return { ...OK, data: rows(group).slice(page.offset, page.offset + page.count) };
  }

  function recent({ query }: ApiCall): ApiAnswer {
    const page = paging(askedOf(query), PAGE);
    if (!page) return refuse(-201, 'count is invalid');
    const groups = store.all().filter((group) => group.hasOa);
    const data = groups.flatMap((group) => rows(group, 1)).sort((a, b) => b.time - a.time);
    return { ...OK, data: data.slice(page.offset, page.offset + page.count) };
  }

  return {
    'GET /v3.0/oa/group/listmember': people((group) => group.members, true),
    'GET /v3.0/oa/group/listpendinginvite': people((group) => group.pending, false),
    'POST /v3.0/oa/group/invite': about(invite),
    'POST /v3.0/oa/group/acceptpendinginvite': about(acceptPending),
    'POST /v3.0/oa/group/rejectpendinginvite': about(rejectPending),
    'POST /v3.0/oa/group/addadmins': about(
      ofMembers('add_group_admin', (group, users) => ({ admins: [...new Set([...group.admins, ...users])] })),
    ),
    'POST /v3.0/oa/group/removeadmins': about(
      ofMembers('remove_group_admin', (group, users) => ({ admins: without(group.admins, users) })),
    ),
    'POST /v3.0/oa/group/removemembers': about(
      ofMembers('user_out_group', (group, users) => ({
        members: without(group.members, users),
        admins: without(group.admins, users),
      })),
    ),
    'GET /v3.0/oa/group/listrecentchat': recent,
    'GET /v3.0/oa/group/conversation': conversation,
  };
}
