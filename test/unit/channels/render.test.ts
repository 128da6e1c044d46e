import fc from 'fast-check';
import type { Button, OutboundMessage } from '../../../src/channels/channel';
import { readAddress } from '../../../src/channels/zalo/address';
import { trackingId } from '../../../src/channels/zalo/render-template';
import { render, type Rendered, type RenderOptions } from '../../../src/channels/zalo/render';
import type { WireAttachment, WireMessage } from '../../../src/channels/zalo/wire';

const PERSON = 'zalo:3344556677889900112';
const GROUP = 'zalo-group:a1b2c3d4e5f60718293a';
const VISITOR = 'zalo-visitor:anon-1/conv-9';
const data = { ten: 'bác', don_vi: 'thôn', ky: '3/2026', han: '17/3', noi_dung: 'x' };
const hide = (label: string, payload: string): Button => ({ kind: 'reply', label, payload });

function rendered(
  message: OutboundMessage,
  to = PERSON,
  options: Partial<RenderOptions> = {},
): Rendered | null {
  const address = readAddress(to);
  return address && render(address, message, { without: new Set(), ...options });
}

function sent(message: OutboundMessage, to = PERSON, options: Partial<RenderOptions> = {}): WireMessage {
  const found = rendered(message, to, options);
  if (found?.family !== 'oa') throw new Error('expected a message');
  return found.body.message;
}

const payloadOf = (attachment: WireAttachment | undefined): object | undefined => attachment?.payload;

describe('a text', () => {
  it('stands with buttons of every kind', () => {
    const buttons: Button[] = [
      hide('Báo cáo', '#REPORT'),
      hide('Có', 'có'),
      { kind: 'open_url', label: 'Mở', url: 'https://example.vn/a' },
      { kind: 'call', label: 'Gọi', phone: '0900 000 123' },
    ];
    expect(rendered({ kind: 'text', text: 'Chào bác', buttons })).toEqual({
      family: 'oa',
      path: '/v3.0/oa/message/cs',
      body: {
        recipient: { user_id: '3344556677889900112' },
        message: {
          text: 'Chào bác',
          attachment: {
            type: 'template',
            payload: {
              buttons: [
                { title: 'Báo cáo', type: 'oa.query.hide', payload: '#REPORT' },
                { title: 'Có', type: 'oa.query.show', payload: 'có' },
                { title: 'Mở', type: 'oa.open.url', payload: { url: 'https://example.vn/a' } },
                { title: 'Gọi', type: 'oa.open.phone', payload: { phone_code: '84900000123' } },
              ],
            },
          },
        },
      },
    });
  });

  it('quotes, and has the same without the quote behind it', () => {
    const found = rendered({ kind: 'text', text: 'Dạ', quote: 'a1f0' });
    expect(found).toMatchObject({
      body: { message: { text: 'Dạ', quote_message_id: 'a1f0' } },
      risk: { form: 'quote', plainer: { body: { message: { text: 'Dạ' } } } },
    });
    expect(sent({ kind: 'text', text: 'Dạ', quote: 'a1f0' }, VISITOR)).toEqual({ text: 'Dạ' });
  });

  it('goes to a group and to a visitor with addresses and numbers as lines', () => {
    const buttons: Button[] = [
      hide('Có', '#Y'),
      { kind: 'open_url', label: 'Trang', url: 'https://example.vn/a' },
      { kind: 'call', label: 'Gọi', phone: '0900000123' },
    ];
    const text = 'Họp tối nay\nTrang: https://example.vn/a\nGọi: 0900000123';
    expect(rendered({ kind: 'text', text: 'Họp tối nay', buttons }, GROUP)).toMatchObject({
      path: '/v3.0/oa/group/message',
      body: { recipient: { group_id: 'a1b2c3d4e5f60718293a' }, message: { text } },
    });
    expect(rendered({ kind: 'text', text: 'Họp tối nay', buttons }, VISITOR)).toMatchObject({
      path: '/v2.0/oa/message',
      body: { recipient: { anonymous_id: 'anon-1', conversation_id: 'conv-9' }, message: { text } },
    });
  });

  it.each(['[@a1b2c3d4e5f60718293a] dậy', '[\u0000@123]', '[[@1]'])('calls nobody with %j', (text) => {
    expect(sent({ kind: 'text', text }, GROUP).text).not.toContain('[@');
  });

  it.each([
    ['nothing to say', PERSON, ' \n'],
    ['only what cannot be shown', PERSON, '\u0000\ud800'],
    ['no person of this channel', 'zalo:no body', 'x'],
    ['half a visitor', 'zalo-visitor:anon-1', 'x'],
    ['a member without an account', 'zalo-phone:m1', 'x'],
    ['another channel', 'zalo-bot:1', 'x'],
  ])('is not sent with %s', (_what, to, text) => expect(rendered({ kind: 'text', text }, to)).toBeNull());

  it('leaves out buttons that would say something else when cut', () => {
    const buttons: Button[] = [
      hide('dài', 'x'.repeat(1001)),
      { kind: 'open_url', label: 'lạ', url: 'javascript:alert(1)' },
      { kind: 'call', label: 'không', phone: '—' },
    ];
    expect(sent({ kind: 'text', text: 'x', buttons })).toEqual({ text: 'x' });
  });

  it('is cut at the end of a word', () => {
    expect(sent({ kind: 'text', text: 'một hai '.repeat(400) }).text).toMatch(/(một|hai)…$/);
  });
});

describe('a picture, an animation, a document', () => {
  const element = { media_type: 'image', url: 'https://example.vn/a.jpg' };

  it('is named by its address or by what Zalo calls it', () => {
    expect(sent({ kind: 'image', image: { url: 'https://example.vn/a.jpg' }, text: 'Sơ đồ' })).toEqual({
      text: 'Sơ đồ',
      attachment: { type: 'template', payload: { template_type: 'media', elements: [element] } },
    });
    expect(sent({ kind: 'image', image: { file: 'x.jpg' } }, GROUP, { asset: 'att-1' })).toEqual({
      attachment: {
        type: 'template',
        payload: { template_type: 'media', elements: [{ media_type: 'image', attachment_id: 'att-1' }] },
      },
    });
    expect(rendered({ kind: 'image', image: { file: 'x.jpg' } })).toBeNull();
    expect(rendered({ kind: 'image', image: { url: 'ftp://example.vn' } })).toBeNull();
  });

  it('of a picture with buttons has the buttons as words behind it', () => {
    const image: OutboundMessage = {
      kind: 'image',
      image: { url: 'https://example.vn/a.jpg' },
      buttons: [{ kind: 'open_url', label: 'Xem', url: 'https://example.vn' }],
    };
    const found = rendered(image);
    const buttons = [{ title: 'Xem', type: 'oa.open.url', payload: { url: 'https://example.vn' } }];
    expect(found).toMatchObject({
      body: {
        message: { attachment: { payload: { template_type: 'media', elements: [element], buttons } } },
      },
      risk: {
        form: 'media_buttons',
        plainer: { body: { message: { text: 'Xem: https://example.vn' } } },
      },
    });
    expect(rendered(image, PERSON, { without: new Set(['media_buttons']) })).not.toHaveProperty('risk');
  });

  it('of a document is its token', () => {
    const file: OutboundMessage = { kind: 'file', file: { file: 'x.pdf' }, name: 'Kế hoạch.pdf' };
    expect(sent(file, PERSON, { asset: 't1' })).toEqual({
      attachment: { type: 'file', payload: { token: 't1' } },
    });
    expect(rendered(file)).toBeNull();
  });
});

describe('what is no talk', () => {
  it('asks for name and number with one picture', () => {
    const ask = {
      kind: 'ask_info',
      title: 'x'.repeat(120),
      subtitle: 'y',
      imageUrl: 'https://e.vn/a.png',
    } as const;
    const [element] = (payloadOf(sent(ask).attachment) as { elements: { title: string }[] }).elements;
    expect(element).toMatchObject({ subtitle: 'y', image_url: 'https://e.vn/a.png' });
    expect(Array.from(element?.title ?? '')).toHaveLength(100);
    expect(rendered({ ...ask, imageUrl: 'a.png' })).toBeNull();
    expect(rendered(ask, VISITOR)).toBeNull();
  });

  it('fills a template by user id, each value on one line and no longer than it takes', () => {
    const message = { kind: 'template', templateId: '512', data: { ...data, noi_dung: 'một\nhai' } } as const;
    expect(rendered(message)).toEqual({
      family: 'zns',
      path: '/v3.0/oa/message/template',
      body: {
        user_id: '3344556677889900112',
        template_id: '512',
        template_data: { ...data, noi_dung: 'một hai' },
      },
    });
    const templateKeys = [{ name: 'noi_dung', required: true, max: 5 }];
    expect(rendered(message, PERSON, { templateKeys })).toMatchObject({
      body: { template_id: '512', template_data: { noi_dung: 'một…' } },
    });
    expect(rendered(message, GROUP)).toBeNull();
  });

  it('fills a template by phone with what comes back in its receipt', () => {
    const message = { kind: 'template', templateId: '512', data, by: 'phone', trackingId: 'row-1' } as const;
    for (const to of [PERSON, 'zalo-phone:m1'])
      expect(rendered(message, to, { phone: '84900000123' })).toEqual({
        family: 'zns',
        path: '/message/template',
        body: {
          phone: '84900000123',
          template_id: '512',
          template_data: data,
          tracking_id: 'row-1',
          sending_mode: '1',
        },
      });
    expect(rendered(message)).toBeNull();
  });

  it('never tracks by more than 48 ASCII characters', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1, maxLength: 90 }), (text) => {
        expect(trackingId(text)).toMatch(/^[\x21-\x7e]{1,48}$/);
        expect(trackingId(text)).toBe(trackingId(text));
      }),
    );
  });
});

describe('whatever comes in', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 3000 }),
    fc.string({ unit: 'grapheme', maxLength: 2500, size: 'max' }),
    fc.constant('Đường dây ấm '.repeat(300).normalize('NFD')),
    fc.constant('[@1'.repeat(900)),
  );
  const label = fc.string({ unit: 'grapheme', maxLength: 300, size: 'max' });
  const button: fc.Arbitrary<Button> = fc.oneof(
    fc.record({
      kind: fc.constant('reply' as const),
      label,
      payload: fc.string({ maxLength: 1200, size: 'max' }),
    }),
    fc.record({ kind: fc.constant('open_url' as const), label, url: fc.webUrl() }),
    fc.record({ kind: fc.constant('call' as const), label, phone: fc.string() }),
  );
  const buttons = fc.array(button, { maxLength: 9 });
  const image = fc.record({ url: fc.webUrl() });
  const message: fc.Arbitrary<OutboundMessage> = fc.oneof(
    fc.record({ kind: fc.constant('text' as const), text, buttons, quote: fc.string() }),
    fc.record({ kind: fc.constant('image' as const), image, text, buttons, quote: fc.string() }),
    fc.record({
      kind: fc.constant('ask_info' as const),
      title: text,
      subtitle: text,
      imageUrl: fc.webUrl(),
    }),
    fc.record({
      kind: fc.constant('template' as const),
      templateId: fc.constant('512'),
      data: fc.record({ ten: text, don_vi: text, ky: text, han: text, noi_dung: text }),
    }),
  );
  const MAX: Readonly<Record<string, number>> = {
    text: 2000,
    title: 100,
    subtitle: 500,
    url: 1000,
    image_url: 1000,
    payload: 1000,
    ten: 400,
    don_vi: 400,
    ky: 400,
    han: 400,
    noi_dung: 400,
  };

  /** Every limit on every text and list of a body, found by the name of its field. */
  function check(value: unknown, field = ''): void {
    if (Array.isArray(value)) {
      expect(value.length).toBeLessThanOrEqual(5);
      for (const each of value) check(each, field);
    } else if (typeof value === 'object' && value !== null) {
      for (const [name, inner] of Object.entries(value)) check(inner, name);
    } else if (typeof value === 'string') {
      expect(Array.from(value).length).toBeLessThanOrEqual(MAX[field] ?? 1000);
      if (['text', 'title', 'subtitle'].includes(field)) {
        expect(value).not.toBe('');
        expect(value === value.normalize('NFC')).toBe(true);
        expect(/\p{Surrogate}/u.test(value)).toBe(false);
      }
      if (field === 'text') expect(value.includes('[@')).toBe(false);
    }
  }

  it.each([PERSON, GROUP, VISITOR])('what goes out to %s keeps the limits, in every form of it', (to) => {
    fc.assert(
      fc.property(message, (any) => {
        for (
          let form = rendered(any, to);
          form;
          form = form.family === 'oa' ? (form.risk?.plainer ?? null) : null
        )
          check(form.body);
      }),
    );
  });
});
