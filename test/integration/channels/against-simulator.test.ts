import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Button, Channel, OutboundMessage } from '../../../src/channels/channel';
import { createCaller, type Caller } from '../../../src/channels/zalo/api/caller';
import { createGroups } from '../../../src/channels/zalo/api/groups';
import { phoneMessageState, phoneQuota, templateInfo } from '../../../src/channels/zalo/api/templates';
import { createUsers } from '../../../src/channels/zalo/api/users';
import { createAssetRepo } from '../../../src/channels/zalo/assets.repo';
import { createOpenApi, type OpenApi, type RateState } from '../../../src/channels/zalo/openapi';
import { createZaloChannel } from '../../../src/channels/zalo/zalo-channel';
import { createMediaStore, type MediaStore } from '../../../src/evidence/media-store';
import { silentLog } from '../../../src/observability/logger';
import { AN, BINH, CHI, MINUTE, Zalo } from '../../contract/world';
import { freshStore, type TestStore } from '../../support/stores';

/** The channel and the typed calls against the simulated Zalo, which refuses what Zalo refuses. */

const TO = `zalo:${AN}`;
const DATA = { ten: 'Nguyễn Văn An', don_vi: 'Thôn Đông', ky: '10/2026', han: '17/11', noi_dung: 'x' };
const PNG = Buffer.from('89504e470d0a1a0a', 'hex');

let z: Zalo;
let api: OpenApi;
let caller: Caller;
let channel: Channel;
let media: MediaStore;
let store: TestStore;
let dir = '';
const rates: RateState[] = [];

beforeAll(async () => {
  store = await freshStore();
  dir = await mkdtemp(join(tmpdir(), 'media-'));
  media = createMediaStore(dir);
});
afterAll(async () => {
  await store.stop();
  await rm(dir, { recursive: true, force: true });
});
beforeEach(async () => {
  z = await Zalo.start();
  api = createOpenApi({ baseUrl: z.base, businessUrl: z.base, timeoutMs: 1_500 });
  const tokens = {
    current: async () => ({ accessToken: z.token, generation: 1 }),
    renew: async () => ({ accessToken: z.token, generation: 2 }),
  };
  rates.length = 0;
  caller = createCaller({ api, tokens });
  await store.connection.collection('zalo_assets').deleteMany({});
  channel = createZaloChannel({
    api,
    tokens,
    clock: z.clock,
    log: silentLog,
    media,
    assets: createAssetRepo(store.connection, 'oa'),
    phoneOf: async () => '84900000001',
    onRate: (rate) => rates.push(rate),
  });
});
afterEach(async () => {
  api.close();
  await z.close();
});

const sent = { outcome: 'sent', messageId: expect.stringMatching(/./) };

it.each<[string, OutboundMessage]>([
  ['a text', { kind: 'text', text: 'Chào bác' }],
  [
    'a text with every button',
    {
      kind: 'text',
      text: 'Chào bác',
      buttons: [
        { kind: 'reply', label: 'Báo cáo', payload: '#BAOCAO' },
        { kind: 'reply', label: 'Có', payload: 'có' },
        { kind: 'open_url', label: 'Mở', url: 'https://example.vn' },
        { kind: 'call', label: 'Gọi', phone: '0900000123' },
      ],
    },
  ],
  ['a text as long as may be', { kind: 'text', text: 'Đường '.repeat(900).normalize('NFD') }],
  ['a picture of the web', { kind: 'image', image: { url: 'https://example.vn/a.jpg' }, text: 'Sơ đồ' }],
  [
    'a picture with buttons',
    {
      kind: 'image',
      image: { url: 'https://example.vn/a.jpg' },
      buttons: [{ kind: 'reply', label: 'Có', payload: '#Y' }],
    },
  ],
  [
    'a request for name and number',
    { kind: 'ask_info', title: 'Chia sẻ', subtitle: 'Để tổ liên hệ', imageUrl: 'https://example.vn/a.png' },
  ],
])('takes %s', async (_what, message) => {
  expect(await channel.send(TO, message)).toMatchObject(sent);
  expect(rates.length).toBeGreaterThan(0);
});

it('takes an answer that quotes what An said', async () => {
  const { messageId } = (await createUsers(caller).conversation(AN, { offset: 0, count: 1 }))[0] ?? {
    messageId: '',
  };
  expect(await channel.send(TO, { kind: 'text', text: 'Dạ', quote: messageId })).toMatchObject(sent);
});

it('says it without the quote when the message is gone', async () => {
  expect(await channel.send(TO, { kind: 'text', text: 'Dạ', quote: 'never-was' })).toMatchObject(sent);
});

it('takes files of ours, and takes them anew when they have grown old', async () => {
  const image = await media.put(PNG, 'png');
  const file = await media.put(Buffer.from('%PDF-1.7'), 'pdf');
  const messages: OutboundMessage[] = [
    { kind: 'image', image: { file: image }, text: 'Sơ đồ' },
    { kind: 'file', file: { file }, name: 'Kế hoạch.pdf' },
  ];
  for (const message of messages) expect(await channel.send(TO, message)).toMatchObject(sent);
  await z.muchLater(8 * 24 * 60 * MINUTE);
  await z.act(AN, 'type', { text: 'chào' });
  for (const message of messages) expect(await channel.send(TO, message)).toMatchObject(sent);
});

it('sends a template by user id and by phone, and says which cannot', async () => {
  const by = (templateId: string, way: 'user' | 'phone') =>
    channel.send(TO, { kind: 'template', templateId, data: DATA, by: way, trackingId: 'row:ô' });
  expect(await by('512346', 'user')).toMatchObject(sent);
  expect(await by('512346', 'phone')).toMatchObject(sent);
  expect(await by('512347', 'user')).toEqual({
    outcome: 'closed',
    detail: 'zalo:reasons.template_by_user',
  });
  expect((await by('512348', 'user')).outcome).toBe('alert');
});

it('writes to a visitor and to a group', async () => {
  const group = await z.group(BINH, CHI);
  const text: OutboundMessage = { kind: 'text', text: `[@${group}] dậy` };
  expect(await channel.send(`zalo-group:${group}`, text)).toMatchObject(sent);
  expect((await channel.send('zalo-group:nowhere', text)).outcome).toBe('refused');
  await z.sim('/visitor', { id: 'anon-1', conversation: 'conv-1', text: 'Cho hỏi' });
  const buttons: Button[] = [{ kind: 'reply', label: 'Có', payload: '#Y' }];
  const answer: OutboundMessage = { kind: 'text', text: 'Chào bác', buttons };
  expect(await channel.send('zalo-visitor:anon-1/conv-1', answer)).toMatchObject(sent);
});

it.each([
  ['reset_after_accept', 'yes'],
  ['timeout_after_accept', 'yes'],
  ['torn_answer', 'yes'],
  ['timeout', 'no'],
  ['reset', 'no'],
])('finds out what became of a send that ended in %s', async (kind, arrived) => {
  const text: OutboundMessage = { kind: 'text', text: 'Chào bác' };
  await z.fault({ kind, times: 1 });
  expect((await channel.send(TO, text)).outcome).toBe('uncertain');
  expect(await channel.lookUp?.(TO, text, z.clock.now())).toMatchObject({ arrived });
});

it.each([
  ['html', 'retry'],
  ['throttled', 'retry'],
  ['string_error', 'sent'],
  ['nested_data', 'sent'],
  ['numeric_remain', 'sent'],
])('answers %s with %s', async (kind, outcome) => {
  await z.fault({ kind, times: 1 });
  expect((await channel.send(TO, { kind: 'text', text: 'Chào bác' })).outcome).toBe(outcome);
});

it('keeps a group: places, members, admins, settings, talk, end', async () => {
  await z.account({ admins: [AN] });
  for (const other of [BINH, CHI]) await z.act(other, 'type', { text: 'chào' });
  const groups = createGroups(caller);
  const [place] = await groups.assets('gmf100', 'sub_quota');
  expect(place).toMatchObject({ free: true });
  const made = await groups.create({ name: 'Tổ 4', assetId: place?.id ?? '', members: [AN, BINH] });
  expect(made).toMatchObject({ name: 'Tổ 4', members: expect.any(Number) });
  await groups.invite(made.id, [CHI]);
  await groups.addAdmins(made.id, [BINH]);
  await groups.removeAdmins(made.id, [BINH]);
  expect(await groups.update(made.id, { name: 'Tổ 5', settings: { lockSending: true } })).toMatchObject({
    info: { name: 'Tổ 5' },
    settings: { lockSending: true },
  });
  await groups.post(made.id, { text: 'Họp' });
  expect(await groups.conversation(made.id, { offset: 0, count: 10 })).toMatchObject([{ text: 'Họp' }]);
  expect(await groups.recentChats({ offset: 0, count: 10 })).not.toHaveLength(0);
  const members: (string | null)[] = [];
  for await (const { userId } of groups.allMembers(made.id)) members.push(userId);
  expect(members).toEqual(expect.arrayContaining([AN, BINH, CHI]));
  expect(await groups.pending(made.id, { offset: 0, count: 50 })).toMatchObject({ items: [] });
  await groups.remove(made.id, [CHI]);
  expect((await groups.get(made.id)).info.id).toBe(made.id);
  expect((await groups.ofAccount({ offset: 0, count: 50 })).items).toHaveLength(1);
  await groups.delete(made.id);
  await expect(groups.post(made.id, { text: 'x' })).rejects.toMatchObject({ code: 'zalo_refused' });
});

it('knows people, their tags and what may still be sent to them', async () => {
  const users = createUsers(caller);
  expect(await users.detail(AN)).toMatchObject({ userId: AN });
  await users.tag(AN, 'Thôn 07');
  expect(await users.tags()).toContain('Thôn 07');
  expect((await users.detail(AN)).tags).toContain('Thôn 07');
  await users.untag(AN, 'Thôn 07');
  await users.deleteTag('Thôn 07');
  await users.update(AN, { alias: 'An', externalId: 'ho-1' });
  expect((await users.detail(AN)).externalId).toBe('ho-1');
  expect((await users.quota(AN)).lastInteractionAt).toEqual(z.clock.now());
  expect(await users.packs('sub_quota')).toMatchObject([{ remain: expect.any(Number) }]);
  const all: string[] = [];
  for await (const id of users.all()) all.push(id);
  expect(all).toContain(AN);
  expect((await users.recentChats({ offset: 0, count: 10 })).length).toBeGreaterThan(0);
  await users.forget(AN);
});

it('reads what a template takes and what became of a message by phone', async () => {
  expect((await templateInfo(caller, '512345')).params).toContainEqual({
    name: 'ten',
    required: true,
    max: 30,
  });
  const result = await channel.send(TO, { kind: 'template', templateId: '512346', data: DATA, by: 'phone' });
  const id = result.outcome === 'sent' ? result.messageId : '';
  expect((await phoneMessageState(caller, id)).state).not.toBe('unknown');
  expect((await phoneQuota(caller)).daily).toEqual(expect.any(Number));
});
