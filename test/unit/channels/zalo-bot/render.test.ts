import type { Button, OutboundMessage } from '../../../../src/channels/channel';
import { render } from '../../../../src/channels/zalo-bot/render';
import { PERSON } from './samples';

const CHAT = 'b1c2d3e4f5a6978877';
const reply = (label: string, digit?: number): Button => ({
  kind: 'reply',
  label,
  payload: '#report|x|1|OK',
  ...(digit === undefined ? {} : { digit }),
});

function textsOf(message: OutboundMessage): unknown[] | undefined {
  return render(PERSON, message)?.map(({ body }) => ('text' in body ? body.text : body));
}

it('says a plain text in one call', () => {
  expect(render(PERSON, { kind: 'text', text: 'Xin chào', quote: 'm1' })).toEqual([
    { method: 'sendMessage', body: { chat_id: CHAT, text: 'Xin chào' } },
  ]);
});

it.each<[string, string, readonly Button[], string]>([
  [
    'digits that answer',
    'Đúng không ạ?',
    [reply('Đúng', 1), reply('Không', 2)],
    'Đúng không ạ?\n\n1. Đúng\n2. Không',
  ],
  [
    'words where a number means something else',
    'Bao nhiêu hộ?',
    [reply('Chưa có số'), reply('Để sau')],
    'Bao nhiêu hộ?\n\n«Chưa có số» · «Để sau»',
  ],
  [
    'nothing twice that the text numbers itself',
    'Việc gì ạ?\n1. Báo cáo tháng 3\n2. Tình hình báo cáo',
    [reply('Báo cáo tháng 3', 1), reply('Tình hình', 2), reply('Thôi', 3)],
    'Việc gì ạ?\n1. Báo cáo tháng 3\n2. Tình hình báo cáo\n\n3. Thôi',
  ],
  [
    'no number that stands before something else in the text',
    'Làm thế này:\n1. Mở ứng dụng\n2. Bấm nút',
    [reply('Được rồi', 1), reply('Chưa được', 2)],
    'Làm thế này:\n1. Mở ứng dụng\n2. Bấm nút\n\n«Được rồi» · «Chưa được»',
  ],
  [
    'links and numbers to call as they are',
    'Xem thêm',
    [
      { kind: 'open_url', label: 'Mở trang', url: 'https://example.vn/a?b=1' },
      { kind: 'call', label: 'Gọi', phone: '84900000123' },
      reply('Thôi', 1),
    ],
    'Xem thêm\n\nMở trang: https://example.vn/a?b=1\nGọi: 0900000123\n1. Thôi',
  ],
])('shows choices as %s', (_how, text, buttons, shown) => {
  expect(textsOf({ kind: 'text', text, buttons })).toEqual([shown]);
});

it('splits a long text in order, the choices at its end', () => {
  const text = Array.from({ length: 90 }, (_, i) => `Dòng ${i}: ${'chữ '.repeat(10)}`).join('\n');
  const parts = textsOf({ kind: 'text', text, buttons: [reply('Gửi', 1)] }) as string[];
  expect(parts.length).toBeGreaterThan(1);
  expect(parts.every((part) => [...part].length <= 2000)).toBe(true);
  expect(parts.join('\n').replace(/\s/g, '')).toBe(`${text}1. Gửi`.replace(/\s/g, ''));
  expect(parts.at(-1)).toMatch(/\n\n1\. Gửi$/);
});

it('sends a picture by its address with the words under it', () => {
  const image = { url: 'https://example.vn/a.png' };
  expect(render(PERSON, { kind: 'image', image, text: 'Biểu đồ' })).toEqual([
    { method: 'sendPhoto', body: { chat_id: CHAT, photo: image.url, caption: 'Biểu đồ' } },
  ]);
  expect(render(PERSON, { kind: 'image', image })).toEqual([
    { method: 'sendPhoto', body: { chat_id: CHAT, photo: image.url } },
  ]);
  const long = render(PERSON, { kind: 'image', image, text: 'chữ '.repeat(900) });
  expect(long?.map(({ method }) => method)).toEqual(['sendPhoto', 'sendMessage']);
});

it('says the words of a picture that it cannot show', () => {
  expect(textsOf({ kind: 'image', image: { file: 'a.png' }, text: 'Biểu đồ' })).toEqual(['Biểu đồ']);
  expect(render(PERSON, { kind: 'image', image: { file: 'a.png' } })).toBeNull();
});

it('says a request for details in words', () => {
  const ask = { kind: 'ask_info', title: 'Xin số', subtitle: 'để gọi lại', imageUrl: 'x' } as const;
  expect(textsOf(ask)).toEqual(['Xin số\n\nđể gọi lại']);
});

it('knows its own addresses only', () => {
  const text = { kind: 'text', text: 'a' } as const;
  expect(render('zalo-bot-group:g1', text)?.[0]?.body).toEqual({ chat_id: 'g1', text: 'a' });
  for (const to of ['zalo:1', 'zalo-bot', 'zalo-bot:', 'zalo-bot:a b', 'zalo-bot:a/b', ''])
    expect([to, render(to, text)]).toEqual([to, null]);
});

it('has nothing to say of a text that is none', () => {
  expect(render(PERSON, { kind: 'text', text: ' \u0000 ' })).toBeNull();
});
