import {
  cadenceOf,
  dayOfPeriod,
  nextPeriod,
  periodBounds,
  previousPeriod,
} from '../../../src/reporting/periods';

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

it('refuses what names no period', () => {
  expect(() => dayOfPeriod({ period: 'survey-1' })).toThrow('bad_request');
  expect(() => previousPeriod('survey-1')).toThrow('bad_request');
});
