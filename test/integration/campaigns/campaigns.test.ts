import { loadLocales } from '../../../src/app/load-locales';
import { tally, type Campaign } from '../../../src/campaigns/campaign';
import { campaignModel } from '../../../src/campaigns/campaigns.model';
import { createCampaigns } from '../../../src/campaigns/campaigns';
import { createCampaignsRepo } from '../../../src/campaigns/campaigns.repo';
import { EquipmentRuns } from '../../../src/campaigns/equipment-runs';
import type { CampaignsDeps } from '../../../src/campaigns/campaigns.service';
import type { Holder, KeyNeeded } from '../../../src/directives/offices';
import { Dictionary } from '../../../src/kernel/i18n';
import { userKey, type UserKey } from '../../../src/kernel/ids';
import type { NewOutboxMessage } from '../../../src/outbox/outbox-row';
import type { UnitTree } from '../../../src/org/units';
import { RunBook } from '../../../src/reporting/runs';
import type { Report } from '../../../src/reporting/report';
import { aTree } from '../../unit/reporting/builders';
import { freshStore, type TestStore } from '../../support/stores';

/** What is written about surveys: each act once however often it is repeated, and only by whoever may do it at that moment. */

const AT = new Date('2026-03-20T09:00:00+07:00');
const LATER = new Date('2026-03-20T10:00:00+07:00');
const MORNING = new Date('2026-03-23T08:00:00+07:00');
const [HEAD, DEPUTY, OFFICER, CHIEF] = ['1', '2', '3', '4'].map((id) => userKey('zalo', id)) as [
  UserKey,
  UserKey,
  UserKey,
  UserKey,
];
const BEFORE = [
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-01', level: 'village', parent: '99001', name: 'Đông Lâm' },
  { code: '99001-02', level: 'village', parent: '99001', name: 'Ngọc Trì' },
] as const;
const words = new Dictionary(loadLocales()).in('vi');

const holder = (unit: string, role: string, user: UserKey): Holder =>
  ({ id: `${unit}:${role}`, unit, role, fullName: 'Nguyễn Văn Tư', address: 'bác', user }) as Holder;

let store: TestStore;
let rows: Map<string, NewOutboxMessage>;
/** Who may act, who cannot be written to, and whose key is wanted; a test changes them. */
let may: Set<string>;
let lost: Set<UserKey>;
let key: KeyNeeded;
/** The acts in the audit by the ids of their notes. */
const noted = new Map<string, string>();
let tree: UnitTree;
/** Who holds the head's post of a village that came later. */
let later: Map<string, UserKey>;
/** Reports of the form that the survey of equipment asks for. */
let sent: Report[];

beforeAll(async () => {
  store = await freshStore();
});
afterAll(() => store.stop());
beforeEach(() => {
  rows = new Map();
  may = new Set([`${HEAD} 99001-01`, `${DEPUTY} 99001-01`, `${OFFICER} 99001`, `${CHIEF} 24`]);
  lost = new Set();
  key = null;
  noted.clear();
  tree = aTree(BEFORE);
  later = new Map();
  sent = [];
});

function world() {
  const repo = createCampaignsRepo(store.connection);
  const book = new RunBook();
  const deps: CampaignsDeps = {
    repo,
    equipment: new EquipmentRuns({ repo, book }),
    reports: {
      submissions: async (_form, period, units) =>
        sent.filter((one) => one.period === period && units.includes(one.unit)),
    },
    offices: {
      directory: {
        get tree() {
          return tree;
        },
      } as CampaignsDeps['offices']['directory'],
      holders: (unit) =>
        unit === '99001-01'
          ? [holder(unit, 'village_head', HEAD), holder(unit, 'village_deputy', DEPUTY)]
          : [...later].flatMap(([code, user]) => (code === unit ? [holder(unit, 'village_head', user)] : [])),
      issuing: (user) => (user === OFFICER ? [holder('99001', 'commune_officer', OFFICER)] : []),
      keyHolders: () => (key === null ? [] : [holder('24', 'department', CHIEF)]),
      keyNeeded: () => key,
      mayManage: (user, { from }) => may.has(`${user} ${from}`),
    },
    org: { mayWriteFor: async ({ user, unit }) => may.has(`${user} ${unit}`) },
    outbox: {
      enqueue: async (messages) => {
        for (const message of messages) if (!rows.has(message.id)) rows.set(message.id, message);
      },
      reachOf: async (users) =>
        new Map(
          users.map((user) => [
            user,
            lost.has(user)
              ? { by: 'nothing', reason: 'no_template', detail: 'no_template' }
              : { by: 'text', cost: 0 },
          ]),
        ),
    },
    rows: {
      fates: async (ids) =>
        ids.flatMap((id) =>
          rows.has(id)
            ? [
                {
                  ...{ id, state: 'sent' as const, reason: null, createdAt: AT },
                  ...{ sentAt: AT, deliveredAt: AT, seenAt: LATER },
                },
              ]
            : [],
        ),
    },
    audit: { note: async (...given) => given.forEach(({ id, act }) => noted.set(id, act)) },
    wordsFor: () => words,
    addressVars: () => ({ address: 'bác', Address: 'Bác' }),
  };
  return { ...createCampaigns(deps), repo, book };
}

let made = 0;
const survey = (more: Partial<Campaign> = {}): Campaign => ({
  ...{ id: `K${(made += 1)}`, kind: 'yes_no', question: 'Nhà văn hóa có Internet không?' },
  ...{ label: 'xã Tân Hòa', units: ['99001-01', '99001-02'], from: '99001' },
  ...{ by: { user: OFFICER, office: '99001:commune_officer' }, state: 'waiting', createdAt: AT },
  closesAt: new Date('2026-03-22T17:00:00+07:00'),
  ...more,
});
const answerOf = (campaign: Campaign, by: UserKey, value: number, at: Date) => ({
  ...{ campaign: campaign.id, unit: '99001-01', value, by, at },
});

it('asks each village that somebody holds once, however often it is sent', async () => {
  const { service } = world();
  const campaign = survey();
  expect([await service.send({ campaign, at: AT }), await service.send({ campaign, at: LATER })]).toEqual([
    'done',
    'done',
  ]);
  expect([...rows.values()].map(({ to, createdAt }) => [to, createdAt])).toEqual([[HEAD, AT]]);
});

it('asks the deputy when the head cannot be written to', async () => {
  lost.add(HEAD);
  await world().service.send({ campaign: survey(), at: AT });
  expect([...rows.values()].map(({ to }) => to)).toEqual([DEPUTY]);
});

it('asks nobody for whoever lost the post meanwhile, nor outside the unit that asks', async () => {
  const { service, repo } = world();
  const outside = survey({ from: '99001-02', by: { user: HEAD, office: 'x' } });
  may.add(`${HEAD} 99001-02`);
  expect(await service.send({ campaign: outside, at: AT })).toBe('conflict');
  may.delete(`${OFFICER} 99001`);
  const campaign = survey();
  expect(await service.send({ campaign, at: AT })).toBe('conflict');
  expect([await repo.get(campaign.id), rows.size]).toEqual([null, 0]);
});

it('waits for the second key, which only its holder turns', async () => {
  key = 'province';
  const { service, repo } = world();
  const campaign = survey();
  await service.send({ campaign, at: AT });
  expect([...rows.values()].map(({ to }) => to)).toEqual([CHIEF]);
  const decide = (by: UserKey, yes: boolean) => service.decide({ campaign: campaign.id, yes, by, at: LATER });
  expect(await decide(OFFICER, true)).toBe('conflict');
  expect([await decide(CHIEF, true), await decide(CHIEF, true)]).toEqual(['done', 'done']);
  expect(await decide(CHIEF, false)).toBe('conflict');
  expect((await repo.get(campaign.id))?.state).toBe('issued');
  expect([...rows.values()].map(({ to }) => to)).toEqual([CHIEF, OFFICER, HEAD]);
  expect([...noted.values()]).toEqual(['campaign.sent', 'campaign.confirmed']);
});

it('that nobody approved in time asks nobody, and whoever asked hears so', async () => {
  key = 'province';
  const { service, timers, repo } = world();
  const campaign = survey();
  await service.send({ campaign, at: AT });
  await timers.run(MORNING);
  expect((await repo.get(campaign.id))?.state).toBe('refused');
  expect(rows.get(`campaign:${campaign.id}:decided`)).toMatchObject({ to: OFFICER });
  expect([...rows.values()].some(({ to }) => to === HEAD)).toBe(false);
});

it('keeps one answer a village: the latest of the person who answered first', async () => {
  const { service, repo } = world();
  const campaign = survey();
  await service.send({ campaign, at: AT });
  expect(await service.answer(answerOf(campaign, HEAD, 0, AT))).toBe('done');
  expect(await service.answer(answerOf(campaign, HEAD, 1, LATER))).toBe('done');
  // A repeat of the first one, after a crash.
  expect(await service.answer(answerOf(campaign, HEAD, 0, AT))).toBe('done');
  expect(await service.answer(answerOf(campaign, DEPUTY, 0, LATER))).toBe('conflict');
  expect(await service.answer(answerOf(campaign, OFFICER, 0, LATER))).toBe('conflict');
  expect(await service.answer(answerOf(campaign, HEAD, 0, campaign.closesAt))).toBe('conflict');
  expect(await repo.answersOf(campaign.id)).toEqual([{ unit: '99001-01', value: 1, by: HEAD, at: LATER }]);
  expect([...noted.values()]).toEqual(['campaign.sent', 'campaign.answered', 'campaign.answered']);
});

it('gives the result back once, to those who still answer for the village', async () => {
  const { service, timers, repo } = world();
  const campaign = survey();
  const gone = survey();
  for (const one of [campaign, gone]) {
    await service.send({ campaign: one, at: AT });
    await service.answer(answerOf(one, HEAD, 1, AT));
  }
  rows.clear();
  expect(await timers.nextDue(AT)).toEqual(MORNING);
  await timers.run(new Date(MORNING.getTime() - 1));
  expect(rows.size).toBe(0);
  await repo.move(gone.id, 'issued', 'closed', true);
  await timers.run(MORNING);
  await timers.run(MORNING);
  const text = rows.get(`campaign:${campaign.id}:result:99001-01`)?.message;
  expect(text).toMatchObject({ text: expect.stringContaining('có 1, không 0, từ 1/2 nơi') });
  const ids = [...rows.keys()].filter((id) => id.startsWith(`campaign:${campaign.id}:`));
  expect(ids).toEqual([`campaign:${campaign.id}:result:99001-01`, `campaign:${campaign.id}:whole`]);
  expect([...rows.keys()].some((id) => id.startsWith(`campaign:${gone.id}:`))).toBe(false);
  expect([await timers.nextDue(AT), (await repo.get(campaign.id))?.state]).toEqual([null, 'closed']);
});

it('a respondent who lost the post reads no result', async () => {
  const { service, timers } = world();
  const campaign = survey();
  await service.send({ campaign, at: AT });
  await service.answer(answerOf(campaign, HEAD, 1, AT));
  rows.clear();
  may.delete(`${HEAD} 99001-01`);
  await timers.run(MORNING);
  expect([...rows.keys()]).toEqual([`campaign:${campaign.id}:whole`]);
});

it('forgets a person without losing what the village said', async () => {
  const { service, repo } = world();
  const campaign = survey();
  await service.send({ campaign, at: AT });
  await service.answer(answerOf(campaign, HEAD, 1, AT));
  const stand = userKey('zalo', 'erased');
  await repo.unname(HEAD, stand);
  expect(await repo.answersOf(campaign.id)).toMatchObject([{ value: 1, by: stand }]);
});

describe('villages that become one while a question is open', () => {
  const merged = (): UnitTree =>
    aTree([
      ...BEFORE.map((unit) =>
        unit.code.includes('-') ? { ...unit, validTo: '2026-03-20', mergedInto: ['99001-03'] } : unit,
      ),
      { code: '99001-03', level: 'village', parent: '99001', name: 'Lâm Trì', validFrom: '2026-03-21' },
    ]);
  const NEXT_DAY = new Date('2026-03-21T08:00:00+07:00');

  it('what they said stays with them and counts no more; the new one is asked once, with what was said; whoever asked hears of it', async () => {
    const { service, timers, repo } = world();
    const campaign = survey();
    await service.send({ campaign, at: AT });
    await service.answer(answerOf(campaign, HEAD, 1, LATER));
    tree = merged();
    timers.notePeopleChanged();
    await timers.run(NEXT_DAY);
    expect((await repo.get(campaign.id))?.units).toEqual(['99001-03']);
    const told = [...rows.values()].at(-1);
    expect(told?.to).toBe(OFFICER);
    expect(told?.message).toMatchObject({
      text: '«Nhà văn hóa có Internet không?»: thôn Đông Lâm nay là thôn Lâm Trì; thôn Ngọc Trì nay là thôn Lâm Trì. Em hỏi lại nơi mới; câu trả lời của nơi cũ vẫn giữ nhưng không cộng nữa ạ.',
    });
    // Nobody holds the new post yet: whoever takes it is asked then, once.
    const NEW = userKey('zalo', '9');
    later.set('99001-03', NEW);
    may.add(`${NEW} 99001-03`);
    for (let n = 0; n < 2; n += 1) {
      timers.notePeopleChanged();
      await timers.run(NEXT_DAY);
    }
    const asked = [...rows.values()].filter(({ to, id }) => to === NEW && id.includes(`:${campaign.id}:`));
    expect(asked.map(({ message }) => ('text' in message ? message.text?.split('\n')[0] : ''))).toEqual([
      'Câu này trước đã hỏi nơi cũ (thôn Đông Lâm: có; thôn Ngọc Trì: chưa trả lời), nay nhờ thôn Lâm Trì trả lời lại một lần cho đúng ạ.',
    ]);
    expect(await service.answer(answerOf(campaign, HEAD, 0, NEXT_DAY))).toBe('conflict');
    await service.answer({ ...answerOf(campaign, NEW, 0, NEXT_DAY), unit: '99001-03' });
    expect(tally(['99001-03'], await repo.answersOf(campaign.id))).toMatchObject({
      all: 1,
      answered: 1,
      sum: 0,
    });
  });

  it('one that waits for its second key asks the new village once it has it', async () => {
    key = 'province';
    const { service, timers, repo } = world();
    const campaign = survey();
    await service.send({ campaign, at: AT });
    tree = merged();
    timers.notePeopleChanged();
    await timers.run(NEXT_DAY);
    later.set('99001-03', HEAD);
    await service.decide({ campaign: campaign.id, yes: true, by: CHIEF, at: NEXT_DAY });
    expect((await repo.get(campaign.id))?.units).toEqual(['99001-03']);
    expect([...rows.keys()].filter((id) => id.includes(`:${campaign.id}:99001-03`))).toEqual([
      `campaign:${campaign.id}:99001-03`,
    ]);
  });
});

it('an announcement is told once, asks nothing, and says how far it came', async () => {
  const { service, view, timers } = world();
  const campaign = survey({ kind: 'announcement', question: '19h tối nay họp ở nhà văn hóa' });
  for (const at of [AT, LATER]) expect(await service.send({ campaign, at })).toBe('done');
  expect([...rows.values()].map(({ message }) => message)).toEqual([
    { kind: 'text', text: '📢 xã Tân Hòa thông báo tới thôn Đông Lâm:\n19h tối nay họp ở nhà văn hóa' },
  ]);
  expect(await view.reached(campaign)).toEqual({ all: 2, sent: 1, seen: 1, missing: ['99001-02'] });
  expect(await service.answer(answerOf(campaign, HEAD, 1, LATER))).toBe('conflict');
  // Whoever comes later is not told of it, and nothing is given back when it is over.
  later.set('99001-02', DEPUTY);
  timers.notePeopleChanged();
  await timers.run(LATER);
  await timers.run(new Date('2026-03-23T09:00:00+07:00'));
  expect([...rows.keys()].filter((id) => id.includes(`:${campaign.id}:`))).toHaveLength(1);
});

describe('the survey of equipment', () => {
  const CLOSES = new Date('2026-04-15T17:00:00+07:00');
  const equipment = (more: Partial<Campaign> = {}): Campaign =>
    survey({ kind: 'equipment', question: 'khảo sát trang thiết bị nhà văn hóa', closesAt: CLOSES, ...more });
  const counted = (figure: string, value: number, detail: object | null = null) => ({
    [figure]: { figure, value, detail, state: 'approved', status: 'reported' },
  });
  const reportOf = (unit: string, period: string, figures: object): Report =>
    ({
      ...{ unit, period, submittedAt: LATER, figures },
      acts: [{ kind: 'submit', by: HEAD, at: LATER }],
    }) as unknown as Report;
  const runsOf = (book: RunBook) =>
    book.of('equipment-survey').map(({ period, audience }) => [period, [...audience]]);

  afterEach(async () => {
    for (const { id } of await createCampaignsRepo(store.connection).started())
      await store.connection.collection('campaigns').deleteOne({ _id: id as never });
  });

  it('is a run of its form once it has its second key, and none before; however often it is done', async () => {
    key = 'province';
    const { service, book, repo } = world();
    const campaign = equipment();
    await service.send({ campaign, at: AT });
    expect([runsOf(book), await repo.started()]).toEqual([[], []]);
    for (const at of [LATER, MORNING])
      await service.decide({ campaign: campaign.id, yes: true, by: CHIEF, at });
    expect(runsOf(book)).toEqual([['equipment-survey', ['99001-01', '99001-02']]]);
    expect(book.get('equipment-survey')).toMatchObject({ opensAt: LATER, deadline: CLOSES });
    const asked = [...rows.values()].filter(({ id }) => id.includes(`:${campaign.id}:99001`));
    expect(asked.map(({ to, message }) => [to, 'buttons' in message && message.buttons?.[0]])).toEqual([
      [HEAD, expect.objectContaining({ payload: '#BAOCAO_EQUIPMENT-SURVEY_99001-01' })],
    ]);
    // The book is a copy: another process reads the same.
    const other = new RunBook();
    await new EquipmentRuns({ repo, book: other }).refresh();
    expect(runsOf(other)).toEqual(runsOf(book));
  });

  it('a further one is the next run, and asks nobody whom an earlier one still asks', async () => {
    const { service, book } = world();
    await service.send({ campaign: equipment({ units: ['99001-01'] }), at: AT });
    await service.send({ campaign: equipment(), at: LATER });
    expect(runsOf(book)).toEqual([
      ['equipment-survey', ['99001-01']],
      ['equipment-survey-2', ['99001-02']],
    ]);
  });

  it('two begun at once get names of their own', async () => {
    await campaignModel(store.connection).createIndexes();
    const [one, two] = [world(), world()];
    await Promise.all([
      one.service.send({ campaign: equipment({ units: ['99001-01'] }), at: AT }),
      two.service.send({ campaign: equipment({ units: ['99001-02'] }), at: AT }),
    ]);
    expect((await one.repo.started()).map(({ run }) => run)).toEqual([
      'equipment-survey',
      'equipment-survey-2',
    ]);
  });

  it('is answered by reports, whose sums go back to those who sent them', async () => {
    const { service, timers, view, repo } = world();
    const campaign = equipment();
    await service.send({ campaign, at: AT });
    expect(await service.answer(answerOf(campaign, HEAD, 1, LATER))).toBe('conflict');
    sent = [
      reportOf('99001-01', 'equipment-survey', {
        ...counted('has_computer', 1),
        ...counted('has_internet', 0),
        ...counted('missing_equipment', 1, { kind: 'text', text: 'máy chiếu' }),
      }),
      // Begun, not sent.
      { ...reportOf('99001-02', 'equipment-survey', counted('has_computer', 1)), submittedAt: null },
    ];
    const replies = await view.replies((await repo.get(campaign.id)) as Campaign);
    expect([replies.who, replies.silent]).toEqual([[{ unit: '99001-01', by: HEAD }], ['99001-02']]);
    const given = [...rows.keys()].length;
    await timers.run(new Date('2026-04-16T08:00:00+07:00'));
    expect(
      [...rows.values()].slice(given).map(({ to, message }) => [to, 'text' in message && message.text]),
    ).toEqual([
      [
        HEAD,
        'Kết quả «khảo sát trang thiết bị nhà văn hóa» ở xã Tân Hòa: có máy tính 1, có Internet 0, từ 1/2 nơi. Em cảm ơn bác đã trả lời.',
      ],
      [OFFICER, '«khảo sát trang thiết bị nhà văn hóa» đã khép: có máy tính 1, có Internet 0, từ 1/2 nơi.'],
    ]);
  });
});
