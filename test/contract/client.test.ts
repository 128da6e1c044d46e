import type { OutboundMessage } from '../../src/channels/channel';
import { createCaller } from '../../src/channels/zalo/api/caller';
import { createGroups, type Groups } from '../../src/channels/zalo/api/groups';
import { phoneMessageState, phoneQuota, templateInfo } from '../../src/channels/zalo/api/templates';
import { createUsers, type Users } from '../../src/channels/zalo/api/users';
import { readAccount } from '../../src/channels/zalo/account';
import type { AssetRepo } from '../../src/channels/zalo/assets.repo';
import { appSecretProof, createOAuth, pkceChallenge, pkceVerifier } from '../../src/channels/zalo/oauth';
import { createOpenApi } from '../../src/channels/zalo/openapi';
import { createZaloChannel } from '../../src/channels/zalo/zalo-channel';
import { silentLog } from '../../src/observability/logger';
import { AN, BINH, CALLBACK, CHI, DAY, IDS, inZalo, SECRETS, STRANGER, type Json, type Zalo } from './world';

/** Our own client of Zalo, each call of it, in front of the simulator. */

interface Ours {
  readonly channel: ReturnType<typeof createZaloChannel>;
  readonly users: Users;
  readonly groups: Groups;
  readonly caller: ReturnType<typeof createCaller>;
  close(): void;
}

const FILES: Readonly<Record<string, Buffer>> = {
  'a.jpg': Buffer.alloc(200, 1),
  'a.gif': Buffer.alloc(200, 2),
  'a.pdf': Buffer.alloc(200, 3),
};

function assetsInMemory(): AssetRepo {
  const kept = new Map<string, string>();
  return {
    find: async (key) => kept.get(key) ?? null,
    keep: async (key, asset) => void kept.set(key, asset),
    forget: async (key) => void kept.delete(key),
  };
}

/** Long enough for a busy machine, and short where no answer is to come. */
const PATIENT = 8_000;
const HASTY = 1_500;

function ours(z: Zalo, timeoutMs: number): Ours {
  const api = createOpenApi({
    baseUrl: z.base,
    businessUrl: z.base,
    timeoutMs,
    proofOf: (token) => appSecretProof(token, SECRETS.app),
  });
  const tokens = {
    current: async () => ({ accessToken: z.token, generation: 1 }),
    renew: async () => {
      z.keep(await z.refresh());
      return { accessToken: z.token, generation: 2 };
    },
  };
  const media = {
    read: async (name: string) => ({ bytes: FILES[name] ?? Buffer.alloc(0), name }),
  };
  const caller = createCaller({ api, tokens });
  const channel = createZaloChannel({
    ...{ api, tokens, media, clock: z.clock, log: silentLog, random: () => 0, lists: true },
    assets: assetsInMemory(),
    phoneOf: async (to) => (to === 'zalo-phone:m1' ? '84900000001' : null),
  });
  return {
    channel,
    caller,
    users: createUsers(caller),
    groups: createGroups(caller),
    close: () => api.close(),
  };
}

async function withOurs(story: (our: Ours, z: Zalo) => Promise<void>, timeoutMs = PATIENT): Promise<void> {
  await inZalo(async (z) => {
    const our = ours(z, timeoutMs);
    try {
      await story(our, z);
    } finally {
      our.close();
    }
  });
}

const TO = `zalo:${AN}`;
const DATA = { ten: 'An', don_vi: 'Thôn 7', ky: '11/2026', han: '17/11/2026', noi_dung: 'a' };
const template = (more: object = {}): OutboundMessage => ({
  kind: 'template',
  templateId: '512346',
  data: DATA,
  ...more,
});
const sent = { outcome: 'sent', messageId: expect.stringMatching(/^[0-9a-f]{20}$/) };
const text: OutboundMessage = { kind: 'text', text: 'Chào bác' };
const reply = { kind: 'reply', label: 'Có', payload: '#CO' } as const;

type Send = readonly [
  name: string,
  to: string,
  message: OutboundMessage,
  result: object,
  given?: (z: Zalo) => Promise<unknown>,
];
const SENDS: readonly Send[] = [
  ['a text', TO, text, { ...sent, quota: { quota_type: 'reply' } }],
  ['the longest text', TO, { kind: 'text', text: 'a'.repeat(2000) }, sent],
  [
    'five buttons of every kind',
    TO,
    {
      kind: 'text',
      text: 'Chọn',
      buttons: [
        reply,
        reply,
        reply,
        { kind: 'open_url', label: 'Mở', url: 'https://example.vn' },
        { kind: 'call', label: 'Gọi', phone: '0900000000' },
      ],
    },
    sent,
  ],
  [
    'a picture on the web',
    TO,
    { kind: 'image', image: { url: 'https://example.vn/a.jpg' }, text: 'Sơ đồ' },
    sent,
  ],
  ['a picture of ours', TO, { kind: 'image', image: { file: 'a.jpg' }, buttons: [reply] }, sent],
  ['a document', TO, { kind: 'file', file: { file: 'a.pdf' }, name: 'huong-dan.pdf' }, sent],
  [
    'a request for particulars',
    TO,
    { kind: 'ask_info', title: 'Chia sẻ', subtitle: 'Để liên hệ', imageUrl: 'https://example.vn/l.png' },
    sent,
  ],
  ['a quote of a message that is gone', TO, { ...text, quote: 'a1f0' }, sent],
  ['a template by user id', TO, template(), sent],
  ['a template by phone', 'zalo-phone:m1', template({ by: 'phone', trackingId: 'hs-1' }), sent],
  [
    'a text to a visitor',
    'zalo-visitor:anon-1/conv-1',
    text,
    sent,
    (z) => z.sim('/visitor', { id: 'anon-1', conversation: 'conv-1', text: 'a' }),
  ],
  ['a renewed token', TO, text, sent, async (z) => z.later(25 * 60 * 60_000)],
  ['a proof where it is required', TO, text, sent, (z) => z.account({ proof: true })],
  ['the window has closed', TO, text, { outcome: 'closed' }, (z) => z.muchLater(8 * DAY)],
  ['never in touch', `zalo:${BINH}`, text, { outcome: 'closed' }, (z) => z.act(BINH, 'see')],
  ['restricted', TO, text, { outcome: 'unreachable' }, (z) => z.act(AN, 'refuse', { code: -244 })],
  ['gone', TO, text, { outcome: 'unreachable' }, (z) => z.act(AN, 'refuse', { code: -227 })],
  ['a stranger', `zalo:${STRANGER}`, text, { outcome: 'refused' }],
  ['no package', TO, text, { outcome: 'alert' }, (z) => z.account({ package: 'basic' })],
  ['the app was removed', TO, text, { outcome: 'alert' }, (z) => z.account({ installed: false })],
  ['no permission', TO, text, { outcome: 'alert' }, (z) => z.account({ withheld: ['messages'] })],
  ['an empty wallet', TO, template(), { outcome: 'alert' }, (z) => z.account({ wallet: 'empty' })],
  [
    'the minute is used up',
    TO,
    text,
    { outcome: 'retry', throttled: true },
    (z) => z.account({ requestsPerMinute: 0 }),
  ],
  [
    'a promotion at night',
    TO,
    template(),
    { outcome: 'retry' },
    async (z) => z.at('2026-11-10T22:30:00+07:00'),
  ],
  ['a template by user id that cannot go so', TO, template({ templateId: '512347' }), { outcome: 'closed' }],
  [
    'no account with this number',
    'zalo-phone:m1',
    template({ by: 'phone' }),
    { outcome: 'unreachable' },
    (z) => z.account({ phones: 'listed' }),
  ],
  [
    'the limit of the day by phone',
    'zalo-phone:m1',
    template({ by: 'phone' }),
    { outcome: 'retry' },
    (z) => z.account({ phoneQuota: 0 }),
  ],
  ['-200', TO, text, { outcome: 'retry' }, (z) => z.fault({ kind: 'code', code: -200 })],
  ['HTTP 500', TO, text, { outcome: 'retry' }, (z) => z.fault({ kind: 'html' })],
  [
    'HTTP 429 with a time',
    TO,
    text,
    { outcome: 'retry', throttled: true },
    (z) => z.fault({ kind: 'throttled', retryAfter: 7 }),
  ],
  [
    'a time-out after accepting',
    TO,
    text,
    { outcome: 'uncertain' },
    (z) => z.fault({ kind: 'timeout_after_accept' }),
  ],
  ['a torn connection', TO, text, { outcome: 'uncertain' }, (z) => z.fault({ kind: 'reset_after_accept' })],
  ['half an answer', TO, text, { outcome: 'uncertain' }, (z) => z.fault({ kind: 'torn_answer' })],
  ['error as a text', TO, text, sent, (z) => z.fault({ kind: 'string_error' })],
  ['data nested once more', TO, text, sent, (z) => z.fault({ kind: 'nested_data' })],
  ['remain as a number', TO, text, sent, (z) => z.fault({ kind: 'numeric_remain' })],
];

describe('our sends', () => {
  it.each(SENDS.map((row) => [row[0], row] as const))('2 %s', (_name, [, to, message, result, given]) =>
    withOurs(
      async (our, z) => {
        await given?.(z);
        expect(await our.channel.send(to, message)).toMatchObject(result);
      },
      'outcome' in result && result.outcome === 'uncertain' ? HASTY : PATIENT,
    ),
  );

  it('5.3 a text to a group', () =>
    withOurs(async (our, z) => {
      const group = await z.group(BINH);
      expect(await our.channel.send(`zalo-group:${group}`, text)).toMatchObject(sent);
    }));

  it('7.6 an upload that Zalo has thrown away is made again', () =>
    withOurs(async (our, z) => {
      const picture: OutboundMessage = { kind: 'image', image: { file: 'a.jpg' } };
      expect(await our.channel.send(TO, picture)).toMatchObject(sent);
      await z.muchLater(7 * DAY);
      await z.act(AN, 'type', { text: 'a' });
      expect(await our.channel.send(TO, picture)).toMatchObject(sent);
    }));

  it('7.5 what became of an uncertain send is found in the talk', () =>
    withOurs(async (our, z) => {
      const since = z.clock.now();
      await z.fault({ kind: 'timeout_after_accept' });
      await our.channel.send(TO, text);
      expect(await our.channel.lookUp?.(TO, text, since)).toMatchObject({ arrived: 'yes' });
      expect(await our.channel.lookUp?.(TO, { kind: 'text', text: 'khác' }, since)).toEqual({
        arrived: 'no',
      });
    }, 2_000));
});

type Errand = readonly [
  section: string,
  name: string,
  errand: (our: Ours, z: Zalo) => Promise<unknown>,
  result: unknown,
];
const PAGE = { offset: 0, count: 10 };
async function all<T>(items: AsyncGenerator<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}
const inGroup =
  (errand: (our: Ours, group: string, z: Zalo) => Promise<unknown>) => async (our: Ours, z: Zalo) =>
    errand(our, await z.group(BINH, CHI), z);

const ERRANDS: readonly Errand[] = [
  ['7.1', 'a person', (our) => our.users.detail(AN), { userId: AN, follows: false, tags: [] }],
  ['7.2', 'people', (our) => our.users.list(PAGE), { items: [AN], total: 1 }],
  [
    '7.2',
    'all people of a filter',
    async (our) => ({ ids: await all(our.users.all({ lastInteraction: 'TODAY' })) }),
    { ids: [AN] },
  ],
  [
    '7.3',
    'an own name',
    async (our) => {
      await our.users.update(AN, { alias: 'Bác An', externalId: 'k1' });
      return { done: true };
    },
    { done: true },
  ],
  [
    '7.3',
    'forgetting',
    async (our) => {
      await our.users.forget(AN);
      return { done: true };
    },
    { done: true },
  ],
  [
    '7.4',
    'tags',
    async (our) => {
      await our.users.tag(AN, 'Thôn 07');
      const before = await our.users.tags();
      await our.users.untag(AN, 'Thôn 07');
      await our.users.deleteTag('Thôn 07');
      return { before, after: await our.users.tags() };
    },
    { before: ['Thôn 07'], after: [] },
  ],
  [
    '7.7',
    'the quota of a person',
    (our) => our.users.quota(AN),
    { freeRemain: 8, lastInteractionAt: new Date('2026-11-10T08:00:00+07:00') },
  ],
  [
    '7.7',
    'packs',
    async (our) => ({ packs: await our.users.packs('sub_quota') }),
    { packs: [{ total: 500, remain: 500 }] },
  ],
  [
    '7.5',
    'recent talks',
    async (our) => ({ talks: await our.users.recentChats(PAGE) }),
    { talks: [{ type: 'text', byAccount: false }] },
  ],
  [
    '7.5',
    'a talk',
    async (our) => {
      await our.channel.send(TO, text);
      return { talk: await our.users.conversation(AN, PAGE) };
    },
    { talk: [{ byAccount: true }, { byAccount: false }] },
  ],
  [
    '7.8',
    'the account',
    async (our) => {
      const answer = await our.caller.call({ method: 'GET', path: '/v2.0/oa/getoa' });
      return answer.outcome === 'ok' ? readAccount(answer.data) : answer;
    },
    { id: IDS.oa, verified: true, packageUntil: expect.any(Date) },
  ],
  [
    '4.3',
    'a template',
    (our) => templateInfo(our.caller, '512345'),
    {
      id: '512345',
      status: 'ENABLE',
      params: [
        { name: 'ten', required: true, max: 30 },
        { name: 'ngay' },
        { name: 'ghi_chu', required: false },
      ],
    },
  ],
  ['4.3', 'the quota by phone', (our) => phoneQuota(our.caller), { daily: 500, remaining: 500 }],
  [
    '4.3',
    'the state of a message by phone',
    async (our) => {
      const result = await our.channel.send('zalo-phone:m1', template({ by: 'phone' }));
      return phoneMessageState(our.caller, result.outcome === 'sent' ? result.messageId : '');
    },
    { state: 'delivered', deliveredAt: expect.any(Date) },
  ],
  [
    '5.2',
    'a new group',
    async (our, z) => {
      await z.account({ admins: [AN] });
      await z.act(BINH, 'follow');
      const [asset] = await our.groups.assets('gmf100', 'sub_quota');
      return our.groups.create({ name: 'Tổ 4', assetId: asset?.id ?? '', members: [AN, BINH] });
    },
    { name: 'Tổ 4', id: expect.any(String) },
  ],
  [
    '5.2',
    'a group',
    inGroup((our, group) => our.groups.get(group)),
    { info: { name: 'Tổ dân phố 4' }, settings: { approveJoining: false } },
  ],
  [
    '5.2',
    'a change of a group',
    inGroup((our, group) => our.groups.update(group, { name: 'Tổ 5', settings: { approveJoining: true } })),
    { info: { name: 'Tổ 5' }, settings: { approveJoining: true } },
  ],
  [
    '5.2',
    'all groups',
    inGroup(async (our) => ({ groups: await all(our.groups.allOfAccount()) })),
    { groups: [{ name: 'Tổ dân phố 4' }] },
  ],
  [
    '5.2',
    'all members',
    inGroup(async (our, group) => ({ members: await all(our.groups.allMembers(group)) })),
    { members: [{ userId: null }, { userId: AN }, { userId: BINH }, { userId: CHI }] },
  ],
  [
    '5.2',
    'who asked to join is let in',
    inGroup(async (our, group, z) => {
      await our.groups.update(group, { settings: { approveJoining: true } });
      await z.act(STRANGER, 'follow');
      await z.sim('/groups', { group, user: STRANGER, act: 'ask' });
      const { items } = await our.groups.pending(group, PAGE);
      await our.groups.acceptPending(group, [STRANGER]);
      return { asked: items, members: (await our.groups.members(group, PAGE)).total };
    }),
    { asked: [{ userId: STRANGER }], members: 5 },
  ],
  [
    '5.2',
    'admins and members come and go',
    inGroup(async (our, group, z) => {
      await z.act(STRANGER, 'follow');
      await our.groups.invite(group, [STRANGER]);
      await our.groups.addAdmins(group, [BINH]);
      await our.groups.removeAdmins(group, [BINH]);
      await our.groups.remove(group, [CHI]);
      return our.groups.members(group, PAGE);
    }),
    { total: 4 },
  ],
  [
    '5.2',
    'a word in a group and what was said',
    inGroup(async (our, group) => {
      const id = await our.groups.post(group, { text: 'Họp 19:30' });
      const talk = await our.groups.conversation(group, PAGE);
      return {
        isThere: talk.some(({ messageId }) => messageId === id),
        last: (await our.groups.recentChats(PAGE)).length,
      };
    }),
    { isThere: true, last: 1 },
  ],
  [
    '5.2',
    'the end of a group',
    inGroup(async (our, group) => {
      await our.groups.delete(group);
      return our.groups.ofAccount(PAGE);
    }),
    { total: 0 },
  ],
];

describe('our other calls', () => {
  it.each(ERRANDS.map((row) => [`${row[0]} ${row[1]}`, row] as const))('%s', (_name, [, , errand, result]) =>
    withOurs(async (our, z) => expect(await errand(our, z)).toMatchObject(result as Json)),
  );
});

describe('our consent and refresh', () => {
  const oauth = (z: Zalo, appSecret = SECRETS.app, timeoutMs = PATIENT) =>
    createOAuth({ baseUrl: z.base, appId: IDS.app, appSecret, timeoutMs });

  it('1.2 consents with a fresh verifier, and refreshes once', () =>
    inZalo(async (z) => {
      const verifier = pkceVerifier();
      const page = oauth(z).consentUrl(CALLBACK, pkceChallenge(verifier), 's1');
      const back = new URL((await fetch(page, { redirect: 'manual' })).headers.get('location') ?? '');
      expect(back.searchParams.get('state')).toBe('s1');
      const first = await oauth(z).exchange(back.searchParams.get('code') ?? '', verifier);
      if (first.outcome !== 'pair') throw new Error(first.outcome);
      const refreshToken = first.pair.refreshToken ?? '';
      expect(await oauth(z).refresh(refreshToken)).toMatchObject({ outcome: 'pair' });
      expect(await oauth(z).refresh(refreshToken)).toMatchObject({
        outcome: 'dead',
        code: -14014,
      });
    }));

  it.each`
    section    | name                       | secret         | fault                                                      | outcome
    ${'1.4'}   | ${'the wrong secret'}      | ${'x'}         | ${null}                                                    | ${'refused'}
    ${'1.5'}   | ${'no answer'}             | ${SECRETS.app} | ${{ kind: 'timeout_after_accept', path: '/access_token' }} | ${'unknown'}
    ${'13.12'} | ${'a page of the gateway'} | ${SECRETS.app} | ${{ kind: 'html', path: '/access_token' }}                 | ${'unknown'}
  `(
    '$section $name: $outcome',
    ({ secret, fault, outcome }: { secret: string; fault: object | null; outcome: string }) =>
      inZalo(async (z) => {
        if (fault) await z.fault(fault);
        expect(await oauth(z, secret, fault ? HASTY : PATIENT).refresh(z.refreshToken)).toMatchObject({
          outcome,
        });
      }),
  );
});
