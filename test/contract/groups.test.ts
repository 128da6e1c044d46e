import { AN, BINH, CHI, contract, DAY, IDS, STRANGER, type Json, type Zalo } from './world';

/** Section 5: groups of the account. Reads take plain parameters and `data=` alike. */

const G = '/v3.0/oa/group';
const create = (z: Zalo, more: object = {}) =>
  z.post(`${G}/creategroupwithoa`, {
    ...{ group_name: 'Tổ dân phố 4', asset_id: 'fake-asset-1', member_user_ids: [AN, BINH] },
    ...more,
  });
const admins = async (z: Zalo) => {
  await z.account({ admins: [AN] });
  await z.act(BINH, 'type', { text: 'chào' });
};
/** Something done in a group of An, Bình and Chi. */
const inGroup = (act: (z: Zalo, group: string) => Promise<Json>) => async (z: Zalo) =>
  act(z, await z.group(BINH, CHI));
const members = (path: string, users: readonly string[]) =>
  inGroup((z, group_id) => z.post(`${G}/${path}`, { group_id, member_user_ids: users }));
const post = (message: object) =>
  inGroup((z, group_id) => z.post(`${G}/message`, { recipient: { group_id }, message }));
const expired = (id: string, more = {}) => ({
  id,
  product: 'gmf10',
  validThrough: '2026-11-01T00:00:00+07:00',
  ...more,
});
const valid = (id: string, more = {}) => expired(id, { validThrough: '2027-11-01T00:00:00+07:00', ...more });
/** The asset of every group runs out. */
const runOut = (z: Zalo, group: string) =>
  z.sim('/assets', expired('fake-asset-1', { product: 'gmf100', usedId: group }));
const removeOa = (z: Zalo, group: string) => z.sim('/groups', { group, act: 'remove_oa' });
const asking = (z: Zalo, user: string, group: string) => z.sim('/groups', { group, user, act: 'ask' });

contract('making a group', [
  [
    '5.2',
    'the places that were bought',
    (z) =>
      z.post('/v3.0/oa/quota/group', { quota_owner: 'OA', product_type: 'gmf100', quota_type: 'sub_quota' }),
    {
      error: 0,
      data: [
        {
          asset_id: 'fake-asset-1',
          product_type: 'gmf100',
          quota_type: 'sub_quota',
          status: 'available',
          used_id: '',
          auto_renew: false,
          valid_through: expect.stringMatching(/^\d\d\/\d\d\/\d{4}$/),
        },
      ],
    },
  ],
  [
    '5.2',
    'a place that is used',
    async (z) => {
      const group = await z.group(BINH);
      const { data } = await z.post('/v3.0/oa/quota/group', {
        quota_owner: 'OA',
        product_type: 'gmf100',
        quota_type: 'sub_quota',
      });
      return { ...data[0], mine: data[0].used_id === group };
    },
    { status: 'used', mine: true },
  ],
  [
    '5.2',
    '-201 an unknown kind of place',
    (z) =>
      z.post('/v3.0/oa/quota/group', { quota_owner: 'OA', product_type: 'gmf5', quota_type: 'sub_quota' }),
    { error: -201 },
  ],
  [
    '5.2',
    'a group',
    (z) => create(z),
    {
      error: 0,
      data: {
        name: 'Tổ dân phố 4',
        group_id: expect.stringMatching(/^[0-9a-f]{20}$/),
        status: 'enabled',
        total_member: 3,
        max_member: 100,
        group_link: expect.stringContaining('https://zalo.me/g/'),
        group_description: '',
        avatar: '',
        auto_delete_date: expect.any(String),
      },
    },
    admins,
  ],
  [
    '5.2',
    '-201 without an admin of the account',
    (z) => create(z, { member_user_ids: [BINH] }),
    { error: -201 },
    admins,
  ],
  ['5.2', '-201 without members', (z) => create(z, { member_user_ids: [] }), { error: -201 }, admins],
  [
    '5.4',
    '-210 with more than 99',
    (z) => create(z, { member_user_ids: Array.from({ length: 100 }, () => AN) }),
    { error: -210 },
    admins,
  ],
  [
    '5.2',
    '-201 with a stranger',
    (z) => create(z, { member_user_ids: [AN, STRANGER] }),
    { error: -201 },
    admins,
  ],
  [
    '5.1',
    '-213 with somebody who has not written for seven days',
    async (z) => {
      await z.muchLater(8 * DAY);
      await z.act(AN, 'type', { text: 'a' });
      return create(z);
    },
    { error: -213 },
    admins,
  ],
  [
    '5.1',
    'a follower may be invited whenever',
    async (z) => {
      await z.act(BINH, 'follow');
      await z.muchLater(8 * DAY);
      await z.act(AN, 'type', { text: 'a' });
      return create(z);
    },
    { error: 0 },
    admins,
  ],
  ['5.2', '-201 without name', (z) => create(z, { group_name: '' }), { error: -201 }, admins],
  ['5.2', '-201 an unknown asset', (z) => create(z, { asset_id: 'x' }), { error: -201 }, admins],
  [
    '8.1',
    '-238 an asset that ran out',
    (z) => create(z, { asset_id: 'old' }),
    { error: -238 },
    async (z) => {
      await admins(z);
      await z.sim('/assets', expired('old'));
    },
  ],
  ['8.1', '-241 an asset in use', inGroup((z) => create(z)), { error: -241 }],
  [
    '5.1',
    '-210 more members than the asset holds',
    async (z) => {
      const users = Array.from({ length: 9 }, (_, i) => `33445566778899002${10 + i}`);
      for (const user of users) await z.act(user, 'follow');
      return create(z, { asset_id: 'ten', member_user_ids: [AN, ...users] });
    },
    { error: -210 },
    async (z) => {
      await admins(z);
      await z.sim('/assets', valid('ten'));
    },
  ],
]);

const whole = {
  group_info: { name: 'Tổ dân phố 4', total_member: 4, max_member: 100 },
  asset_info: {
    asset_type: 'gmf100',
    asset_id: 'fake-asset-1',
    auto_renew: false,
    valid_through: expect.any(String),
  },
  group_setting: { lock_send_msg: false, join_appr: false, enable_msg_history: true, enable_link_join: true },
};

contract('reading and changing', [
  [
    '5.2',
    'a group, by plain parameter',
    inGroup((z, group_id) => z.get(`${G}/getgroup`, { group_id })),
    { error: 0, data: whole },
  ],
  [
    '5.2',
    'a group, by data=',
    inGroup((z, group_id) => z.read(`${G}/getgroup`, { group_id })),
    { error: 0, data: whole },
  ],
  ['5.2', '-201 an unknown group', (z) => z.get(`${G}/getgroup`, { group_id: 'x' }), { error: -201 }],
  [
    '5.2',
    'all groups',
    inGroup((z) => z.get(`${G}/getgroupsofoa`, { offset: '0', count: '5' })),
    { data: { total: 1, count: 5, offset: 0, groups: [{ name: 'Tổ dân phố 4' }] } },
  ],
  [
    '5.2',
    'all groups, five a page when not told',
    inGroup((z) => z.get(`${G}/getgroupsofoa`)),
    { data: { total: 1 } },
  ],
  [
    '5.2',
    '-201 more than 50 a page',
    (z) => z.get(`${G}/getgroupsofoa`, { offset: '0', count: '51' }),
    { error: -201 },
  ],
  [
    '5.2',
    'new name and switches',
    inGroup((z, group_id) =>
      z.post(`${G}/updateinfo`, { group_id, group_name: 'Tổ 5', lock_send_msg: true }),
    ),
    {
      error: 0,
      data: { group_info: { name: 'Tổ 5' }, group_setting: { lock_send_msg: true, join_appr: false } },
    },
  ],
  [
    '5.2',
    '-201 a switch that is none',
    inGroup((z, group_id) => z.post(`${G}/updateinfo`, { group_id, join_appr: 'yes' })),
    { error: -201 },
  ],
  [
    '5.2',
    'another asset',
    inGroup((z, group_id) => z.post(`${G}/updateasset`, { group_id, asset_id: 'new' })),
    { error: 0, data: { asset_info: { asset_id: 'new', asset_type: 'gmf10' } } },
    (z) => z.sim('/assets', valid('new')),
  ],
  [
    '5.2',
    'another asset mends a group that ran out',
    inGroup(async (z, group_id) => {
      await runOut(z, group_id);
      await z.sim('/assets', valid('new'));
      await z.post(`${G}/updateasset`, { group_id, asset_id: 'new' });
      return z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'a' } });
    }),
    { error: 0 },
  ],
  [
    '5.2',
    'the end of a group',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/delete`, { group_id });
      return z.get(`${G}/getgroup`, { group_id });
    }),
    { error: -403 },
  ],
  [
    '5.2',
    'the end of a group frees its asset',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/delete`, { group_id });
      return create(z);
    }),
    { error: 0 },
  ],
]);

contract('members', [
  [
    '5.2',
    'all of them, the account too',
    inGroup((z, group_id) => z.get(`${G}/listmember`, { group_id, offset: '0', count: '5' })),
    {
      data: { total: 4, members: [{ oa_id: IDS.oa }, { user_id: AN }, { user_id: BINH }, { user_id: CHI }] },
    },
  ],
  [
    '5.2',
    'a page of them',
    inGroup((z, group_id) => z.get(`${G}/listmember`, { group_id, offset: '1', count: '2' })),
    { data: { total: 4, count: 2, members: [{ user_id: AN }, { user_id: BINH }] } },
  ],
  [
    '5.2',
    'an invitation',
    async (z) => {
      const group_id = await z.group(BINH);
      await z.act(CHI, 'follow');
      return z.post(`${G}/invite`, { group_id, member_user_ids: [CHI] });
    },
    { error: 0 },
  ],
  [
    '8.1',
    '-217 who blocked invitations',
    async (z) => {
      const group_id = await z.group(BINH);
      await z.act(CHI, 'follow');
      await z.act(CHI, 'refuse', { code: -217 });
      return z.post(`${G}/invite`, { group_id, member_user_ids: [CHI] });
    },
    { error: -217 },
  ],
  ['5.2', '-201 an invitation of nobody', members('invite', []), { error: -201 }],
  [
    '5.2',
    'who asked to join',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/updateinfo`, { group_id, join_appr: true });
      await asking(z, STRANGER, group_id);
      return z.get(`${G}/listpendinginvite`, { group_id, offset: '0', count: '5' });
    }),
    { data: { total: 1, members: [{ user_id: STRANGER }] } },
    (z) => z.act(STRANGER, 'follow'),
  ],
  [
    '5.2',
    'is let in',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/updateinfo`, { group_id, join_appr: true });
      await asking(z, STRANGER, group_id);
      return z.post(`${G}/acceptpendinginvite`, { group_id, member_user_ids: [STRANGER] });
    }),
    { error: 0 },
    (z) => z.act(STRANGER, 'follow'),
  ],
  [
    '5.2',
    'or is not',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/updateinfo`, { group_id, join_appr: true });
      await asking(z, STRANGER, group_id);
      await z.post(`${G}/rejectpendinginvite`, { group_id, member_user_ids: [STRANGER] });
      return z.get(`${G}/listpendinginvite`, { group_id, offset: '0', count: '5' });
    }),
    { data: { total: 0 } },
    (z) => z.act(STRANGER, 'follow'),
  ],
  ['5.2', '-201 letting in who did not ask', members('acceptpendinginvite', [AN]), { error: -201 }],
  ['5.2', '-201 refusing who did not ask', members('rejectpendinginvite', [AN]), { error: -201 }],
  ['5.2', 'a new admin', members('addadmins', [BINH]), { error: 0 }],
  ['5.2', 'an admin no more', members('removeadmins', [AN]), { error: 0 }],
  ['5.2', '-201 an admin who is no member', members('addadmins', [STRANGER]), { error: -201 }],
  [
    '5.2',
    'a member put out',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/removemembers`, { group_id, member_user_ids: [CHI] });
      return z.get(`${G}/listmember`, { group_id, offset: '0', count: '5' });
    }),
    { data: { total: 3 } },
  ],
]);

contract('posting', [
  [
    '5.3',
    'a text',
    post({ text: 'Họp 19:30' }),
    { error: 0, data: { message_id: expect.any(String), group_id: expect.any(String) } },
  ],
  ['5.3', 'a mention', post({ text: `[@${AN}] hồ sơ đã xong` }), { error: 0 }],
  ['5.3', '-210 over 2000', post({ text: 'a'.repeat(2001) }), { error: -210 }],
  ['5.3', '-201 empty', post({ text: '' }), { error: -201 }],
  [
    '5.3',
    'a picture',
    post({
      attachment: {
        type: 'template',
        payload: {
          template_type: 'media',
          elements: [{ media_type: 'image', url: 'https://example.vn/a.jpg' }],
        },
      },
    }),
    { error: 0 },
  ],
  [
    '5.3',
    '-233 buttons',
    post({
      text: 'a',
      attachment: {
        type: 'template',
        payload: { buttons: [{ title: 'a', type: 'oa.query.show', payload: 'a' }] },
      },
    }),
    { error: -233 },
  ],
  [
    '5.3',
    'a quote',
    inGroup(async (z, group_id) => {
      const { group } = await z.sim('/groups', { group: group_id, user: AN, act: 'say', text: 'hỏi' });
      return z.post(`${G}/message`, {
        recipient: { group_id },
        message: { text: 'Dạ', quote_message_id: group.chat[0].id },
      });
    }),
    { error: 0 },
  ],
  [
    '3.3',
    'at night',
    inGroup((z, group_id) => {
      z.at('2026-11-10T23:00:00+07:00');
      return z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'a' } });
    }),
    { error: 0 },
  ],
  [
    '5.3',
    '-201 an unknown group',
    (z) => z.post(`${G}/message`, { recipient: { group_id: 'x' }, message: { text: 'a' } }),
    { error: -201 },
  ],
  [
    '8.1',
    '-237 a group whose asset ran out',
    inGroup(async (z, group_id) => {
      await runOut(z, group_id);
      return z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'a' } });
    }),
    { error: -237 },
  ],
  [
    '8.1',
    '-403 a group without the account',
    inGroup(async (z, group_id) => {
      await removeOa(z, group_id);
      return z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'a' } });
    }),
    { error: -403 },
  ],
  [
    '5.2',
    'what was said, newest first',
    inGroup(async (z, group_id) => {
      await z.sim('/groups', { group: group_id, user: AN, act: 'say', text: 'hỏi' });
      await z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'đáp' } });
      return z.get(`${G}/conversation`, { group_id, offset: '0', count: '5' });
    }),
    {
      data: [
        { src: 0, message: 'đáp', from_id: IDS.oa },
        { src: 1, message: 'hỏi', from_id: AN },
      ],
    },
  ],
  [
    '5.2',
    'the last words of each group',
    inGroup(async (z, group_id) => {
      await z.post(`${G}/message`, { recipient: { group_id }, message: { text: 'đáp' } });
      return z.get(`${G}/listrecentchat`, { offset: '0', count: '5' });
    }),
    { data: [{ message: 'đáp' }] },
  ],
]);
