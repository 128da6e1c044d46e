import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';
import { vnDay } from '../../../src/kernel/vn-time';
import type { Office } from '../../../src/org/office';
import type { UnitRecord } from '../../../src/org/unit';
import { UnitTree } from '../../../src/org/units';
import type { NewOutboxMessage, OutboxRow } from '../../../src/outbox/outbox-row';
import { ListGiver } from '../../../src/recognition/list-giver';
import type { MonthRecord } from '../../../src/recognition/record';
import { Thankful } from '../../../src/recognition/thanks.service';
import { calendars } from '../reporting/builders';
import { vn } from '../reminders/builders';

/** When cards of thanks leave, and when not. */

const words = new Dictionary(loadLocales()).in('vi');
const unit = (code: string, level: UnitRecord['level'], parent: string | null, kind: string): UnitRecord => ({
  ...{ code, level },
  spans: [
    {
      ...{ validFrom: '2025-07-01', validTo: null, name: code, kind, parent },
      ...{ adults: null, households: null, population: null },
    },
  ],
});
const tree = new UnitTree([
  unit('24', 'province', null, 'tỉnh'),
  unit('C1', 'commune', '24', 'xã'),
  unit('V1', 'village', 'C1', 'thôn'),
  unit('V2', 'village', 'C1', 'thôn'),
]);
const post = (code: string, role: Office['role'], user: string): Office => ({
  ...{ id: `${code}:${role}`, unit: code, role, fullName: 'Nguyễn Văn Tư', address: 'bác', user },
  ...{ claimedAt: null, consent: null, hasPhone: false },
});

let offices: Office[];
let rows: Map<string, NewOutboxMessage>;
let results: Map<string, MonthRecord['result']>;
let muted: Set<string>;
let closed: Set<string>;
let reminded: Map<string, string>;
let thankful: Thankful;

beforeEach(() => {
  offices = [
    post('V1', 'village_head', 'zalo:1'),
    post('V2', 'village_head', 'zalo:2'),
    post('C1', 'commune_officer', 'zalo:3'),
  ];
  rows = new Map();
  results = new Map([
    ['V1', 'on_time'],
    ['V2', 'on_time'],
    ['C1', 'on_time'],
  ]);
  muted = new Set();
  closed = new Set();
  reminded = new Map();
  thankful = make();
});

const make = (): Thankful =>
  new Thankful({
    records: {
      of: async (_form, codes, periods) =>
        new Map(
          codes.map((code) => [
            code,
            periods.map((period): MonthRecord => ({
              ...{ period, figures: new Map(), receipt: null },
              result: period === '2026-03' ? (results.get(code) ?? 'none') : 'none',
            })),
          ]),
        ),
    },
    rollup: { totals: async () => null },
    directory: {
      tree,
      officesIn: (code) => offices.filter((office) => office.unit === code),
      officesOf: (user) => offices.filter((office) => office.user === user),
    },
    calendars,
    outbox: {
      enqueue: async (messages) => messages.forEach((row) => rows.set(row.id, rows.get(row.id) ?? row)),
      reachOf: async (users) =>
        new Map(
          users.map((user) => [
            user,
            closed.has(user) ? ({ by: 'template', cost: 200 } as const) : ({ by: 'text', cost: 0 } as const),
          ]),
        ),
      fates: async (ids) =>
        ids.flatMap((id) => {
          const row = rows.get(id);
          return row
            ? [{ ...row, state: 'sent', reason: null, sentAt: null, deliveredAt: null, seenAt: null }]
            : [];
        }),
      remindedOn: async (users, at) => new Set(users.filter((user) => reminded.get(user) === vnDay(at))),
    },
    wordsFor: () => words,
    isMuted: (user) => muted.has(user),
  });
const to = (): string[] => [...rows.values()].map((row) => row.to).sort();

it('thanks villages on the morning after their lock and the commune after its own, each once in the month', async () => {
  expect(await thankful.plan(vn('2026-03-18T18:00'))).toBe(0);
  expect(await thankful.plan(vn('2026-03-19T08:59'))).toBe(0);
  expect(await thankful.plan(vn('2026-03-19T09:00'))).toBe(2);
  expect(await make().plan(vn('2026-03-19T09:01'))).toBe(0);
  expect(await make().plan(vn('2026-03-20T09:00'))).toBe(0);
  expect(await make().plan(vn('2026-03-25T09:00'))).toBe(1);
  expect(to()).toEqual(['zalo:1', 'zalo:2', 'zalo:3']);
  expect(
    [...rows.values()].every(({ template, purpose }) => template === undefined && purpose === 'notice'),
  ).toBe(true);
});

it.each`
  because                             | prepare
  ${'sent nothing'}                   | ${() => results.set('V1', 'none')}
  ${'had its figures entered for it'} | ${() => results.set('V1', 'on_behalf')}
  ${'asked not to be written to'}     | ${() => muted.add('zalo:1')}
`('whoever $because hears nothing', async ({ prepare }: { prepare: () => void }) => {
  prepare();
  for (const day of ['19', '20', '30']) await make().plan(vn(`2026-03-${day}T09:00`));
  expect(to()).toEqual(['zalo:2', 'zalo:3']);
});

it('waits for a day on which it costs nothing and no reminder comes, and not past the opening of the next month', async () => {
  closed.add('zalo:1');
  reminded.set('zalo:2', '2026-03-19');
  await thankful.plan(vn('2026-03-19T09:00'));
  expect(to()).toEqual([]);
  closed.delete('zalo:1');
  await make().plan(vn('2026-03-20T09:00'));
  expect(to()).toEqual(['zalo:1', 'zalo:2']);
  rows.clear();
  await make().plan(vn('2026-04-08T07:59'));
  await make().plan(vn('2026-04-10T09:00'));
  expect(to()).toEqual([]);
});

it('at the send it gives way to a reminder of that day, and is dropped when nothing is left to thank for', async () => {
  await thankful.plan(vn('2026-03-19T09:00'));
  const row = { ...[...rows.values()][0]!, state: 'queued' } as OutboxRow;
  reminded.set(row.to, '2026-03-19');
  expect(await thankful.isStillNeeded(row, vn('2026-03-19T09:01'))).toEqual({
    now: 'wait',
    until: vn('2026-03-20T09:00'),
  });
  expect((await thankful.isStillNeeded(row, vn('2026-03-20T09:00'))).now).toBe('send');
  muted.add(row.to);
  expect((await thankful.isStillNeeded(row, vn('2026-03-20T09:00'))).now).toBe('drop');
  muted.clear();
  results.set('V1', 'none').set('V2', 'none');
  expect((await thankful.isStillNeeded(row, vn('2026-03-20T09:00'))).now).toBe('drop');
});

it('says when cards are next due, so that a moved clock stops there', () => {
  expect(thankful.nextDue(vn('2026-03-12T08:00'))).toEqual(vn('2026-03-19T09:00'));
  expect(thankful.nextDue(vn('2026-03-19T09:00'))).toEqual(vn('2026-03-25T09:00'));
});

it('the department hears once, on 30 September, that the list is there', async () => {
  offices = [post('24', 'department', 'zalo:9'), post('24', 'province', 'zalo:8')];
  const nomination = { kind: 'individual', name: 'An', achievement: 'x', evidence: null, by: 'C1' } as const;
  const giver = new ListGiver({
    directory: { tree, officesIn: (code) => offices.filter((office) => office.unit === code) },
    shortlist: async () => [
      {
        unit: null,
        evidence: null,
        nomination: { ...nomination, receipt: null, unit: null, sentAt: vn('2026-09-20T08:00') },
      },
    ],
    enqueue: async (messages) => messages.forEach((row) => rows.set(row.id, row)),
    wordsFor: () => words,
    isMuted: () => false,
  });
  expect(await giver.plan(vn('2026-09-30T07:59'))).toBe(0);
  expect(giver.nextDue(vn('2026-09-30T07:59'))).toEqual(vn('2026-09-30T08:00'));
  expect([await giver.plan(vn('2026-09-30T08:00')), await giver.plan(vn('2026-09-30T08:01'))]).toEqual([
    1, 0,
  ]);
  expect([...rows.values()].map(({ to: user, message }) => [user, message])).toEqual([
    ['zalo:9', expect.objectContaining({ text: expect.stringContaining('1 đề nghị đã gửi, 0 nơi nổi bật') })],
  ]);
});
