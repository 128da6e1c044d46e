import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { AN, BINH, IDS, inZalo, STRANGER, type Json, type Zalo } from './world';

/** Section 6.6: every event has the fields of its sample, and no others. */

const SAMPLES = join(__dirname, '../fixtures/zalo/webhook');
const G = '/v3.0/oa/group';
/** Fields that Zalo itself leaves out at times. */
const AT_TIMES =
  /^(user_id_by_app|message\.text|message\.quote_msg_id|message\.attachments.*\.(thumbnail|description|title))$/;

/** Every path to a value: `message.attachments[].payload.url`. */
function paths(value: Json, at = ''): string[] {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => paths(item, `${at}[]`)))];
  if (typeof value !== 'object' || value === null) return [at];
  return Object.keys(value).flatMap((key) => paths(value[key], at === '' ? key : `${at}.${key}`));
}

type Trigger = (z: Zalo) => Promise<unknown>;
const send =
  (kind: string, more: object = {}): Trigger =>
  (z) =>
    z.act(AN, 'send', { kind, ...more });
const cs =
  (message: object): Trigger =>
  (z) =>
    z.cs(message);
const media = (element: object) => ({
  attachment: { type: 'template', payload: { template_type: 'media', elements: [element] } },
});
const says =
  (text: string): Trigger =>
  (z) =>
    z.act(AN, 'type', { text });
const inGroup =
  (act: (z: Zalo, group: string) => Promise<unknown>): Trigger =>
  async (z) =>
    act(z, await z.group(BINH));
const members = (path: string, users: readonly string[]) =>
  inGroup((z, group_id) => z.post(`${G}/${path}`, { group_id, member_user_ids: users }));
const asked = (path: string): Trigger =>
  inGroup(async (z, group_id) => {
    await z.post(`${G}/updateinfo`, { group_id, join_appr: true });
    await z.act(STRANGER, 'follow');
    await z.sim('/groups', { group: group_id, user: STRANGER, act: 'ask' });
    if (path !== '') await z.post(`${G}/${path}`, { group_id, member_user_ids: [STRANGER] });
  });
const tag =
  (verb: string): Trigger =>
  async (z) => {
    await z.post('/v2.0/oa/tag/tagfollower', { user_id: AN, tag_name: 'Thôn 07' });
    if (verb !== 'tagfollower') await z.post(`/v2.0/oa/tag/${verb}`, { user_id: AN, tag_name: 'Thôn 07' });
  };
const quoting: Trigger = async (z) =>
  z.act(AN, 'type', { text: 'Ý tôi', quote: ((await says('một')(z)) as Json).message });
const heard = async (z: Zalo) => (await z.cs({ text: 'Dạ' })).data.message_id as string;
/** What only the platform can tell: announced with the fields of the sample. */
const announced =
  (name: string, zns = false): Trigger =>
  (z) => {
    const { app_id: _app, oa_id: _oa, event_name, timestamp: _at, ...fields } = sample(name);
    return z.sim('/announce', { name: event_name, fields, zns });
  };

const TABLE: readonly (readonly [sample: string, trigger: Trigger])[] = [
  ['user_send_text', says('Cho tôi hỏi')],
  ['user_send_text--quote', quoting],
  ['user_send_text--nfd', says('Nước dâng'.normalize('NFD'))],
  ['user_send_text--entry-code', says('#THON07 xin chào')],
  ['user_send_image', send('image')],
  ['user_send_image--caption', send('image', { text: 'Đoạn đường' })],
  ['user_send_gif', send('gif')],
  ['user_send_link', send('link', { text: 'https://example.vn' })],
  ['user_send_audio', send('audio')],
  ['user_send_video', send('video')],
  ['user_send_sticker', send('sticker')],
  ['user_send_location', send('location')],
  ['user_send_file', send('file')],
  ['user_click_chatnow', (z) => z.act(AN, 'open_chat')],
  ['user_submit_info', (z) => z.act(AN, 'info', { info: sample('user_submit_info').info })],
  ['user_received_message', cs({ text: 'Dạ' })],
  [
    'user_received_message--zns',
    (z) =>
      z.post('/message/template', {
        phone: '84987654321',
        template_id: '512346',
        template_data: {},
        tracking_id: 'hs-1',
      }),
  ],
  [
    'user_seen_message',
    async (z) => {
      await heard(z);
      await z.act(AN, 'see');
    },
  ],
  ['user_reacted_message', async (z) => z.act(AN, 'react', { message: await heard(z), icon: '/-heart' })],
  [
    'oa_reacted_message',
    (z) =>
      z.post('/v2.0/oa/message', {
        recipient: { user_id: AN },
        sender_action: { react_icon: '/-strong', react_message_id: 'a' },
      }),
  ],
  ['follow', (z) => z.act(AN, 'follow')],
  ['unfollow', (z) => z.act(AN, 'unfollow')],
  ['add_user_to_tag', tag('tagfollower')],
  ['remove_user_from_tag', tag('rmfollowerfromtag')],
  ['remove_tag', tag('rmtag')],
  ['user_withdraw', (z) => z.act(AN, 'withdraw')],
  ['permission_revoked', (z) => z.sim('/account/remove-app', {})],
  ['oa_send_text', cs({ text: 'Dạ' })],
  ['oa_send_text--human-admin', (z) => z.sim('/admin', { user: AN, text: 'Cán bộ trực xin nghe ạ.' })],
  [
    'oa_send_text--template',
    cs({
      text: 'Chọn',
      attachment: {
        type: 'template',
        payload: { buttons: [{ title: 'a', type: 'oa.query.show', payload: 'a' }] },
      },
    }),
  ],
  [
    'oa_send_image',
    cs({ text: 'Sơ đồ', ...media({ media_type: 'image', url: 'https://example.vn/a.jpg' }) }),
  ],
  [
    'oa_send_gif',
    async (z) =>
      z.cs(
        media({
          media_type: 'gif',
          attachment_id: (await z.upload('gif', 'a.gif')).data.attachment_id,
          width: 1,
          height: 1,
        }),
      ),
  ],
  [
    'oa_send_list',
    cs({
      text: 'Chọn thôn',
      attachment: {
        type: 'template',
        payload: { template_type: 'list', elements: [{ title: 'Thôn', subtitle: 'Đông' }] },
      },
    }),
  ],
  [
    'oa_send_file',
    async (z) =>
      z.cs({
        attachment: { type: 'file', payload: { token: (await z.upload('file', 'a.pdf')).data.token } },
      }),
  ],
  ['oa_send_sticker', cs(media({ media_type: 'sticker', attachment_id: '46990' }))],
  [
    'anonymous_send_text',
    (z) => z.sim('/visitor', { id: 'anon-1', conversation: 'conv-1', text: 'Cho hỏi' }),
  ],
  [
    'anonymous_send_image',
    (z) => z.sim('/visitor', { id: 'anon-1', conversation: 'conv-1', image: 'https://example.vn/a.jpg' }),
  ],
  [
    'oa_send_anonymous_text',
    async (z) => {
      await z.sim('/visitor', { id: 'anon-1', conversation: 'conv-1', text: 'Cho hỏi' });
      await z.post('/v2.0/oa/message', {
        recipient: { anonymous_id: 'anon-1', conversation_id: 'conv-1' },
        message: { text: 'Dạ' },
      });
    },
  ],
  ['create_group', inGroup(async () => undefined)],
  [
    'update_group_info',
    inGroup((z, group_id) => z.post(`${G}/updateinfo`, { group_id, group_name: 'Tổ 5' })),
  ],
  ['user_join_group', inGroup(async () => undefined)],
  ['user_request_join_group', asked('')],
  ['accept_request_join_group', asked('acceptpendinginvite')],
  ['reject_request_join_group', asked('rejectpendinginvite')],
  ['add_group_admin', members('addadmins', [BINH])],
  ['remove_group_admin', members('removeadmins', [AN])],
  ['user_out_group', inGroup((z, group) => z.sim('/groups', { group, user: BINH, act: 'leave' }))],
  ['delete_group', inGroup((z, group_id) => z.post(`${G}/delete`, { group_id }))],
  [
    'user_send_group_text',
    inGroup((z, group) => z.sim('/groups', { group, user: AN, act: 'say', text: 'Mấy giờ?' })),
  ],
  [
    'user_send_group_text--mention-oa',
    inGroup((z, group) =>
      z.sim('/groups', { group, user: AN, act: 'say', text: `[@${IDS.oa}] lịch`, quote: 'x' }),
    ),
  ],
  [
    'oa_send_group_text',
    inGroup((z, group_id) =>
      z.post(`${G}/message`, { recipient: { group_id }, message: { text: '19h30 ạ' } }),
    ),
  ],
  ['change_template_status', announced('change_template_status', true)],
  ['change_template_quality', announced('change_template_quality', true)],
  ['user_feedback', announced('user_feedback', true)],
  ['user_click_response_button', announced('user_click_response_button', true)],
  ['oa_send_consent', announced('oa_send_consent')],
  ['user_reply_consent', announced('user_reply_consent')],
  ['user_call_oa', announced('user_call_oa')],
  ['oa_call_user', announced('oa_call_user')],
  ['update_user_info', announced('update_user_info')],
  ['widget_interaction_accepted', announced('widget_interaction_accepted')],
  ['widget_failed_to_sync_user_external_id', announced('widget_failed_to_sync_user_external_id')],
  ['extension_purchased', announced('extension_purchased')],
  ['console_probe', (z) => z.sim('/webhook', { probe: 'unsigned' })],
];

function sample(name: string): Json {
  return JSON.parse(readFileSync(join(SAMPLES, `${name}.json`), 'utf8'));
}

describe('events', () => {
  it.each(TABLE)('6.6 %s', (name, trigger) =>
    inZalo(async (z) => {
      z.hook.got.length = 0;
      await trigger(z);
      const wanted = sample(name);
      await z.hook.event(wanted.event_name);
      const event = z.hook.events(wanted.event_name).at(-1);
      const [has, knows] = [paths(event), paths(wanted)];
      expect(has.filter((path) => !knows.includes(path))).toEqual([]);
      expect(knows.filter((path) => !has.includes(path) && !AT_TIMES.test(path))).toEqual([]);
      expect(event.timestamp).toBe(String(z.clock.now().getTime()));
      if (wanted.app_id !== undefined) expect(event.app_id).toBe(IDS.app);
    }),
  );

  it.each(['image', 'file', 'sticker', 'link', 'audio', 'video', 'location', 'gif'])(
    '6.6 names only: a group hears of %s from a person',
    (kind) =>
      inZalo(async (z) => {
        const group = await z.group(BINH);
        await z.sim('/groups', { group, user: AN, act: 'say', kind });
        expect(await z.hook.event(`user_send_group_${kind}`)).toMatchObject({
          oa_id: IDS.oa,
          sender: { id: AN },
          recipient: { id: group },
          message: { attachments: [{ type: kind, payload: expect.any(Object) }] },
        });
      }),
  );

  it('6.6 the echo of a person in the console names who it was', () =>
    inZalo(async (z) => {
      await z.sim('/admin', { user: AN, text: 'Cán bộ trực', adminId: '7788990011223344556' });
      expect((await z.hook.event('oa_send_text')).sender).toEqual({
        id: IDS.oa,
        admin_id: '7788990011223344556',
      });
    }));

  it('6.6 names only: the echo of a template by user id', () =>
    inZalo(async (z) => {
      const { data } = await z.post('/v3.0/oa/message/template', {
        user_id: AN,
        template_id: '512346',
        template_data: {},
      });
      expect((await z.hook.event('oa_send_template')).message.msg_id).toBe(data.message_id);
    }));

  it.each(['text', 'image', 'file', 'sticker', 'gif'])('6.6 names only: the echo of %s in a group', (kind) =>
    inZalo(async (z) => {
      const group_id = await z.group(BINH);
      const upload = async (path: string, name: string) =>
        Object.values((await z.upload(path, name)).data)[0];
      const messages: Record<string, () => Promise<object>> = {
        text: async () => ({ text: 'a' }),
        image: async () => media({ media_type: 'image', url: 'https://example.vn/a.jpg' }),
        file: async () => ({
          attachment: { type: 'file', payload: { token: await upload('file', 'a.pdf') } },
        }),
        sticker: async () => media({ media_type: 'sticker', attachment_id: '46990' }),
        gif: async () =>
          media({ media_type: 'gif', attachment_id: await upload('gif', 'a.gif'), width: 1, height: 1 }),
      };
      await z.post(`${G}/message`, { recipient: { group_id }, message: await messages[kind]?.() });
      expect((await z.hook.event(`oa_send_group_${kind}`)).recipient.id).toBe(group_id);
    }),
  );
});
