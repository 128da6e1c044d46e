import type { OutboundMessage } from '../../../src/channels/channel';
import type { ApiAnswer } from '../../../src/channels/zalo/openapi';
import { createZaloChannel } from '../../../src/channels/zalo/zalo-channel';
import { AppError } from '../../../src/kernel/errors';
import { channelOptions, code, goodTokens, ok, scriptedApi } from './scripted-zalo';

const TO = 'zalo:3344556677889900112';
const SINCE = new Date('2026-03-12T15:00:00Z');
const text: OutboundMessage = { kind: 'text', text: 'Chào bác' };

interface Item {
  readonly s: number;
  readonly by?: 0 | 1;
  readonly says?: string | null;
}

/** Items by seconds after `SINCE`, newest first, as Zalo writes them. */
const talk = (...items: Item[]): ApiAnswer =>
  ok({
    items: items.map(({ s, by = 0, says = 'khác' }, i) => ({
      src: by,
      time: SINCE.getTime() + s * 1000,
      type: says === null ? 'photo' : 'text',
      ...(says === null ? {} : { message: says }),
      message_id: `m${i}`,
    })),
  });
const full = (item: Item): ApiAnswer => talk(...Array<Item>(10).fill(item));

async function lookUp(answers: ApiAnswer[], message = text, to = TO) {
  const api = scriptedApi(answers);
  const found = await createZaloChannel(channelOptions(api)).lookUp?.(to, message, SINCE);
  expect(api.left).toEqual([]);
  return found;
}

it.each<[string, ApiAnswer[], object]>([
  ['ours is there', [talk({ s: 9, by: 1 }, { s: 2, says: 'Chào bác' })], { arrived: 'yes', messageId: 'm1' }],
  [
    'ours is there, written decomposed',
    [talk({ s: 2, says: 'Chào bác'.normalize('NFD') })],
    { arrived: 'yes', messageId: 'm0' },
  ],
  [
    'their clock is a little behind',
    [talk({ s: -4, says: 'Chào bác' })],
    { arrived: 'yes', messageId: 'm0' },
  ],
  ['the same was said long before', [talk({ s: -6, says: 'Chào bác' })], { arrived: 'no' }],
  ['they said the same', [talk({ s: 2, by: 1, says: 'Chào bác' })], { arrived: 'no' }],
  ['there was no talk at all', [talk()], { arrived: 'no' }],
  ['it begins before and is not there', [full({ s: -60 })], { arrived: 'no' }],
  [
    'it stands on the third page',
    [full({ s: 30 }), full({ s: 20 }), talk({ s: 2, says: 'Chào bác' })],
    { arrived: 'yes', messageId: 'm0' },
  ],
  [
    'three pages do not reach back',
    [full({ s: 30 }), full({ s: 20 }), full({ s: 10 })],
    { arrived: 'unknown' },
  ],
  ['something of ours cannot be read', [talk({ s: 2, says: null })], { arrived: 'unknown' }],
  ['Zalo refuses', [code(-213)], { arrived: 'unknown' }],
  ['Zalo does not answer', [{ outcome: 'unknown', detail: 'x' }], { arrived: 'unknown' }],
])('when %s', async (_what, answers, expected) => {
  expect(await lookUp(answers)).toEqual(expected);
});

it('compares with what was sent, not with what was meant', async () => {
  const long: OutboundMessage = { kind: 'text', text: 'một hai '.repeat(400) };
  const api = scriptedApi([ok({ message_id: 'm1' })]);
  await createZaloChannel(channelOptions(api)).send(TO, long);
  const says = (api.requests[0] as { body: { message: { text: string } } }).body.message.text;
  expect(await lookUp([talk({ s: 1, says })], long)).toMatchObject({ arrived: 'yes' });
});

it('knows of a picture only when nothing came', async () => {
  const image: OutboundMessage = { kind: 'image', image: { url: 'https://example.vn/a.png' } };
  expect(await lookUp([talk({ s: -60 })], image)).toEqual({ arrived: 'no' });
  expect(await lookUp([talk({ s: 1, says: null })], image)).toEqual({ arrived: 'unknown' });
  expect(await lookUp([talk({ s: 1, says: 'khác' })], image)).toEqual({ arrived: 'no' });
});

it('asks a group for its own talk', async () => {
  const api = scriptedApi([talk({ s: 1, says: 'Chào bác' })]);
  const channel = createZaloChannel(channelOptions(api));
  expect(await channel.lookUp?.('zalo-group:g1', text, SINCE)).toMatchObject({ arrived: 'yes' });
  expect(api.requests).toMatchObject([
    { path: '/v3.0/oa/group/conversation', query: { group_id: 'g1', offset: 0, count: 10 } },
  ]);
});

it.each<[string, OutboundMessage, string]>([
  [
    'a template',
    { kind: 'template', templateId: '1', data: { ten: '', don_vi: '', ky: '', han: '', noi_dung: '' } },
    TO,
  ],
  ['a visitor', text, 'zalo-visitor:a/b'],
  ['nobody', text, 'zalo:'],
])('does not know, nor ask, about %s', async (_what, message, to) => {
  expect(await lookUp([], message, to)).toEqual({ arrived: 'unknown' });
});

it('never throws', async () => {
  const dead = { ...goodTokens, current: async () => Promise.reject(new AppError('zalo_token_dead')) };
  const channel = createZaloChannel(channelOptions(scriptedApi([]), { tokens: dead }));
  expect(await channel.lookUp?.(TO, text, SINCE)).toEqual({ arrived: 'unknown' });
});
