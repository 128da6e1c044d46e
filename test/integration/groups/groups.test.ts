import { loadLocales } from '../../../src/app/load-locales';
import type { AuditNote } from '../../../src/audit/entry';
import type { GroupsDeps } from '../../../src/groups/deps';
import { noGroup, type CommuneGroup } from '../../../src/groups/group';
import type { Answer, FailureWhy, GroupHost } from '../../../src/groups/group-host';
import { createGroups } from '../../../src/groups/groups';
import { createGroupsRepo } from '../../../src/groups/groups.repo';
import { Dictionary } from '../../../src/kernel/i18n';
import type { Office } from '../../../src/org/office';
import type { Role } from '../../../src/org/roles';
import { workCalendar } from '../../../src/org/seed/days-off';
import type { NewOutboxMessage, OutboxRow } from '../../../src/outbox/outbox-row';
import { timesOf } from '../../../src/reporting/deadlines';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import { freshStore, type TestStore } from '../../support/stores';
import { aTree, calendars } from '../../unit/reporting/builders';

/** What is written about groups: each act once however often it is repeated, by whoever may, and never on a guess. */

const [OFFICER, HEAD, DEPUTY, ADMIN] = ['1', '2', '3', '9'].map((id) => `zalo:${id}`) as [
  string,
  string,
  string,
  string,
];
const words = new Dictionary(loadLocales()).in('vi');
const vn = (time: string): Date => new Date(`2026-03-${time}:00+07:00`);
const AT = vn('12T09:00');
const tree = aTree([
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-01', level: 'village', parent: '99001', name: 'Đông [@Lâm]' },
]);
const post = (unit: string, role: Role, user: string): Office =>
  ({ ...{ id: `${unit}:${role}`, unit, role, user }, fullName: 'Nguyễn Văn Tư', address: 'bác' }) as Office;

let store: TestStore;
let rows: Map<string, NewOutboxMessage>;
let notes: Map<string, AuditNote>;
let posts: Office[];
let may: boolean;
let muted: Set<string>;
let called: string[];
let answers: Partial<Record<keyof GroupHost, Answer<never>>>;
/** Who is in the only group there is; null: none was made. */
let inside: string[] | null;

beforeAll(async () => {
  store = await freshStore();
});
afterAll(() => store.stop());
beforeEach(async () => {
  await store.connection.collection('commune_groups').deleteMany({});
  await store.connection.collection('group_meta').deleteMany({});
  rows = new Map();
  notes = new Map();
  posts = [
    post('99001', 'commune_officer', OFFICER),
    post('99001-01', 'village_head', HEAD),
    post('99001-01', 'village_deputy', DEPUTY),
  ];
  may = true;
  muted = new Set();
  called = [];
  answers = {};
  inside = null;
});

function aHost(): GroupHost {
  const ask = async <T>(what: keyof GroupHost, value: () => T): Promise<Answer<T>> => {
    called.push(what);
    return answers[what] ?? { ok: true, value: value() };
  };
  const facts = { groupId: 'g1', name: 'Học vụ số xã Tân Hòa', link: null, enabled: true, assetId: 'p1' };
  return {
    admins: () => [ADMIN],
    create: ({ members }) =>
      ask('create', () => {
        inside = [...members];
        return facts;
      }),
    read: () => ask('read', () => facts),
    all: () => ask('all', () => (inside === null ? [] : [facts])),
    members: () => ask('members', () => (inside ?? []).map((user) => ({ user, name: 'Tên trên Zalo' }))),
    pending: () => ask('pending', () => []),
    invite: (_group, users) =>
      ask('invite', () => {
        inside = [...(inside ?? []), ...users];
        return null;
      }),
    accept: () => ask('accept', () => null),
    remove: (_group, users) =>
      ask('remove', () => {
        inside = (inside ?? []).filter((user) => !users.includes(user));
        return null;
      }),
    askBeforeJoining: () => ask('askBeforeJoining', () => null),
    assets: () =>
      ask('assets', () => [
        { id: 'p1', size: 50, validThrough: '2026-09-08', free: inside === null, usedBy: inside && 'g1' },
      ]),
  };
}

function world(more: Partial<GroupsDeps> = {}) {
  const repo = createGroupsRepo(store.connection);
  const deps: GroupsDeps = {
    repo,
    host: aHost(),
    addressOf: (id) => `zalo-group:${id}`,
    directory: {
      tree,
      officesIn: (unit) => posts.filter((one) => one.unit === unit),
      officesOf: (user) => posts.filter((one) => one.user === user),
      everHeldBy: (user) => posts.filter((one) => one.user === user),
      all: () => posts,
    },
    org: { mayWriteFor: async () => may },
    contacts: { getMany: async () => new Map() },
    reports: {
      times: (_form, period) => timesOf(villageMonth, calendars, period),
      duties: async () => [{ unit: '99001-01', submittedAt: null } as never],
    },
    calendar: workCalendar(),
    restDays: new Set(),
    audit: { note: async (...given) => given.forEach((note) => notes.set(note.id, note)) },
    enqueue: async (messages) => {
      for (const message of messages) if (!rows.has(message.id)) rows.set(message.id, message);
    },
    posts: true,
    chatLink: 'https://zalo.me/1',
    wordsFor: () => words,
    isMuted: (user) => muted.has(user),
    addressVars: () => ({ address: 'chị', Address: 'Chị' }),
    wake: () => called.push('wake'),
    log: { warn: () => undefined, error: () => undefined },
    ...more,
  };
  return { repo, ...createGroups(deps) };
}

const aGroup = (more: Partial<CommuneGroup> = {}): CommuneGroup => ({
  ...noGroup('99001'),
  ...{ state: 'on', groupId: 'g1', name: 'Nhóm', comparedAt: vn('12T01:00'), admins: [ADMIN] },
  members: [ADMIN, OFFICER, HEAD].map((user) => ({ user, name: '' })),
  ...more,
});
const create = { id: 'e1:0', commune: '99001', by: OFFICER, at: AT };
const texts = (): string[] =>
  [...rows.values()].flatMap(({ message }) => (message.kind === 'text' ? [message.text] : []));

it('keeps what two writers say at once, and answers nothing new where nothing is written', async () => {
  const { repo } = world();
  await Promise.all(
    ['a', 'b', 'c', 'd'].map((user) =>
      repo.change('99001', (group) => ({ ...group, admins: [...group.admins, user] })),
    ),
  );
  expect([...(await repo.get('99001')).admins].sort()).toEqual(['a', 'b', 'c', 'd']);
  expect(await repo.change('99002', (group) => group)).toEqual(noGroup('99002'));
  expect(await store.connection.collection('commune_groups').countDocuments({})).toBe(1);
});

it('gives an order to one process at a time', async () => {
  const { repo, service } = world();
  await service.create(create);
  expect((await repo.ordered()).map(({ commune }) => commune)).toEqual(['99001']);
  expect(await repo.take('99001', AT, vn('12T09:05'))).toBe(true);
  expect(await repo.take('99001', vn('12T09:04'), vn('12T09:09'))).toBe(false);
  expect(await repo.take('99001', vn('12T09:05'), vn('12T09:10'))).toBe(true);
  await repo.release('99001');
  expect(await repo.take('99001', vn('12T09:06'), vn('12T09:11'))).toBe(true);
});

it('makes a group once, though the effect, the job and the answer come twice', async () => {
  const { service, timers, repo } = world();
  expect([await service.create(create), await service.create(create)]).toEqual(['done', 'done']);
  expect(notes.size).toBe(1);
  await timers.run(AT);
  await timers.run(vn('12T09:01'));
  expect(await service.create(create)).toBe('done');
  await timers.run(vn('12T09:02'));
  expect(called.filter((what) => what === 'create')).toHaveLength(1);
  expect(inside?.sort()).toEqual([OFFICER, HEAD, DEPUTY, ADMIN]);
  expect(await repo.get('99001')).toMatchObject({
    state: 'on',
    groupId: 'g1',
    order: null,
    lastOrder: 'e1:0',
  });
  expect(texts()).toEqual(['Em lập xong nhóm «Học vụ số xã Tân Hòa» rồi ạ: 4 người trong nhóm.']);
});

it('does nothing for whoever may not, or not any more', async () => {
  const { service, repo } = world();
  expect(await service.create({ ...create, by: HEAD })).toBe('conflict');
  may = false;
  expect(await service.create(create)).toBe('conflict');
  expect(await repo.ordered()).toEqual([]);
});

it.each([
  ['uncertain', 'looked for before it is made again'],
  ['later', 'made when Zalo can be asked'],
] as const)('a creation that ends %s is %s', async (why, _what) => {
  const { service, timers, repo } = world();
  await service.create(create);
  answers = { create: { ok: false, why, words: null } };
  await timers.run(AT);
  expect(texts()).toEqual([]);
  if (why === 'uncertain') inside = [ADMIN, OFFICER];
  answers = {};
  await timers.run(vn('12T09:01'));
  const made = called.filter((what) => what === 'create').length;
  expect(made).toBe(why === 'uncertain' ? 1 : 2);
  expect(await repo.get('99001')).toMatchObject({ state: 'on', creating: null });
});

it('is found again after a crash in the middle of making it', async () => {
  const crashing = async (): Promise<never> => {
    inside = [ADMIN];
    throw new Error('killed');
  };
  const { service, timers, repo } = world({ host: { ...aHost(), create: crashing } });
  await service.create(create);
  await timers.run(AT);
  expect(await repo.get('99001')).toMatchObject({ state: 'none', order: { tries: 1 } });
  await world().timers.run(vn('12T09:01'));
  expect(await repo.get('99001')).toMatchObject({ state: 'on', groupId: 'g1', order: null });
  expect(called).not.toContain('create');
  expect(inside?.sort()).toEqual([OFFICER, HEAD, DEPUTY, ADMIN]);
});

it('one commune whose order breaks off holds up no other', async () => {
  const host = aHost();
  let first = true;
  const createBreaking: GroupHost['create'] = async (group) => {
    if (!first) return host.create(group);
    first = false;
    throw new Error('broke off');
  };
  const { service, timers, repo } = world({ host: { ...host, create: createBreaking } });
  await repo.change('99000', () => ({
    ...noGroup('99000'),
    order: {
      ...create,
      id: 'e0:0',
      at: vn('12T08:00'),
      kind: 'create',
      add: [],
      accept: [],
      remove: [],
      tries: 0,
    },
  }));
  await service.create(create);
  await timers.run(AT);
  expect([await repo.get('99000'), await repo.get('99001')].map(({ state }) => state)).toEqual([
    'none',
    'on',
  ]);
});

it('is made with 99 people at the most, an administrator among them, and the others are invited', async () => {
  posts = [
    post('99001', 'commune_officer', OFFICER),
    ...Array.from({ length: 130 }, (_, i) => ({
      ...post('99001-01', 'village_deputy', `zalo:v${i}`),
      id: `p${i}`,
    })),
  ];
  const host = aHost();
  const sizes: number[] = [];
  const { service, timers } = world({
    host: {
      ...host,
      assets: async () => ({
        ok: true,
        value: [{ id: 'p1', size: 1000, validThrough: null, free: inside === null, usedBy: null }],
      }),
      create: (group) => {
        sizes.push(group.members.length);
        return host.create(group);
      },
      invite: (group, users) => {
        sizes.push(users.length);
        return host.invite(group, users);
      },
    },
  });
  await service.create(create);
  await timers.run(AT);
  expect(sizes).toEqual([99, 33]);
  expect(new Set(inside).size).toBe(132);
  expect(inside).toContain(ADMIN);
});

it('network 2 «create timed out»: is made anew only after it was looked for twice', async () => {
  const { service, timers } = world();
  await service.create(create);
  answers = { create: { ok: false, why: 'uncertain', words: null } };
  await timers.run(AT);
  answers = {};
  await timers.run(vn('12T09:01'));
  expect(called.filter((what) => what === 'create')).toHaveLength(1);
  await timers.run(vn('12T09:02'));
  expect(called.filter((what) => what === 'create')).toHaveLength(2);
});

it.each<[FailureWhy, string | null, string]>([
  ['refused', 'zalo:reasons.permission', words.t('zalo:reasons.permission')],
  ['people', null, 'Zalo không nhận người quản trị tài khoản đã khai'],
])('says what an operator must mend: %s', async (why, key, said) => {
  const { service, timers } = world();
  await service.create(create);
  answers = { create: { ok: false, why, words: key } };
  await timers.run(AT);
  expect(texts().join()).toContain(said);
  expect(await world().repo.ordered()).toEqual([]);
});

it('changes no more than what was agreed to, and no more than is still so', async () => {
  const { service, timers, repo } = world();
  await repo.change('99001', () =>
    aGroup({ members: [ADMIN, 'zalo:x'].map((user) => ({ user, name: '' })) }),
  );
  inside = [ADMIN, 'zalo:x'];
  const change = { ...create, add: [OFFICER, HEAD], accept: [], remove: ['zalo:x'] };
  expect(await service.change(change)).toBe('done');
  posts = posts.filter(({ user }) => user !== HEAD);
  await timers.run(AT);
  expect(inside).toEqual([ADMIN, 'zalo:x', OFFICER]);
  expect(called).not.toContain('remove');
});

it('takes a group for gone only when it is in no list either', async () => {
  const { timers, repo } = world();
  await repo.change('99001', () => aGroup());
  answers = { read: { ok: false, why: 'unknown_group', words: null } };
  inside = [ADMIN];
  await timers.run(vn('13T01:05'));
  expect((await repo.get('99001')).state).toBe('on');
  inside = null;
  await timers.run(vn('14T01:05'));
  expect((await repo.get('99001')).state).toBe('gone');
  expect(texts().join()).toContain('đã giải tán');
});

it('compares one group a minute by night, each once', async () => {
  const { timers, repo } = world();
  for (const commune of ['99001', '99002', '99003'])
    await repo.change(commune, () => aGroup({ commune, groupId: commune }));
  for (const time of ['13T00:59', '13T01:00', '13T01:01', '13T01:02', '13T01:03']) await timers.run(vn(time));
  expect(called.filter((what) => what === 'assets')).toHaveLength(1);
  const compared = await Promise.all(['99001', '99002', '99003'].map((commune) => repo.get(commune)));
  expect(compared.map(({ comparedAt }) => comparedAt)).toEqual([
    vn('13T01:00'),
    vn('13T01:01'),
    vn('13T01:02'),
  ]);
  expect(called.filter((what) => what === 'read')).toHaveLength(1);
});

it('network 2 «asset swapped», «renamed by hand»: takes over another place and a name given by hand, and says once that a group was closed', async () => {
  const { timers, repo } = world();
  await repo.change('99001', () => aGroup({ asset: { id: 'p0', size: 10, validThrough: '2026-03-13' } }));
  inside = [ADMIN, OFFICER, HEAD];
  await timers.run(vn('13T01:05'));
  expect(await repo.get('99001')).toMatchObject({
    name: 'Học vụ số xã Tân Hòa',
    asset: { id: 'p1', size: 50, validThrough: '2026-09-08' },
  });
  answers = { read: { ok: false, why: 'lapsed', words: null } };
  await timers.run(vn('14T01:05'));
  await timers.run(vn('15T01:05'));
  expect((await repo.get('99001')).state).toBe('disabled');
  expect(texts().filter((text) => text.includes('bị Zalo khóa'))).toHaveLength(1);
  answers = {};
  await timers.run(vn('16T01:05'));
  expect((await repo.get('99001')).state).toBe('on');
});

it('network 2 «merged communes»: leaves the group of a commune that was merged, and tells once whoever has its villages now', async () => {
  const merged = aTree([
    { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
    { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
    {
      ...{ code: '99002', level: 'commune', parent: '24', name: 'Vân Sơn' },
      ...{ validTo: '2026-03-12', mergedInto: ['99001'] },
    },
  ]);
  const { timers, repo, view } = world({
    directory: {
      ...{ tree: merged, holdersOf: () => [], all: () => posts },
      officesIn: (unit) => posts.filter((one) => one.unit === unit),
      officesOf: (user) => posts.filter((one) => one.user === user),
      everHeldBy: (user) => posts.filter((one) => one.user === user),
    },
  });
  await repo.change('99002', () => aGroup({ commune: '99002', groupId: 'g2', name: 'Nhóm Vân Sơn' }));
  for (const time of ['13T01:05', '13T08:05', '13T15:30', '14T01:05']) await timers.run(vn(time));
  expect((await view.of('99002', vn('13T09:00'))).lasts).toBe(false);
  expect(texts()).toEqual([
    expect.stringContaining('xã Vân Sơn đã nhập về xã Tân Hòa. Nhóm cũ «Nhóm Vân Sơn»'),
  ]);
  expect([...rows.keys()]).toEqual(['group-merged:99002:99001:commune_officer']);
  expect(called).toEqual(['assets', 'assets']);
});

describe('the board of the day', () => {
  it('is planned once, and never by night, on a day of Tết or where nothing is written into groups', async () => {
    const { timers, repo } = world();
    await repo.change('99001', () => aGroup());
    for (const time of ['12T15:29', '12T15:30', '12T15:31', '12T19:59']) await timers.run(vn(time));
    expect([...rows.keys()].filter((id) => id.startsWith('group-board'))).toEqual([
      'group-board:99001:2026-03-12',
    ]);
    rows.clear();
    await timers.run(vn('13T20:00'));
    await world({ restDays: new Set(['2026-03-14']) }).timers.run(vn('14T15:30'));
    await world({ posts: false }).timers.run(vn('15T15:30'));
    await timers.run(vn('19T15:30'));
    expect([...rows.keys()].filter((id) => id.startsWith('group-board'))).toEqual([]);
  });

  it('is posted as it reads then, and dropped where it says nothing any more', async () => {
    const { timers, repo, boards } = world();
    await repo.change('99001', () => aGroup());
    await timers.run(vn('12T15:30'));
    const row = rows.get('group-board:99001:2026-03-12') as OutboxRow;
    expect(await boards.isStillNeeded(row, vn('12T15:31'))).toMatchObject({ now: 'send' });
    expect(await boards.isStillNeeded(row, vn('12T20:00'))).toEqual({ now: 'drop' });
    await repo.change('99001', (group) => ({ ...group, state: 'gone' }));
    expect(await boards.isStillNeeded(row, vn('12T15:31'))).toEqual({ now: 'drop' });
  });

  it('says once that everybody has sent, and then no more', async () => {
    const sent = { unit: '99001-01', submittedAt: AT } as never;
    const reports = { times: () => timesOf(villageMonth, calendars, '2026-03'), duties: async () => [sent] };
    const { timers, repo } = world({ reports });
    await repo.change('99001', () => aGroup());
    for (const day of ['12', '13', '16']) await timers.run(vn(`${day}T15:30`));
    expect([...rows.keys()].filter((id) => id.startsWith('group-board'))).toEqual([
      'group-board:99001:2026-03:all',
    ]);
  });
});

describe('the morning', () => {
  const asked = (): string[] => [...rows.keys()].filter((id) => id.startsWith('group-difference'));

  it('asks on working days, once, and about the same difference not again for a week', async () => {
    const { timers, repo } = world();
    await repo.change('99001', () => aGroup());
    for (const time of ['12T08:04', '12T08:05', '12T08:06', '13T08:05', '14T08:05', '16T08:05', '19T08:05'])
      await timers.run(vn(time));
    expect(asked()).toEqual([
      'group-difference:99001:2026-03-12:99001:commune_officer',
      'group-difference:99001:2026-03-19:99001:commune_officer',
    ]);
    expect(texts()[0]).toContain('Mời thêm 1: Nguyễn Văn Tư (Đông [@Lâm])');
  });

  it('asks nobody who does not want to be written to, and tells them what they asked for all the same', async () => {
    muted.add(OFFICER);
    const { timers, service, repo } = world();
    await repo.change('99001', () => aGroup());
    await timers.run(vn('12T08:05'));
    expect(asked()).toEqual([]);
    inside = [ADMIN, OFFICER, HEAD];
    await service.change({ ...create, add: [DEPUTY], accept: [], remove: [] });
    await timers.run(AT);
    expect(texts()).toEqual(['Xong rồi ạ: nhóm «Học vụ số xã Tân Hòa» thêm 1 người.']);
  });

  it('asks about nothing where nobody could agree to anything', async () => {
    const { timers, repo } = world();
    const members = [ADMIN, OFFICER, HEAD, DEPUTY, 'zalo:la'].map((user) => ({ user, name: 'Lạ' }));
    await repo.change('99001', () => aGroup({ members }));
    await timers.run(vn('12T08:05'));
    expect(asked()).toEqual([]);
  });
});

it('is off where nobody is named who administers the account, and asks Zalo nothing', async () => {
  const { view, timers, service, repo } = world({ host: { ...aHost(), admins: () => [] } });
  expect(view.off).toBe('no_admin');
  expect(world({ host: null }).view.off).toBe('no_channel');
  expect(await service.create(create)).toBe('conflict');
  await timers.run(vn('13T01:05'));
  expect(called).toEqual([]);
  expect(await timers.nextDue(AT)).toBeNull();
  expect(await repo.ordered()).toEqual([]);
});

it('stops the clock of a rehearsal where something is due', async () => {
  const { timers, repo } = world();
  expect(await timers.nextDue(AT)).toBeNull();
  await repo.change('99001', () => aGroup());
  expect(await timers.nextDue(AT)).toEqual(vn('12T15:30'));
  expect(await timers.nextDue(vn('12T15:30'))).toEqual(vn('13T01:00'));
  expect(await timers.nextDue(vn('13T01:00'))).toEqual(vn('13T01:01'));
  await timers.run(vn('13T01:01'));
  expect(await timers.nextDue(vn('13T01:01'))).toEqual(vn('13T08:05'));
});

it('forgets whoever asks to be forgotten', async () => {
  const { repo } = world();
  await repo.change('99001', () => aGroup({ left: [{ user: HEAD, at: AT }] }));
  await repo.erase(HEAD);
  await repo.erase(HEAD);
  const doc = await store.connection.collection('commune_groups').findOne({});
  expect(JSON.stringify(doc)).not.toContain(HEAD);
  expect(JSON.stringify(doc)).toContain(OFFICER);
});
