import { isoWithOffset } from '../../../src/kernel/vn-time';
import villageMonth from '../../../src/reporting/forms/village-month.form';
import {
  cadenceOf,
  currentPeriod,
  dayOfPeriod,
  isOpen,
  lastOpened,
  nextPeriod,
  periodBounds,
  periodTimes,
  previousPeriod,
  timesOf,
} from '../../../src/reporting/periods';
import { calendars } from './builders';

const village = calendars['month_village']!;
const commune = calendars['month_commune']!;

it.each`
  period        | cadence    | why
  ${'2026-03'}  | ${'month'} | ${'a month'}
  ${'2026-13'}  | ${null}    | ${'there is no thirteenth month'}
  ${'2026-3'}   | ${null}    | ${'two digits'}
  ${'2026-W53'} | ${'week'}  | ${'2026 has 53 weeks'}
  ${'2025-W53'} | ${null}    | ${'2025 has 52'}
  ${'2026'}     | ${'year'}  | ${'a year'}
  ${'survey-1'} | ${null}    | ${'a one-off'}
`('$period is a $cadence: $why', ({ period, cadence }) => {
  expect(cadenceOf(period)).toBe(cadence);
});

it.each`
  period        | previous      | next          | first           | last
  ${'2026-03'}  | ${'2026-02'}  | ${'2026-04'}  | ${'2026-03-01'} | ${'2026-03-31'}
  ${'2026-01'}  | ${'2025-12'}  | ${'2026-02'}  | ${'2026-01-01'} | ${'2026-01-31'}
  ${'2028-02'}  | ${'2028-01'}  | ${'2028-03'}  | ${'2028-02-01'} | ${'2028-02-29'}
  ${'2026-12'}  | ${'2026-11'}  | ${'2027-01'}  | ${'2026-12-01'} | ${'2026-12-31'}
  ${'2026-W01'} | ${'2025-W52'} | ${'2026-W02'} | ${'2025-12-29'} | ${'2026-01-04'}
  ${'2026'}     | ${'2025'}     | ${'2027'}     | ${'2026-01-01'} | ${'2026-12-31'}
`('$period follows $previous and runs from $first to $last', ({ period, previous, next, first, last }) => {
  expect(previousPeriod(period)).toBe(previous);
  expect(nextPeriod(period)).toBe(next);
  expect(periodBounds(period)).toEqual({ first, last });
});

it('is due before the 20th: villages 17:00 on the 17th, communes 17:00 on the 19th', () => {
  const ofVillage = periodTimes(village, '2026-03');
  const ofCommune = periodTimes(commune, '2026-03');
  expect([ofVillage.opensAt, ofVillage.deadline, ofVillage.lockAt].map(isoWithOffset)).toEqual([
    '2026-03-10T08:00:00+07:00',
    '2026-03-17T17:00:00+07:00',
    '2026-03-18T17:00:00+07:00',
  ]);
  expect([ofCommune.deadline, ofCommune.lockAt].map(isoWithOffset)).toEqual([
    '2026-03-19T17:00:00+07:00',
    '2026-03-24T17:00:00+07:00',
  ]);
  expect(dayOfPeriod({ period: '2026-03' })).toBe('2026-03-31');
  expect(() => dayOfPeriod({ period: 'survey-1' })).toThrow('bad_request');
});

it.each`
  at                             | current      | opened       | open     | why
  ${'2026-03-10T07:59:59+07:00'} | ${'2026-03'} | ${'2026-02'} | ${false} | ${'the next to open'}
  ${'2026-03-10T08:00:00+07:00'} | ${'2026-03'} | ${'2026-03'} | ${true}  | ${'it opens'}
  ${'2026-03-18T16:59:59+07:00'} | ${'2026-03'} | ${'2026-03'} | ${true}  | ${'late but not locked'}
  ${'2026-03-18T17:00:00+07:00'} | ${'2026-04'} | ${'2026-03'} | ${false} | ${'locked: a draft of April'}
  ${'2026-02-28T18:00:00Z'}      | ${'2026-03'} | ${'2026-02'} | ${false} | ${'it is March in Viet Nam'}
  ${'2026-12-31T23:59:59+07:00'} | ${'2027-01'} | ${'2026-12'} | ${false} | ${'the year ends'}
  ${'2027-01-01T00:00:00+07:00'} | ${'2027-01'} | ${'2026-12'} | ${false} | ${'the year begins'}
`('at $at figures belong to $current: $why', ({ at, current, opened, open }) => {
  const instant = new Date(at);
  expect(currentPeriod(village, instant)).toBe(current);
  expect(lastOpened(village, instant)).toBe(opened);
  expect(isOpen(periodTimes(village, current), instant)).toBe(open);
});

it('refuses a period that is not of the form', () => {
  expect(() => timesOf(villageMonth, calendars, '2026-W12')).toThrow('bad_request');
  expect(() => previousPeriod('survey-1')).toThrow('bad_request');
});
