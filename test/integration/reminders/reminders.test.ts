import { readFileSync } from 'node:fs';
import { Dictionary } from '../../../src/kernel/i18n';
import type { Office } from '../../../src/org/office';
import { unitsActedFor } from '../../../src/org/roles';
import { UnitTree } from '../../../src/org/units';
import type { UnitRecord } from '../../../src/org/unit';
import { phoneAddressOf } from '../../../src/reminders/phones';
import { createRemindersRepo } from '../../../src/reminders/reminders.repo';
import { usualHours } from '../../../src/reminders/usual-hour';
import { endOfChain } from '../../../src/reminders/escalation/ends';
import { formDuties } from '../../../src/reminders/form-duties';
import { taskDuties } from '../../../src/reminders/task-duties';
import { RemindersService } from '../../../src/reminders/reminders.service';
import type { Duty } from '../../../src/reporting/duties';
import { FORMS, formOf } from '../../../src/reporting/forms';
import type { Report } from '../../../src/reporting/report';
import { PLAN_TASKS, type TaskDone } from '../../../src/reporting/tasks';
import { freshStore, type TestStore } from '../../support/stores';
import { theRules } from '../../unit/outbox/builders';
import { theSettings, vn } from '../../unit/reminders/builders';
import { calendars } from '../../unit/reporting/builders';
import { outboxWorld, wordsOf, type Process } from '../outbox/world';

const locales = Object.fromEntries(
  ['vi', 'en'].map((locale) => [
    locale,
    Object.fromEntries(
      ['reminders', 'common', 'reports', 'tasks', 'work'].map((space) => [
        space,
        JSON.parse(readFileSync(`locales/${locale}/${space}.json`, 'utf8')) as object,
      ]),
    ),
  ]),
);
const words = new Dictionary(locales).in('vi');
const HEAD = 'zalo:1';
const DEPUTY = 'zalo:2';
const DUNG = 'zalo:3';

const unit = (code: string, level: UnitRecord['level'], parent: string | null, name: string): UnitRecord => ({
  code,
  level,
  spans: [
    {
      validFrom: '2025-07-01',
      validTo: null,
      name,
      kind: level === 'village' ? 'thôn' : level === 'commune' ? 'xã' : 'tỉnh',
      parent,
      adults: null,
      households: null,
      population: null,
    },
  ],
});
const post = (unitCode: string, role: Office['role'], user: string | null, fullName: string): Office => ({
  id: `${unitCode}:${role}`,
  unit: unitCode,
  role,
  fullName,
  address: 'bác',
  user,
  claimedAt: null,
  consent: null,
  hasPhone: false,
});

let store: TestStore;
let world: ReturnType<typeof outboxWorld>;
let outbox: Process;
let reminders: RemindersService;
let offices: Office[];
let reports: Map<string, { submittedAt?: Date; answers?: number; touchedAt?: Date; returned?: number }>;
let muted: Set<string>;
let busy: Set<string>;
let done: TaskDone[];
let otherWorks: (user: string) => Promise<readonly string[]>;

beforeAll(async () => {
  store = await freshStore();
});
afterAll(async () => {
  await store.stop();
});
afterEach(() => {
  world.stopAll();
});

async function begin(
  templates: Record<string, string> = {},
  start = '2026-03-09T10:00',
  over: Parameters<typeof theRules>[0] = {},
): Promise<void> {
  for (const name of ['outbox', 'contacts', 'pace', 'reminder_runs'])
    await store.connection.collection(name).deleteMany({});
  world = outboxWorld(store.connection, vn(start).toISOString());
  reports = new Map();
  muted = new Set();
  busy = new Set();
  otherWorks = async () => [];
  done = [];
  offices = [
    post('V1', 'village_head', HEAD, 'Nguyễn Văn Tư'),
    post('V1', 'village_deputy', DEPUTY, 'Trần Văn Hùng'),
    post('V2', 'village_head', null, 'Lê Văn Năm'),
    post('24', 'department', DUNG, 'Vũ Tiến Dũng'),
  ];
  const tree = new UnitTree([
    unit('24', 'province', null, 'Bắc Ninh'),
    unit('24-KHCN', 'agency', '24', 'Sở Khoa học và Công nghệ'),
    unit('C1', 'commune', '24', 'Tân Hòa'),
    unit('V1', 'village', 'C1', 'Đông Lâm'),
    unit('V2', 'village', 'C1', 'Ngọc Trì'),
  ]);
  const times = (_form: string, period: string) => ({
    period,
    opensAt: vn(`${period}-10T08:00`),
    deadline: vn(`${period}-17T17:00`),
    lockAt: vn(`${period}-18T17:00`),
    movedFrom: null,
    data: { from: '2026-02-15', to: '2026-03-14' },
  });
  const asked = FORMS.get('village-month')?.figures.filter((figure) => !figure.optional) ?? [];
  outbox = await world.process({
    rules: theRules({ ZALO_TEMPLATES: templates, ...over }),
    isStillNeeded: (row, at) => reminders.isStillNeeded(row, at),
    onUnreachable: (row, at) => reminders.onUnreachable(row, at),
    phoneOf: (user, at) =>
      phoneAddressOf({ officesOf: (who) => offices.filter((office) => office.user === who) }, user, at),
  });
  reminders = new RemindersService({
    kinds: [
      ...formDuties([formOf('village-month')], {
        times,
        asked: () => asked,
        duties: async (form, period) =>
          ['V1', 'V2'].map((code): Duty => {
            const submittedAt = reports.get(`${period}:${code}`)?.submittedAt ?? null;
            return { form, unit: code, ...times(form, period), status: 'open', submittedAt };
          }),
        submissions: async (_form, period, units) =>
          units.flatMap((code) => {
            const draft = reports.get(`${period}:${code}`);
            if (!draft) return [];
            const figures = asked
              .slice(0, draft.answers ?? 0)
              .map(({ id }, i) => [id, { state: i < (draft.returned ?? 0) ? 'returned' : 'draft' }]);
            return [
              {
                unit: code,
                submittedAt: draft.submittedAt ?? null,
                touchedAt: draft.touchedAt ?? vn('2026-03-01T00:00'),
                figures: Object.fromEntries(figures) as Report['figures'],
              } as Report,
            ];
          }),
      }),
      ...taskDuties(PLAN_TASKS, {
        directory: { tree },
        ledger: { done: async () => done },
        releases: { list: async () => [] },
        calendars,
      }),
    ],
    directory: {
      tree,
      officesIn: (code) => offices.filter((office) => office.unit === code),
      officesActingFor: (code) => offices.filter((office) => unitsActedFor(office).includes(code)),
      office: (id) => offices.find((office) => office.id === id) ?? null,
      officesOf: (user) => offices.filter((office) => office.user === user),
    },
    outbox,
    rows: world.rows,
    runs: createRemindersRepo(store.connection),
    wordsFor: () => words,
    isMuted: (user) => muted.has(user),
    otherWorks: (user) => otherWorks(user),
    usualHours: (users) => usualHours(world.contacts, users),
    isAsked: async (user) => busy.has(user),
    settings: theSettings(),
  });
}

/** The clock goes from one due instant to the next, as the simulator's does. */
async function to(instant: string): Promise<void> {
  const end = vn(instant);
  for (;;) {
    const now = world.clock.now();
    const row = await outbox.nextDue(now);
    const next = Math.min(reminders.nextDue(now).getTime(), row?.getTime() ?? Infinity, end.getTime());
    world.clock.moveTo(new Date(next));
    await reminders.plan(world.clock.now());
    await outbox.sweep(world.clock.now());
    await outbox.settled();
    if (next >= end.getTime()) return;
  }
}

const heard = (user: string): string[] =>
  world.channel.sends
    .filter((send) => send.to === user)
    .map(
      ({ at, message }) =>
        `${new Date(at.getTime() + 7 * 3_600_000).toISOString().slice(8, 16)} ${wordsOf(message).replace(/^template /, '')}`,
    );

it('reminds the head five times at the most in the month, says how often more, and nobody else', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-12T09:00'));
  await to('2026-03-20T00:00');
  expect(heard(HEAD)).toHaveLength(5);
  expect(heard(HEAD)[0]).toMatch(
    /^10T08:00 Chào bác Tư, đã đến kỳ báo cáo tháng 3 của thôn Đông Lâm.*4 lần nữa/s,
  );
  expect(heard(HEAD)[1]).toMatch(/^12T08:00 .*chưa bắt đầu báo cáo tháng 3.*3 lần nữa/s);
  expect(heard(HEAD)[2]).toMatch(/^15T08:00 .*chưa gửi báo cáo tháng 3.*2 lần nữa/s);
  expect(heard(HEAD)[3]).toMatch(/^17T08:00 .*17:00 hôm nay.*1 lần nữa, 08:00 thứ Tư 18\/3/s);
  expect(heard(HEAD)[4]).toMatch(/^18T08:00 .*hôm qua là hạn.*đến 17:00 hôm nay.*lần nhắc cuối/s);
  expect(heard(DEPUTY)).toEqual([]);
});

it('numbers what can be done, unless a question is open to which a number would be the answer', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-12T09:00'));
  const digits = (): unknown[] =>
    world.channel.sends.map(
      ({ message }) =>
        message.kind === 'text' && message.buttons?.map((each) => ('digit' in each ? each.digit : null)),
    );
  await to('2026-03-10T09:00');
  busy.add(HEAD);
  await to('2026-03-15T09:00');
  expect(digits()).toEqual([
    [1, 2],
    [null, null],
    [null, null],
  ]);
});

it('opens the month by the template alone when the window is closed, and without one lists the person', async () => {
  await begin({ period_opening: 'T-OPEN' });
  await world.contacts.noteInteraction(HEAD, vn('2026-02-12T09:00'));
  offices = offices.filter((office) => office.role !== 'village_deputy');
  await to('2026-03-10T09:00');
  expect(heard(HEAD)).toEqual(['10T08:00 T-OPEN']);
  expect([...(await reminders.unreachable('2026-03', world.clock.now()))]).toEqual([['V2', 'not_claimed']]);
  await to('2026-03-15T09:00');
  expect(heard(HEAD)).toHaveLength(1);
  expect(Object.fromEntries(await reminders.unreachable('2026-03', world.clock.now()))).toEqual({
    V1: 'window_closed',
    V2: 'not_claimed',
  });
  // Whoever writes to us can be written to again at once, not only after the next reminder.
  await world.contacts.noteInteraction(HEAD, world.clock.now());
  expect([...(await reminders.unreachable('2026-03', world.clock.now()))]).toEqual([['V2', 'not_claimed']]);
});

it('lists whom the channel refused, and takes them off once they have been reached', async () => {
  await begin({ period_opening: 'T-OPEN', reminder: 'T-REMIND' });
  offices = offices.filter((office) => office.role !== 'village_deputy');
  world.channel.answer = () => ({ outcome: 'unreachable', detail: '-227' });
  await to('2026-03-10T09:00');
  expect((await reminders.unreachable('2026-03', world.clock.now())).get('V1')).toBe('refused');
  world.channel.answer = () => world.channel.ok();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-14T09:00'));
  await to('2026-03-15T09:00');
  expect((await reminders.unreachable('2026-03', world.clock.now())).has('V1')).toBe(false);
});

it('turns to the deputy when the head cannot be reached or does not want to hear', async () => {
  await begin();
  await world.contacts.noteInteraction(DEPUTY, vn('2026-03-09T09:00'));
  await to('2026-03-10T09:00');
  expect([heard(HEAD).length, heard(DEPUTY).length]).toEqual([0, 1]);
  await world.contacts.noteInteraction(HEAD, vn('2026-03-14T09:00'));
  muted.add(HEAD);
  await to('2026-03-15T09:00');
  expect([heard(HEAD).length, heard(DEPUTY).length]).toEqual([0, 3]);
});

it('tells the deputy at once when the head is refused at the moment of sending, and nobody twice', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-09T09:00'));
  await world.contacts.noteInteraction(DEPUTY, vn('2026-03-09T09:00'));
  world.channel.answer = (user) =>
    user === HEAD ? { outcome: 'unreachable', detail: 'gone' } : world.channel.ok();
  await to('2026-03-10T08:01');
  expect(heard(HEAD)).toHaveLength(1);
  expect(heard(DEPUTY)).toHaveLength(1);
  expect(heard(DEPUTY)[0]).toMatch(/^10T08:00 Chào bác Hùng, đã đến kỳ báo cáo/);
  expect((await reminders.unreachable('2026-03', world.clock.now())).has('V1')).toBe(false);
  const [row] = await world.rows.toPeople(
    [HEAD],
    ['period_opening'],
    vn('2026-03-10T00:00'),
    vn('2026-03-11T00:00'),
  );
  if (row) await reminders.onUnreachable(row, world.clock.now());
  await outbox.settled();
  expect(heard(DEPUTY)).toHaveLength(1);
});

it('writes by phone to the holder of a post who never chatted, where a template exists for it', async () => {
  await begin({ reminder: 'T-REMIND' });
  offices = offices.map((office) => (office.unit === 'V2' ? { ...office, hasPhone: true } : office));
  const phone = 'zalo-phone:V2:village_head';
  await to('2026-03-10T09:00');
  expect(heard(phone)).toEqual([]);
  expect((await reminders.unreachable('2026-03', world.clock.now())).get('V2')).toBe('not_claimed');
  await to('2026-03-15T09:00');
  expect(heard(phone)).toEqual(['12T08:00 T-REMIND by phone', '15T08:00 T-REMIND by phone']);
  expect((await reminders.unreachable('2026-03', world.clock.now())).has('V2')).toBe(false);
  world.channel.answer = () => ({ outcome: 'unreachable', detail: 'no account' });
  await to('2026-03-17T09:00');
  expect((await reminders.unreachable('2026-03', world.clock.now())).get('V2')).toBe('refused');
});

it('brings every silence of the month to its end: told and silent, not claimed, asked not to be told, never told', async () => {
  await begin();
  const units = ['V1', 'V2'];
  offices = [
    post('V1', 'village_head', HEAD, 'Nguyễn Văn Tư'),
    post('V2', 'village_head', null, 'Lê Văn Năm'),
  ];
  await world.contacts.noteInteraction(HEAD, vn('2026-03-12T09:00'));
  const ends = async (units: readonly string[]) => {
    const now = world.clock.now();
    const why = await reminders.unreachable('2026-03', now);
    const told = await reminders.told('village-month', '2026-03', units, now);
    return Object.fromEntries(
      units.map((unit) => {
        const known = { why: why.get(unit) ?? null, told: told.has(unit), reason: null };
        return [unit, endOfChain('overdue', known, { lockAt: vn('2026-03-18T17:00') }, now)];
      }),
    );
  };
  await to('2026-03-18T12:00');
  expect(await ends(units)).toEqual({ V1: null, V2: null });
  await to('2026-03-18T17:00');
  expect(await ends(units)).toEqual({
    V1: { end: 'refused' },
    V2: { end: 'unreachable', why: 'not_claimed' },
  });
  // The post is taken by somebody to whom nothing of this month was ever written.
  offices = [post('V1', 'village_head', 'zalo:9', 'Vũ Thị Chín')];
  expect((await ends(['V1']))['V1']).toEqual({ end: 'unreachable', why: 'not_told' });
  reports.set('2026-03:V1', { answers: 1, touchedAt: vn('2026-03-18T16:00') });
  expect((await ends(['V1']))['V1']).toEqual({ end: 'refused' });
  reports.delete('2026-03:V1');
  muted.add('zalo:9');
  expect((await ends(['V1']))['V1']).toEqual({ end: 'unreachable', why: 'opted_out' });
});

it('says that the money was the reason', async () => {
  await begin({ period_opening: 'T-OPEN' }, '2026-03-09T10:00', { ZALO_MONTHLY_BUDGET_VND: 150 });
  await to('2026-03-10T09:00');
  expect(heard(HEAD)).toEqual([]);
  expect((await reminders.unreachable('2026-03', world.clock.now())).get('V1')).toBe('budget');
});

it('says what is left of a draft, waits while it is worked on, and is silent once it is sent', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-13T09:00'));
  await to('2026-03-11T10:00');
  reports.set('2026-03:V1', { answers: 3, touchedAt: vn('2026-03-11T09:00') });
  await to('2026-03-15T09:00');
  expect(heard(HEAD)).toHaveLength(2);
  expect(heard(HEAD)[1]).toMatch(/^15T08:00 .*còn 1 câu/);
  await to('2026-03-17T07:59');
  reports.set('2026-03:V1', { answers: 3, touchedAt: vn('2026-03-17T07:50') });
  await to('2026-03-17T08:10');
  reports.set('2026-03:V1', { answers: 3, touchedAt: vn('2026-03-17T08:10') });
  await to('2026-03-17T08:39');
  expect(heard(HEAD)).toHaveLength(2);
  reports.set('2026-03:V1', {
    answers: 4,
    touchedAt: vn('2026-03-17T08:10'),
    submittedAt: vn('2026-03-17T08:39'),
  });
  await to('2026-03-20T00:00');
  expect(heard(HEAD)).toHaveLength(2);
  expect((await world.rows.counts())['dropped']).toBe(1);
});

it('plans each reminder once, also when it is planned again after a crash or by two at once', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-10T07:00'));
  world.clock.moveTo(vn('2026-03-10T08:00'));
  expect(await Promise.all([reminders.plan(world.clock.now()), reminders.plan(world.clock.now())])).toEqual([
    1, 0,
  ]);
  await store.connection.collection('reminder_runs').deleteMany({});
  await reminders.plan(vn('2026-03-10T08:05'));
  await outbox.settled();
  expect(heard(HEAD)).toHaveLength(1);
  expect(await reminders.plan(vn('2026-03-10T07:00'))).toBe(0);
});

it('asks for a report again of which figures were sent back, and says so', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-13T09:00'));
  reports.set('2026-03:V1', { answers: 4, submittedAt: vn('2026-03-13T09:00'), returned: 1 });
  await to('2026-03-15T09:00');
  expect(heard(HEAD)).toEqual([
    expect.stringMatching(/^10T08:00 .*1 số được nhờ xem lại/s),
    expect.stringMatching(/^15T08:00 .*1 số được nhờ xem lại/s),
  ]);
});

it('reminds the department of a task of the plan as of a report, whenever it wishes, and no more once it is done', async () => {
  await begin({}, '2026-03-24T10:00');
  await world.contacts.noteInteraction(DUNG, vn('2026-03-24T09:00'));
  otherWorks = async () => ['Xác nhận công văn 145/UBND-VX'];
  await to('2026-03-27T09:00');
  expect(heard(DUNG)).toEqual([
    expect.stringMatching(
      /^25T08:00 Chào bác Dũng, hôm nay bác còn 2 việc:.*1\. Việc «Kế hoạch hành động năm 2026.*2\. Xác nhận công văn 145/s,
    ),
    expect.stringMatching(/^27T08:00 .*Kế hoạch hành động.*2 lần nữa/s),
  ]);
  await reminders.askFor('e1:0', DUNG, vn('2026-03-27T19:00'), world.clock.now());
  await to('2026-03-28T09:00');
  expect(heard(DUNG)).toHaveLength(3);
  expect(heard(DUNG)[2]).toMatch(/^27T19:00 .*Kế hoạch hành động/s);
  // Planned for the last morning already, and said to be done before it leaves.
  await to('2026-03-30T07:59');
  await reminders.plan(vn('2026-03-30T08:00'));
  done = [
    { task: 'khcn-action-plan', unit: '24-KHCN', doneAt: vn('2026-03-30T08:00'), by: DUNG, evidence: [] },
  ];
  await to('2026-04-02T09:00');
  expect(heard(DUNG)).toHaveLength(3);
  expect(
    await reminders.told('khcn-action-plan', 'khcn-action-plan', ['24-KHCN'], world.clock.now()),
  ).toEqual(new Set(['24-KHCN']));
});

it('says of a task that nobody can be told of why, and reminds by template where there is one', async () => {
  await begin({ reminder: 'T-REMIND' }, '2026-03-24T10:00');
  await to('2026-03-25T09:00');
  expect(heard(DUNG)).toEqual(['25T08:00 T-REMIND']);
  muted.add(DUNG);
  expect([...(await reminders.unreachable('khcn-action-plan', world.clock.now()))]).toEqual([
    ['24-KHCN', 'opted_out'],
  ]);
});

it('names what else there is to do in the same message', async () => {
  await begin();
  otherWorks = async (user) => (user === HEAD ? ['Xác nhận công văn 145/UBND-VX'] : []);
  await world.contacts.noteInteraction(HEAD, vn('2026-03-09T09:00'));
  await to('2026-03-10T09:00');
  expect(heard(HEAD)).toEqual([
    expect.stringMatching(/^10T08:00 Chào bác Tư, hôm nay bác còn 2 việc:.*2\. Xác nhận công văn 145/s),
  ]);
});

it('comes at the hour at which the person usually writes', async () => {
  await begin();
  for (const day of ['06', '07', '08', '09'])
    await world.contacts.noteInteraction(HEAD, vn(`2026-03-${day}T19:20`));
  await world.contacts.noteInteraction(HEAD, vn('2026-03-14T19:05'));
  await to('2026-03-16T00:00');
  expect(heard(HEAD).map((line) => line.slice(0, 8))).toEqual(['10T08:00', '12T19:00', '15T19:00']);
});

it('reminds at the hour that was asked for instead of the morning, the newest wish alone, three wishes a day', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-14T20:00'));
  await to('2026-03-14T20:30');
  const now = world.clock.now();
  const ask = async (n: number, wished: string) => {
    const asked = await reminders.wouldAsk(HEAD, vn(wished), now, `e${n}`);
    await reminders.askFor(`e${n}:0`, HEAD, vn(wished), new Date(now.getTime() + n));
    return asked.outcome;
  };
  expect(await ask(1, '2026-03-15T09:00')).toBe('will');
  // Asked again by the same act, it is the same one.
  await reminders.askFor('e1:0', HEAD, vn('2026-03-15T09:00'), new Date(now.getTime() + 1));
  expect(await ask(2, '2026-03-15T18:00')).toBe('will');
  expect(await ask(3, '2026-03-15T12:10')).toBe('will');
  world.clock.moveTo(new Date(now.getTime() + 60_000));
  expect((await reminders.wouldAsk(HEAD, vn('2026-03-15T19:00'), world.clock.now(), 'e4')).outcome).toBe(
    'enough',
  );
  const before = heard(HEAD).length;
  await to('2026-03-16T00:00');
  expect(heard(HEAD).slice(before)).toEqual([expect.stringMatching(/^15T13:30 .*chưa gửi báo cáo tháng 3/s)]);
});

it('one that was asked for at the hour of ours stands for it, also when it has left before ours is planned', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-16T09:00'));
  await to('2026-03-16T10:00');
  await reminders.askFor('ev1:0', HEAD, vn('2026-03-17T08:00'), vn('2026-03-16T10:00'));
  const before = heard(HEAD).length;
  world.clock.moveTo(vn('2026-03-17T08:00'));
  await outbox.sweep(vn('2026-03-17T08:00'));
  await outbox.settled();
  expect(heard(HEAD).length - before).toBe(1);
  await to('2026-03-17T20:00');
  expect(heard(HEAD).length - before).toBe(1);
});

it('does not remind at an hour asked for of what was sent in meanwhile', async () => {
  await begin();
  await world.contacts.noteInteraction(HEAD, vn('2026-03-17T07:00'));
  await to('2026-03-17T09:00');
  await reminders.askFor('e1:0', HEAD, vn('2026-03-17T15:00'), world.clock.now());
  reports.set('2026-03:V1', { answers: 4, submittedAt: vn('2026-03-17T14:00') });
  expect((await reminders.wouldAsk(HEAD, vn('2026-03-17T16:00'), vn('2026-03-17T14:30'), 'e2')).outcome).toBe(
    'nothing_owed',
  );
  const before = heard(HEAD).length;
  await to('2026-03-17T23:00');
  expect(heard(HEAD).slice(before)).toEqual([]);
});

it('makes good an outage of hours, not one of days, and never at night', async () => {
  await begin({}, '2026-03-14T10:00');
  await world.contacts.noteInteraction(HEAD, vn('2026-03-14T09:00'));
  world.clock.moveTo(vn('2026-03-15T22:00'));
  await reminders.plan(world.clock.now());
  await outbox.settled();
  expect(heard(HEAD)).toEqual([]);
  await to('2026-03-16T12:00');
  expect(heard(HEAD)).toEqual([]);
  world.clock.moveTo(vn('2026-03-17T10:00'));
  await reminders.plan(world.clock.now());
  await outbox.settled();
  expect(heard(HEAD)).toHaveLength(1);
});
