import { AN, contract, inZalo, STRANGER, type Json, type Zalo } from './world';

/** Sections 7.3 and 7.9: fields of the account's own, articles; and the calls that are documented in name only. */

const make = (name: unknown) => (z: Zalo) => z.post('/v3.0/oa/userfield/create', { name });
const list = (z: Zalo) => z.get('/v3.0/oa/userfield/get');
const change = (verb: 'update' | 'delete', more: object) => (z: Zalo) =>
  z.post(`/v3.0/oa/userfield/${verb}`, more);
const read =
  (more: object = {}) =>
  (z: Zalo) =>
    z.read('/v3.0/oa/user/detail/custominfo', { user_id: AN, ...more });
const write =
  (custom_info: unknown, user_id = AN) =>
  (z: Zalo) =>
    z.post('/v3.0/oa/user/update/custominfo', { user_id, custom_info });
const village = make('thon');
const first = async (z: Zalo): Promise<Json> => (await list(z)).data[0];

contract('fields of the account’s own', [
  ['7.3', 'none at first', list, { error: 0, data: [] }],
  ['7.3', 'a new one', village, { error: 0, data: { id: expect.any(String), name: 'thon' } }],
  ['7.3', 'is listed', list, { data: [{ id: expect.any(String), name: 'thon' }] }, village],
  ['7.3', '-201 one without a name', make(''), { error: -201 }],
  ['7.3', '-201 a name that is taken', village, { error: -201 }, village],
  [
    '7.3',
    'another name keeps what stands in it',
    async (z) => {
      await write({ thon: 'Đông Lâm' })(z);
      await change('update', { id: (await first(z)).id, name: 'noi_o' })(z);
      return read()(z);
    },
    { data: { user_id: AN, custom_info: { noi_o: 'Đông Lâm' } } },
    village,
  ],
  [
    '7.3',
    '-201 another name that is taken',
    async (z) => {
      await make('to')(z);
      return change('update', { id: (await first(z)).id, name: 'to' })(z);
    },
    { error: -201 },
    village,
  ],
  ['7.3', '-201 another name for none', change('update', { id: 'x', name: 'to' }), { error: -201 }],
  [
    '7.3',
    'one that is taken away',
    async (z) => {
      await change('delete', { id: (await first(z)).id })(z);
      return list(z);
    },
    { data: [] },
    village,
  ],
  ['7.3', '-201 none to take away', change('delete', { id: 'x' }), { error: -201 }],
  ['7.3', 'nothing stands in it yet', read(), { data: { custom_info: { thon: '' } } }, village],
  [
    '7.3',
    'only what is asked for',
    read({ fields: ['to'] }),
    { data: { custom_info: { to: '' } } },
    async (z) => {
      await village(z);
      await make('to')(z);
    },
  ],
  ['7.3', '-201 a field nobody made, read', read({ fields: ['to'] }), { error: -201 }, village],
  ['7.3', '-201 a field nobody made, written', write({ to: '7' }), { error: -201 }, village],
  ['7.3', '-201 a value that is no text', write({ thon: 7 }), { error: -201 }, village],
  ['7.3', '-201 nothing to write', write({}), { error: -201 }, village],
  ['7.3', '-201 a stranger, read', read({ user_id: STRANGER }), { error: -201 }, village],
  ['7.3', '-201 a stranger, written', write({ thon: 'x' }, STRANGER), { error: -201 }, village],
  [
    '0.3',
    '-201 plain parameters',
    (z) => z.get('/v3.0/oa/user/detail/custominfo', { user_id: AN }),
    { error: -201 },
  ],
  [
    '7.3',
    'is forgotten with the person',
    async (z) => {
      await write({ thon: 'Đông Lâm' })(z);
      await z.post('/v2.0/oa/deletefollowerinfo', { user_id: AN });
      return read()(z);
    },
    { data: { custom_info: { thon: '' } } },
    village,
  ],
  ['1.1', '-223 was not granted', list, { error: -223 }, (z) => z.account({ withheld: ['fields'] })],
]);

const ARTICLE = {
  title: 'Ngày hội chuyển đổi số',
  author: 'UBND xã',
  description: 'Mời bà con đến dự.',
  cover: { cover_type: 'photo', photo_url: 'https://example.vn/a.jpg' },
  body: [{ type: 'text', content: '7 giờ 30 tại nhà văn hóa.' }],
};
const article =
  (more: object = {}) =>
  (z: Zalo) =>
    z.post('/v2.0/article/create', { type: 'normal', ...ARTICLE, ...more });

contract('articles', [
  ['7.9', 'the job of making one', article(), { error: 0, data: { token: expect.any(String) } }],
  ['7.9', 'shown at once', article({ status: 'show' }), { error: 0 }],
  ['7.9', '-201 neither shown nor hidden', article({ status: 'draft' }), { error: -201 }],
  ...(
    [
      ['title', 150],
      ['author', 50],
      ['description', 300],
    ] as const
  ).flatMap(
    ([name, most]) =>
      [
        ['7.9', `${name} of ${most}`, article({ [name]: 'Ế'.normalize('NFD').repeat(most) }), { error: 0 }],
        ['7.9', `-210 ${name} over ${most}`, article({ [name]: 'a'.repeat(most + 1) }), { error: -210 }],
        ['7.9', `-201 no ${name}`, article({ [name]: '' }), { error: -201 }],
      ] as const,
  ),
  ['7.9', '-201 no cover', article({ cover: undefined }), { error: -201 }],
  ['7.9', '-201 no body', article({ body: [] }), { error: -201 }],
  ['1.1', '-223 was not granted', article(), { error: -223 }, (z) => z.account({ withheld: ['articles'] })],
]);

it('7.9 calls that no shape is known of are unknown paths: menus, orders, sealed and planned templates, their making', () =>
  inZalo(async (z) => {
    const paths = [
      ...['/v2.0/oa/menu', '/v3.0/oa/purchase/create_order'],
      ...['/rsa/message/template', '/rsa/key/gen', '/journey/get-token', '/journey/check-token'],
      ...['/template/create', '/template/edit'],
      // A call to a person is made in Zalo's own programs; only its events are told.
      ...['/v3.0/oa/call', '/v2.0/oa/getprofile', '/v2.0/oa/getfollowers'],
    ];
    for (const path of paths) {
      const answer = await z.raw('POST', path, {});
      expect([path, answer.status, answer.headers.get('content-type')?.split(';')[0]]).toEqual([
        ...[path, 404, 'text/html'],
      ]);
    }
  }));
