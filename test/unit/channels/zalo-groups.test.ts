import { infoOf, memberOf } from '../../../src/channels/zalo/api/group-shapes';
import fc from 'fast-check';
import { createGroups, groupText, type Groups } from '../../../src/channels/zalo/api/groups';
import type { ApiAnswer, ApiRequest } from '../../../src/channels/zalo/openapi';
import { code, ok, scriptedCaller, type Scripted } from './scripted-zalo';

const G = 'a1b2c3d4e5f60718293a';
const info = {
  name: 'Tổ dân phố 4',
  group_id: G,
  group_link: 'https://zalo.me/g/abcdef123',
  status: 'enabled',
  total_member: '42',
  max_member: 100,
};
const ids = (count: number): string[] => Array.from({ length: count }, (_, i) => `33445566778899${i}`);

function groups(...answers: ApiAnswer[]): { api: Scripted; groups: Groups } {
  const { api, caller } = scriptedCaller(answers);
  return { api, groups: createGroups(caller) };
}

async function collect<T>(all: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const one of all) found.push(one);
  return found;
}

it.each<[string, (g: Groups) => Promise<unknown>, Partial<ApiRequest>, Record<string, unknown>]>([
  ['get', (g) => g.get(G), { method: 'GET', path: '/v3.0/oa/group/getgroup', query: { group_id: G } }, {}],
  [
    'update',
    (g) => g.update(G, { name: ' Tổ\n5 ', settings: { lockSending: true } }),
    { path: '/v3.0/oa/group/updateinfo', body: { group_id: G, group_name: 'Tổ 5', lock_send_msg: true } },
    {},
  ],
  [
    'updateAsset',
    (g) => g.updateAsset(G, 'as1'),
    { path: '/v3.0/oa/group/updateasset', body: { group_id: G, asset_id: 'as1' } },
    {},
  ],
  [
    'invite',
    (g) => g.invite(G, ['u1', 'u1', 'u2']),
    { path: '/v3.0/oa/group/invite', body: { group_id: G, member_user_ids: ['u1', 'u2'] } },
    {},
  ],
  [
    'remove',
    (g) => g.remove(G, ['u1']),
    { path: '/v3.0/oa/group/removemembers', body: { group_id: G, member_user_ids: ['u1'] } },
    {},
  ],
  [
    'acceptPending',
    (g) => g.acceptPending(G, ['u1']),
    { path: '/v3.0/oa/group/acceptpendinginvite', body: { group_id: G, member_user_ids: ['u1'] } },
    {},
  ],
  [
    'rejectPending',
    (g) => g.rejectPending(G, ['u1']),
    { path: '/v3.0/oa/group/rejectpendinginvite', body: { group_id: G, member_user_ids: ['u1'] } },
    {},
  ],
  [
    'addAdmins',
    (g) => g.addAdmins(G, ['u1']),
    { path: '/v3.0/oa/group/addadmins', body: { group_id: G, member_user_ids: ['u1'] } },
    {},
  ],
  [
    'removeAdmins',
    (g) => g.removeAdmins(G, ['u1']),
    { path: '/v3.0/oa/group/removeadmins', body: { group_id: G, member_user_ids: ['u1'] } },
    {},
  ],
  ['delete', (g) => g.delete(G), { path: '/v3.0/oa/group/delete', body: { group_id: G } }, {}],
  [
    'recentChats',
    (g) => g.recentChats({ offset: 0, count: 5 }),
    { path: '/v3.0/oa/group/listrecentchat', query: { offset: 0, count: 5 } },
    { items: [] },
  ],
  [
    'conversation',
    (g) => g.conversation(G, { offset: 5, count: 50 }),
    { path: '/v3.0/oa/group/conversation', query: { group_id: G, offset: 5, count: 50 } },
    { items: [] },
  ],
  [
    'post',
    (g) => g.post(G, { text: 'Chào' }),
    { path: '/v3.0/oa/group/message', body: { recipient: { group_id: G }, message: { text: 'Chào' } } },
    { message_id: 'm1' },
  ],
  [
    'assets',
    (g) => g.assets('gmf100', 'purchase_quota'),
    {
      path: '/v3.0/oa/quota/group',
      body: { quota_owner: 'OA', product_type: 'gmf100', quota_type: 'purchase_quota' },
    },
    { items: [] },
  ],
])('%s is one call', async (_name, ask, request, data) => {
  const { api, groups: g } = groups(ok(data));
  await ask(g);
  expect(api.requests).toMatchObject([request]);
});

it('makes a group and reads what became of it, however it is wrapped', async () => {
  for (const data of [info, { group_info: info }]) {
    const { api, groups: g } = groups(ok(data));
    const made = await g.create({ name: 'Tổ dân phố 4', assetId: 'as1', members: ['u1'] });
    expect(made).toMatchObject({ id: G, name: 'Tổ dân phố 4', members: 42, membersMax: 100, endsOn: null });
    expect(api.requests[0]).toMatchObject({
      path: '/v3.0/oa/group/creategroupwithoa',
      body: { group_name: 'Tổ dân phố 4', asset_id: 'as1', member_user_ids: ['u1'] },
    });
  }
});

it('gives no group a name past the 30 characters that the console takes', async () => {
  const { api, groups: g } = groups(ok({ group_info: info }));
  await g.create({ name: 'Tổ công nghệ số cộng đồng xã Tân Hòa', assetId: 'as1', members: ['u1'] });
  const name = String(new Map(Object.entries(api.requests[0]?.body ?? {})).get('group_name'));
  expect([...name].length).toBeLessThanOrEqual(30);
  expect(name.startsWith('Tổ công nghệ số')).toBe(true);
});

it('knows a message of a group by the group of its row, else by whom it went to, else by the question', async () => {
  const rows = [
    { src: '0', time: 1, group_id: 'g1', to_id: 'g2' },
    { src: '0', time: 1, to_id: 'g2' },
    { src: '1', time: 1 },
  ];
  const { groups: g } = groups(ok({ items: rows }), ok({ items: rows }));
  const of = (found: readonly { groupId: string | null }[]) => found.map(({ groupId }) => groupId);
  expect(of(await g.recentChats({ offset: 0, count: 5 }))).toEqual(['g1', 'g2', null]);
  expect(of(await g.conversation(G, { offset: 0, count: 5 }))).toEqual(['g1', 'g2', G]);
});

it.each([0, 100])('does not begin with %d people', async (count) => {
  const made = groups().groups.create({ name: 'x', assetId: 'a', members: ids(count) });
  await expect(made).rejects.toMatchObject({ code: 'bad_request' });
});

it('invites many in calls of 99', async () => {
  const { api, groups: g } = groups(ok({}), ok({}), ok({}));
  await g.invite(G, ids(199));
  const sizes = api.requests.map(
    ({ body }) => (body as { member_user_ids: string[] }).member_user_ids.length,
  );
  expect(sizes).toEqual([99, 99, 1]);
});

describe('a list of many pages', () => {
  const members = (from: number, count: number): unknown[] =>
    ids(from + count)
      .slice(from)
      .map((user_id) => ({ user_id, name: 'An' }));

  it('is walked to its end by what Zalo says of its length', async () => {
    const { api, groups: g } = groups(
      ok({ total: 120, members: members(0, 50) }),
      ok({ total: '120', members: members(50, 50) }),
      ok({ total: 120, members: [...members(100, 19), { oa_id: '22', name: 'OA' }] }),
    );
    const found = await collect(g.allMembers(G));
    expect(found).toHaveLength(120);
    expect(found.at(-1)).toEqual({ userId: null, name: 'OA' });
    expect(api.requests.map(({ query }) => query?.['offset'])).toEqual([0, 50, 100]);
  });

  it('is walked to its end without that, also when the list is bare', async () => {
    const { groups: g } = groups(
      ok({ items: members(0, 50) }),
      ok({ items: members(50, 3) }),
      ok({ items: [] }),
    );
    expect(await collect(g.allPending(G))).toHaveLength(53);
  });

  it('goes on after the rows that came, not after those that were asked for', async () => {
    const { api, groups: g } = groups(
      ok({ total: 45, count: 50, members: [...members(0, 19), 'not a member'] }),
      ok({ total: 45, count: 50, members: members(20, 20) }),
      ok({ total: 45, count: 50, members: members(40, 5) }),
    );
    expect(await collect(g.allMembers(G))).toHaveLength(44);
    expect(api.requests.map(({ query }) => query?.['offset'])).toEqual([0, 20, 40]);
  });

  it('is asked for only as far as somebody reads', async () => {
    const { api, groups: g } = groups(ok({ total: 500, groups: Array(50).fill(info) }));
    for await (const group of g.allOfAccount()) {
      expect(group.id).toBe(G);
      break;
    }
    expect(api.requests).toHaveLength(1);
  });

  it.each([
    { offset: 0, count: 51 },
    { offset: -1, count: 5 },
    { offset: 0, count: 0 },
  ])('refuses the page %j before it asks', async (page) => {
    await expect(groups().groups.members(G, page)).rejects.toMatchObject({ code: 'bad_request' });
  });
});

it.each<[string, ApiAnswer, string, object]>([
  ['a code', code(-403), 'zalo_refused', { code: -403, words: 'zalo:reasons.not_in_group' }],
  ['the end of the minute', code(-32), 'zalo_rate_limited', {}],
  ['too many', { outcome: 'throttled', afterMs: 7 }, 'zalo_rate_limited', { afterMs: 7 }],
  ['no line', { outcome: 'not_done', detail: 'x' }, 'zalo_unreachable', {}],
  ['no answer to a change', { outcome: 'unknown', detail: 'x' }, 'zalo_timeout', {}],
])('fails with %s as an error of ours', async (_what, answer, errorCode, facts) => {
  const failed = groups(answer).groups.delete(G);
  await expect(failed).rejects.toMatchObject({ code: errorCode, facts: expect.objectContaining(facts) });
});

it('may be asked again when only a look got no answer', async () => {
  const failed = groups({ outcome: 'unknown', detail: 'x' }).groups.get(G);
  await expect(failed).rejects.toMatchObject({ code: 'zalo_unreachable', kind: { retry: true } });
});

describe('a text for a group', () => {
  it('calls whom we call', () => {
    expect(groupText([{ mention: '33' }, ' hồ sơ đã xong'])).toBe('[@33] hồ sơ đã xong');
  });

  it('lets nobody else call anybody, however the words are cut', () => {
    const piece = fc.oneof(fc.constantFrom('[', '@', '[@all]', '\u0000', 'a'), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 9 }), (words) => {
        expect(groupText(words)).not.toContain('[@');
        expect(groupText([...words, { mention: '7' }, ...words]).split('[@')).toHaveLength(2);
      }),
    );
  });

  it('is never cut', () => {
    expect(() => groupText(['x'.repeat(2001)])).toThrow('bad_request');
  });
});

it('a number in a name that somebody gave themselves is covered before anybody keeps it', () => {
  expect(memberOf({ user_id: 'u1', name: 'Lan 001099012345' })).toEqual([
    { userId: 'u1', name: 'Lan [***]' },
  ]);
  expect(infoOf({ group_id: 'g', name: 'Nhóm otp la 482913' }).name).not.toContain('482913');
  expect(infoOf({ group_id: 'g', name: 'Tổ dân phố 4' }).name).toBe('Tổ dân phố 4');
});
