import {
  phoneMessageState,
  phoneQuota,
  ratings,
  templateInfo,
} from '../../../src/channels/zalo/api/templates';
import { createUsers, type Users } from '../../../src/channels/zalo/api/users';
import type { ApiAnswer, ApiRequest } from '../../../src/channels/zalo/openapi';
import { code, ok, scriptedCaller, type Scripted } from './scripted-zalo';

const U = '3344556677889900112';

function users(...answers: ApiAnswer[]): { api: Scripted; users: Users } {
  const { api, caller } = scriptedCaller(answers);
  return { api, users: createUsers(caller) };
}

it.each<[string, (u: Users) => Promise<unknown>, Partial<ApiRequest>, unknown, Record<string, unknown>?]>([
  [
    'update',
    (u) => u.update(U, { externalId: 'ho-12' }),
    { path: '/v3.0/oa/user/update', body: { user_id: U, user_external_id: 'ho-12' } },
    undefined,
  ],
  ['forget', (u) => u.forget(U), { path: '/v2.0/oa/deletefollowerinfo', body: { user_id: U } }, undefined],
  [
    'tag',
    (u) => u.tag(U, 'Thôn 07'),
    { path: '/v2.0/oa/tag/tagfollower', body: { user_id: U, tag_name: 'Thôn 07' } },
    undefined,
  ],
  [
    'untag',
    (u) => u.untag(U, 'Thôn 07'),
    { path: '/v2.0/oa/tag/rmfollowerfromtag', body: { user_id: U, tag_name: 'Thôn 07' } },
    undefined,
  ],
  ['deleteTag', (u) => u.deleteTag('x'), { path: '/v2.0/oa/tag/rmtag', body: { tag_name: 'x' } }, undefined],
  [
    'tags',
    (u) => u.tags(),
    { method: 'GET', path: '/v2.0/oa/tag/gettagsofoa' },
    ['a', 'b'],
    { items: ['a', 7, 'b'] },
  ],
  [
    'packs',
    (u) => u.packs('sub_quota'),
    { body: { quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' } },
    [{ id: 'p', validThrough: '31/10/2026', total: 500, remain: 412 }],
    { items: [{ asset_id: 'p', valid_through: '31/10/2026', total: 500, remain: '412' }] },
  ],
  [
    'list',
    (u) => u.list({ offset: 9951, count: 50 }, { tag: 'a', lastInteraction: 'L7D', follows: true }),
    {
      path: '/v3.0/oa/user/getlist',
      data: { offset: 9951, count: 50, tag_name: 'a', last_interaction_period: 'L7D', is_follower: 'true' },
    },
    { items: [U], rows: 1, total: 1 },
    { total: 1, users: [{ user_id: U }] },
  ],
  [
    'recentChats',
    (u) => u.recentChats({ offset: 0, count: 10 }),
    { path: '/v2.0/oa/listrecentchat', data: { offset: 0, count: 10 } },
    [{ messageId: 'm', byAccount: false, at: new Date(1790000061037), type: 'text', text: 'Cho hỏi' }],
    { items: [{ src: 1, time: 1790000061037, type: 'text', message: 'Cho hỏi', message_id: 'm' }] },
  ],
  [
    'conversation',
    (u) => u.conversation(U, { offset: 0, count: 10 }),
    { path: '/v2.0/oa/conversation', data: { user_id: U, offset: 0, count: 10 } },
    [],
    { items: [] },
  ],
])('%s is one call', async (_name, ask, request, value, data = {}) => {
  const { api, users: u } = users(ok(data));
  expect(await ask(u)).toEqual(value);
  expect(api.requests).toMatchObject([request]);
});

it('reads a profile, leniently', async () => {
  const { users: u } = users(
    ok({
      user_id: U,
      display_name: 'An',
      user_is_follower: true,
      dynamic_param: 'thon-7',
      user_last_interaction_date: '21/09/2026',
      tags_and_notes_info: { notes: [], tag_names: ['Thôn 07'] },
      shared_info: { address: 'x', name: 'Nguyễn An', phone: 84900000123 },
    }),
    ok({ user_id: U, shared_info: null }),
  );
  const person = await u.detail(U);
  expect(person).toMatchObject({
    userId: U,
    follows: true,
    tags: ['Thôn 07'],
    entry: 'thon-7',
    shared: { name: 'Nguyễn An', address: 'x' },
  });
  expect(JSON.stringify(person)).not.toContain('84900000123');
  expect(await u.detail(U)).toMatchObject({ follows: false, tags: [], shared: null });
});

it.each<[string, object, object]>([
  [
    'numbers',
    { last_interaction: '1790000061037', cs_reply: { remain: 8 } },
    { lastInteractionAt: new Date(1790000061037), freeRemain: 8 },
  ],
  ['texts', { last_interaction: 0, cs_reply: { remain: '7' } }, { lastInteractionAt: null, freeRemain: 7 }],
  ['nothing', {}, { lastInteractionAt: null, freeRemain: null }],
])('reads what may still be sent from %s', async (_what, data, expected) => {
  expect(await users(ok(data as Record<string, unknown>)).users.quota(U)).toEqual(expected);
});

it('walks people no further than Zalo shows them', async () => {
  const page = ok({ total: 40_000, users: Array.from({ length: 50 }, (_, i) => ({ user_id: String(i) })) });
  const { api, users: u } = users(...Array<ApiAnswer>(200).fill(page));
  let count = 0;
  for await (const id of u.all()) count += id === '' ? 0 : 1;
  expect(count).toBe(10_000);
  expect(api.requests.at(-1)?.data).toEqual({ offset: 9950, count: 50 });
});

it.each([
  { offset: 9952, count: 50 },
  { offset: 0, count: 51 },
])('refuses the page %j', async (page) => {
  await expect(users().users.list(page)).rejects.toMatchObject({ code: 'bad_request' });
});

it('takes ten messages of a talk at most', async () => {
  const asked = users().users.conversation(U, { offset: 0, count: 11 });
  await expect(asked).rejects.toMatchObject({ code: 'bad_request' });
});

describe('messages by phone', () => {
  it.each([
    [
      { status: 1, delivery_time: '1790000061037' },
      { state: 'delivered', deliveredAt: new Date(1790000061037) },
    ],
    [{ status: '0' }, { state: 'pushed', deliveredAt: null }],
    [{ status: -1 }, { state: 'unknown', deliveredAt: null }],
  ])('%j', async (data, expected) => {
    const { api, caller } = scriptedCaller([ok(data)]);
    expect(await phoneMessageState(caller, 'p1')).toEqual(expected);
    expect(api.requests).toMatchObject([
      { host: 'business', path: '/message/status', query: { message_id: 'p1' } },
    ]);
  });

  it('may still be sent so many', async () => {
    const { caller } = scriptedCaller([ok({ dailyQuota: '500', remainingQuota: null })]);
    expect(await phoneQuota(caller)).toEqual({ daily: 500, remaining: null });
  });

  it('have a template that is asked for by the call before, where Zalo does not know the newer one', async () => {
    const { api, caller } = scriptedCaller([code(404), ok({ templateId: '512' })]);
    expect(await templateInfo(caller, '512')).toMatchObject({ id: '512' });
    expect(api.requests.map(({ path }) => path)).toEqual(['/template/info/v2', '/template/info']);
    const refused = scriptedCaller([code(-109)]);
    await expect(templateInfo(refused.caller, '512')).rejects.toMatchObject({ facts: { code: -109 } });
  });

  it('have ratings, asked for by GET and read from the list inside', async () => {
    const rows = [
      { rate: 5, submitDate: '1790003000000', trackingId: 'r1' },
      { rate: '3', submit_time: 1790003000001, tracking_id: 'r2' },
      { note: 'no stars' },
    ];
    const { api, caller } = scriptedCaller([ok({ data: rows, total: 3 })]);
    const asked = { templateId: '512', from: new Date(1), to: new Date(2), offset: 0, count: 100 };
    expect((await ratings(caller, asked)).items).toEqual([
      { stars: 5, at: new Date(1_790_003_000_000), trackingId: 'r1' },
      { stars: 3, at: new Date(1_790_003_000_001), trackingId: 'r2' },
    ]);
    expect(api.requests).toMatchObject([
      {
        method: 'GET',
        host: 'business',
        path: '/rating/get',
        query: { template_id: '512', from_time: '1', to_time: '2', offset: '0', limit: '100' },
      },
    ]);
  });

  it('have a template with prices and what it takes', async () => {
    const { caller } = scriptedCaller([
      ok({
        templateId: 512,
        templateName: 'Nhắc',
        status: 'ENABLE',
        price_sdt: 200,
        price_uid: '165',
        listParams: [{ name: 'ten', require: true, maxLength: 30 }, { name: 'x' }, null],
      }),
    ]);
    expect(await templateInfo(caller, '512')).toEqual({
      id: '512',
      name: 'Nhắc',
      status: 'ENABLE',
      priceByPhone: 200,
      priceByUser: 165,
      params: [
        { name: 'ten', required: true, max: 30 },
        { name: 'x', required: false, max: 400 },
      ],
    });
  });
});
