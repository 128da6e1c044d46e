import { AN, BINH, CHI, contract, DAY, IDS, STRANGER, times, type Zalo } from './world';

/** Section 7: people, tags, history, uploads, quotas, the account. */

const detail = (z: Zalo) => z.read('/v3.0/oa/user/detail', { user_id: AN });
const list =
  (more: object = {}) =>
  (z: Zalo) =>
    z.read('/v3.0/oa/user/getlist', { offset: 0, count: 50, ...more });
const update =
  (more: object, user_id = AN) =>
  (z: Zalo) =>
    z.post('/v3.0/oa/user/update', { user_id, ...more });
const tag = (verb: string, more: object) => (z: Zalo) => z.post(`/v2.0/oa/tag/${verb}`, more);
const tagAn = tag('tagfollower', { user_id: AN, tag_name: 'Thôn 07' });
const talk =
  (more: object = {}) =>
  (z: Zalo) =>
    z.read('/v2.0/oa/conversation', { user_id: AN, offset: 0, count: 10, ...more });

contract('people', [
  [
    '7.1',
    'particulars',
    detail,
    {
      error: 0,
      data: {
        user_id: AN,
        user_id_by_app: expect.stringMatching(/^\d+$/),
        user_is_follower: false,
        user_last_interaction_date: '10/11/2026',
        display_name: expect.any(String),
        user_alias: '',
        user_external_id: '',
        is_sensitive: false,
        avatars: { '120': expect.any(String) },
        dynamic_param: '',
        tags_and_notes_info: { notes: [], tag_names: [] },
        shared_info: { phone: '', name: '' },
      },
    },
  ],
  ['7.1', 'a follower', detail, { data: { user_is_follower: true } }, (z) => z.act(AN, 'follow')],
  ['7.1', '-201 a stranger', (z) => z.read('/v3.0/oa/user/detail', { user_id: STRANGER }), { error: -201 }],
  [
    '7.1',
    '-213 who was never in touch',
    (z) => z.read('/v3.0/oa/user/detail', { user_id: BINH }),
    { error: -213 },
    (z) => z.act(BINH, 'see'),
  ],
  ['0.3', '-201 plain parameters', (z) => z.get('/v3.0/oa/user/detail', { user_id: AN }), { error: -201 }],
  ['7.2', 'a list', list(), { data: { total: 1, count: 1, offset: 0, users: [{ user_id: AN }] } }],
  [
    '0.3',
    '-201 a list by plain parameters',
    (z) => z.get('/v3.0/oa/user/getlist', { offset: '0', count: '50' }),
    { error: -201 },
  ],
  ['7.2', '-210 more than 50 a page', list({ count: 51 }), { error: -210 }],
  ['7.2', 'the last offset', list({ offset: 9951 }), { error: 0, data: { users: [] } }],
  ['7.2', '-210 an offset over 9951', list({ offset: 9952 }), { error: -210 }],
  [
    '7.2',
    'by tag',
    list({ tag_name: 'Thôn 07' }),
    { data: { total: 1 } },
    async (z) => {
      await z.act(BINH, 'follow');
      await tagAn(z);
    },
  ],
  [
    '7.2',
    'followers only',
    list({ is_follower: 'true' }),
    { data: { users: [{ user_id: BINH }] } },
    (z) => z.act(BINH, 'follow'),
  ],
  [
    '7.2',
    'others only',
    list({ is_follower: 'false' }),
    { data: { users: [{ user_id: AN }] } },
    (z) => z.act(BINH, 'follow'),
  ],
  ['7.2', '-201 is_follower that is neither', list({ is_follower: 'yes' }), { error: -201 }],
  ...(
    [
      ['TODAY', [CHI]],
      ['YESTERDAY', [BINH]],
      ['L7D', [BINH, CHI]],
      ['L30D', [AN, BINH, CHI]],
      ['2026_11_10:2026_11_18', [AN]],
    ] as const
  ).map(
    ([last_interaction_period, users]) =>
      [
        '7.2',
        `in touch ${last_interaction_period}`,
        list({ last_interaction_period }),
        { data: { users: users.map((user_id) => ({ user_id })) } },
        async (z: Zalo) => {
          await z.muchLater(9 * DAY);
          await z.act(BINH, 'type', { text: 'a' });
          await z.muchLater(DAY);
          await z.act(CHI, 'type', { text: 'a' });
        },
      ] as const,
  ),
  ['7.2', '-201 an unknown period', list({ last_interaction_period: 'L90D' }), { error: -201 }],
  [
    '7.3',
    'an own name and key',
    async (z) => {
      await update({
        user_alias: 'Bác An',
        user_external_id: 'thon07-1',
        shared_info: { phone: '84900000001' },
      })(z);
      return detail(z);
    },
    { data: { user_alias: 'Bác An', user_external_id: 'thon07-1', shared_info: { phone: '84900000001' } } },
  ],
  [
    '7.3',
    '-201 a key that another has',
    async (z) => {
      await update({ user_external_id: 'k' })(z);
      return update({ user_external_id: 'k' }, BINH)(z);
    },
    { error: -201 },
    (z) => z.act(BINH, 'follow'),
  ],
  ['7.3', '-201 an unknown field', update({ shared_info: { religion: 'x' } }), { error: -201 }],
  ['7.3', '-201 a stranger', update({ user_alias: 'x' }, STRANGER), { error: -201 }],
  [
    '7.3',
    'forgetting what was kept',
    async (z) => {
      await update({ user_alias: 'Bác An' })(z);
      await z.post('/v2.0/oa/deletefollowerinfo', { user_id: AN });
      return detail(z);
    },
    { data: { user_alias: '' } },
  ],
]);

contract('tags', [
  [
    '7.4',
    'a tag is made by its first use',
    async (z) => {
      await tagAn(z);
      return z.get('/v2.0/oa/tag/gettagsofoa');
    },
    { error: 0, data: ['Thôn 07'] },
  ],
  [
    '7.4',
    'and stands in the particulars',
    async (z) => {
      await tagAn(z);
      return detail(z);
    },
    { data: { tags_and_notes_info: { tag_names: ['Thôn 07'] } } },
  ],
  ['7.4', '-201 a stranger', tag('tagfollower', { user_id: STRANGER, tag_name: 'a' }), { error: -201 }],
  ['7.4', '-201 no name', tag('tagfollower', { user_id: AN, tag_name: '' }), { error: -201 }],
  [
    '7.4',
    'off a person',
    async (z) => {
      await tagAn(z);
      await tag('rmfollowerfromtag', { user_id: AN, tag_name: 'Thôn 07' })(z);
      return detail(z);
    },
    { data: { tags_and_notes_info: { tag_names: [] } } },
  ],
  [
    '7.4',
    'off everybody',
    async (z) => {
      await tagAn(z);
      await tag('rmtag', { tag_name: 'Thôn 07' })(z);
      return z.get('/v2.0/oa/tag/gettagsofoa');
    },
    { data: [] },
  ],
  ['7.4', '-201 an unknown tag', tag('rmtag', { tag_name: 'x' }), { error: -201 }],
]);

contract('history', [
  [
    '7.5',
    'a talk, newest first',
    async (z) => {
      await z.cs({ text: 'Dạ' });
      return talk()(z);
    },
    {
      data: [
        {
          src: 0,
          type: 'text',
          message: 'Dạ',
          from_id: IDS.oa,
          to_id: AN,
          message_id: expect.any(String),
          time: 1794272400000,
        },
        { src: 1, message: 'chào', from_id: AN, to_id: IDS.oa },
      ],
    },
  ],
  [
    '7.5',
    'a photo in it',
    talk({ count: 1 }),
    { data: [{ src: 1, type: 'photo', url: expect.stringContaining('http') }] },
    (z) => z.act(AN, 'send', { kind: 'image' }),
  ],
  [
    '7.5',
    'a voice note in it',
    talk({ count: 1 }),
    { data: [{ type: 'voice' }] },
    (z) => z.act(AN, 'send', { kind: 'audio' }),
  ],
  [
    '7.5',
    'a page of it',
    talk({ offset: 1, count: 1 }),
    { data: [{ message: 'chào' }] },
    (z) => z.act(AN, 'type', { text: 'hai' }),
  ],
  ['7.5', '-210 more than ten', talk({ count: 11 }), { error: -210 }],
  ['7.5', '-201 a stranger', talk({ user_id: STRANGER }), { error: -201 }],
  [
    '0.3',
    '-201 plain parameters',
    (z) => z.get('/v2.0/oa/conversation', { user_id: AN, offset: '0', count: '10' }),
    { error: -201 },
  ],
  [
    '7.5',
    'the last words of everybody',
    (z) => z.read('/v2.0/oa/listrecentchat', { offset: 0, count: 10 }),
    {
      data: [
        { message: 'sau', from_id: BINH },
        { message: 'chào', from_id: AN },
      ],
    },
    async (z) => {
      z.later(1000);
      await z.act(BINH, 'type', { text: 'sau' });
    },
  ],
  [
    '7.5',
    '-210 more than ten of them',
    (z) => z.read('/v2.0/oa/listrecentchat', { offset: 0, count: 11 }),
    { error: -210 },
  ],
  [
    '0.3',
    '-201 plain parameters for them',
    (z) => z.get('/v2.0/oa/listrecentchat', { offset: '0', count: '10' }),
    { error: -201 },
  ],
]);

const MB = 1_048_576;
const upload = (kind: string, name: string | null, size?: number) => (z: Zalo) => z.upload(kind, name, size);
contract('uploads', [
  ...['a.jpg', 'a.JPG', 'a.png'].map(
    (name) =>
      [
        '7.6',
        `an image ${name}`,
        upload('image', name),
        { error: 0, data: { attachment_id: expect.any(String) } },
      ] as const,
  ),
  ['7.6', 'an image of 1 MB', upload('image', 'a.jpg', MB), { error: 0 }],
  ['7.6', '-210 an image over 1 MB', upload('image', 'a.jpg', MB + 1), { error: -210 }],
  ['7.6', '-201 an image of another kind', upload('image', 'a.gif'), { error: -201 }],
  ['7.6', 'a gif', upload('gif', 'a.gif'), { error: 0, data: { attachment_id: expect.any(String) } }],
  ['7.6', 'a gif of 5 MB', upload('gif', 'a.gif', 5 * MB), { error: 0 }],
  ['7.6', '-210 a gif over 5 MB', upload('gif', 'a.gif', 5 * MB + 1), { error: -210 }],
  ['7.6', '-201 a gif that is none', upload('gif', 'a.png'), { error: -201 }],
  ...['a.pdf', 'a.doc', 'a.docx', 'a.csv'].map(
    (name) =>
      [
        '7.6',
        `a file ${name}`,
        upload('file', name),
        { error: 0, data: { token: expect.any(String) } },
      ] as const,
  ),
  ['7.6', '-210 a file over 5 MB', upload('file', 'a.pdf', 5 * MB + 1), { error: -210 }],
  ['7.6', '-201 a file of another kind', upload('file', 'a.exe'), { error: -201 }],
  [
    '7.6',
    'a name without extension gives empty data',
    async (z) => ({ keys: Object.keys((await z.upload('image', 'anh')).data) }),
    { keys: [] },
  ],
  ['7.6', '-201 no field file', upload('image', null), { error: -201 }],
  [
    '7.6',
    '-201 a body that is no form',
    (z) => z.post('/v2.0/oa/upload/image', { file: 'a' }),
    { error: -201 },
  ],
  [
    '9',
    '-211 over the number of a month',
    (z) => times(3, () => z.upload('image', 'a.jpg')),
    { error: -211 },
    (z) => z.account({ uploadsPerMonth: 2 }),
  ],
  [
    '9',
    'the next month has its own',
    async (z) => {
      await times(2, () => z.upload('image', 'a.jpg'));
      z.at('2026-12-01T00:00:00+07:00');
      await z.consent();
      return z.upload('image', 'a.jpg');
    },
    { error: 0 },
    (z) => z.account({ uploadsPerMonth: 2 }),
  ],
]);

const quota = (body: object) => (z: Zalo) => z.post('/v3.0/oa/quota/message', body);
contract('quotas and the account', [
  [
    '7.7',
    'of a person',
    quota({ user_id: AN }),
    {
      error: 0,
      data: {
        last_interaction: '1794272400000',
        cs_reply: { remain: 8, total: 8 },
        promotion: { daily_remain: 0, daily_total: 1, monthly_remain: 4, monthly_total: 6 },
      },
    },
  ],
  ['7.7', '-201 of a stranger', quota({ user_id: STRANGER }), { error: -201 }],
  [
    '7.7',
    'of the account',
    quota({ quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' }),
    {
      data: [
        {
          asset_id: expect.any(String),
          product_type: 'cs',
          quota_type: 'sub_quota',
          valid_through: '30/11/2026',
          total: 500,
          remain: 500,
        },
      ],
    },
  ],
  [
    '7.7',
    'of the account, after a paid message',
    async (z) => {
      await z.cs({ text: 'a' });
      return quota({ quota_owner: 'OA', product_type: 'cs', quota_type: 'sub_quota' })(z);
    },
    { data: [{ remain: 499 }] },
    (z) => z.muchLater(3 * DAY),
  ],
  [
    '7.7',
    'bought messages',
    quota({ quota_owner: 'OA', product_type: 'cs', quota_type: 'purchase_quota' }),
    { data: [{ total: 7, remain: 7 }] },
    (z) => z.account({ quota: { purchased: 7 } }),
  ],
  [
    '7.7',
    'nothing bought',
    quota({ quota_owner: 'OA', product_type: 'cs', quota_type: 'purchase_quota' }),
    { data: [] },
  ],
  [
    '7.7',
    'nothing redeemed',
    quota({ quota_owner: 'OA', product_type: 'cs', quota_type: 'reward_quota' }),
    { data: [] },
  ],
  [
    '7.7',
    '-201 an unknown owner',
    quota({ quota_owner: 'X', product_type: 'cs', quota_type: 'sub_quota' }),
    { error: -201 },
  ],
  [
    '7.7',
    '-201 an unknown product',
    quota({ quota_owner: 'OA', product_type: 'x', quota_type: 'sub_quota' }),
    { error: -201 },
  ],
  [
    '7.7',
    '-201 an unknown kind',
    quota({ quota_owner: 'OA', product_type: 'cs', quota_type: 'x' }),
    { error: -201 },
  ],
  [
    '7.7',
    'the older call',
    (z) => z.post('/v2.0/oa/quota/message'),
    { data: { type: 'active', remain: 2000, total: 2000 } },
  ],
  [
    '7.8',
    'the account',
    (z) => z.get('/v2.0/oa/getoa'),
    {
      data: {
        oaid: IDS.oa,
        name: expect.any(String),
        is_verified: true,
        oa_type: 4,
        num_follower: 1,
        package_name: 'Tăng trưởng',
        package_valid_through_date: expect.stringMatching(/^\d\d\/\d\d\/\d{4}$/),
        linked_ZCA: expect.any(String),
      },
    },
    (z) => z.act(AN, 'follow'),
  ],
]);
