import { DateTime } from 'luxon';
import { DAY, inVietnam, UTC_7, vnDay } from '../../kernel/vn-time';
import type { StoredPerson } from '../fake-zalo-facts';
import { idByApp } from '../zalo-events';
import { tagEvent } from '../zalo-group-events';
import { fromQuery, isFields, OK, paging, refuse, word, type ApiAnswer, type ApiCall } from './answers';
import { changeProfile, knownPerson, profileOf, type ApiContext } from './api-context';

/** People as the account sees them: particulars, lists, names of the account's own, and tags. */

interface Tag {
  readonly name: string;
  readonly users: readonly string[];
}

const SHARED = ['name', 'phone', 'address', 'city', 'city_id', 'district', 'district_id', 'user_dob'];

export function createUsers(api: ApiContext) {
  const { state } = api;
  const tags = state.table<Tag>('tag');

  const known = (id: unknown): StoredPerson | undefined => knownPerson(api, id);

  function detail(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    const person = isFields(asked) ? known(asked['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    const last = person.lastInteraction;
    if (last === null && !person.follows) return refuse(-213, 'user has not interacted with the OA');
    const profile = profileOf(api, person.id);
    const names = tags.all().filter(({ users }) => users.includes(person.id));
    const shared = {
      address: '',
      city: '',
      district: '',
      phone: '',
      name: '',
      user_dob: '',
      ...profile.shared,
    };
    return {
      ...OK,
      data: {
        ...{ user_id: person.id, user_id_by_app: idByApp(person.id) },
        ...{ user_external_id: profile.externalId ?? '', display_name: person.name },
        ...{ user_alias: profile.alias ?? '', is_sensitive: false },
        user_last_interaction_date: last === null ? '' : inVietnam(new Date(last)).toFormat('dd/MM/yyyy'),
        user_is_follower: person.follows,
        ...{ avatar: '', avatars: { '120': '', '240': '' }, dynamic_param: '' },
        tags_and_notes_info: { notes: [], tag_names: names.map(({ name }) => name) },
        shared_info: shared,
      },
    };
  }

  function list(call: ApiCall): ApiAnswer {
    const asked = fromQuery(call.query);
    if (!isFields(asked)) return refuse(-201, 'data is invalid');
    const page = paging(asked, { count: 50, usual: 50, offset: 9951 });
    if (!page) return refuse(-210, 'count exceeds 50 or offset exceeds 9951');
    const inPeriod = periodOf(asked['last_interaction_period'], api.clock.now());
    if (!inPeriod) return refuse(-201, 'last_interaction_period is invalid');
    // As text or as a JSON boolean.
    const raw = asked['is_follower'];
    const follower = typeof raw === 'boolean' ? String(raw) : raw;
    if (follower !== undefined && follower !== 'true' && follower !== 'false')
      return refuse(-201, 'is_follower is invalid');
    const tag = asked['tag_name'];
    const tagged = tag === undefined ? null : (tags.get(typeof tag === 'string' ? tag : '')?.users ?? []);
    const rows = [...state.people.values()].filter(
      (person) =>
        known(person.id) &&
        (person.follows || person.lastInteraction !== null) &&
        (follower === undefined || String(person.follows) === follower) &&
        (tagged === null || tagged.includes(person.id)) &&
        inPeriod(person.lastInteraction),
    );
    const users = rows.slice(page.offset, page.offset + page.count).map(({ id }) => ({ user_id: id }));
    return { ...OK, data: { total: rows.length, count: users.length, offset: page.offset, users } };
  }

  function update({ body }: ApiCall): ApiAnswer {
    const fields = isFields(body) ? body : {};
    const person = known(fields['user_id']);
    if (!person) return refuse(-201, 'user_id is invalid');
    const { user_alias: alias, user_external_id: external, shared_info: shared } = fields;
    if (external !== undefined) {
      if (typeof external !== 'string') return refuse(-201, 'user_external_id is invalid');
      const taken = [...state.people.keys()].some(
        (id) => id !== person.id && external !== '' && profileOf(api, id).externalId === external,
      );
      if (taken) return refuse(-201, 'user_external_id is used already');
    }
    if (
      shared !== undefined &&
      (!isFields(shared) || Object.keys(shared).some((key) => !SHARED.includes(key)))
    )
      return refuse(-201, 'shared_info is invalid');
    changeProfile(api, person.id, {
      ...(typeof alias === 'string' ? { alias } : {}),
      ...(typeof external === 'string' ? { externalId: external } : {}),
      ...(isFields(shared) ? { shared: { ...profileOf(api, person.id).shared, ...shared } } : {}),
    });
    return OK;
  }

  function forget({ body }: ApiCall): ApiAnswer {
    const person = isFields(body) ? known(body['user_id']) : undefined;
    if (!person) return refuse(-201, 'user_id is invalid');
    state.table<object>('profile').put(person.id, { welcomed: profileOf(api, person.id).welcomed ?? 0 });
    return OK;
  }

  const about = () => ({ appId: api.appId, oaId: api.oaId, at: api.clock.now() });

  function tagFollower(on: boolean) {
    return ({ body }: ApiCall): ApiAnswer => {
      const fields = isFields(body) ? body : {};
      const name = word(fields['tag_name']);
      if (name === undefined) return refuse(-201, 'tag_name is invalid');
      const person = known(fields['user_id']);
      if (!person) return refuse(-201, 'user_id is invalid');
      const tag = tags.get(name);
      if (!tag && !on) return refuse(-201, 'tag_name is invalid');
      const others = (tag?.users ?? []).filter((user) => user !== person.id);
      tags.put(name, { name, users: on ? [...others, person.id] : others });
      api.tell(tagEvent(about(), on ? 'add_user_to_tag' : 'remove_user_from_tag', name, [person.id]));
      return OK;
    };
  }

  function removeTag({ body }: ApiCall): ApiAnswer {
    const name = isFields(body) ? word(body['tag_name']) : undefined;
    if (name === undefined || !tags.get(name)) return refuse(-201, 'tag_name is invalid');
    tags.drop(name);
    api.tell(tagEvent(about(), 'remove_tag', name));
    return OK;
  }

  return {
    'GET /v3.0/oa/user/detail': detail,
    'GET /v3.0/oa/user/getlist': list,
    'POST /v3.0/oa/user/update': update,
    'POST /v2.0/oa/deletefollowerinfo': forget,
    'POST /v2.0/oa/tag/tagfollower': tagFollower(true),
    'POST /v2.0/oa/tag/rmfollowerfromtag': tagFollower(false),
    'POST /v2.0/oa/tag/rmtag': removeTag,
    'GET /v2.0/oa/tag/gettagsofoa': (): ApiAnswer => ({ ...OK, data: tags.all().map(({ name }) => name) }),
  };
}

type InPeriod = (last: number | null) => boolean;

/** Whether a last interaction lies in the period asked for; null: no such period. */
function periodOf(raw: unknown, now: Date): InPeriod | null {
  if (raw === undefined) return () => true;
  const since = (days: number): InPeriod => {
    const from = now.getTime() - days * DAY;
    return (last) => last !== null && last >= from;
  };
  const on =
    (day: string): InPeriod =>
    (last) =>
      last !== null && vnDay(new Date(last)) === day;
  if (raw === 'TODAY') return on(vnDay(now));
  if (raw === 'YESTERDAY') return on(vnDay(new Date(now.getTime() - DAY)));
  if (raw === 'L7D') return since(7);
  if (raw === 'L30D') return since(30);
  const parts = /^(\d{4}_\d\d_\d\d):(\d{4}_\d\d_\d\d)$/.exec(typeof raw === 'string' ? raw : '');
  if (!parts) return null;
  const [from, to] = [parts[1], parts[2]].map((part) =>
    DateTime.fromFormat(part ?? '', 'yyyy_MM_dd', { zone: UTC_7 }),
  );
  if (!from?.isValid || !to?.isValid || to < from) return null;
  return (last) => last !== null && last >= from.toMillis() && last <= to.endOf('day').toMillis();
}
