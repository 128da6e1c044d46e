import { isoWithOffset } from '../../../src/kernel/vn-time';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import { defineForm } from '../../../src/reporting/form';
import { isOpen, isRunOf, monthTimes, timesOf, windowOf } from '../../../src/reporting/deadlines';
import { calendars } from './builders';

const short = (at: Date): string => isoWithOffset(at).slice(5, 16);

it.each`
  period       | opens            | villagesDue      | villagesLocked   | communesDue      | communesLocked   | why
  ${'2026-03'} | ${'03-10T08:00'} | ${'03-17T17:00'} | ${'03-18T17:00'} | ${'03-19T17:00'} | ${'03-24T17:00'} | ${'every day is worked'}
  ${'2026-04'} | ${'04-10T08:00'} | ${'04-15T17:00'} | ${'04-16T17:00'} | ${'04-17T17:00'} | ${'04-24T17:00'} | ${'the 19th is a Sunday'}
  ${'2026-09'} | ${'09-10T08:00'} | ${'09-16T17:00'} | ${'09-17T17:00'} | ${'09-18T17:00'} | ${'09-24T17:00'} | ${'the 19th is a Saturday'}
  ${'2026-10'} | ${'10-10T08:00'} | ${'10-15T17:00'} | ${'10-16T17:00'} | ${'10-19T17:00'} | ${'10-23T17:00'} | ${'the 17th, the 18th and the 24th are a weekend'}
  ${'2026-02'} | ${'02-06T08:00'} | ${'02-11T17:00'} | ${'02-12T17:00'} | ${'02-13T17:00'} | ${'02-24T17:00'} | ${'Tết; three working days remain'}
`(
  '$period: villages $villagesDue, communes $communesDue, since $why',
  ({ period, opens, villagesDue, villagesLocked, communesDue, communesLocked }) => {
    const { village, commune } = monthTimes(calendars, period);
    expect([village.opensAt, village.deadline, village.lockAt].map(short)).toEqual([
      opens,
      villagesDue,
      villagesLocked,
    ]);
    expect([commune.opensAt, commune.deadline, commune.lockAt].map(short)).toEqual([
      opens,
      communesDue,
      communesLocked,
    ]);
  },
);

it('says where a deadline would have been', () => {
  expect(monthTimes(calendars, '2026-03').commune.movedFrom).toBeNull();
  const moved = monthTimes(calendars, '2026-04').commune.movedFrom;
  expect(moved && short(moved)).toBe('04-19T17:00');
});

it.each`
  at                             | open     | why
  ${'2026-03-10T07:59:59+07:00'} | ${false} | ${'the next to open'}
  ${'2026-03-10T08:00:00+07:00'} | ${true}  | ${'it opens'}
  ${'2026-03-18T16:59:59+07:00'} | ${true}  | ${'late but not locked'}
  ${'2026-03-18T17:00:00+07:00'} | ${false} | ${'locked'}
`('at $at March is open for villages: $open, $why', ({ at, open }) => {
  expect(isOpen(timesOf(villageMonth, calendars, '2026-03'), new Date(at as string))).toBe(open);
});

it('a week is due the Monday after, or the working day after that', () => {
  const weekly = defineForm({ ...villageMonth, id: 'weekly', cadence: 'week' });
  expect(short(timesOf(weekly, calendars, '2026-W12').deadline)).toBe('03-23T12:00');
  // Monday 27 April 2026 is off for Giỗ Tổ.
  expect(short(timesOf(weekly, calendars, '2026-W17').deadline)).toBe('04-28T12:00');
});

it('a one-off keeps its own instants, in each of its runs', () => {
  const at = (day: string): Date => new Date(`2026-${day}T17:00:00+07:00`);
  const once = { opensAt: at('03-02'), deadline: at('03-30'), lockAt: at('04-10') };
  const form = defineForm({ ...villageMonth, id: 'survey', cadence: 'once', once });
  expect(timesOf(form, calendars, 'survey').deadline).toEqual(once.deadline);
  expect(timesOf(form, calendars, 'survey-2').deadline).toEqual(once.deadline);
  expect(() => timesOf(form, calendars, 'survey-1')).toThrow('bad_request');
  expect(isRunOf('survey', 'survey-x')).toBe(false);
});

it('refuses a period that is not of the form', () => {
  expect(() => timesOf(villageMonth, calendars, '2026-W12')).toThrow('bad_request');
});

it.each`
  period       | from            | to              | cumulativeFrom
  ${'2026-03'} | ${'2026-02-15'} | ${'2026-03-14'} | ${'2025-12-15'}
  ${'2026-01'} | ${'2025-12-15'} | ${'2026-01-14'} | ${'2025-12-15'}
  ${'2026-12'} | ${'2026-11-15'} | ${'2026-12-14'} | ${'2025-12-15'}
`('$period speaks of $from to $to', ({ period, from, to, cumulativeFrom }) => {
  expect(windowOf(calendars, period)).toEqual({ from, to, cumulativeFrom });
});
