import fc from 'fast-check';
import type { Button, OutboundMessage } from '../../../src/channels/channel';
import { render } from '../../../src/channels/zalo/render';
import type { ConsultationBody, WireButton } from '../../../src/channels/zalo/wire';

const TO = 'zalo:3344556677889900112';
const data = { ten: 'bác', don_vi: 'thôn', ky: '3/2026', han: '17/3', noi_dung: 'x' };

function consultation(message: OutboundMessage): ConsultationBody {
  const rendered = render(TO, message);
  if (rendered?.family !== 'oa') throw new Error('expected a consultation message');
  return rendered.body;
}

describe('render', () => {
  it('writes a text with buttons of every kind', () => {
    const buttons: Button[] = [
      { kind: 'reply', label: 'Báo cáo', payload: '#REPORT' },
      { kind: 'open_url', label: 'Mở', url: 'https://example.vn/a' },
      { kind: 'call', label: 'Gọi', phone: '0900 000 123' },
    ];
    expect(render(TO, { kind: 'text', text: 'Chào bác', buttons })).toEqual({
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
                { title: 'Mở', type: 'oa.open.url', payload: { url: 'https://example.vn/a' } },
                { title: 'Gọi', type: 'oa.open.phone', payload: { phone_code: '84900000123' } },
              ],
            },
          },
        },
      },
    });
  });

  it('writes a template by user id, each value on one line', () => {
    const message = { kind: 'template', templateId: '512', data: { ...data, noi_dung: 'một\nhai' } } as const;
    expect(render(TO, message)).toEqual({
      family: 'zns',
      path: '/v3.0/oa/message/template',
      body: {
        user_id: '3344556677889900112',
        template_id: '512',
        template_data: { ...data, noi_dung: 'một hai' },
      },
    });
  });

  it.each([
    ['nothing to say', TO, ' \n'],
    ['only what cannot be shown', TO, '\u0000\ud800'],
    ['no person of this channel', 'zalo:no body', 'x'],
  ])('is null with %s', (_what, to, text) => expect(render(to, { kind: 'text', text })).toBeNull());

  it('leaves out buttons that would say something else when cut', () => {
    const buttons: Button[] = [
      { kind: 'reply', label: 'dài', payload: 'x'.repeat(1001) },
      { kind: 'open_url', label: 'lạ', url: 'javascript:alert(1)' },
      { kind: 'call', label: 'không', phone: '—' },
    ];
    expect(consultation({ kind: 'text', text: 'x', buttons }).message).toEqual({ text: 'x' });
  });

  it('keeps the limits of Zalo whatever comes in', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 3000 }),
      fc.string({ unit: 'grapheme', maxLength: 2500, size: 'max' }),
      fc.constant('Đường dây ấm '.repeat(300).normalize('NFD')),
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
    fc.assert(
      fc.property(text, fc.array(button, { maxLength: 9 }), (words, buttons) => {
        const rendered = render(TO, { kind: 'text', text: words, buttons });
        if (rendered === null) return;
        const { message } = rendered.body as ConsultationBody;
        const sent: readonly WireButton[] = message.attachment?.payload.buttons ?? [];
        expect(Array.from(message.text).length).toBeLessThanOrEqual(2000);
        expect(message.text.length).toBeGreaterThan(0);
        expect(message.text).toBe(message.text.normalize('NFC'));
        expect(/\p{Surrogate}/u.test(message.text)).toBe(false);
        expect(sent.length).toBeLessThanOrEqual(5);
        for (const { title, payload } of sent) {
          expect(Array.from(title).length).toBeLessThanOrEqual(100);
          if (typeof payload === 'string') expect(Array.from(payload).length).toBeLessThanOrEqual(1000);
        }
      }),
    );
  });

  it('cuts a long text at the end of a word', () => {
    const { text } = consultation({ kind: 'text', text: 'một hai '.repeat(400) }).message;
    expect(text).toMatch(/(một|hai)…$/);
  });
});
