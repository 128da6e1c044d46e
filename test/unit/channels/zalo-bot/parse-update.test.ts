import type { JsonObject } from '../../../../src/channels/zalo/json';
import { NOW, PERSON, parsed, sample, textUpdate } from './samples';

const common = {
  channel: 'zalo-bot',
  user: PERSON,
  eventAt: new Date(1790003200000),
  secrets: [],
  opensWindow: true,
  messageId: '2d758cb5e222177a4e35',
};

it.each<[string, object]>([
  ['text.received', { ...common, kind: 'text', name: 'message.text.received', text: 'Xin chào' }],
  ['text.received--unwrapped', { ...common, kind: 'text', name: 'message.text.received', text: 'Xin chào' }],
  [
    'image.received',
    {
      ...common,
      kind: 'image',
      text: 'Ảnh hiện trường',
      attachments: [{ type: 'image', url: 'https://f6-photo.example.zdn.vn/8845/bot1.jpg' }],
    },
  ],
  [
    'image.received--photo-key',
    {
      ...common,
      kind: 'image',
      text: 'Ảnh hiện trường',
      attachments: [{ type: 'image', url: 'https://f6-photo.example.zdn.vn/8845/bot1.jpg' }],
    },
  ],
  [
    'sticker.received',
    {
      ...common,
      kind: 'sticker',
      attachments: [{ type: 'sticker', url: 'https://sticker.example.zdn.vn/46990.png' }],
    },
  ],
  [
    'voice.received',
    {
      ...common,
      kind: 'audio',
      attachments: [{ type: 'audio', url: 'https://voice-aac.example.zdn.vn/b1.aac' }],
    },
  ],
  ['unsupported.received', { ...common, kind: 'not_shown' }],
  [
    'text.received--group',
    {
      kind: 'group',
      user: null,
      group: 'zalo-bot-group:g0a1b2c3d4e5f60718',
      from: PERSON,
      opensWindow: false,
      data: { addressed: 'mention' },
      text: '@BotTho lịch họp',
    },
  ],
])('reads %s', (name, expected) => {
  expect(parsed(sample(name))).toMatchObject(expected);
});

function renamed(event_name: string): JsonObject {
  return { result: { ...(textUpdate({})['result'] as JsonObject), event_name } };
}

it('gives the same id wrapped, bare and repeated, and no name of a person anywhere', () => {
  const [wrapped, bare] = ['text.received', 'text.received--unwrapped'].map((name) => parsed(sample(name)));
  expect(wrapped?.id).toBe('message.text.received:2d758cb5e222177a4e35');
  expect(bare?.id).toBe(wrapped?.id);
  expect(JSON.stringify([wrapped, bare])).not.toContain('An Nguyễn');
});

it('masks what must never be kept, and keeps a hash of a lone code', () => {
  const event = parsed(textUpdate({ text: '48279135' }));
  expect(event).toMatchObject({ text: '[***]', secrets: ['claim_code'], codeHash: 'hash of 8' });
});

it('writes decomposed Vietnamese in one form, without what cannot be stored', () => {
  const text = parsed(textUpdate({ text: `${'Tiếng Việt'.normalize('NFD')}\u0000\ud800` })).text;
  expect(text).toBe('Tiếng Việt');
});

it('does not talk with another bot', () => {
  expect(parsed(textUpdate({ from: { id: 'bot1', is_bot: true } }))).toMatchObject({
    kind: 'echo',
    byHuman: false,
    opensWindow: false,
  });
});

it.each<[string, object, object]>([
  [
    'a message nobody told us of, of nobody',
    { event_name: 'message.video.received' },
    { kind: 'unsupported', user: null },
  ],
  ['a message nobody told us of', renamed('message.video.received'), { kind: 'not_shown', user: PERSON }],
  ['an event that is no message', renamed('bot.renamed'), { kind: 'unsupported', user: PERSON }],
  ['an empty object', {}, { kind: 'unsupported', name: 'unnamed', user: null, eventAt: NOW }],
  ['a message that is a list', { event_name: 'message.text.received', message: [1] }, { user: null }],
  ['a date in seconds', textUpdate({ date: 1790003200 }), { eventAt: new Date(1790003200000) }],
  ['a date in words', textUpdate({ date: 'now' }), { eventAt: NOW }],
  [
    'an id that is a number',
    textUpdate({ chat: { id: '6789012345678901234' } }),
    { user: 'zalo-bot:6789012345678901234' },
  ],
  ['an id that is none', textUpdate({ chat: { id: '../x y' }, from: { id: {} } }), { user: null }],
  ['a chat without an id', textUpdate({ chat: {} }), { user: PERSON }],
  ['a text that is none', textUpdate({ text: { a: 1 } }), { kind: 'text', secrets: [] }],
])('lives with %s', (_what, body, expected) => {
  expect(parsed(body)).toMatchObject(expected);
});

it('tells updates without an id apart by their bytes', () => {
  const [a, again, b] = ['x', 'x', 'y'].map((text) => parsed(textUpdate({ message_id: '', text })).id);
  expect(a).toBe(again);
  expect(a).not.toBe(b);
});

it('takes an address only when it is one of the web', () => {
  const { result } = sample('image.received') as { result: { message: object } };
  const body = { ...result, message: { ...result.message, photo_url: 'file:///etc/passwd' } };
  expect(parsed(body).attachments).toEqual([{ type: 'image' }]);
});
