import { AN, BINH, contract, DAY, HOUR, SECOND, STRANGER, times, type Json, type Zalo } from './world';

/** Sections 2 and 3.1: what a message may be, to whom and when it may go, and what pays for it. */

const button = (n: number, more = {}) => ({
  title: `Nút ${n}`,
  type: 'oa.query.hide',
  payload: `#N${n}`,
  ...more,
});
const buttons = (...list: object[]) => ({
  text: 'Chọn',
  attachment: { type: 'template', payload: { buttons: list } },
});
const template = (template_type: string, elements: object[], more = {}) => ({
  attachment: { type: 'template', payload: { template_type, elements, ...more } },
});
const media = (element: object, more = {}) => template('media', [{ media_type: 'image', ...element }], more);
const row = (more = {}) => ({
  ...{ title: 'Thôn Đông', subtitle: 'Chọn thôn', image_url: 'https://example.vn/1.png' },
  ...{ default_action: { type: 'oa.query.show', payload: '#V01' } },
  ...more,
});
const ask = (more = {}) =>
  template('request_user_info', [
    { title: 'Chia sẻ', subtitle: 'Để liên hệ', image_url: 'https://example.vn/l.png', ...more },
  ]);
const send = (message: unknown) => (z: Zalo) => z.cs(message);
const id = async (z: Zalo, kind: string, name: string): Promise<string> => {
  const { data } = await z.upload(kind, name);
  return data.attachment_id ?? data.token;
};
const long = (n: number) => 'a'.repeat(n);

contract('text', [
  ['2.3', 'a text', send({ text: 'Chào bác' }), { error: 0, message: 'Success' }],
  ['2.3', '2000 code points', send({ text: '👋'.repeat(2000) }), { error: 0 }],
  ['2.3', '-210 2001 code points', send({ text: long(2001) }), { error: -210 }],
  ['2.3', '-201 empty text', send({ text: '' }), { error: -201 }],
  ['2.3', '-201 blank text', send({ text: ' \n' }), { error: -201 }],
  ['2.3', '-201 text that is none', send({ text: 5 }), { error: -201 }],
  ['2.2', '-201 no message', send(undefined), { error: -201 }],
  [
    '2.2',
    '-201 no recipient',
    (z) => z.post('/v3.0/oa/message/cs', { message: { text: 'a' } }),
    { error: -201 },
  ],
  ['2.2', '-201 a body that is no JSON', (z) => z.post('/v3.0/oa/message/cs', '{'), { error: -201 }],
  [
    '2.6',
    'the answer names message, person, time and what paid',
    async (z) => z.cs({ text: 'a' }),
    {
      data: {
        message_id: expect.stringMatching(/^[0-9a-f]{20}$/),
        user_id: AN,
        sent_time: '1794272400000',
        quota: { quota_type: 'reply', remain: '8', total: '8' },
      },
    },
  ],
  [
    '2.3',
    'a quote of a message of the same chat',
    async (z) => {
      const { message } = await z.act(AN, 'type', { text: 'hỏi' });
      return z.cs({ text: 'Dạ', quote_message_id: message });
    },
    { error: 0 },
  ],
  [
    '2.3',
    '-201 a quote of a message that is not there',
    send({ text: 'Dạ', quote_message_id: 'a1f0' }),
    { error: -201 },
  ],
  [
    '0.3',
    'plain text in the query passes by accident',
    (z) =>
      z.post(
        `/v3.0/oa/message/cs?data=${encodeURIComponent(JSON.stringify({ recipient: { user_id: AN }, message: { text: 'a' } }))}`,
      ),
    { error: 0 },
  ],
  [
    '0.3',
    '-233 a template in the query does not',
    (z) =>
      z.post(
        `/v3.0/oa/message/cs?data=${encodeURIComponent(JSON.stringify({ recipient: { user_id: AN }, message: buttons(button(1)) }))}`,
      ),
    { error: -233 },
  ],
]);

contract('media', [
  ['2.3', 'a picture by address', send(media({ url: 'https://example.vn/a.jpg' })), { error: 0 }],
  [
    '2.3',
    'a picture with text and buttons',
    send({ text: 'Sơ đồ', ...media({ url: 'https://example.vn/a.jpg' }, { buttons: [button(1)] }) }),
    { error: 0 },
  ],
  [
    '2.3',
    'a picture by upload',
    async (z) => z.cs(media({ attachment_id: await id(z, 'image', 'a.jpg') })),
    { error: 0 },
  ],
  [
    '2.3',
    '-210 its text over 2000',
    send({ text: long(2001), ...media({ url: 'https://example.vn/a.jpg' }) }),
    { error: -210 },
  ],
  [
    '13.4',
    '-201 address and upload at once',
    send(media({ url: 'https://example.vn/a.jpg', attachment_id: 'x' })),
    { error: -201 },
  ],
  ['2.3', '-201 neither address nor upload', send(media({})), { error: -201 }],
  [
    '2.3',
    '-201 an address that is not public https',
    send(media({ url: 'http://example.vn/a.jpg' })),
    { error: -201 },
  ],
  [
    '2.3',
    '-201 a plain image attachment',
    send({ text: 'a', attachment: { type: 'image', payload: {} } }),
    { error: -201 },
  ],
  [
    '2.3',
    '-201 an unknown kind',
    send(media({ media_type: 'poll', url: 'https://example.vn/a.jpg' })),
    { error: -201 },
  ],
  [
    '7.6',
    '-100 an upload after seven days',
    async (z) => {
      const attachment_id = await id(z, 'image', 'a.jpg');
      await z.muchLater(7 * DAY - SECOND);
      await z.act(AN, 'type', { text: 'còn' });
      expect(await z.cs(media({ attachment_id }))).toMatchObject({ error: 0 });
      z.later(SECOND);
      return z.cs(media({ attachment_id }));
    },
    { error: -100 },
  ],
  [
    '2.3',
    '-201 an upload of another kind',
    async (z) => z.cs(media({ attachment_id: await id(z, 'gif', 'a.gif') })),
    { error: -201 },
  ],
  [
    '2.3',
    'a gif with width and height',
    async (z) =>
      z.cs(media({ media_type: 'gif', attachment_id: await id(z, 'gif', 'a.gif'), width: 100, height: 80 })),
    { error: 0 },
  ],
  [
    '2.3',
    '-201 a gif without width',
    async (z) => z.cs(media({ media_type: 'gif', attachment_id: await id(z, 'gif', 'a.gif'), height: 80 })),
    { error: -201 },
  ],
  [
    '2.3',
    '-201 a gif whose height is a text',
    async (z) =>
      z.cs(media({ media_type: 'gif', attachment_id: await id(z, 'gif', 'a.gif'), width: 1, height: '80' })),
    { error: -201 },
  ],
  [
    '2.3',
    'a file by its token',
    async (z) => z.cs({ attachment: { type: 'file', payload: { token: await id(z, 'file', 'a.pdf') } } }),
    { error: 0 },
  ],
  [
    '2.3',
    '-201 a file with text',
    async (z) =>
      z.cs({ text: 'a', attachment: { type: 'file', payload: { token: await id(z, 'file', 'a.pdf') } } }),
    { error: -201 },
  ],
  [
    '2.3',
    '-100 a token that has run out',
    send({ attachment: { type: 'file', payload: { token: 'x' } } }),
    { error: -100 },
  ],
  [
    '2.3',
    '-201 a file under another key',
    async (z) =>
      z.cs({ attachment: { type: 'file', payload: { attachment_id: await id(z, 'file', 'a.pdf') } } }),
    { error: -201 },
  ],
  ['2.3', 'a sticker', send(media({ media_type: 'sticker', attachment_id: '46990' })), { error: 0 }],
  [
    '2.3',
    '-233 an unknown attachment',
    send({ text: 'a', attachment: { type: 'poll', payload: {} } }),
    { error: -233 },
  ],
  ['13.4', '-233 an unknown template type', send(template('carousel', [row()])), { error: -233 }],
]);

contract('forms, buttons, lists', [
  ['2.3', 'a request for particulars', send(ask()), { error: 0 }],
  ['2.3', '-210 its title over 100', send(ask({ title: long(101) })), { error: -210 }],
  ['2.3', '-210 its subtitle over 500', send(ask({ subtitle: long(501) })), { error: -210 }],
  ['2.3', '-201 without picture', send(ask({ image_url: undefined })), { error: -201 }],
  ['2.3', '-201 two elements', send(template('request_user_info', [row(), row()])), { error: -201 }],
  ['2.3', 'five buttons', send(buttons(...[1, 2, 3, 4, 5].map((n) => button(n)))), { error: 0 }],
  ['2.3', '-201 six buttons', send(buttons(...[1, 2, 3, 4, 5, 6].map((n) => button(n)))), { error: -201 }],
  [
    '2.3',
    'template_type button is taken too',
    send({ text: 'a', ...template('button', [], { buttons: [button(1)] }) }),
    { error: 0 },
  ],
  ['2.3', '-201 buttons without text', send({ attachment: buttons(button(1)).attachment }), { error: -201 }],
  ['2.3', '-201 no buttons', send(buttons()), { error: -201 }],
  ['2.4', 'a title of 100', send(buttons(button(1, { title: long(100) }))), { error: 0 }],
  ['2.4', '-210 a title of 101', send(buttons(button(1, { title: long(101) }))), { error: -210 }],
  ['2.4', '-201 no title', send(buttons(button(1, { title: '' }))), { error: -201 }],
  [
    '2.4',
    'oa.query.show with a payload of 1000',
    send(buttons(button(1, { type: 'oa.query.show', payload: long(1000) }))),
    { error: 0 },
  ],
  ['2.4', '-210 a payload of 1001', send(buttons(button(1, { payload: long(1001) }))), { error: -210 }],
  ['2.4', '-201 an object as payload of a query', send(buttons(button(1, { payload: {} }))), { error: -201 }],
  [
    '2.4',
    'oa.open.url',
    send(buttons(button(1, { type: 'oa.open.url', payload: { url: 'https://example.vn' } }))),
    { error: 0 },
  ],
  [
    '2.4',
    '-201 an address as text',
    send(buttons(button(1, { type: 'oa.open.url', payload: 'https://example.vn' }))),
    { error: -201 },
  ],
  [
    '2.4',
    'oa.open.phone',
    send(buttons(button(1, { type: 'oa.open.phone', payload: { phone_code: '84900000000' } }))),
    { error: 0 },
  ],
  [
    '2.4',
    '-201 a national phone number',
    send(buttons(button(1, { type: 'oa.open.phone', payload: { phone_code: '0900000000' } }))),
    { error: -201 },
  ],
  [
    '2.4',
    'oa.open.sms',
    send(
      buttons(button(1, { type: 'oa.open.sms', payload: { content: long(160), phone_code: '84900000000' } })),
    ),
    { error: 0 },
  ],
  [
    '2.4',
    '-210 an SMS of 161',
    send(
      buttons(button(1, { type: 'oa.open.sms', payload: { content: long(161), phone_code: '84900000000' } })),
    ),
    { error: -210 },
  ],
  ['2.4', '-201 an unknown action', send(buttons(button(1, { type: 'oa.click' }))), { error: -201 }],
  [
    '2.4',
    'a query tap arrives as text and opens the window',
    async (z) => {
      await z.act(BINH, 'old_follower');
      const { data } = await z.cs(buttons(button(1)), { user_id: BINH });
      await z.sim('/tap', { user: BINH, message: data.message_id, button: 'Nút 1' });
      return {
        text: z.hook.events('user_send_text').at(-1)?.message.text,
        ...(await z.cs({ text: 'a' }, { user_id: BINH })),
      };
    },
    { text: '#N1', data: { quota: { quota_type: 'reply' } } },
  ],
  [
    '2.3',
    'a list of five',
    send(template('list', [row(), row(), row(), row(), row()], { buttons: [button(1)] })),
    { error: 0 },
  ],
  [
    '2.3',
    '-201 a list of six',
    send(
      template(
        'list',
        Array.from({ length: 6 }, () => row()),
      ),
    ),
    { error: -201 },
  ],
  [
    '2.3',
    '-210 a title of a row over 100',
    send(template('list', [row({ title: long(101) })])),
    { error: -210 },
  ],
  [
    '2.3',
    '-201 the first row without subtitle',
    send(template('list', [row({ subtitle: undefined })])),
    { error: -201 },
  ],
  [
    '2.4',
    'the page of a row stands in url itself',
    send(template('list', [row({ default_action: { type: 'oa.open.url', url: 'https://example.vn' } })])),
    { error: 0 },
  ],
  [
    '2.4',
    '-201 the page of a row in a payload',
    send(
      template('list', [
        row({ default_action: { type: 'oa.open.url', payload: { url: 'https://example.vn' } } }),
      ]),
    ),
    { error: -201 },
  ],
  [
    '2.3',
    '-233 lists where they are not taken',
    send(template('list', [row()])),
    { error: -233 },
    (z) => z.account({ lists: false }),
  ],
]);

const hi = { text: 'Dạ' };
const quotaOf = async (answer: Promise<Json>) => (await answer).data.quota;

contract('the window', [
  [
    '3.1',
    'free up to 48 hours',
    (z) => quotaOf(z.cs(hi)),
    { quota_type: 'reply' },
    (z) => z.muchLater(48 * HOUR),
  ],
  [
    '3.1',
    'then from the allowance',
    (z) => quotaOf(z.cs(hi)),
    { quota_type: 'sub_quota', remain: '499', total: '500', expired_date: '30/11/2026', owner_type: 'OA' },
    (z) => z.muchLater(48 * HOUR + SECOND),
  ],
  [
    '3.1',
    'then from what was bought',
    async (z) => {
      await z.cs(hi);
      return quotaOf(z.cs(hi));
    },
    { quota_type: 'purchase_quota', remain: '2' },
    async (z) => {
      await z.account({ quota: { subPerMonth: 1, purchased: 3 } });
      await z.muchLater(49 * HOUR);
    },
  ],
  [
    '3.1',
    'then from the balance, without a quota block',
    async (z) => ({ keys: Object.keys((await z.cs(hi)).data) }),
    { keys: ['message_id', 'user_id', 'sent_time'] },
    async (z) => {
      await z.account({ quota: { subPerMonth: 0 } });
      await z.muchLater(49 * HOUR);
    },
  ],
  [
    '8.1',
    '-211 out of every quota',
    (z) => z.cs(hi),
    { error: -211 },
    async (z) => {
      await z.account({ quota: { subPerMonth: 0, charged: false } });
      await z.muchLater(49 * HOUR);
    },
  ],
  [
    '8.1',
    '-320 no wallet to charge',
    (z) => z.cs(hi),
    { error: -320 },
    async (z) => {
      await z.account({ quota: { subPerMonth: 0 }, wallet: 'unlinked' });
      await z.muchLater(49 * HOUR);
    },
  ],
  [
    '8.1',
    '-321 an empty wallet',
    (z) => z.cs(hi),
    { error: -321 },
    async (z) => {
      await z.account({ quota: { subPerMonth: 0 }, wallet: 'empty' });
      await z.muchLater(49 * HOUR);
    },
  ],
  ['3.1', 'open at seven days', (z) => z.cs(hi), { error: 0 }, (z) => z.muchLater(7 * DAY)],
  ['3.1', '-230 after seven days', (z) => z.cs(hi), { error: -230 }, (z) => z.muchLater(7 * DAY + SECOND)],
  ['3.1', '-232 never', (z) => z.cs(hi, { user_id: BINH }), { error: -232 }, (z) => z.act(BINH, 'see')],
  ['3.1', '-201 nobody', (z) => z.cs(hi, { user_id: STRANGER }), { error: -201 }],
  [
    '2.6',
    'a follower who never wrote: welcome',
    (z) => quotaOf(z.cs(hi, { user_id: BINH })),
    { quota_type: 'welcome_msg', remain: '2', total: '3' },
    (z) => z.act(BINH, 'old_follower'),
  ],
  [
    '3.1',
    '-232 the fourth welcome',
    (z) => times(4, () => z.cs(hi, { user_id: BINH })),
    { error: -232 },
    (z) => z.act(BINH, 'old_follower'),
  ],
  [
    '3.1',
    'eight free answers, where that rule holds',
    (z) => quotaOf(times(8, () => z.cs(hi))),
    { quota_type: 'reply', remain: '0', total: '8' },
    (z) => z.account({ quota: { repliesPerWindow: 8 } }),
  ],
  [
    '3.1',
    'the ninth is paid',
    (z) => quotaOf(times(9, () => z.cs(hi))),
    { quota_type: 'sub_quota' },
    (z) => z.account({ quota: { repliesPerWindow: 8 } }),
  ],
  [
    '3.1',
    'each interaction begins anew',
    async (z) => {
      await times(8, () => z.cs(hi));
      await z.act(AN, 'type', { text: 'nữa' });
      return quotaOf(z.cs(hi));
    },
    { quota_type: 'reply', remain: '7' },
    (z) => z.account({ quota: { repliesPerWindow: 8 } }),
  ],
  ['2.2', 'an answer to one message', (z) => answering(z, 1), { quota_type: 'reply', remain: '7' }],
  ['9', 'the ninth answer to one message is paid', (z) => answering(z, 9), { quota_type: 'sub_quota' }],
  ['2.2', '-201 an answer to no message', (z) => z.cs(hi, { message_id: 'x' }), { error: -201 }],
  [
    '3.3',
    'consultation goes at night',
    (z) => z.cs(hi),
    { error: 0 },
    async (z) => z.at('2026-11-10T23:30:00+07:00'),
  ],
  ['3.2', 'a non-follower is answered', (z) => z.cs(hi), { error: 0 }, (z) => z.act(AN, 'unfollow')],
  [
    '3.2',
    '-213 who unfollowed, by some accounts',
    (z) => z.cs(hi),
    { error: -213 },
    (z) => z.account({ followersOnly: true }),
  ],
  [
    '3.2',
    '-227 banned or long inactive',
    (z) => z.cs(hi),
    { error: -227 },
    (z) => z.act(AN, 'refuse', { code: -227 }),
  ],
  [
    '3.2',
    '-244 restricted by the person',
    (z) => z.cs(hi),
    { error: -244 },
    (z) => z.act(AN, 'refuse', { code: -244 }),
  ],
]);

async function answering(z: Zalo, n: number): Promise<Json> {
  const { message } = await z.act(AN, 'type', { text: 'hỏi' });
  return quotaOf(times(n, () => z.cs(hi, { message_id: message })));
}

const CLOSED = 8 * DAY;
const interaction = (name: string, act: (z: Zalo) => Promise<unknown>, opens: boolean) =>
  [
    '3.2',
    `${name}: ${opens ? 'opens' : 'does not open'} the window`,
    (z: Zalo) => z.cs(hi),
    { error: opens ? 0 : -230 },
    async (z: Zalo) => {
      await z.cs({ text: 'trước' });
      await z.muchLater(CLOSED);
      await act(z);
    },
  ] as const;
const heardOf = async (z: Zalo) =>
  (await z.read('/v2.0/oa/conversation', { user_id: AN, offset: 0, count: 1 })).data[0].message_id as string;

contract('what counts as an interaction', [
  interaction('a message', (z) => z.act(AN, 'type', { text: 'a' }), true),
  interaction('a photo', (z) => z.act(AN, 'send', { kind: 'image' }), true),
  interaction('following', (z) => z.act(AN, 'follow'), true),
  interaction('opening the chat', (z) => z.act(AN, 'open_chat'), true),
  interaction('a filled form', (z) => z.act(AN, 'info', { info: { name: 'An' } }), true),
  [
    '3.2',
    'a message in a group: opens the window',
    (z) => z.cs(hi),
    { error: 0 },
    async (z) => {
      const group = await z.group(BINH);
      await z.muchLater(CLOSED);
      await z.sim('/groups', { group, user: AN, act: 'say', text: 'a' });
    },
  ],
  interaction('looking', (z) => z.act(AN, 'see'), false),
  interaction(
    'a reaction',
    async (z) => z.act(AN, 'react', { message: await heardOf(z), icon: '/-heart' }),
    false,
  ),
  interaction('unfollowing', (z) => z.act(AN, 'unfollow'), false),
]);

const V2 = '/v2.0/oa/message';
const react =
  (icon: string, message = 'a1f0') =>
  (z: Zalo) =>
    z.post(V2, {
      recipient: { user_id: AN },
      sender_action: { react_icon: icon, react_message_id: message },
    });
const VISITOR = { anonymous_id: 'anon-1', conversation_id: 'conv-1' };
const visit = (z: Zalo) => z.sim('/visitor', { id: 'anon-1', conversation: 'conv-1', text: 'Cho hỏi' });
const toVisitor =
  (message: object, recipient: object = VISITOR) =>
  (z: Zalo) =>
    z.post(V2, { recipient, message });
const article = { media_type: 'article', attachment_id: 'bai-viet-1' };
const broadcast = (elements: object[]) => (z: Zalo) =>
  z.post(V2, { recipient: { target: { gender: [0] } }, message: template('media', elements) });

contract('the older message path', [
  [
    '2.1',
    '-240 a message to a person',
    (z) => z.post(V2, { recipient: { user_id: AN }, message: hi }),
    { error: -240 },
  ],
  ...[':>', '--b', ':-((', '/-strong', '/-heart', ':-h', ':o', '/-remove'].map(
    (icon) => ['2.7', `the reaction ${icon}`, react(icon), { error: 0 }] as const,
  ),
  ['2.7', '-201 an unknown reaction', react('/-smile'), { error: -201 }],
  [
    '2.7',
    'a reaction costs no quota',
    async (z) => {
      await react('/-strong')(z);
      return quotaOf(z.cs(hi));
    },
    { remain: '7' },
    (z) => z.account({ quota: { repliesPerWindow: 8 } }),
  ],
  ['2.7', 'fifty reactions to a message', (z) => times(50, () => react('/-strong')(z)), { error: 0 }],
  ['9', '-210 the fifty-first', (z) => times(51, () => react('/-strong')(z)), { error: -210 }],
  [
    '2.8',
    'a text to a visitor',
    toVisitor(hi),
    { error: 0, data: { message_id: expect.any(String), ...VISITOR } },
    visit,
  ],
  [
    '2.8',
    'a picture to a visitor',
    toVisitor(media({ url: 'https://example.vn/a.jpg' })),
    { error: 0 },
    visit,
  ],
  ['2.8', '-210 a text over 2000 to a visitor', toVisitor({ text: long(2001) }), { error: -210 }, visit],
  ['2.8', '-233 buttons to a visitor', toVisitor(buttons(button(1))), { error: -233 }, visit],
  [
    '2.8',
    '-201 another conversation',
    toVisitor(hi, { ...VISITOR, conversation_id: 'x' }),
    { error: -201 },
    visit,
  ],
  ['2.8', '-201 an unknown visitor', toVisitor(hi), { error: -201 }],
  [
    '2.9',
    'a broadcast of five articles',
    broadcast([1, 2, 3, 4, 5].map(() => article)),
    { error: 0, data: { message_id: expect.any(String) } },
  ],
  ['2.9', '-201 of six', broadcast([1, 2, 3, 4, 5, 6].map(() => article)), { error: -201 }],
  [
    '2.9',
    '-233 of anything else',
    broadcast([{ media_type: 'image', url: 'https://example.vn/a.jpg' }]),
    { error: -233 },
  ],
  [
    '3.3',
    '-234 a broadcast at 22:00',
    broadcast([article]),
    { error: -234 },
    async (z) => z.at('2026-11-10T22:00:00+07:00'),
  ],
  [
    '3.3',
    'a broadcast at 21:59',
    broadcast([article]),
    { error: 0 },
    async (z) => z.at('2026-11-10T21:59:59+07:00'),
  ],
  [
    '3.3',
    '-234 a broadcast at 05:59',
    broadcast([article]),
    { error: -234 },
    async (z) => z.at('2026-11-11T05:59:59+07:00'),
  ],
  [
    '3.3',
    'a broadcast at 06:00',
    broadcast([article]),
    { error: 0 },
    async (z) => z.at('2026-11-11T06:00:00+07:00'),
  ],
]);

const legacy = (kind: string, template_type: string) => (z: Zalo) =>
  z.post(`/v3.0/oa/message/${kind}`, {
    recipient: { user_id: AN },
    message: template(template_type, [{ type: 'header', content: 'a' }]),
  });
const live = (z: Zalo) => z.account({ legacy: true });

contract('calls that ended in March 2026', [
  ['2.1', '-240 transaction', legacy('transaction', 'transaction_order'), { error: -240 }],
  ['2.1', '-240 promotion', legacy('promotion', 'promotion'), { error: -240 }],
  [
    '2.10',
    'transaction, where it still answers',
    legacy('transaction', 'transaction_order'),
    { error: 0 },
    live,
  ],
  ['2.10', '-233 another template', legacy('transaction', 'promotion'), { error: -233 }, live],
  ['2.10', 'one promotion a day', legacy('promotion', 'promotion'), { error: 0 }, live],
  [
    '8.1',
    '-218 the second promotion of the day',
    (z) => times(2, () => legacy('promotion', 'promotion')(z)),
    { error: -218 },
    live,
  ],
  [
    '3.3',
    '-234 a promotion at night',
    legacy('promotion', 'promotion'),
    { error: -234 },
    async (z) => {
      await live(z);
      z.at('2026-11-10T22:30:00+07:00');
    },
  ],
]);
