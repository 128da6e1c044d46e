import { createHash } from 'node:crypto';
import { AN, BINH, CHI, contract, DATA, IDS, inZalo, SECRETS, type Json, type Zalo } from './world';

/** Section 16: where clients that others wrote expect something else, the fake answers as they have met Zalo. */

const G = '/v3.0/oa/group';
const PAIR = { access_token: expect.any(String), refresh_token: expect.any(String), expires_in: '90000' };
const refreshing = (z: Zalo) => ({
  ...{ grant_type: 'refresh_token', refresh_token: z.refreshToken, app_id: IDS.app },
});
const tokenCall = (z: Zalo, query: object, init: RequestInit = {}) =>
  fetch(`${z.base}/v4/oa/access_token?${new URLSearchParams({ ...query }).toString()}`, {
    method: 'POST',
    headers: { secret_key: SECRETS.app },
    ...init,
  });
const raw = async (answer: Response): Promise<Json> => ({ status: answer.status, text: await answer.text() });

contract('tokens', [
  ['16.2', 'parameters in the query', async (z) => (await tokenCall(z, refreshing(z))).json(), PAIR],
  [
    '16.2',
    'half in the query, half in the form',
    async (z) => {
      const { app_id, ...rest } = refreshing(z);
      return (await tokenCall(z, { app_id }, { body: new URLSearchParams(rest) })).json();
    },
    PAIR,
  ],
  [
    '16.2',
    'a used refresh token is answered with nothing, where that is chosen',
    async (z) => {
      await z.refresh();
      return raw(await tokenCall(z, refreshing(z)));
    },
    { status: 200, text: '' },
    (z) => z.account({ usedTokenIsEmpty: true }),
  ],
  [
    '16.2',
    'an unknown one still has its code then',
    (z) => z.refresh('oa_rt_x'),
    { error: -14014 },
    (z) => z.account({ usedTokenIsEmpty: true }),
  ],
  [
    '16.2',
    'an ordered empty answer uses nothing up',
    async (z) => {
      const empty = await raw(await tokenCall(z, refreshing(z)));
      return { empty, after: await z.refresh() };
    },
    { empty: { status: 200, text: '' }, after: PAIR },
    (z) => z.fault({ kind: 'empty', path: '/access_token' }),
  ],
  [
    '16.2',
    'an ordered failure in words only',
    async (z) => {
      const answer = await z.refresh();
      return { ...answer, hasNumber: 'error' in answer };
    },
    { error_name: 'Invalid refresh token', error_reason: expect.any(String), hasNumber: false },
    (z) => z.fault({ kind: 'error_name', path: '/access_token' }),
  ],
  [
    '16.2',
    'a success without a new refresh token: the old one works on',
    async (z) => {
      const half = await z.refresh();
      const quota = await z.post(
        '/v3.0/oa/quota/message',
        { user_id: AN },
        { access_token: half.access_token },
      );
      return { isHalf: half.refresh_token === undefined, quota, after: await z.refresh() };
    },
    { isHalf: true, quota: { error: 0 }, after: PAIR },
    (z) => z.fault({ kind: 'no_refresh_token', path: '/access_token' }),
  ],
]);

const listed = (path: string, count: string) => async (z: Zalo) => {
  const group_id = await z.group(BINH, CHI);
  return z.get(`${G}/${path}`, { group_id, offset: '0', count });
};
const longName = 'Tổ công nghệ số cộng đồng xã Tân';
const named = async (z: Zalo) => {
  await z.act(BINH, 'type', { text: 'chào' });
  return z.post(`${G}/creategroupwithoa`, {
    ...{ group_name: longName, asset_id: 'fake-asset-1', member_user_ids: [AN, BINH] },
  });
};
const lastWords = async (z: Zalo) => {
  const group_id = await z.group(BINH);
  await z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'đáp' } });
  const { data } = await z.get(`${G}/listrecentchat`, { offset: '0', count: '5' });
  const [row] = data;
  return { ofGroup: row.group_id === group_id, to: ['to_id', 'to_avatar'].filter((key) => key in row) };
};

contract('groups', [
  [
    '16.1',
    'count says back what was asked for, group_count what came',
    listed('getgroupsofoa', '5'),
    { data: { total: 1, count: 5, offset: 0, group_count: 1 } },
  ],
  [
    '16.1',
    'count says back what was asked for, member_count what came',
    listed('listmember', '2'),
    { data: { total: 4, count: 2, member_count: 2 } },
  ],
  ['16.1', 'fewer came', listed('listmember', '50'), { data: { total: 4, count: 50, member_count: 4 } }],
  ['16.1', 'rows of history name the group in a field of its own', lastWords, { ofGroup: true, to: [] }],
  [
    '16.1',
    'and as the one written to, where that is chosen',
    lastWords,
    { ofGroup: true, to: ['to_id', 'to_avatar'] },
    (z) => z.account({ groupRowsTo: true }),
  ],
  [
    '16.1',
    'places: only the owner must be named',
    (z) => z.post('/v3.0/oa/quota/group', { quota_owner: 'OA' }),
    { error: 0, data: [{ asset_id: 'fake-asset-1', product_type: 'gmf100' }] },
  ],
  [
    '16.1',
    'places of another kind',
    (z) => z.post('/v3.0/oa/quota/group', { quota_owner: 'OA', quota_type: 'reward_quota' }),
    { error: 0, data: [] },
  ],
  ['16.1', '-201 no owner', (z) => z.post('/v3.0/oa/quota/group', {}), { error: -201 }],
  [
    '16.1',
    '-201 a kind by the name of something every object has',
    (z) => z.post('/v3.0/oa/quota/group', { quota_owner: 'OA', product_type: 'constructor' }),
    { error: -201 },
  ],
  ['16.1', '-210 a name past 30', named, { error: -210 }, (z) => z.account({ admins: [AN] })],
  [
    '16.1',
    'a longer one, where that is chosen',
    named,
    { error: 0 },
    (z) => z.account({ admins: [AN], groupNameMax: 100 }),
  ],
]);

const people = (is_follower: unknown) => (z: Zalo) =>
  z.read('/v3.0/oa/user/getlist', { offset: 0, count: 10, is_follower });
const byPhone = (more: object) => (z: Zalo) =>
  z.post('/message/template', {
    ...{ phone: '84900000001', template_id: '512345', template_data: DATA },
    ...more,
  });
const HASH = createHash('sha256').update('84911111111').digest('hex');
const byHash = (z: Zalo) =>
  z.post('/message/template/hashphone', { hash_phone: HASH, template_id: '512345', template_data: DATA });
const TIMES = { from_time: '1794200000000', to_time: '1794300000000', offset: '0', limit: '10' };

contract('people, quotas and templates', [
  ['16.3', 'is_follower as a boolean', people(true), { data: { users: [{ user_id: BINH }] } }, follows],
  ['16.3', 'is_follower as a text', people('true'), { data: { users: [{ user_id: BINH }] } }, follows],
  ['16.3', '-201 is_follower as a number', people(1), { error: -201 }],
  [
    '16.3',
    'the own quota: only the owner must be named',
    (z) => z.post('/v3.0/oa/quota/message', { quota_owner: 'OA' }),
    { error: 0, data: [{ product_type: 'cs', quota_type: 'sub_quota' }] },
  ],
  [
    '16.3',
    '-501 personal data from abroad',
    (z) => z.read('/v3.0/oa/user/detail', { user_id: AN }),
    { error: -501, message: expect.stringContaining('not inside Vietnam') },
    (z) => z.account({ abroad: true }),
  ],
  [
    '16.3',
    'a message from abroad',
    (z) => z.cs({ text: 'a' }),
    { error: 0 },
    (z) => z.account({ abroad: true }),
  ],
  ['16.4', 'sending_mode as a number', byPhone({ sending_mode: 1 }), { data: { sending_mode: '1' } }],
  ['16.4', '-161 another number', byPhone({ sending_mode: 2 }), { error: -161 }],
  ['16.4', '-132 a mode of production', byPhone({ mode: 'production' }), { error: -132 }],
  ['16.4', 'the hash of a phone that nobody told', byHash, { error: 0 }],
  [
    '16.4',
    '-118 the same, where few have Zalo',
    byHash,
    { error: -118 },
    (z) => z.account({ phones: 'listed' }),
  ],
  [
    '16.4',
    'a template by the call before',
    (z) => z.get('/template/info', { template_id: '512345' }),
    { data: { templateId: '512345' } },
  ],
  ['16.4', 'ratings by GET', (z) => z.get('/rating/get', TIMES), { data: { total: 0, data: [] } }],
  ['16.4', '-132 ratings by GET without times', (z) => z.get('/rating/get'), { error: -132 }],
  ['16.4', '-132 a status in words', (z) => z.get('/template/all', { status: 'ENABLE' }), { error: -132 }],
  ['16.4', 'the fifth status', (z) => z.get('/template/all', { status: '5' }), { metadata: { total: 0 } }],
]);

function follows(z: Zalo): Promise<unknown> {
  return z.act(BINH, 'follow');
}

it.each([
  ['object', '{}'],
  ['empty', ''],
])('16.5 probes with %s and no signature', async (probe, body) => {
  await inZalo(async (z) => {
    expect((await z.sim('/webhook', { probe })).status).toBe(200);
    const { raw: sent, headers } = z.hook.got.at(-1) as { raw: string; headers: Json };
    expect(sent).toBe(body);
    expect(headers).not.toHaveProperty('x-zevent-signature');
  });
});

it('16.5 signs the time of a header instead of the body, where that is chosen', async () => {
  await inZalo(async (z) => {
    await z.sim('/webhook', { signedTime: 'header' });
    await z.act(AN, 'type', { text: 'hai' });
    const { raw: sent, headers, event } = z.hook.got.at(-1) as { raw: string; headers: Json; event: Json };
    const time: string = headers['x-zevent-timestamp'];
    expect(time).not.toBe(event.timestamp);
    const mac = createHash('sha256')
      .update(IDS.app + sent + time + SECRETS.oa)
      .digest('hex');
    expect(headers['x-zevent-signature']).toBe(`mac=${mac}`);
  });
});
