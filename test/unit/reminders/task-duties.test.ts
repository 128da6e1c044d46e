import { DAY, vnDay } from '../../../src/kernel/vn-time';
import { periodsBetween, type DutyKind } from '../../../src/reminders/duty-kinds';
import { openFor } from '../../../src/reminders/owed-by';
import { planReminders, type RemindedDuty } from '../../../src/reminders/plan';
import type { ReleaseHead } from '../../../src/reporting/release';
import type { TaskDone } from '../../../src/reporting/tasks';
import { aTree } from '../reporting/builders';
import { allKinds, theSettings, vn } from './builders';

/** Tasks of the plan and the department's summary of the month, reminded like every other duty. */

const kindOf = (id: string, kinds = allKinds()): DutyKind => {
  const found = kinds.find((kind) => kind.id === id);
  if (!found) throw new Error(id);
  return found;
};

it.each`
  id                         | period                     | opensAt               | deadline              | lockAt                | why
  ${'khcn-action-plan'}      | ${'khcn-action-plan'}      | ${'2026-03-25T00:00'} | ${'2026-03-30T17:00'} | ${'2026-04-06T17:00'} | ${'five days before, five working days after'}
  ${'khcn-good-models'}      | ${'khcn-good-models'}      | ${'2026-04-24T00:00'} | ${'2026-04-29T17:00'} | ${'2026-05-08T17:00'} | ${'the holidays of May are no working days'}
  ${'khcn-awards-shortlist'} | ${'khcn-awards-shortlist'} | ${'2026-09-25T00:00'} | ${'2026-09-30T17:00'} | ${'2026-10-07T17:00'} | ${'as the plan says'}
  ${'khcn-month-summary'}    | ${'2026-03'}               | ${'2026-03-19T00:00'} | ${'2026-03-24T17:00'} | ${'2026-03-31T17:00'} | ${'before the 25th'}
  ${'khcn-month-summary'}    | ${'2026-04'}               | ${'2026-04-17T00:00'} | ${'2026-04-24T17:00'} | ${'2026-05-06T17:00'} | ${'the 19th is a Sunday, and the 27th, the 30th and 1 May are days off'}
`('$id of $period is spoken of from $opensAt to $lockAt: $why', (row: Record<string, string>) => {
  const { opensAt, deadline, lockAt } = kindOf(row['id'] ?? '').times(row['period'] ?? '');
  expect([opensAt, deadline, lockAt]).toEqual([
    vn(row['opensAt'] ?? ''),
    vn(row['deadline'] ?? ''),
    vn(row['lockAt'] ?? ''),
  ]);
});

/** What one person of the department is told from the first to the last day, each as «day rule kind». */
async function told(kinds: readonly DutyKind[], first: string, last: string): Promise<string[]> {
  const heard: string[] = [];
  for (let now = vn(`${first}T09:00`); now <= vn(`${last}T09:00`); now = new Date(now.getTime() + DAY)) {
    const duties: RemindedDuty[] = [];
    for (const { kind, period, times } of periodsBetween(kinds, now, now))
      for (const { unit, submittedAt } of await kind.duties(period, '24', now)) {
        const touchedAt = (await kind.begun(period, [unit])).get(unit)?.touchedAt ?? null;
        const key = { form: kind.id, period, unit, user: `zalo:${unit}` };
        duties.push({ ...times, ...key, owed: submittedAt === null, touchedAt });
      }
    for (const { user, items } of planReminders(duties, theSettings(), new Date(now.getTime() - DAY), now))
      if (user === 'zalo:24-KHCN')
        heard.push(`${vnDay(now)} ${items.map(({ rule, duty }) => `${rule.id} ${duty.form}`).join(', ')}`);
  }
  return heard;
}

it('reminds the department of its tasks and its summary, one message a day, never on a weekend', async () => {
  expect(await told(allKinds(), '2026-03-12', '2026-04-05')).toEqual([
    '2026-03-19 five-days-before khcn-month-summary',
    '2026-03-20 two-days-before khcn-month-summary',
    '2026-03-24 last-morning khcn-month-summary',
    '2026-03-25 day-after khcn-month-summary, five-days-before khcn-action-plan',
    '2026-03-27 two-days-before khcn-action-plan',
    '2026-03-30 last-morning khcn-action-plan',
    '2026-03-31 day-after khcn-action-plan',
  ]);
});

const done: TaskDone = {
  ...{ task: 'khcn-action-plan', unit: '24-KHCN', by: 'zalo:24-KHCN', evidence: [] },
  doneAt: vn('2026-03-26T10:00'),
};
const release = (confirmedAt: Date | null) =>
  ({ id: '2026-03-1', at: vn('2026-03-19T07:00'), confirmedAt }) as ReleaseHead;

it('is silent once the task is done and the release confirmed, and does not ask at five days whether a release that waits has been begun', async () => {
  const kinds = (confirmedAt: Date | null) =>
    allKinds({
      ledger: { done: async () => [done] },
      releases: { list: async (period) => (period === '2026-03' ? [release(confirmedAt)] : []) },
    });
  expect(await told(kinds(vn('2026-03-19T07:30')), '2026-03-12', '2026-04-05')).toEqual([]);
  expect(await told(kinds(null), '2026-03-12', '2026-03-21')).toEqual([
    '2026-03-20 two-days-before khcn-month-summary',
  ]);
});

it('what is done in time is done, what is done after its day is late, and what is not is overdue', async () => {
  const states = async (doneAt: Date | null, now: string) => {
    const kinds = allKinds({ ledger: { done: async () => (doneAt ? [{ ...done, doneAt }] : []) } });
    return (await kindOf('khcn-action-plan', kinds).duties('khcn-action-plan', '24', vn(now))).map(
      ({ unit, status }) => `${unit} ${status}`,
    );
  };
  expect(await states(done.doneAt, '2026-03-28T08:00')).toEqual(['24-KHCN done']);
  expect(await states(vn('2026-04-02T08:00'), '2026-04-03T08:00')).toEqual(['24-KHCN late']);
  expect(await states(null, '2026-03-30T17:01')).toEqual(['24-KHCN overdue']);
  expect(await states(null, '2026-03-30T17:00')).toEqual(['24-KHCN open']);
});

it.each`
  at                    | role                | unit         | open                                                           | why
  ${'2026-03-24T10:00'} | ${'department'}     | ${'24'}      | ${['khcn-month-summary', 'baseline-2025']}                     | ${'the summary is near, the plan is not yet'}
  ${'2026-03-27T10:00'} | ${'department'}     | ${'24'}      | ${['khcn-month-summary', 'baseline-2025', 'khcn-action-plan']} | ${'what is late may still be done'}
  ${'2026-04-27T10:00'} | ${'agency_officer'} | ${'24-GDDT'} | ${['gddt-extra-lessons']}                                      | ${'each agency its own'}
  ${'2026-04-27T10:00'} | ${'province'}       | ${'24'}      | ${[]}                                                          | ${'nobody else'}
`('«nhắc tôi» at $at speaks of $open to $role: $why', ({ at, role, unit, open }) => {
  const tree = aTree([
    { code: '24', level: 'province', parent: null },
    { code: '24-KHCN', level: 'agency', parent: '24' },
    { code: '24-GDDT', level: 'agency', parent: '24' },
  ]);
  const office = { unit: unit as string, role: role as 'department' } as never;
  const kinds = allKinds().filter(({ id }) => !['awards-2026', 'education-month'].includes(id));
  expect(openFor([office], tree, kinds, vn(at as string)).map(({ form }) => form)).toEqual(open);
});
