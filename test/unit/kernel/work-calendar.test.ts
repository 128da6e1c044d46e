import { isoWithOffset } from '../../../src/kernel/vn-time';
import { WorkCalendar } from '../../../src/kernel/work-calendar';
import { readDaysOff, workCalendar } from '../../../src/org/seed/days-off';

const work = workCalendar();
const vn = (text: string): Date => new Date(`${text}:00+07:00`);
const HOUR = 3_600_000;

it.each`
  day             | worked   | why
  ${'2026-03-17'} | ${true}  | ${'a Tuesday'}
  ${'2026-03-21'} | ${false} | ${'a Saturday'}
  ${'2026-08-22'} | ${true}  | ${'a Saturday worked for National Day'}
  ${'2026-02-17'} | ${false} | ${'Tết'}
  ${'2026-04-27'} | ${false} | ${'Giỗ Tổ, moved'}
`('$day is worked: $worked, $why', ({ day, worked }) => {
  expect(work.isWorkingDay(day as string)).toBe(worked);
});

it.each`
  from                  | hours | to                    | why
  ${'2026-03-20T16:50'} | ${2}  | ${'2026-03-23T09:20'} | ${'Friday evening and a weekend'}
  ${'2026-03-17T11:00'} | ${1}  | ${'2026-03-17T14:00'} | ${'the break at noon'}
  ${'2026-03-17T11:45'} | ${1}  | ${'2026-03-17T14:30'} | ${'asked in the break'}
  ${'2026-03-17T22:00'} | ${1}  | ${'2026-03-18T08:30'} | ${'asked at night'}
  ${'2026-02-13T16:30'} | ${1}  | ${'2026-02-23T08:00'} | ${'Tết'}
  ${'2026-03-17T08:00'} | ${0}  | ${'2026-03-17T08:00'} | ${'now'}
`('$hours working hours after $from is $to: $why', ({ from, hours, to }) => {
  const at = work.addWorkingTime(vn(from as string), (hours as number) * HOUR);
  expect(isoWithOffset(at).slice(0, 16)).toBe(to);
});

it('counts and shifts working days', () => {
  expect(work.addWorkingDays('2026-03-20', 1)).toBe('2026-03-23');
  expect(work.addWorkingDays('2026-03-23', -1)).toBe('2026-03-20');
  expect(work.addWorkingDays('2026-03-21', -1)).toBe('2026-03-20');
  expect(work.addWorkingDays('2026-03-21', 1)).toBe('2026-03-23');
  expect(work.workingDay('2026-03-22', -1)).toBe('2026-03-20');
  expect(work.workingDay('2026-03-22', 1)).toBe('2026-03-23');
  expect(work.workingDaysBetween('2026-03-20', '2026-03-23')).toBe(2);
});

it('a calendar without a working day is a fault, not an endless search', () => {
  const days = Array.from({ length: 800 }, (_, i) =>
    new Date(Date.UTC(2026, 0, 1 + i)).toISOString().slice(0, 10),
  );
  const never = new WorkCalendar({ off: new Set(days), worked: new Set() });
  expect(() => never.workingDay('2026-01-01', 1)).toThrow(RangeError);
  expect(() => never.nextWorkingTime(vn('2026-01-01T08:00'))).toThrow(RangeError);
});

it('the file names Tết and the working Saturdays of the year', () => {
  const days = readDaysOff();
  expect(days.tet.has('2026-02-17')).toBe(true);
  expect(days.tet.has('2026-04-30')).toBe(false);
  expect(days.worked.has('2026-08-22')).toBe(true);
});
