import { gapOf, trajectory, type PoliceCount, type VneidFigure } from '../../../src/reporting/vneid-ledger';
import { taskStatus, owesTask, MONTHLY_TASKS, PLAN_TASKS } from '../../../src/reporting/tasks';
import { loadLocales } from '../../../src/app/load-locales';
import { vn } from './builders';

function police<F extends VneidFigure>(figure: F, numerator: number, denominator: number): PoliceCount<F> {
  return { figure, parts: { kind: 'ratio', numerator, denominator, asOf: '2026-03-15', source: null } };
}

it('AT-20: the gap in persons and against the police figure', () => {
  const village = { figure: 'vneid_confirmed', persons: 3_120, covered: 28, expected: 29 } as const;
  const gap = gapOf(village, police('vneid_confirmed', 2_870, 9_000));
  expect(gap).toMatchObject({ village: 3_120, police: 2_870, persons: 250 });
  expect(Math.round((gap.share ?? 0) * 1_000) / 10).toBe(8.7);
  expect(gapOf(village, police('vneid_confirmed', 0, 9_000)).share).toBeNull();
});

it('does not compile with one indicator beside, or in the place of, the other', () => {
  const confirmed = { figure: 'vneid_confirmed', persons: 3_120, covered: 28, expected: 29 } as const;
  const activated = police('level2_activated', 2_870, 9_000);
  const never = [
    // @ts-expect-error what villages confirmed is not held against what the police activated
    () => gapOf(confirmed, activated),
    // @ts-expect-error the plan's target is of the confirmed
    () => trajectory(activated, vn('16T08:00')),
    // @ts-expect-error a third indicator belongs to neither
    () => police('digital_signatures', 1, 2),
  ];
  const count: PoliceCount<'vneid_confirmed'> = police('vneid_confirmed', 2_870, 9_000);
  // @ts-expect-error one is never put for the other
  const other: PoliceCount<'level2_activated'> = count;
  expect(never).toHaveLength(3);
  expect(other.figure).toBe('vneid_confirmed');
});

it.each`
  numerator | at                             | way
  ${800}    | ${'2026-03-16T08:00:00+07:00'} | ${{ state: 'reached' }}
  ${500}    | ${'2026-12-17T17:00:00+07:00'} | ${{ state: 'ahead', persons: 300, weekly: 150 }}
  ${500}    | ${'2026-12-30T17:00:00+07:00'} | ${{ state: 'ahead', persons: 300, weekly: 300 }}
  ${500}    | ${'2027-01-02T08:00:00+07:00'} | ${{ state: 'over', persons: 300 }}
`('with $numerator of 1,000 at $at: $way', ({ numerator, at, way }) => {
  expect(trajectory(police('vneid_confirmed', numerator, 1_000), new Date(at))).toEqual(way);
});

it('every task of the plan has an owner, and words in both languages', () => {
  const ids = [...PLAN_TASKS, ...MONTHLY_TASKS].map(({ id }) => id);
  expect(new Set(ids).size).toBe(ids.length);
  for (const spaces of Object.values(loadLocales()))
    expect(Object.keys((spaces['tasks'] as { titles: object }).titles).sort()).toEqual([...ids].sort());
  const [plan] = PLAN_TASKS;
  expect(owesTask(plan!, { code: '24-KHCN', level: 'agency' })).toBe(true);
  expect(owesTask(plan!, { code: '24-TD', level: 'agency' })).toBe(false);
});

it('a task is late after its day, and never without one', () => {
  const [dated] = PLAN_TASKS;
  const undated = PLAN_TASKS.find(({ deadline }) => deadline === null);
  const april = vn('10T08:00', '2026-04');
  expect(taskStatus(dated!, null, vn('12T08:00'))).toBe('open');
  expect(taskStatus(dated!, null, april)).toBe('overdue');
  expect(taskStatus(dated!, { doneAt: april }, april)).toBe('late');
  expect(taskStatus(undated!, null, april)).toBe('open');
});
