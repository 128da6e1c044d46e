import { workCalendar } from '../../../src/org/seed/days-off';
import { composeLate, type LateList, type LateUnit } from '../../../src/reminders/escalation/late-text';
import { dueSteps, nextStep } from '../../../src/reminders/escalation/plan';
import { ESCALATION_STEPS, stepAt, type EscalationStep } from '../../../src/reminders/escalation/steps';
import { periodsBetween } from '../../../src/reminders/duty-kinds';
import { loadLocales } from '../../../src/app/load-locales';
import { Dictionary } from '../../../src/kernel/i18n';
import { DAY } from '../../../src/kernel/vn-time';
import { allKinds, vn } from './builders';

const calendar = workCalendar();
const words = new Dictionary(loadLocales()).in('vi');
const step = (id: string): EscalationStep => {
  const found = ESCALATION_STEPS.find((one) => one.id === id);
  if (!found) throw new Error(id);
  return found;
};

it.each`
  id                      | deadline              | at                    | why
  ${'village-late'}       | ${'2026-03-17T17:00'} | ${'2026-03-17T17:05'} | ${'five minutes later'}
  ${'village-still-late'} | ${'2026-03-17T17:00'} | ${'2026-03-18T10:00'} | ${'the next morning'}
  ${'village-still-late'} | ${'2026-05-15T17:00'} | ${'2026-05-18T10:00'} | ${'not on a weekend'}
  ${'commune-late'}       | ${'2026-03-19T17:00'} | ${'2026-03-20T17:00'} | ${'a working day later'}
  ${'commune-late'}       | ${'2026-06-19T17:00'} | ${'2026-06-22T17:00'} | ${'a weekend is no working day'}
  ${'agency-late'}        | ${'2026-03-16T12:00'} | ${'2026-03-17T12:00'} | ${'the week of the paper'}
  ${'village-ended'}      | ${'2026-03-17T17:00'} | ${'2026-03-18T17:05'} | ${'five minutes after the lock'}
  ${'agency-ended'}       | ${'2026-03-19T17:00'} | ${'2026-03-20T17:05'} | ${'an agency is not silent without an end'}
`('$id of $deadline: $at, $why', ({ id, deadline, at }: Record<string, string>) => {
  const times = { deadline: vn(deadline ?? ''), lockAt: new Date(vn(deadline ?? '').getTime() + DAY) };
  expect(stepAt(step(id ?? ''), times, calendar)).toEqual(vn(at ?? ''));
});

const periods = periodsBetween(allKinds(), vn('2026-03-01T00:00'), vn('2026-04-01T00:00'));

it('tells everything that falls due at one instant in one list, once, and every step is heard of', () => {
  const seen = new Set<string>();
  const ids: string[] = [];
  for (let day = 0; day < 30; day += 1) {
    const now = new Date(vn('2026-03-01T20:00').getTime() + day * DAY);
    for (const due of dueSteps(ESCALATION_STEPS, periods, calendar, new Date(now.getTime() - DAY), now)) {
      seen.add(due.step.id);
      ids.push(`${due.step.id} ${due.at.getTime()}`);
      if (due.step.id === 'agency-late' && due.duties.length > 1)
        expect(due.duties.map(({ kind }) => kind.id).sort()).toEqual(
          ['education-month', 'police-month', 'youth-month'].sort(),
        );
    }
  }
  expect([...seen].sort()).toEqual(ESCALATION_STEPS.map(({ id }) => id).sort());
  expect(new Set(ids).size).toBe(ids.length);
});

it('a step that is added is one entry: it falls due and is found', () => {
  const added: EscalationStep = {
    ...{ id: 'village-two-days', level: 'village', due: { workingDays: 2 } },
    ...{ to: ['department'], says: 'rate' },
  };
  const all = [...ESCALATION_STEPS, added];
  expect(nextStep(all, periods, calendar, vn('2026-03-18T17:05'))).toEqual(vn('2026-03-19T17:00'));
  expect(
    dueSteps(all, periods, calendar, vn('2026-03-19T16:00'), vn('2026-03-19T18:00')).map(
      (due) => due.step.id,
    ),
  ).toEqual(['village-two-days']);
});

it('looks back a day and no further', () => {
  const at = (since: string, now: string) =>
    dueSteps(ESCALATION_STEPS, periods, calendar, vn(since), vn(now)).map((due) => due.step.id);
  expect(at('2026-03-17T12:00', '2026-03-18T09:00')).toEqual(['village-late']);
  expect(at('2026-03-16T12:00', '2026-03-18T17:06')).toEqual(['village-still-late', 'village-ended']);
});

const aUnit = (over: Partial<LateUnit> = {}): LateUnit => ({
  ...{
    name: 'Đông Lâm',
    person: 'bác Tư',
    phone: '84900000001',
    lastContact: vn('2026-03-12T08:00'),
    why: null,
  },
  ...over,
});
const aList = (id: string, late: readonly LateUnit[]): LateList => ({
  ...{ step: step(id), address: 'chị', name: 'Hạnh', unitName: 'xã Tân Hòa', helper: null },
  ...{ places: 'village', enterUntil: vn('2026-03-24T17:00') },
  parts: [
    {
      form: 'village-month',
      says: 'report',
      period: '2026-03',
      lockAt: vn('2026-03-18T17:00'),
      sent: 24,
      expected: 29,
      explained: 0,
      late,
    },
  ],
});

it('lists whom to call, with the last contact and what to do about whoever cannot be written to', () => {
  const { message, template } = composeLate(
    words,
    aList('village-late', [
      aUnit(),
      aUnit({ name: 'Ngọc Trì', person: null, phone: null, lastContact: null, why: 'not_claimed' }),
    ]),
    vn('2026-03-17T17:05'),
  );
  expect(message).toMatchObject({
    text: [
      'Đã đến hạn báo cáo tháng 3 của các thôn thuộc xã Tân Hòa. Đã gửi 24/29, còn 2 nơi, vẫn nhận đến 17:00 thứ Tư 18/3:',
      '- Đông Lâm (bác Tư): nhắn lần cuối 12/3',
      '- Ngọc Trì: chưa nhận việc, đưa giúp giấy mời có mã',
      'Chị gọi giúp em nhé. Nơi nào gửi xong, em tự gạch tên.',
    ].join('\n'),
    buttons: [
      { kind: 'call', label: 'Gọi bác Tư', phone: '84900000001' },
      { kind: 'reply', payload: '#CHUANOP' },
    ],
  });
  expect(template).toMatchObject({
    ten: 'chị Hạnh',
    don_vi: 'xã Tân Hòa',
    noi_dung: '2 nơi chưa gửi, cần giúp',
  });
});

it('gives the chair the rate and who is helping, without calls', () => {
  const { message } = composeLate(
    words,
    { ...aList('village-still-late', [aUnit()]), helper: 'chị Hạnh' },
    vn('2026-03-18T10:00'),
  );
  expect(message).toMatchObject({ buttons: [{ kind: 'reply' }] });
  expect(message.kind === 'text' && message.text).toContain('đã gửi 24/29 (83 %). Còn: Đông Lâm.');
  expect(message.kind === 'text' && message.text).toContain('Chị Hạnh đang giúp từng nơi');
});

it('stays within a bubble, however many are late', () => {
  const many = Array.from({ length: 98 }, (_, i) => aUnit({ name: `Thôn có tên rất là dài số ${i}` }));
  const { message } = composeLate(words, aList('village-late', many), vn('2026-03-17T17:05'));
  expect(message.kind === 'text' && [...message.text].length).toBeLessThanOrEqual(480);
  expect(message.kind === 'text' && message.text).toMatch(/… và \d+ nơi nữa/);
});

it('says at the lock how it ended for each, and what can still be done; what was explained is counted, not named', () => {
  const list = aList('village-ended', [aUnit(), aUnit({ name: 'Ngọc Trì', why: 'not_told' })]);
  const parts = list.parts.map((part) => ({ ...part, explained: 2 }));
  const { message } = composeLate(words, { ...list, parts, places: 'both' }, vn('2026-03-18T17:05'));
  expect(message).toMatchObject({
    text: [
      'Đã khóa báo cáo tháng 3 của các thôn, tổ dân phố thuộc xã Tân Hòa: có số 24/29, chưa có 2 nơi, 2 nơi đã ghi lý do:',
      '- Đông Lâm (bác Tư): đã nhắc, chưa gửi',
      '- Ngọc Trì (bác Tư): chưa tin nào tới nơi, cần gọi điện',
      'Có số thì chị nhập hộ được đến 17:00 thứ Ba 24/3; không có thì nhắn «ghi lý do …». Em cảm ơn chị.',
    ].join('\n'),
  });
});
