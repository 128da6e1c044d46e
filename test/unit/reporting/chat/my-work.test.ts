import { newRecipient, type Directive } from '../../../../src/directives/directive';
import type { StoredRecipient } from '../../../../src/directives/directives.repo';
import type { Campaign } from '../../../../src/campaigns/campaign';
import { Chains, type Chain } from '../../../../src/reminders/escalation/chains';
import { HANH, TU, TWO_VILLAGES, VillageTalk } from '../../../support/village-talk';
import type { Release } from '../../../../src/reporting/release';
import { vn } from '../../reminders/builders';

/** «Việc của tôi»: whatever kind of work it is, it stands in one list, and its number opens its place. */

const ISSUED = vn('2026-03-11T08:00');
const directive = (more: Partial<Directive>): Directive => ({
  ...{
    id: 'D1',
    number: '145/UBND-VX',
    short: '145',
    text: 'Mỗi thôn mở ít nhất 1 buổi học.',
    urgency: 'normal',
  },
  ...{ deadline: vn('2026-03-16T17:00'), deadlineBefore: null, evidence: false, from: '24', state: 'issued' },
  ...{ audience: { label: 'xã Tân Hòa', units: ['99001-01'] }, by: { user: 'zalo:dung', office: 'x' } },
  ...{
    createdAt: ISSUED,
    sendAt: null,
    practice: false,
    checkEvery: null,
    issuedAt: ISSUED,
    confirmedBy: null,
    supersedes: null,
    supersededBy: null,
  },
  ...{ endedAt: null, reason: null },
  ...more,
});
const survey: Campaign = {
  ...{ id: 'K1', kind: 'yes_no', question: 'Nhà văn hóa có loa không?', label: 'xã Tân Hòa', from: '99001' },
  ...{ units: ['99001-01'], by: { user: 'zalo:hanh', office: 'y' }, closesAt: vn('2026-03-15T17:00') },
  ...{ state: 'issued', createdAt: ISSUED },
};

const toVillage = (id: string, more: Partial<StoredRecipient>): StoredRecipient => ({
  ...newRecipient(id, '99001-01', { through: null, reached: 'sent' }),
  ...{ told: ['zalo:tu'], nextAt: null, rev: 0, ...more },
});

function village(of: readonly Directive[], recipients: readonly StoredRecipient[]): VillageTalk {
  return new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU, HANH],
    directives: {
      get: async (id) => of.find((one) => one.id === id) ?? null,
      getMany: async (ids) => of.filter(({ id }) => ids.includes(id)),
      ofUnits: async () => [...recipients],
      some: async (id) => recipients.filter((one) => one.directive === id),
      unansweredBy: async (_, user) =>
        recipients.filter(({ answer, told }) => answer === 'none' && told.includes(user)),
    },
    campaigns: { get: async () => survey, openFor: async () => [{ campaign: survey, unit: '99001-01' }] },
  });
}

it('a head sees the report, the directives and the open question in order of their deadlines', async () => {
  const other = directive({ id: 'D2', number: '150', short: '150', deadline: vn('2026-03-12T17:00') });
  const talk = village([directive({}), other], [toVillage('D1', {}), toVillage('D2', { answer: 'doing' })]);
  const list = await talk.say('zalo:tu', 'việc của tôi');
  expect(list.split('\n').slice(0, 5)).toEqual([
    'Việc của bác:',
    '1. Làm theo công văn 150 (đã nhận), đã quá hạn 17:00 thứ Năm 12/3',
    '2. Trả lời khảo sát cho thôn Núi Hiểu: «Nhà văn hóa có loa không?», hạn 17:00 Chủ nhật 15/3',
    '3. Xác nhận công văn 145/UBND-VX, hạn 17:00 thứ Hai 16/3',
    '4. Báo cáo tháng 3 của thôn Núi Hiểu: 4 câu, hạn 17:00 thứ Ba 17/3',
  ]);
  const shown = await talk.say('zalo:tu', '3');
  expect(shown).toContain('Mỗi thôn mở ít nhất 1 buổi học.');
  expect(shown).toContain('[Đã nhận]');
});

it('the number of an open question asks it again with its buttons', async () => {
  const talk = village([], []);
  await talk.say('zalo:tu', 'việc của tôi');
  const asked = await talk.say('zalo:tu', '1');
  expect(asked).toContain('xã Tân Hòa hỏi thôn Núi Hiểu: Nhà văn hóa có loa không?');
  expect(asked).toContain('[Có]\n[Không]');
});

it('«xong việc» of what is no task opens it and writes nothing', async () => {
  const talk = village([directive({})], [toVillage('D1', {})]);
  await talk.say('zalo:tu', 'việc của tôi');
  const opens = await talk.sayWhole('zalo:tu', 'xong việc 2');
  expect(opens.map(({ text }) => text)).toEqual(['Việc 2 em mở ra để bác trả lời ngay tại đó nhé?']);
  const shown = await talk.say('zalo:tu', talk.buttonsOf(opens, 'Mở việc 2'));
  expect(shown).toContain('Mỗi thôn mở ít nhất 1 buổi học.');
});

it('an answered question is owed no more, and a figure sent back is', async () => {
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU, HANH],
    campaigns: {
      openFor: async () => [{ campaign: survey, unit: '99001-01' }],
      answer: async () => ({ unit: '99001-01', value: 1, by: 'zalo:tu', at: ISSUED }),
    },
  });
  await talk.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
  const sent = await talk.say('zalo:tu', 'việc của tôi');
  expect(sent).toContain('1. Báo cáo tháng 3 của thôn Núi Hiểu: đã gửi ✔');
  expect(sent).not.toContain('Trả lời khảo sát');
  expect(await talk.say('zalo:hanh', 'việc của tôi')).toContain('Duyệt 1 báo cáo, hạn');
  await talk.say('zalo:hanh', 'trả lại số 3 thôn Núi Hiểu: xem lại ảnh');
  expect(await talk.say('zalo:tu', 'việc của tôi')).toContain(
    '1. Báo cáo tháng 3 của thôn Núi Hiểu: 1 số được nhờ xem lại',
  );
});

it('the department finds what waits for its second key and its approval', async () => {
  const waiting = directive({
    id: 'D3',
    state: 'waiting',
    from: '24',
    audience: { label: 'toàn tỉnh', units: ['99001', '99002'] },
  });
  const talk = new VillageTalk({
    units: [...TWO_VILLAGES, { code: '99002', level: 'commune', parent: '24', name: 'Vân Sơn' }],
    holders: [{ unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' }],
    directives: { inStates: async () => [waiting], get: async () => waiting },
    campaigns: { waitingFor: async () => [{ ...survey, state: 'waiting' }] },
  });
  const list = await talk.say('zalo:nga', 'việc của tôi');
  expect(list).toContain('1. Duyệt khảo sát «Nhà văn hóa có loa không?», hạn 17:00 Chủ nhật 15/3');
  expect(list).toContain('2. Duyệt phát công văn 145/UBND-VX, hạn 17:00 thứ Hai 16/3');
  expect(await talk.say('zalo:nga', '2')).toContain('Mỗi thôn mở ít nhất 1 buổi học.');
});

it('«tình hình» of a head whose report is sent is the order that waits, since when, with its button', async () => {
  const talk = village([directive({ urgency: 'urgent' })], [toVillage('D1', {})]);
  expect(await talk.say('zalo:tu', 'tình hình')).toContain(
    'Việc tiếp theo: trả lời khảo sát cho thôn Núi Hiểu: «Nhà văn hóa có loa không?», hạn 17:00 Chủ nhật 15/3. Việc ở bác từ 08:00 ngày 11/3.',
  );
  const alone = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU],
    directives: {
      getMany: async () => [directive({ urgency: 'urgent' })],
      unansweredBy: async () => [toVillage('D1', {})],
    },
  });
  await alone.all('zalo:tu', 'bc 418 5 121 14', 'gửi');
  const told = await alone.say('zalo:tu', 'tình hình');
  expect(told).toContain(
    'Việc tiếp theo: xác nhận công văn 145/UBND-VX, hạn 17:00 thứ Hai 16/3. Việc ở bác từ 08:00 ngày 11/3.',
  );
  expect(told).toContain('[Công văn 145]');
});

it('a report due before the order stays the next act, and the order is counted', async () => {
  const late = directive({ deadline: vn('2026-03-25T17:00') });
  const talk = new VillageTalk({
    units: TWO_VILLAGES,
    holders: [TU],
    directives: { getMany: async () => [late], unansweredBy: async () => [toVillage('D1', {})] },
  });
  const told = await talk.say('zalo:tu', 'tình hình');
  expect(told).not.toContain('Việc tiếp theo');
  expect(told).toContain('Còn 1 việc nữa, nhắn «việc của tôi» để xem.');
});

const WITH_AGENCIES = [
  ...TWO_VILLAGES,
  { code: '24-TD', level: 'agency', parent: '24', name: 'Tỉnh đoàn' },
  { code: '24-KHCN', level: 'agency', parent: '24', name: 'Sở Khoa học và Công nghệ' },
  { code: '24-CA', level: 'agency', parent: '24', name: 'Công an tỉnh' },
] as const;

it.each`
  role                | unit       | shown                                                                          | below
  ${'agency_officer'} | ${'24-TD'} | ${'- Báo cáo tháng 3 của Tỉnh đoàn: hạn 17:00 thứ Năm 19/3'}                   | ${false}
  ${'police'}         | ${'24'}    | ${'hạn 17:00 thứ Năm 19/3'}                                                    | ${false}
  ${'department'}     | ${'24'}    | ${'- Kế hoạch hành động năm 2026 trình Chủ tịch tỉnh: hạn 17:00 thứ Hai 30/3'} | ${true}
`('«hạn nộp» tells $role at $unit what it owes itself', async ({ role, unit, shown, below }) => {
  const holders = [{ unit, role, name: 'Lê Mai', address: 'chị', user: 'zalo:mai' }];
  const talk = new VillageTalk({ units: WITH_AGENCIES, holders });
  const told = await talk.say('zalo:mai', 'hạn nộp');
  expect(told).toContain(shown);
  expect(told.includes('xã, phường báo lên trước')).toBe(below);
});

it('after the lock the department reads how it ended for the agencies as well', async () => {
  const holders = [
    { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' },
  ] as const;
  const silent: Chain = {
    ...{ unit: '24-TD', submittedAt: null, deadline: vn('2026-03-19T17:00'), lockAt: vn('2026-03-24T17:00') },
    ...{ end: { end: 'refused' as const }, why: null },
  };
  const chains = new Chains({} as never);
  const talk = new VillageTalk(
    {
      ...{ units: WITH_AGENCIES, holders },
      chains: {
        of: async (form) => (form === 'youth-month' ? [silent] : []),
        counts: (all) => chains.counts(all),
      },
    },
    '2026-03-25T09:00:00+07:00',
  );
  expect(await talk.say('zalo:nga', 'tình hình')).toContain(
    'Kết quả kỳ này của sở, ngành: 1 đã nhắc nhưng chưa có số.',
  );
});

it('the department reads how it stands with the tasks of the plan that were due, and with its summary of the month', async () => {
  const holders = [
    { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' },
  ] as const;
  const chain = (end: Chain['end']): Chain => ({
    ...{ unit: '24-KHCN', submittedAt: null, deadline: vn('2026-03-30T17:00'), end, why: null },
    lockAt: vn('2026-04-06T17:00'),
  });
  const ends: Record<string, Chain> = {
    'khcn-action-plan khcn-action-plan': chain({ end: 'late' }),
    'khcn-month-summary 2026-03': chain({ end: 'refused' }),
    'khcn-good-models khcn-good-models': chain(null),
  };
  const chains = new Chains({} as never);
  const talk = new VillageTalk(
    {
      ...{ units: WITH_AGENCIES, holders },
      chains: {
        of: async (kind, period) => [ends[`${kind} ${period}`]].flatMap((one) => one ?? []),
        counts: (all) => chains.counts(all),
      },
    },
    '2026-04-07T09:00:00+07:00',
  );
  expect(await talk.say('zalo:nga', 'tình hình')).toContain(
    'Việc của kế hoạch đã đến hạn: 1 xong muộn, 1 đã nhắc nhưng chưa xong.',
  );
});

it.each`
  at                    | line                                                                                      | next
  ${'2026-03-12T09:00'} | ${'Tổng hợp tháng 3 báo cáo tỉnh (nhắn «chốt số tháng 3»), hạn 17:00 thứ Ba 24/3'}        | ${false}
  ${'2026-03-20T09:00'} | ${'Tổng hợp tháng 3 báo cáo tỉnh (nhắn «chốt số tháng 3»), hạn 17:00 thứ Ba 24/3'}        | ${true}
  ${'2026-04-02T09:00'} | ${'Tổng hợp tháng 3 báo cáo tỉnh (nhắn «chốt số tháng 3»), đã quá hạn 17:00 thứ Ba 24/3'} | ${true}
`('the department owes the summary of the month at $at', async ({ at, line, next }) => {
  const holders = [
    { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' },
  ] as const;
  const talk = new VillageTalk({ units: WITH_AGENCIES, holders }, `${at}:00+07:00`);
  expect(await talk.say('zalo:nga', 'việc của tôi')).toContain(line);
  expect((await talk.say('zalo:nga', 'tình hình')).includes('tổng hợp tháng 3')).toBe(next);
});

it('a confirmed release of the month is the summary', async () => {
  const holders = [
    { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' },
  ] as const;
  const confirmed = async (period: string) => (period === '2026-03' ? ({ period } as Release) : null);
  const talk = new VillageTalk({ units: WITH_AGENCIES, holders, confirmed }, '2026-03-23T09:00:00+07:00');
  expect(await talk.say('zalo:nga', 'việc của tôi')).not.toContain('Tổng hợp tháng 3');
});

it('the button of a reminder opens its task, though no list was shown; once it is done it says so', async () => {
  const holders = [
    { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' },
  ] as const;
  const talk = new VillageTalk({ units: WITH_AGENCIES, holders }, '2026-03-27T09:00:00+07:00');
  expect(await talk.say('zalo:nga', '#XEMVIEC_TASK_KHCN-ACTION-PLAN_24-KHCN')).toContain(
    'Việc Kế hoạch hành động năm 2026 trình Chủ tịch tỉnh: hạn 17:00 thứ Hai 30/3.',
  );
  expect(await talk.say('zalo:nga', '#XEMVIEC_TASK_GDDT-EXTRA-LESSONS_24-GDDT')).toContain(
    'đã được báo xong trước đó',
  );
});

it('the button of a template opens the list of work where a task is due, and the form alone where none is', async () => {
  const holders = [
    { unit: '24', role: 'department', name: 'Trần Nga', address: 'chị', user: 'zalo:nga' },
  ] as const;
  const shown = (at: string) =>
    new VillageTalk({ units: WITH_AGENCIES, holders }, `${at}:00+07:00`).say('zalo:nga', '#BAOCAO');
  expect(await shown('2026-03-27T09:00')).toContain('Kế hoạch hành động năm 2026 trình Chủ tịch tỉnh');
  expect(await shown('2026-03-12T09:00')).not.toContain('Kế hoạch hành động');
});
