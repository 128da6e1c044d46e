import { inVietnam, shownInVietnam, vnDay, vnInstant } from '../../../src/kernel/vn-time';

const INSTANTS = [
  '2026-03-14T16:59:00Z',
  '2026-03-14T17:00:00Z',
  '2024-02-28T20:05:09Z',
  '2025-12-31T18:00:00Z',
];

it.each(INSTANTS)('%s is shown as the calendar shows it', (text) => {
  const at = new Date(text);
  const { year, month, day, weekday, hour, minute } = inVietnam(at);
  expect(shownInVietnam(at)).toEqual({ year, month, day, weekday, hour, minute });
  expect(vnDay(at)).toBe(inVietnam(at).toISODate());
  expect(vnInstant(year, month, day, hour, minute).getTime()).toBe(
    Math.floor(at.getTime() / 60_000) * 60_000,
  );
});

it('a Sunday is the seventh day', () => {
  expect(shownInVietnam(new Date('2026-03-15T05:00:00Z'))).toMatchObject({ day: 15, weekday: 7 });
});

it.each([
  [2026, 2, 29, 0, 0],
  [2026, 13, 1, 0, 0],
  [2026, 0, 1, 0, 0],
  [2026, 4, 31, 0, 0],
  [2026, 4, 1, 25, 0],
  [2026, 4, 1, 8, 60],
  [2026, 4, Number.NaN, 0, 0],
])('there is no %d-%d-%d %d:%d', (year, month, day, hour, minute) => {
  expect(() => vnInstant(year, month, day, hour, minute)).toThrow(RangeError);
});

it('what is no instant is shown nowhere', () => {
  expect(() => vnDay(new Date('never'))).toThrow(RangeError);
  expect(() => shownInVietnam(new Date('never'))).toThrow(RangeError);
});
