import { Dictionary } from '../../../src/kernel/i18n';
import { loadLocales } from '../../../src/app/load-locales';
import type { Office } from '../../../src/org/office';
import type { NewOutboxMessage, OutboxRow } from '../../../src/outbox/outbox-row';
import { parseQuietHours } from '../../../src/outbox/send-rules';
import { ApprovalLists } from '../../../src/reminders/approval-list';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import type { Report } from '../../../src/reporting/report';
import { applyToReport } from '../../../src/reporting/apply-report';
import {
  aContext,
  after,
  anAnswer,
  anApproval,
  aSubmit,
  aTree,
  calendars,
  usual,
  vn,
} from '../reporting/builders';

/** The day's list of what waits for an officer: when it is planned, and what it says at the send. */

const tree = aTree([
  { code: '24', level: 'province', parent: null, name: 'Bắc Ninh' },
  { code: '99001', level: 'commune', parent: '24', name: 'Tân Hòa' },
  { code: '99001-07', level: 'village', parent: '99001', name: 'Đông Lâm' },
  { code: '99001-12', level: 'village', parent: '99001', name: 'Ngọc Trì' },
  { code: '99002', level: 'commune', parent: '24', name: 'Khác' },
]);
const words = new Dictionary(loadLocales()).in('vi');

function post(unit: string, role: Office['role'], user: string): Office {
  return {
    ...{ id: `${unit}:${role}`, unit, role, user, fullName: 'Lê Thị Hạnh', address: 'chị' },
    ...{ claimedAt: null, consent: null, hasPhone: false },
  };
}

const offices = [
  post('99001', 'commune_officer', 'hanh'),
  post('99001', 'commune_chair', 'chair'),
  post('99002', 'commune_officer', 'other'),
  post('99001-07', 'village_head', 'tu'),
];

function sent(unit: string, said = usual): Report {
  const key = { form: 'village-month', period: '2026-03', unit };
  return after(aContext(), anAnswer(said, vn('12T08:00'), { key }), aSubmit(vn('12T08:01'), { key }));
}

function world(reports: Report[], hours: ReadonlyMap<string, number> = new Map()) {
  const rows: NewOutboxMessage[] = [];
  const lists = new ApprovalLists({
    forms: [villageMonth],
    directory: {
      tree,
      all: () => offices,
      officesOf: (user) => offices.filter((office) => office.user === user),
      holdersOf: (unit, roles) =>
        offices.filter(
          (office): office is Office & { user: string } =>
            office.unit === unit && office.user !== null && roles.includes(office.role),
        ),
    },
    reports: {
      submissions: async (_form, period, units) =>
        reports.filter((report) => report.period === period && units.includes(report.unit)),
      contextFor: async () => aContext(),
    },
    calendars,
    enqueue: async (messages) => void rows.push(...messages),
    wordsFor: () => words,
    isMuted: () => false,
    usualHours: async () => hours,
    settings: {
      remindAt: { hour: 8, minute: 0 },
      quiet: parseQuietHours('21:00-06:30'),
      calendar: calendars.work,
    },
  });
  return { lists, rows };
}

it('goes once a day to the officer below whom something waits, and to nobody else', async () => {
  const { lists, rows } = world([sent('99001-07')]);
  expect(await lists.plan(vn('16T07:59'))).toBe(0);
  expect(await lists.plan(vn('16T08:00'))).toBe(1);
  expect(await lists.plan(vn('16T08:01'))).toBe(0);
  expect(rows.map(({ id, to, purpose }) => [id, to, purpose])).toEqual([
    ['approval-list:2026-03-16:hanh', 'hanh', 'notice'],
  ]);
  expect(await lists.plan(vn('17T08:00'))).toBe(1);
});

it.each`
  now           | planned | why
  ${'14T08:00'} | ${0}    | ${'offices are left alone on a Saturday'}
  ${'16T17:00'} | ${0}    | ${'the office has closed'}
  ${'25T08:00'} | ${0}    | ${'the commune can approve nothing more of March'}
`('plans $planned on $now: $why', async ({ now, planned }) => {
  expect(await world([sent('99001-07')]).lists.plan(vn(now))).toBe(planned);
});

it('waits for the hour at which the officer usually writes', async () => {
  const { lists, rows } = world([sent('99001-07')], new Map([['hanh', 14]]));
  await lists.plan(vn('16T08:00'));
  expect(rows[0]?.notBefore).toEqual(vn('16T14:00'));
});

it('says at the send what then waits, and is dropped when nothing does', async () => {
  const reports = [sent('99001-07'), sent('99001-12', { ...usual, learners: 'missing' })];
  const { lists, rows } = world(reports);
  await lists.plan(vn('16T08:00'));
  const row = rows[0] as OutboxRow;
  const answer = await lists.isStillNeeded(row, vn('16T08:00'));
  expect(answer).toMatchObject({
    now: 'send',
    message: {
      text: expect.stringContaining('Xã Tân Hòa: 2 báo cáo chờ duyệt, 1 báo cáo sạch, 1 báo cáo cần xem'),
      buttons: [{ label: 'Duyệt 1 báo cáo sạch' }, { payload: '#CHODUYET' }],
    },
  });
  const done = reports.map((report) => {
    const result = applyToReport(report, anApproval(report, vn('16T07:00')), aContext());
    return result.outcome === 'applied' ? result.report : report;
  });
  reports.splice(0, 2, ...done);
  expect(await lists.isStillNeeded(row, vn('16T08:00'))).toEqual({ now: 'drop' });
});

it('says when it may next be due', () => {
  const { lists } = world([]);
  expect(lists.nextDue(vn('13T08:00'))).toEqual(vn('16T08:00'));
});
