import { afterQuiet, isQuiet, parseQuietHours } from '../../../src/outbox/send-rules';

const usual = parseQuietHours('21:00-06:30,11:30-13:30');

it.each`
  at         | leaves                | why
  ${'08:00'} | ${'2026-03-17T08:00'} | ${'the morning is free'}
  ${'11:29'} | ${'2026-03-17T11:29'} | ${'the rest has not begun'}
  ${'11:30'} | ${'2026-03-17T13:30'} | ${'the first minute of the rest is quiet'}
  ${'12:10'} | ${'2026-03-17T13:30'} | ${'12:10 leaves at 13:30'}
  ${'13:30'} | ${'2026-03-17T13:30'} | ${'the end of the rest is free'}
  ${'20:59'} | ${'2026-03-17T20:59'} | ${'the evening is free'}
  ${'21:00'} | ${'2026-03-18T06:30'} | ${'the night ends on the next day'}
  ${'23:59'} | ${'2026-03-18T06:30'} | ${'still the same night'}
  ${'00:00'} | ${'2026-03-17T06:30'} | ${'after midnight the night ends today'}
  ${'06:29'} | ${'2026-03-17T06:30'} | ${'the last minute'}
`('$at leaves at $leaves: $why', ({ at, leaves }: { at: string; leaves: string }) => {
  const instant = new Date(`2026-03-17T${at}:00+07:00`);
  expect(afterQuiet(usual, instant).toISOString()).toBe(new Date(`${leaves}:00+07:00`).toISOString());
  expect(isQuiet(usual, instant)).toBe(afterQuiet(usual, instant) > instant);
});

it('passes spans that touch together, and never searches for ever', () => {
  const at = new Date('2026-03-17T11:00:00+07:00');
  expect(afterQuiet(parseQuietHours('10:00-12:00,12:00-14:00'), at)).toEqual(
    new Date('2026-03-17T14:00:00+07:00'),
  );
  expect(afterQuiet(parseQuietHours('00:00-12:00,12:00-00:00'), at) > at).toBe(true);
  expect(afterQuiet(parseQuietHours(''), at)).toBe(at);
});

it('keeps the seconds of an instant that is free, and crosses the end of a month', () => {
  const free = new Date('2026-03-17T08:00:01.250+07:00');
  expect(afterQuiet(usual, free)).toBe(free);
  expect(afterQuiet(usual, new Date('2026-12-31T22:00:00+07:00'))).toEqual(
    new Date('2027-01-01T06:30:00+07:00'),
  );
});
