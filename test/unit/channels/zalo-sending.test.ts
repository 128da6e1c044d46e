import type { Channel, OutboundMessage, SendResult } from '../../../src/channels/channel';
import type { AssetRepo } from '../../../src/channels/zalo/assets.repo';
import type { ApiAnswer } from '../../../src/channels/zalo/openapi';
import { createZaloChannel, type ZaloChannelOptions } from '../../../src/channels/zalo/zalo-channel';
import { AppError } from '../../../src/kernel/errors';
import { createLog } from '../../../src/observability/logger';
import { accepted, channelOptions, code, ok, scriptedApi, type Scripted } from './scripted-zalo';

const TO = 'zalo:3344556677889900112';
const PDF = `${'a'.repeat(64)}.pdf`;

interface World {
  readonly api: Scripted;
  readonly channel: Channel;
  readonly send: (message: OutboundMessage, to?: string) => Promise<SendResult>;
}

function world(answers: readonly ApiAnswer[], more: Partial<ZaloChannelOptions> = {}): World {
  const api = scriptedApi(answers);
  const channel = createZaloChannel(channelOptions(api, more));
  return { api, channel, send: (message, to = TO) => channel.send(to, message) };
}

/** A book of uploads in memory, as the stored one behaves within six days. */
function assetBook(): AssetRepo & { readonly held: Map<string, string> } {
  const held = new Map<string, string>();
  return {
    held,
    find: async (key) => held.get(key) ?? null,
    keep: async (key, asset) => void held.set(key, asset),
    forget: async (key, asset) => void (held.get(key) === asset && held.delete(key)),
  };
}

const files = (bytes: Buffer): Pick<ZaloChannelOptions, 'media'> => ({
  media: { read: async (name) => ({ bytes, name }) },
});
const messageOf = (api: Scripted, call: number): object =>
  (api.requests[call] as { body: { message: object } }).body.message;

describe('a quote', () => {
  const quoting: OutboundMessage = { kind: 'text', text: 'Dạ', quote: 'old' };

  it('is left out once Zalo does not know the message any more, for this message only', async () => {
    const { api, send } = world([code(-201, 'quote_message_id is invalid'), accepted, accepted]);
    expect(await send(quoting)).toEqual({ outcome: 'sent', messageId: 'm1' });
    expect(messageOf(api, 1)).toEqual({ text: 'Dạ' });
    await send(quoting);
    expect(messageOf(api, 2)).toEqual({ text: 'Dạ', quote_message_id: 'old' });
  });

  it('is not given up for anything else', async () => {
    expect((await world([code(-230)]).send(quoting)).outcome).toBe('closed');
    expect((await world([{ outcome: 'unknown', detail: 'x' }]).send(quoting)).outcome).toBe('uncertain');
  });

  it('refused with and without is a message of ours that is wrong', async () => {
    expect((await world([code(-201), code(-201)]).send(quoting)).outcome).toBe('refused');
  });
});

describe('a picture with buttons', () => {
  const picture: OutboundMessage = {
    kind: 'image',
    image: { url: 'https://example.vn/a.png' },
    text: 'Chọn thôn',
    buttons: [{ kind: 'open_url', label: 'Đông', url: 'https://example.vn' }],
  };
  const withButtons = { attachment: { payload: { buttons: [{ title: 'Đông' }] } } };
  const plain = { text: 'Chọn thôn\nĐông: https://example.vn' };

  it.each([-233, -201])('goes without them from the first refusal with %d on', async (refusal) => {
    const { api, send } = world([code(refusal), accepted, accepted]);
    expect((await send(picture)).outcome).toBe('sent');
    expect((await send(picture)).outcome).toBe('sent');
    expect(messageOf(api, 0)).toMatchObject(withButtons);
    expect(messageOf(api, 2)).toMatchObject(plain);
  });

  it('keeps them when the text was refused as well: then it was not the form', async () => {
    const { api, send } = world([code(-201), code(-201), accepted]);
    expect((await send(picture)).outcome).toBe('refused');
    await send(picture);
    expect(messageOf(api, 2)).toMatchObject(withButtons);
  });
});

describe('a file', () => {
  const file: OutboundMessage = { kind: 'file', file: { file: PDF }, name: 'Kế hoạch' };
  const token = ok({ token: 'tok-1' });

  it('is uploaded once, however many get it, also at the same time', async () => {
    const { api, send } = world([token, accepted, accepted, accepted], {
      ...files(Buffer.from('%PDF')),
      assets: assetBook(),
    });
    await Promise.all([send(file), send(file)]);
    await send(file);
    expect(api.requests.map(({ path }) => path)).toEqual([
      '/v2.0/oa/upload/file',
      ...Array<string>(3).fill('/v3.0/oa/message/cs'),
    ]);
    expect(api.requests[0]?.file).toMatchObject({ name: 'Kế hoạch.pdf', type: 'application/pdf' });
    expect(messageOf(api, 1)).toEqual({ attachment: { type: 'file', payload: { token: 'tok-1' } } });
  });

  it('is uploaded again once when Zalo has thrown it away', async () => {
    const assets = assetBook();
    const { api, send } = world([token, code(-100), ok({ token: 'tok-2' }), accepted], {
      ...files(Buffer.from('%PDF')),
      assets,
    });
    expect((await send(file)).outcome).toBe('sent');
    expect(messageOf(api, 3)).toEqual({ attachment: { type: 'file', payload: { token: 'tok-2' } } });
    expect([...assets.held.values()]).toEqual(['tok-2']);
  });

  it('stays here when another process has taken the message over while it was uploaded', async () => {
    const { api, channel } = world([token], { ...files(Buffer.from('%PDF')), assets: assetBook() });
    const asked: string[][] = [];
    const still = async (): Promise<boolean> => {
      asked.push(api.requests.map(({ path }) => path));
      return false;
    };
    const result = await channel.send(TO, file, still);
    // Asked once, between the upload and the message, which never left.
    expect(asked).toEqual([['/v2.0/oa/upload/file']]);
    expect(api.requests).toHaveLength(1);
    expect(result).toMatchObject({ outcome: 'retry' });
  });

  it('goes when the message is still ours', async () => {
    const { channel } = world([token, accepted], { ...files(Buffer.from('%PDF')), assets: assetBook() });
    expect(await channel.send(TO, file, async () => true)).toMatchObject({ outcome: 'sent' });
  });

  it('is not uploaded a third time', async () => {
    const { send } = world([token, code(-100), token, code(-100)], {
      ...files(Buffer.from('%PDF')),
      assets: assetBook(),
    });
    expect(await send(file)).toEqual({ outcome: 'refused', detail: 'zalo:reasons.attachment_gone' });
  });

  it.each<[string, OutboundMessage, Buffer, string]>([
    ['of another kind', { ...file, file: { file: 'x.exe' } }, Buffer.from('x'), 'file_kind'],
    ['that is empty', file, Buffer.alloc(0), 'file_size'],
    ['above 5 MB', file, Buffer.alloc(5 * 1024 * 1024 + 1), 'file_size'],
    [
      'that is a picture above 1 MB',
      { kind: 'image', image: { file: 'x.png' } },
      Buffer.alloc(1024 * 1024 + 1),
      'file_size',
    ],
    ['that is no picture', { kind: 'image', image: { file: 'x.gif' } }, Buffer.from('x'), 'file_kind'],
  ])('%s never leaves', async (_what, message, bytes, reason) => {
    const { send } = world([], { ...files(bytes), assets: assetBook() });
    expect(await send(message)).toEqual({ outcome: 'refused', detail: `zalo:reasons.${reason}` });
  });

  it('that is not there is refused; one that cannot be read now waits', async () => {
    const gone = { read: async () => Promise.reject(new AppError('not_found')) };
    const busy = { read: async () => Promise.reject(new Error('EIO')) };
    const assets = assetBook();
    expect((await world([], { media: gone, assets }).send(file)).outcome).toBe('refused');
    expect((await world([], { media: busy, assets }).send(file)).outcome).toBe('retry');
  });

  it.each<[string, ApiAnswer, SendResult['outcome']]>([
    ['without an answer', { outcome: 'unknown', detail: 'x' }, 'retry'],
    ['to a server that is down', { outcome: 'not_done', detail: 'HTTP 503' }, 'retry'],
    ['beyond the minute', code(-32), 'retry'],
    ['of which Zalo says nothing', ok({}), 'refused'],
    ['without the right to', code(-212), 'alert'],
  ])('whose upload is %s has not been sent', async (_what, answer, outcome) => {
    const { api, send } = world([answer], { ...files(Buffer.from('%PDF')), assets: assetBook() });
    expect((await send(file)).outcome).toBe(outcome);
    expect(api.requests).toHaveLength(1);
  });

  it('goes although the book of uploads is away', async () => {
    const away = async (): Promise<never> => Promise.reject(new AppError('store_unavailable'));
    const assets = { find: away, keep: away, forget: away };
    const { send } = world([token, accepted], { ...files(Buffer.from('%PDF')), assets });
    expect((await send(file)).outcome).toBe('sent');
  });
});

describe('a template by phone', () => {
  const template: OutboundMessage = {
    kind: 'template',
    templateId: '512',
    data: { ten: 'bác', don_vi: 'thôn', ky: '3/2026', han: '17/3', noi_dung: 'x' },
    by: 'phone',
    trackingId: 'row-1',
  };

  it('goes to the business host, to the number that somebody else knows', async () => {
    const phoneOf = jest.fn(async () => '84900000123');
    const { api, send } = world([ok({ msg_id: 'p1' })], { phoneOf });
    expect(await send(template, 'zalo-phone:member-1')).toEqual({ outcome: 'sent', messageId: 'p1' });
    expect(phoneOf).toHaveBeenCalledWith('zalo-phone:member-1');
    expect(api.requests).toMatchObject([
      { host: 'business', path: '/message/template', body: { phone: '84900000123', tracking_id: 'row-1' } },
    ]);
  });

  it.each<[string, () => Promise<string | null>, SendResult['outcome']]>([
    ['nobody knows', async () => null, 'unreachable'],
    ['is none', async () => '0900', 'unreachable'],
    ['cannot be read now', async () => Promise.reject(new AppError('store_unavailable')), 'retry'],
  ])('whose number %s does not go', async (_what, phoneOf, outcome) => {
    expect((await world([], { phoneOf }).send(template)).outcome).toBe(outcome);
  });

  it('takes what the template takes, asked once a day', async () => {
    const info = ok({
      templateId: 512,
      listParams: [
        { name: 'ten', require: true, maxLength: 2 },
        { name: 'noi_dung', require: false, maxLength: '30' },
      ],
    });
    const { api, send } = world([info, accepted, accepted], { askTemplates: true });
    const byUser: OutboundMessage = { ...template, by: 'user' };
    await send(byUser);
    await send(byUser);
    expect(api.requests[0]).toMatchObject({ host: 'business', query: { template_id: '512' } });
    expect(api.requests[2]?.body).toMatchObject({ template_data: { ten: 'b…', noi_dung: 'x' } });
    const empty: OutboundMessage = { ...byUser, data: { ...template.data, ten: ' ' } };
    expect(await send(empty)).toEqual({ outcome: 'refused', detail: 'zalo:reasons.template_data' });
  });

  it('that wants a value we never have waits for whoever chose it', async () => {
    const info = ok({ listParams: [{ name: 'so_tien', require: true, maxLength: 12 }] });
    const { send } = world([info], { askTemplates: true });
    expect(await send({ ...template, by: 'user' })).toMatchObject({
      outcome: 'alert',
      detail: 'zalo:reasons.template',
    });
  });

  it.each<[string, ApiAnswer]>([
    ['cannot be asked', { outcome: 'not_done', detail: 'x' }],
    ['does not say', ok({ listParams: [] })],
    ['does not know it', code(-109)],
  ])('goes as it is when Zalo %s what the template takes', async (_why, info) => {
    const { api, send } = world([info, accepted, accepted], { askTemplates: true });
    const byUser: OutboundMessage = { ...template, by: 'user' };
    expect((await send(byUser)).outcome).toBe('sent');
    await send(byUser);
    expect(api.requests).toHaveLength(3);
    expect(api.requests[2]?.body).toMatchObject({ template_data: template.data });
  });
});

describe('a second form of a message', () => {
  it('stays here when another process has taken the message over meanwhile', async () => {
    const answers = [true, false];
    const { api, channel } = world([code(-201, 'quote_message_id is invalid')]);
    const quoting: OutboundMessage = { kind: 'text', text: 'Dạ', quote: 'old' };
    await channel.send(TO, quoting, async () => answers.shift() === true);
    expect(api.requests).toHaveLength(1);
    expect(answers).toEqual([]);
  });
});

describe('calls that the sender has not counted', () => {
  it('wait for their turn', async () => {
    const pace = jest.fn(async () => undefined);
    const { send } = world([code(-216), code(-201), accepted], { pace });
    await send({ kind: 'text', text: 'Dạ', quote: 'old' });
    expect(pace).toHaveBeenCalledTimes(2);
  });
});

describe('a code that is not in the table', () => {
  it('is logged once with what Zalo said, without anything we said', async () => {
    const lines: string[] = [];
    const { log } = createLog({ level: 'trace', write: (line) => lines.push(line) });
    const strange = code(-987, 'Nguyễn Lan 84900000123 exceeds blorp');
    const { send } = world([strange, strange], { log });
    const text = 'Chào bác nguyễn LAN';
    expect((await send({ kind: 'text', text })).outcome).toBe('refused');
    await send({ kind: 'text', text });
    const told = lines.filter((line) => line.includes('exceeds blorp'));
    expect(told).toHaveLength(1);
    expect(lines.filter((line) => line.includes('-987')).length).toBeGreaterThan(1);
    expect(lines.join('')).not.toMatch(/Lan|Nguyễn|84900000123/);
  });
});
