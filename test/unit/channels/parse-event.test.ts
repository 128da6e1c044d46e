import { maskSecrets } from '../../../src/kernel/secrets';
import { readdirSync } from 'node:fs';
import fc from 'fast-check';
import type { InboundEvent } from '../../../src/channels/channel';
import { parseJson } from '../../../src/channels/zalo/json';
import { parseEvent } from '../../../src/channels/zalo/parse-event';
import { APP, bodyOf, context, OA, sampleText, SAMPLES, textBody, USER } from './zalo-samples';

const ME = `zalo:${USER}`;
/** File → kind, user, opens the window. */
const EXPECTED: Record<string, [string, string | null, boolean]> = {
  'accept_request_join_group.json': ['group', null, false],
  'add_group_admin.json': ['group', null, false],
  'add_user_to_tag.json': ['tag', null, false],
  'anonymous_send_image.json': ['anonymous', null, false],
  'anonymous_send_text.json': ['anonymous', null, false],
  'change_oa_daily_quota.json': ['account', null, false],
  'change_template_quality.json': ['account', null, false],
  'change_template_status.json': ['account', null, false],
  'create_group.json': ['group', null, false],
  'delete_group.json': ['group', null, false],
  'extension_purchased.json': ['account', null, false],
  'follow.json': ['followed', ME, true],
  'oa_call_user.json': ['call', null, false],
  'oa_reacted_message.json': ['echo', ME, false],
  'oa_send_anonymous_text.json': ['echo', null, false],
  'oa_send_consent.json': ['call', null, false],
  'oa_send_file.json': ['echo', ME, false],
  'oa_send_gif.json': ['echo', ME, false],
  'oa_send_group_text.json': ['group', null, false],
  'oa_send_image.json': ['echo', ME, false],
  'oa_send_list.json': ['echo', ME, false],
  'oa_send_sticker.json': ['echo', ME, false],
  'oa_send_text--human-admin.json': ['echo', ME, false],
  'oa_send_text--template.json': ['echo', ME, false],
  'oa_send_text.json': ['echo', ME, false],
  'permission_revoked.json': ['account', null, false],
  'reject_request_join_group.json': ['group', null, false],
  'remove_group_admin.json': ['group', null, false],
  'remove_tag.json': ['tag', null, false],
  'remove_user_from_tag.json': ['tag', null, false],
  'unfollow.json': ['unfollowed', ME, false],
  'update_group_info.json': ['group', null, false],
  'update_user_info.json': ['account', ME, false],
  'user_call_oa.json': ['call', ME, true],
  'user_click_chatnow.json': ['chat_opened', ME, true],
  'user_click_response_button.json': ['account', null, false],
  'user_feedback.json': ['account', null, false],
  'user_join_group.json': ['group', null, false],
  'user_out_group.json': ['group', null, false],
  'user_reacted_message.json': ['reaction', ME, false],
  'user_received_message--sender-user.json': ['received', ME, false],
  'user_received_message--zns.json': ['received', null, false],
  'user_received_message.json': ['received', ME, false],
  'user_reply_consent.json': ['call', null, false],
  'user_request_join_group.json': ['group', null, false],
  'user_seen_message.json': ['seen', ME, false],
  'user_send_audio.json': ['audio', ME, true],
  'user_send_business_card.json': ['contact_card', ME, true],
  'user_send_file.json': ['file', ME, true],
  'user_send_gif.json': ['gif', ME, true],
  'user_send_group_business_card.json': ['group', null, false],
  'user_send_group_file.json': ['group', null, false],
  'user_send_group_image.json': ['group', null, false],
  'user_send_group_text--mention-oa.json': ['group', null, false],
  'user_send_group_text.json': ['group', null, false],
  'user_send_image--caption.json': ['image', ME, true],
  'user_send_image.json': ['image', ME, true],
  'user_send_link.json': ['link', ME, true],
  'user_send_location.json': ['location', ME, true],
  'user_send_sticker.json': ['sticker', ME, true],
  'user_send_text--button-payload.json': ['text', ME, true],
  'user_send_text--entry-code.json': ['text', ME, true],
  'user_send_text--nfd.json': ['text', ME, true],
  'user_send_text--quote.json': ['text', ME, true],
  'user_send_text.json': ['text', ME, true],
  'user_send_video.json': ['video', ME, true],
  'user_submit_info--legacy.json': ['info_shared', ME, true],
  'user_submit_info.json': ['info_shared', ME, true],
  'user_withdraw.json': ['withdrawn', ME, false],
  'widget_failed_to_sync_user_external_id.json': ['account', null, false],
  'widget_interaction_accepted.json': ['chat_opened', ME, true],
};

function parsed(text: string, zns = false): InboundEvent {
  const result = parseEvent(bodyOf(text), Buffer.from(text), zns, context);
  if (result.outcome !== 'event') throw new Error(`expected an event, got ${result.outcome}`);
  return result.event;
}

describe('the samples of Zalo', () => {
  const files = readdirSync(SAMPLES).filter((file) => file.endsWith('.json'));

  it('are all expected here, but for the console probe and the other product', () => {
    const others = files.filter((file) => !(file in EXPECTED));
    expect(others.filter((file) => !file.startsWith('bot--'))).toEqual(['console_probe.json']);
    expect(Object.keys(EXPECTED).filter((file) => !files.includes(file))).toEqual([]);
  });

  it.each(Object.entries(EXPECTED))('%s is known for what it is', (file, [kind, user, opensWindow]) => {
    const event = parsed(sampleText(file));
    expect(event).toMatchObject({ channel: 'zalo', kind, user, opensWindow });
    expect(event.eventAt.getTime()).toBe(Number(bodyOf(sampleText(file))['timestamp']));
    expect(event.id.startsWith(`${event.name}:`)).toBe(true);
  });

  it.each(files.filter((file) => file.startsWith('bot--')))('%s is kept as unsupported', (file) => {
    expect(parsed(sampleText(file))).toMatchObject({ kind: 'unsupported', user: null, opensWindow: false });
  });

  it('tells the probe of the console', () => {
    const text = sampleText('console_probe.json');
    expect(parseEvent(bodyOf(text), Buffer.from(text), false, context)).toEqual({ outcome: 'probe' });
  });

  it.each(['contact_card', 'info_shared', 'call', 'group'])(
    'leaves names, numbers and places behind: %s',
    (kind) => {
      const names = Object.entries(EXPECTED).filter(
        ([file, [k]]) => k === kind && !file.includes('mention-oa'),
      );
      const kept = names.map(([file]) => JSON.stringify(parsed(sampleText(file)))).join();
      expect(kept).not.toMatch(/Trần Thị Bình|Nguyễn Văn An|84912|84987|Tây Hồ|1979|họp|lịch/);
    },
  );
});

it.each([
  ['84912345678', 'hash of 11 digits, ends in 8'],
  [84912345678, 'hash of 11 digits, ends in 8'],
  ['0912 345 671', 'hash of 11 digits, ends in 1'],
  ['12345', undefined],
  [null, undefined],
])('of a shared phone number %s only its keyed hash is taken', (phone, hash) => {
  const body = { ...bodyOf(sampleText('user_submit_info.json')), info: { name: 'Nguyễn Văn An', phone } };
  expect(parsed(JSON.stringify(body)).phoneHash).toBe(hash);
});

describe('one event', () => {
  it('has the message id in its own id, a hash of the bytes where there is none', () => {
    expect(parsed(sampleText('user_send_text.json')).id).toBe('user_send_text:c0ffee00019a8b7c6d5e');
    expect(parsed(sampleText('follow.json')).id).toMatch(/^follow:[0-9a-f]{40}$/);
    expect(parsed(sampleText('follow.json')).id).toBe(parsed(sampleText('follow.json')).id);
  });

  it('keeps two reactions to one message apart', () => {
    const first = sampleText('user_reacted_message.json');
    expect(parsed(first).id).not.toBe(parsed(first.replace('/-heart', '/-remove')).id);
  });

  it('reads the text in NFC', () => {
    const { text } = parsed(sampleText('user_send_text--nfd.json'));
    expect(text).toBe('Nước dâng ở thôn Đông');
    expect(text).toBe(text?.normalize('NFC'));
  });

  it('masks texts and file names, and tells what it masked', () => {
    const masking = { ...context, mask: () => ({ text: '***', secrets: ['code'] as const, codeHash: 'h' }) };
    const read = (text: string) => parseEvent(bodyOf(text), Buffer.from(text), false, masking);
    expect(read(textBody())).toMatchObject({ event: { text: '***', secrets: ['code'], codeHash: 'h' } });
    expect(read(sampleText('user_send_file.json'))).toMatchObject({
      event: { attachments: [{ name: '***.docx' }], secrets: ['code'] },
    });
  });

  it('knows who typed an echo', () => {
    expect(parsed(sampleText('oa_send_text--human-admin.json')).byHuman).toBe(true);
    expect(parsed(sampleText('oa_send_text.json'))).toMatchObject({
      byHuman: false,
      messageIds: ['c0ffee00109a8b7c6d5e'],
    });
  });

  it('takes no reaction of ours for a word of a person', () => {
    const text = sampleText('oa_reacted_message.json').replace('"sender":{', '"sender":{"admin_id":"77",');
    expect(parsed(text)).toMatchObject({ kind: 'echo', byHuman: false });
  });

  it('carries its own id and that of the message it answers', () => {
    expect(parsed(sampleText('user_send_text--quote.json'))).toMatchObject({
      messageId: 'c0ffee00029a8b7c6d5e',
      quote: 'c0ffee00019a8b7c6d5e',
    });
    expect(parsed(sampleText('user_send_image.json')).messageId).toBe('c0ffee00069a8b7c6d5e');
  });

  it('gives a visitor an address that holds for one conversation', () => {
    const from = 'zalo-visitor:anon-7f1c2d3e4a5b/conv-0a9b8c7d6e5f';
    const said = parsed(sampleText('anonymous_send_text.json'));
    expect(said).toMatchObject({ user: null, from, text: 'Cho hỏi giờ làm việc' });
    expect(parsed(sampleText('anonymous_send_image.json'))).toMatchObject({
      from,
      attachments: [{ type: 'image' }],
    });
    expect(parsed(sampleText('oa_send_anonymous_text.json'))).toMatchObject({ kind: 'echo', from });
    expect(
      parsed(sampleText('anonymous_send_text.json').replace('conv-0a9b8c7d6e5f', 'a/b')).from,
    ).toBeUndefined();
  });

  it('hears in a group only what is meant for it', () => {
    const group = 'zalo-group:a1b2c3d4e5f60718293a';
    const mentioned = parsed(sampleText('user_send_group_text--mention-oa.json'));
    expect(mentioned).toMatchObject({
      group,
      from: ME,
      text: 'lịch họp tổ dân phố',
      quote: '63ecf43f0df7dba892e6',
      messageId: 'c0ffee001c9a8b7c6d5e',
      data: { addressed: 'mention' },
    });
    const plain = sampleText('user_send_group_text.json');
    expect(parsed(plain)).toMatchObject({ group, from: ME });
    expect(parsed(plain).text).toBeUndefined();
    const command = parsed(plain.replace('Mai mấy giờ họp ạ?', '#tinhhinh [@55]'));
    expect(command).toMatchObject({ text: '#tinhhinh', data: { addressed: 'command' } });
  });

  it('keeps of figures typed among members only that there were some', () => {
    const asked: string[] = [];
    const typesFigures = (text: string): boolean => asked.push(text) > 0 && /412/.test(text);
    const read = (said: string) => {
      const text = sampleText('user_send_group_text.json').replace('Mai mấy giờ họp ạ?', said);
      return parseEvent(bodyOf(text), Buffer.from(text), false, { ...context, typesFigures });
    };
    expect(read('thôn tôi 412 người [@3344556677889900112]')).toMatchObject({
      event: { data: { figures: true } },
    });
    for (const said of ['thôn tôi 412 người', `[@${OA}] thôn tôi 412 người`, '#bc 412'])
      expect(JSON.stringify(read(said))).not.toContain('412');
    expect(JSON.stringify(read('Mai họp'))).not.toContain('figures');
    expect(asked.join()).not.toContain('3344556677889900112');
  });

  it.each([
    ['user_join_group', 'joined'],
    ['accept_request_join_group', 'joined'],
    ['react_request_join_group_accept', 'joined'],
    ['user_request_join_group', 'asked'],
    ['reject_request_join_group', 'refused'],
    ['react_request_join_group_reject', 'refused'],
    ['user_out_group', 'out'],
    ['user_leave_group', 'out'],
    ['add_group_admin', 'admin'],
    ['remove_group_admin', 'no_admin'],
    ['delete_group', 'dissolved'],
    ['disperse_group', 'dissolved'],
  ])('%s changes a group: %s', (name, change) => {
    const event = parsed(sampleText('user_join_group.json').replace('user_join_group', name));
    expect(event.data).toEqual({ members: ['zalo:5566778899001122334'], change });
  });

  it('knows who came and went in a group, and takes nothing of ours for a word of a member', () => {
    const group = 'zalo-group:a1b2c3d4e5f60718293a';
    expect(parsed(sampleText('user_join_group.json'))).toMatchObject({
      group,
      data: { members: ['zalo:5566778899001122334'] },
    });
    const echo = parsed(sampleText('oa_send_group_text.json'));
    expect(echo.group).toBe(group);
    expect(echo.from ?? echo.text).toBeUndefined();
  });

  it.each([
    'react_request_join_group',
    'react_request_join_group_accept',
    'react_request_join_group_reject',
    'user_leave_group',
    'disperse_group',
    'user_send_group_location',
    'oa_send_group_business_card',
  ])('knows the alias or bare name %s', (event_name) => {
    expect(parsed(sampleText('create_group.json').replace('create_group', event_name))).toMatchObject({
      kind: 'group',
      group: 'zalo-group:a1b2c3d4e5f60718293a',
    });
  });

  it.each([
    ['change_template_quota', 'account'],
    ['change_oa_template_tags', 'account'],
    ['event_journey_acknowledged', 'account'],
    ['event_journey_time_out', 'account'],
    ['oa_send_template', 'echo'],
    ['anonymous_send_file', 'anonymous'],
    ['anonymous_send_sticker', 'anonymous'],
    ['oa_send_anonymous_image', 'echo'],
    ['shop_has_order', 'unsupported'],
    ['user_pdl_revoke', 'unsupported'],
  ])('knows %s, of which only the name is told', (event_name, kind) => {
    const text = JSON.stringify({ app_id: APP, oa_id: OA, event_name, timestamp: '1790000000000' });
    expect(parsed(text)).toMatchObject({ kind, name: event_name });
  });

  it('keeps what an operator must know of templates, and the receipt of a template by phone', () => {
    expect(parsed(sampleText('change_template_status.json')).data).toEqual({
      templateId: '512345',
      status: 'REJECT',
      before: 'PENDING_REVIEW',
      reason: 'Logo không hợp lệ',
    });
    expect(parsed(sampleText('change_oa_daily_quota.json')).data).toEqual({ quota: '2000', before: '5000' });
    expect(parsed(sampleText('user_received_message--zns.json'))).toMatchObject({
      messageIds: ['a4d0243feee163bd3af2'],
      data: { byPhone: true, trackingId: 'hs-0001-approved' },
    });
  });

  it('names the messages that were seen', () => {
    expect(parsed(sampleText('user_seen_message.json')).messageIds).toEqual([
      '63ecf43f0df7dba892e6',
      '63ecf43f0df7dba892e7',
    ]);
  });

  it('knows a delivery by phone number by the header too, and keeps no phone number', () => {
    const text = sampleText('user_received_message--zns.json').replace(
      '"delivery_time":"1790001200432",',
      '',
    );
    expect(parsed(text, true)).toMatchObject({ user: null, data: { byPhone: true } });
    expect(JSON.stringify(parsed(text, true))).not.toContain('84987654321');
  });

  it('keeps long ids whole when they come as numbers', () => {
    const text = textBody()
      .replace(`"${USER}"`, USER)
      .replace('"1790000000000"', '1790000000000')
      .replace(`"${OA}"`, OA);
    expect(parsed(text)).toMatchObject({ user: ME, eventAt: new Date(1790000000000) });
  });

  it('takes a shared contact for one when it comes as a link', () => {
    const text = sampleText('user_send_business_card.json').replace(
      'user_send_business_card',
      'user_send_link',
    );
    expect(parsed(text).kind).toBe('contact_card');
  });

  it.each([
    ['an unknown name of a person', 'user_send_poll', { kind: 'not_shown', opensWindow: true, user: ME }],
    ['an unknown name of a group', 'user_send_group_poll', { kind: 'group', opensWindow: false, user: null }],
    ['an unknown name', 'shop_has_order', { kind: 'unsupported', opensWindow: false }],
    ['an alias', 'disperse_group', { kind: 'group' }],
    ['a name that is none', 7, { kind: 'unsupported', name: 'unnamed' }],
    ['a name that holds a secret', 'otp 482913', { kind: 'unsupported', name: 'unnamed' }],
  ])('keeps %s', (_what, event_name, expected) => {
    expect(parsed(textBody({ event_name }))).toMatchObject(expected);
  });

  it.each([
    ['another app', { app_id: '999' }, 'other_app'],
    ['another account by name', { oa_id: '999' }, 'other_account'],
    ['another account by its parties', { recipient: { id: '999' } }, 'other_account'],
  ])('is not taken from %s', (_what, change, outcome) => {
    const text = textBody(change);
    expect(parseEvent(bodyOf(text), Buffer.from(text), false, context)).toEqual({ outcome });
  });

  it('takes the present where the body names no instant', () => {
    for (const timestamp of [undefined, 'soon', -4, {}, '99999999999999999999'])
      expect(parsed(textBody({ timestamp })).eventAt).toEqual(context.now());
  });

  it('survives anything a body may hold', () => {
    const fields = {
      app_id: fc.constant(APP),
      oa_id: fc.constant(OA),
      event_name: fc.constantFrom(...Object.keys(EXPECTED).map((f) => f.split(/[.-]/)[0])),
    };
    fc.assert(
      fc.property(
        fc.record(fields),
        fc.dictionary(
          fc.constantFrom(
            'message',
            'sender',
            'recipient',
            'info',
            'tag',
            'data',
            'follower',
            'user_id',
            'timestamp',
            'status',
            '__proto__',
          ),
          fc.jsonValue(),
        ),
        (base, wild) => {
          const text = JSON.stringify({ ...wild, ...base });
          const { outcome } = parseEvent(bodyOf(text), Buffer.from(text), false, context);
          expect(['event', 'probe']).toContain(outcome);
        },
      ),
      { numRuns: 500 },
    );
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });
});

describe('parseJson', () => {
  it.each([
    ['{"id":1234567890123456789}', { id: '1234567890123456789' }],
    ['[1234567890123456789, 12]', ['1234567890123456789', 12]],
    [
      '{"t":"say: 1234567890123456789 \\" [1234567890123456789"}',
      { t: 'say: 1234567890123456789 " [1234567890123456789' },
    ],
    ['{"n":1234567890123456.5,"e":1.5e300}', { n: 1234567890123456.5, e: 1.5e300 }],
    ['{"n":-1234567890123456789}', { n: '-1234567890123456789' }],
  ])('%s', (text, value) => expect(parseJson(text)).toEqual(value));

  it('leaves every other value as JSON.parse has it', () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        if (!/\d{16}/.test(text)) expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });
});

describe('secrets in every field that a person fills', () => {
  const secret = 'mật khẩu: TreXanh44p';
  const masking = { ...context, mask: (text: string) => maskSecrets(text, (digits) => `#${digits}`) };
  const read = (text: string): InboundEvent => {
    const result = parseEvent(bodyOf(text), Buffer.from(text), false, masking);
    if (result.outcome !== 'event') throw new Error(result.outcome);
    return result.event;
  };
  const link = (url: string, name = 'tin') => [{ type: 'link', payload: { url, name } }];
  const said = (event_name: string, more: object): string =>
    textBody({ event_name, message: { msg_id: 'm1', ...more } });

  it.each([
    ['the text', said('user_send_text', { text: secret })],
    ['a caption', said('user_send_image', { text: secret })],
    [
      'the name of a file',
      said('user_send_file', { attachments: [{ type: 'file', payload: { name: secret } }] }),
    ],
    ['the name of a link', said('user_send_link', { attachments: link('https://a.vn/', secret) })],
    ['the address of a link', said('user_send_link', { attachments: link('https://a.vn/?pass=TreXanh44p') })],
    [
      'the address of a link, written with per cents',
      said('user_send_link', {
        attachments: link('https://a.vn/?q=m%E1%BA%ADt%20kh%E1%BA%A9u%3A+TreXanh44p'),
      }),
    ],
    ['a reaction', said('user_reacted_message', { react_icon: secret })],
    ['a key of a form', textBody({ event_name: 'user_submit_info', info: { [secret]: secret } })],
    ['where a follower comes from', textBody({ event_name: 'follow', source: secret })],
    [
      'what a visitor sends',
      said('anonymous_send_file', { attachments: [{ type: 'file', payload: { name: secret } }] }),
    ],
    [
      'words for the bot in a group',
      textBody({
        event_name: 'user_send_group_text',
        recipient: { id: 'g1' },
        oa_id: OA,
        message: { msg_id: 'm1', text: `[@${OA}] ${secret}` },
      }),
    ],
  ])('are covered and known to the warning: %s', (_where, text) => {
    const event = read(text);
    expect(JSON.stringify(event)).not.toMatch(/TreXanh44p/i);
    expect(event.secrets).toEqual(['password']);
  });

  it('groups of an identity number behind %20 are seen', () => {
    const event = read(
      said('user_send_link', { attachments: link('https://a.vn/?q=027%20090%20001%20234') }),
    );
    expect(event.secrets).toEqual(['id_card']);
    expect(event.attachments?.[0]?.url).toBe('https://a.vn/?q=[***]');
  });

  it.each([
    ['a lone code before the ending', '4827 9135.docx', '[***].docx'],
    ['a name with nothing but an ending', '.482913', '.[***]'],
    ['an ordinary name', 'Báo cáo tháng 3.xlsx', 'Báo cáo tháng 3.xlsx'],
    ['a secret past where names are cut', `${'a '.repeat(122)}mật khẩu: TreXanh44p`, /^(?!.*Tre)/],
  ])('the name of a file: %s', (_what, name, kept) => {
    const event = read(said('user_send_file', { attachments: [{ type: 'file', payload: { name } }] }));
    expect(event.attachments?.[0]?.name).toEqual(kept instanceof RegExp ? expect.stringMatching(kept) : kept);
  });

  it('what an admin or Zalo wrote warns nobody', () => {
    expect(read(said('oa_reacted_message', { react_icon: secret })).secrets).toEqual([]);
    expect(
      read(textBody({ event_name: 'add_user_to_tag', tag: { name: secret }, oa_id: OA })).secrets,
    ).toEqual([]);
  });

  it('the sender decides what may be a figure in the name of a file too', () => {
    const asked: unknown[] = [];
    const mask = (text: string, sender?: string | null, where?: string) => {
      asked.push([sender, where]);
      return { text, secrets: [] };
    };
    const text = said('user_send_file', {
      text: 'đây',
      attachments: [{ type: 'file', payload: { name: 'a.docx' } }],
    });
    parseEvent(bodyOf(text), Buffer.from(text), false, { ...context, mask });
    expect(asked).toEqual([
      [ME, undefined],
      [ME, 'beside'],
    ]);
  });
});
